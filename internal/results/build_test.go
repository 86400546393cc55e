package results_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/results"
)

// What a run hands over of a platform stays what it is while the next ones are judged in
// the same memory: each platform is the same as where it is judged alone.
func TestPlatformsOutliveTheirRoom(t *testing.T) {
	book, files := tiny(t), tree(t, "internal")
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	collect := func(folders []audit.Folder) []results.Platform {
		auditor := &audit.Auditor{Tree: files, Rulebook: book, AsOf: asOf, Jobs: 1, Pin: true, Among: audit.Discover(files, nil)}
		return results.Collect(t.Context(), results.Run{Rulebook: book}, auditor, folders).Platforms
	}
	all := audit.Discover(files, nil)
	together := append(collect(all), collect(all[:3])...)
	for i := range together {
		alone := collect(all[i%len(all) : i%len(all)+1])
		if len(alone) != 1 {
			t.Fatalf("%d platforms in %s", len(alone), all[i].ID)
		}
		if got, want := whole(t, &together[i]), whole(t, &alone[0]); !bytes.Equal(got, want) {
			t.Errorf("%s is\n%s\nand alone\n%s", together[i].ID, got, want)
		}
	}
}

// Platforms that are let go lie where others did, and are what they are where each has
// memory of its own, however many are held meanwhile.
func TestPlatformsThatAreLetGo(t *testing.T) {
	book, files := tiny(t), tree(t, "internal")
	asOf, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	folders := audit.Discover(files, nil)
	folders = slices.Concat(folders, folders, folders)
	said := func(then func(*results.Platform)) (all [][]byte) {
		auditor := &audit.Auditor{Tree: files, Rulebook: book, AsOf: asOf, Jobs: 3, Pin: true, Among: audit.Discover(files, nil)}
		failures := results.Stream(t.Context(), auditor, folders, results.Everything, func(p *results.Platform) *results.Platform { return p },
			func(p *results.Platform) {
				all = append(all, whole(t, p))
				then(p)
			})
		if len(failures) > 0 {
			t.Fatal(failures)
		}
		return all
	}
	want := said(func(*results.Platform) {})
	for i, got := range said((*results.Platform).Done) {
		if !bytes.Equal(got, want[i]) {
			t.Errorf("%s is\n%s\nwhere others were let go, else\n%s", folders[i].ID, got, want[i])
		}
	}
	var held []*results.Platform // the next ones lie elsewhere as long as this one is held
	for i, got := range said(func(p *results.Platform) {
		if held = append(held, p); len(held) == 3 {
			held[0].Done()
			held = held[1:]
		}
	}) {
		if !bytes.Equal(got, want[i]) {
			t.Errorf("%s is\n%s\nwhere others are held, else\n%s", folders[i].ID, got, want[i])
		}
	}
}

// whole is all that reports read of a platform.
func whole(t *testing.T, p *results.Platform) []byte {
	t.Helper()
	kept, err := json.Marshal(p.Keep())
	if err != nil {
		t.Fatal(err)
	}
	return append(tagged(t, p), kept...)
}
