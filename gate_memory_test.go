package hegui_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"weak"

	"hegui/internal/calendar"
	"hegui/internal/compare"
	"hegui/internal/results"
	"hegui/internal/source"
)

// A change of any number of platforms holds both sides of a few of them, and keeps of
// each what reports say.
func TestGateLetsPlatformsGo(t *testing.T) {
	r := openRepo(t)
	day, err := calendar.ParseDate(asOf)
	if err != nil {
		t.Fatal(err)
	}
	judge := &compare.Judge{Rulebook: r.book, AsOf: day, Jobs: 2}
	few, many := r.touched(t, 3), r.touched(t, 9)

	var held []weak.Pointer[compare.Side]
	most := 0
	compare.Each(context.Background(), judge, many, func(p *compare.Platform) [2]weak.Pointer[compare.Side] {
		return [2]weak.Pointer[compare.Side]{weak.Make(p.Before), weak.Make(p.After)}
	}, func(sides [2]weak.Pointer[compare.Side]) {
		held = append(held, sides[:]...)
		runtime.GC()
		alive := 0
		for _, side := range held {
			if side.Value() != nil {
				alive++
			}
		}
		most = max(most, alive)
	})
	if len(held) != 18 || most > 2*2*judge.Jobs {
		t.Errorf("of %d sides %d are held at a time, want both of those that are judged", len(held), most)
	}

	// expected are the platforms as they come, to be had again when all are known.
	var expected []string
	all := r.touched(t, 18)
	compare.Each(context.Background(), judge, all, func(p *compare.Platform) results.Platform {
		return results.Of(r.book, p.After.Platform, p.After.Score, day).For(results.Internal)
	}, func(p results.Platform) { expected = append(expected, said(t, &p)) })
	g := results.BuildGate(context.Background(), results.GateRun{Run: results.Run{Rulebook: r.book, AsOf: asOf}, Audience: results.Internal}, judge, all)
	if err := g.Each(func(p *results.Platform) {
		if len(expected) == 0 || said(t, p) != expected[0] {
			t.Errorf("platform %s is not what it was", p.ID)
		}
		expected = expected[min(1, len(expected)):]
	}); err != nil || len(expected) > 0 {
		t.Errorf("%d platforms are lost: %v", len(expected), err)
	}
	if err := g.Close(); err != nil {
		t.Error(err)
	}

	kept := func(trees compare.Trees) int64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.GC() // what pools hold is let go by the second one
		runtime.ReadMemStats(&before)
		g := results.BuildGate(context.Background(), results.GateRun{Run: results.Run{Rulebook: r.book, AsOf: asOf}, Audience: results.Internal}, judge, trees)
		runtime.GC()
		runtime.ReadMemStats(&after)
		if len(g.Errors) > 0 || g.Summary.Platforms == 0 || g.Summary.Platforms != len(g.Gate.Platforms) {
			t.Fatalf("%d platforms, errors %v", g.Summary.Platforms, g.Errors)
		}
		return int64(after.HeapAlloc) - int64(before.HeapAlloc)
	}
	kept(few) // what is made once
	if each := kept(many) / 9; each > 1<<20 {
		t.Errorf("%d bytes are kept of each platform, want less than 1 MiB", each)
	}
}

// said is all that reports can say of a platform.
func said(t testing.TB, p *results.Platform) string {
	line, err := json.Marshal(p)
	kept, errKept := json.Marshal(p.Unasked().Keep())
	if err := errors.Join(err, errKept); err != nil {
		t.Fatal(err)
	}
	return string(line) + string(kept)
}

// touched is a change of n platforms, one file of each.
func (r repo) touched(t testing.TB, n int) compare.Trees {
	tree, err := source.OpenDir(".")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	before, after := fstest.MapFS{}, fstest.MapFS{}
	for i := range n {
		model := r.platforms[i%len(r.platforms)].path
		err := source.Walk(tree, model, func(e source.Entry, err error) error {
			if err != nil || e.Kind != source.File {
				return err
			}
			data, err := tree.Read(e.Path, 1<<20)
			if e.Name == "platform.yaml" {
				data = bytes.Replace(data, []byte("\ncode: "), fmt.Appendf(nil, "\ncode: x%d-", i), 1)
			}
			name := fmt.Sprintf("platforms/p%02d%s", i, strings.TrimPrefix(e.Path, model))
			before[name] = &fstest.MapFile{Data: data}
			if after[name] = before[name]; e.Name == "backups.yaml" {
				after[name] = &fstest.MapFile{Data: append([]byte("# touched\n"), data...)}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	base := unhashed{source.FromFS(before)}
	return compare.Trees{Baseline: base, Tip: base, Head: unhashed{source.FromFS(after)}}
}
