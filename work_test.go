package hegui_test

import (
	"bytes"
	"runtime"
	"strings"
	"sync"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/corpus"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/source"
)

// counted counts what is asked of a tree.
type counted struct {
	source.Tree
	sync.Mutex
	reads map[string]int
	lists map[string]int
	bytes int64
}

func (c *counted) Read(path string, max int64) ([]byte, error) {
	data, err := c.Tree.Read(path, max)
	c.Lock()
	defer c.Unlock()
	c.reads[path]++
	c.bytes += int64(len(data))
	return data, err
}

func (c *counted) List(dir string) ([]source.Entry, error) {
	c.Lock()
	c.lists[dir]++
	c.Unlock()
	return c.Tree.List(dir)
}

// The short form of make bench: valid, failing and broken platforms are the same
// results for one worker and for several, each file is read once but for the headers,
// and the work of a platform stays within what it was measured to be.
func TestWorkOfACheck(t *testing.T) {
	const platforms = 12
	dir := t.TempDir()
	repo, err := source.OpenDir(".")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = repo.Close() }()
	if err := corpus.Write(dir, repo, platforms); err != nil {
		t.Fatal(err)
	}
	if err := corpus.Spoil(dir, 1); err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	book := loadRulebook(t)
	check := func(jobs int) (text string, c *counted, allocated, digested uint64, defective int) {
		c = &counted{Tree: tree, reads: map[string]int{}, lists: map[string]int{}}
		auditor := &audit.Auditor{Tree: c, Rulebook: book, AsOf: theDay(t), Jobs: jobs}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := results.Collect(t.Context(), results.Run{Rulebook: book, AsOf: asOf}, auditor, audit.Discover(c, nil)).For(results.Internal)
		runtime.ReadMemStats(&after)
		allocated = (after.Mallocs - before.Mallocs) / platforms
		runtime.ReadMemStats(&before)
		for i := range r.Platforms {
			if _, err := r.Line(&r.Platforms[i]).Digest(); err != nil {
				t.Fatal(err)
			}
		}
		runtime.ReadMemStats(&after)
		digested = (after.TotalAlloc - before.TotalAlloc) / platforms
		format, err := report.Find("jsonl")
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := report.Write(&out, format, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		return out.String(), c, allocated, digested, r.Summary.Defective
	}
	check(1) // what is made once
	one, work, allocated, digested, defective := check(1)
	if many, _, _, _, _ := check(7); many != one {
		t.Error("seven workers write other results than one")
	}
	if defective == 0 || defective == platforms {
		t.Errorf("%d of %d platforms are defective: the corpus is not mixed", defective, platforms)
	}
	for file, n := range work.reads {
		if n > 2 || n > 1 && !strings.HasSuffix(file, "/platform.yaml") {
			t.Errorf("%s is read %d times", file, n)
		}
	}
	for folder, n := range work.lists {
		if n > 3 {
			t.Errorf("%s is listed %d times", folder, n)
		}
	}
	opened := 0
	for _, n := range work.reads {
		opened += n
	}
	for _, c := range []struct {
		what       string
		is, atMost int64
	}{
		{"allocations", int64(allocated), 15_000},
		{"bytes of memory for the digest", int64(digested), 150_000},
		{"files opened", int64(opened) / platforms, 170},
		{"bytes read", work.bytes / platforms, 150_000},
		{"bytes written", int64(len(one)) / platforms, 600_000},
	} {
		t.Logf("%d %s a platform", c.is, c.what)
		if c.is > c.atMost {
			t.Errorf("%d %s a platform, want at most %d", c.is, c.what, c.atMost)
		}
	}
}
