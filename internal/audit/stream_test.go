package audit_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/source"
)

// Platforms are handed over in the order of their folders, one at a time, and
// only a few are held, however many there are.
func TestStream(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 40 {
		place(files, fmt.Sprintf("platforms/p%02d", i), fmt.Sprintf("p%02d", i), nil)
	}
	tree := source.FromFS(files)
	a := auditor(t, tree)
	a.Jobs = 3
	folders := audit.Discover(tree, nil)
	slices.Reverse(folders)
	var held, most, handing atomic.Int64
	var got []string
	failures := audit.Stream(context.Background(), a, folders, func(p *audit.Platform) string {
		most.Store(max(most.Load(), held.Add(1)))
		if p.ID == "p20" {
			panic("it broke")
		}
		return p.ID
	}, func(id string) {
		if handing.Add(1) > 1 {
			t.Error("two platforms are handed over at a time")
		}
		got = append(got, id)
		held.Add(-1)
		handing.Add(-1)
	})
	want := []string{}
	for i := range 40 {
		if i != 19 {
			want = append(want, fmt.Sprintf("p%02d", 39-i))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := most.Load(); n > 2*3 {
		t.Errorf("%d platforms were held at a time", n)
	}
	if len(failures) != 1 || failures[0].Platform != "p20" || !strings.Contains(failures[0].Message.EN, "our defect: it broke") {
		t.Errorf("failures %+v", failures)
	}
}

// A run that is interrupted says so, and ends.
func TestStreamIsInterrupted(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 30 {
		place(files, fmt.Sprintf("platforms/p%02d", i), fmt.Sprintf("p%02d", i), nil)
	}
	tree := source.FromFS(files)
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	failures := audit.Stream(ctx, auditor(t, tree), audit.Discover(tree, nil), func(p *audit.Platform) string { return p.ID }, func(string) {
		n++
		cancel()
	})
	if n == 0 || n == 30 || len(failures) != 1 || failures[0].Platform != "" || !strings.Contains(failures[0].Message.EN, "interrupted") {
		t.Errorf("%d platforms, failures %+v", n, failures)
	}
}
