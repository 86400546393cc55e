package results_test

import (
	"bytes"
	"encoding/json"
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

// whole is all that reports read of a platform.
func whole(t *testing.T, p *results.Platform) []byte {
	t.Helper()
	kept, err := json.Marshal(p.Keep())
	if err != nil {
		t.Fatal(err)
	}
	return append(tagged(t, p), kept...)
}
