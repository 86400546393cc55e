package git

import (
	"errors"
	"slices"
	"testing"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

// Files that a sparse checkout leaves out are read as committed.
func TestSparseWorkTree(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("all", gittest.Files{"top": "0", "in/one": "1", "in/deep/two": "2", "out/three": "3", "out/deep/four": "4\r\n", "out/link": "-> three", "平台/五": "5"})
	c := g.CloneSparse("in")
	settle(t, c)
	r := openRepo(t, c.Dir)
	rev, w := r.Tree(resolve(t, r, "HEAD")), openWork(t, c.Dir)
	if found := source.Differ(rev, w, "."); len(found) > 0 {
		t.Errorf("differs at %q", found)
	}
	for _, dir := range []string{".", "in", "out", "out/deep", "平台"} {
		want, _ := rev.List(dir)
		if got, err := w.List(dir); err != nil || !slices.Equal(got, want) {
			t.Errorf("List(%q) = %+v, %v; want %+v", dir, got, err, want)
		}
	}
	if data, err := w.Read("out/deep/four", 10); err != nil || string(data) != "4\r\n" {
		t.Errorf("Read = %q, %v", data, err)
	}
	for name, want := range map[string]error{"out/link": source.ErrSymlink, "out/deep": source.ErrNotRegular, "out/deep/four": source.ErrTooLarge} {
		if _, err := w.Read(name, 1); !errors.Is(err, want) {
			t.Errorf("Read(%q): %v, want %v", name, err, want)
		}
	}
	// A file that is on disk nevertheless takes precedence.
	c.Write(gittest.Files{"out/three": "other", "out/new": "x", "in/one": gittest.Gone})
	if found := source.Differ(rev, openWork(t, c.Dir), "."); !slices.Equal(found, []string{"in/one", "out/new", "out/three"}) {
		t.Errorf("differs at %q", found)
	}
	c.Write(gittest.Files{"out": gittest.Gone})
	c.Write(gittest.Files{"out": "a file"})
	if found := source.Differ(rev, openWork(t, c.Dir), "."); !slices.Equal(found, []string{"in/one", "out", "out/deep/four", "out/link", "out/three"}) {
		t.Errorf("differs at %q", found)
	}
	if err := w.Whole(); err != nil {
		t.Error(err)
	}
}

// A sparse index is rejected: the files left out are unknown.
func TestSparseIndex(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("all", gittest.Files{"in/one": "1", "out/deep/four": "4"})
	c := g.CloneSparse("in")
	c.Git("sparse-checkout", "init", "--cone", "--sparse-index")
	c.Git("sparse-checkout", "set", "in")
	if err := openWork(t, c.Dir).Whole(); !errors.Is(err, ErrUnsupported) {
		t.Errorf("%v", err)
	}
}
