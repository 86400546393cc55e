package git

import (
	"bytes"
	"crypto/sha1"
	"os"
	"slices"
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

// seedIndex is an index as go-git writes it, without its checksum: every fuzzing
// process makes its seeds again, and running git for them is too slow.
func seedIndex(f *testing.F, version uint32, skipped bool, extension string) []byte {
	f.Helper()
	var entries []*gitindex.Entry
	for i, name := range []string{"a/b", "a/two", "平台/x y"} {
		at := time.Unix(1<<30+int64(i), 5)
		entries = append(entries, &gitindex.Entry{Name: name, Hash: blobHash([]byte(name)), Mode: modeFile, Size: uint32(len(name)),
			CreatedAt: at, ModifiedAt: at, SkipWorktree: skipped && i > 0})
	}
	var written bytes.Buffer
	if err := gitindex.NewEncoder(&written).Encode(&gitindex.Index{Version: version, Entries: entries}); err != nil {
		f.Fatal(err)
	}
	seed := append(slices.Clone(written.Bytes()[:written.Len()-hashSize]), extension...)
	if x, err := parseIndex(summed(seed)); err != nil || len(x.entries) != len(entries) {
		f.Fatalf("the seed of version %d is not read: %v", version, err)
	}
	return seed
}

// summed is an index with its checksum.
func summed(data []byte) string {
	sum := sha1.Sum(data)
	return string(data) + string(sum[:])
}

// FuzzIndex checks that the parser stays within its input and agrees with go-git's.
func FuzzIndex(f *testing.F) {
	f.Add(seedIndex(f, 2, false, "TREE\x00\x00\x00\x03abc"))
	f.Add(seedIndex(f, 3, true, ""))
	f.Add(seedIndex(f, 4, false, "link\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := summed(data)
		x, err := parseIndex(text)
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
		if err := gitindex.NewDecoder(strings.NewReader(text)).Decode(&theirs); err != nil {
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
