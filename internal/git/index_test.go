package git

import (
	"bytes"
	"crypto/sha1"
	"os"
	"strings"
	"testing"
	"time"

	gitindex "github.com/go-git/go-git/v5/plumbing/format/index"

	"hegui/internal/gittest"
)

// indexFiles are indexes that git wrote.
func indexFiles(t testing.TB) []string {
	t.Helper()
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a/b/one": "1", "a/two": "2", "link": "-> a", "平台/x y": "3", strings.Repeat("long/", 300) + "x": ""})
	var found []string
	for _, args := range [][]string{
		{"--index-version", "2"}, {"--index-version", "4"}, {"--skip-worktree", "a/two"}, {"--index-version", "3"},
		{"--split-index"},
	} {
		g.Git(append([]string{"update-index"}, args...)...)
		data, err := os.ReadFile(g.Path(".git/index"))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, string(data))
	}
	return found
}

// An index cut off or changed anywhere is refused or read as something else, but
// never past its end.
func TestDamagedIndexes(t *testing.T) {
	all := indexFiles(t)
	for i, text := range all {
		// Of an index in two parts the second may replace entries without naming
		// them, as it happens when git refreshes what it is not sure of.
		if _, err := parseIndex(text); err != nil && i < len(all)-1 {
			t.Fatal(err)
		}
		for cut := range len(text) {
			_, _ = parseIndex(text[:cut])
		}
		for i := range 200 {
			for _, b := range []byte{0, 1, 0x7f, 0x80, 0xff} {
				if i < len(text) {
					_, _ = parseIndex(text[:i] + string([]byte{b}) + text[i+1:])
				}
			}
		}
	}
}

// FuzzIndex holds the parser to the bounds of what it reads, and to go-git's.
func FuzzIndex(f *testing.F) {
	for _, text := range indexFiles(f) {
		f.Add([]byte(text[:len(text)-hashSize]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sum := sha1.Sum(data)
		data = append(data[:len(data):len(data)], sum[:]...)
		x, err := parseIndex(string(data))
		if err != nil {
			return
		}
		for i, e := range x.entries {
			if i > 0 && e.name < x.entries[i-1].name || e.name == "" {
				t.Fatalf("%q comes after %q", e.name, x.entries[i-1].name)
			}
			x.clean(e, x.noted(e), false)
			x.find(e.name)
			x.below(e.name)
		}
		var theirs gitindex.Index
		if err := gitindex.NewDecoder(bytes.NewReader(data)).Decode(&theirs); err != nil {
			return
		}
		if len(theirs.Entries) != len(x.entries) {
			t.Fatalf("%d entries, go-git reads %d", len(x.entries), len(theirs.Entries))
		}
		for i, e := range theirs.Entries {
			if ours := x.entries[i]; ours.name != e.Name || x.hash(ours) != e.Hash || x.noted(ours).size != e.Size {
				t.Fatalf("entry %+v, go-git reads %+v", ours, e)
			}
		}
	})
}

func TestCleanEntries(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	data, err := os.ReadFile(g.Path(".git/index"))
	if err != nil {
		t.Fatal(err)
	}
	x, err := parseIndex(string(data))
	if err != nil {
		t.Fatal(err)
	}
	e, ok := x.find("a")
	if !ok {
		t.Fatal("no entry")
	}
	n := x.noted(e)
	modified := time.Unix(int64(n.modified.seconds), int64(n.modified.nanos))
	for what, c := range map[string]struct {
		change  func(*noted)
		written time.Duration // how long after the file the index was written
		loose   bool
		want    bool
	}{
		"unchanged":              {func(*noted) {}, time.Second, false, true},
		"written at once":        {func(*noted) {}, 0, false, false},
		"written before":         {func(*noted) {}, -time.Second, false, false},
		"another size":           {func(n *noted) { n.size++ }, time.Second, true, false},
		"another second":         {func(n *noted) { n.modified.seconds++ }, time.Second, true, false},
		"another part of it":     {func(n *noted) { n.modified.nanos ^= 1 }, time.Second, true, false},
		"changed since":          {func(n *noted) { n.changed.nanos ^= 1 }, time.Second, false, false},
		"another file":           {func(n *noted) { n.inode++ }, time.Second, false, false},
		"another owner":          {func(n *noted) { n.owner++ }, time.Second, false, false},
		"changed, not looked at": {func(n *noted) { n.changed.nanos ^= 1; n.inode++ }, time.Second, true, true},
	} {
		disk := n
		c.change(&disk)
		x.written = modified.Add(c.written)
		if got := x.clean(e, disk, c.loose); got != c.want {
			t.Errorf("%s: clean is %v", what, got)
		}
	}
}
