package audit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"hegui/internal/source"
)

// endless is a tree in which a folder holds itself ten times, as a few git
// objects can.
type endless struct {
	source.Tree
	below string
}

func (e endless) List(dir string) ([]source.Entry, error) {
	if dir != e.below && !strings.HasPrefix(dir, e.below+"/") {
		return e.Tree.List(dir)
	}
	var entries []source.Entry
	for _, name := range strings.Split("abcdefghij", "") {
		entries = append(entries, source.Entry{Path: path.Join(dir, name), Name: name, Kind: source.Dir})
	}
	return entries, nil
}

// A tree without an end, in a platform or beside them, is said to be too large.
func TestEndlessTree(t *testing.T) {
	files := fstest.MapFS{}
	place(files, "platforms/good", "good", nil)
	place(files, "platforms/one", "one", nil)
	files["platforms/one/evidence/more/x"] = &fstest.MapFile{Data: []byte("x")}
	files["platforms/zone/x"] = &fstest.MapFile{Data: []byte("x")}
	for below, want := range map[string]string{
		"platforms/one/evidence/more": "one document.too_large more than 200000 files",
		"platforms/zone":              "document.unreadable more than 100000 folders",
	} {
		platforms, failures := auditor(t, endless{source.FromFS(files), below}).Run(t.Context(), nil)
		if len(failures) > 0 {
			t.Fatalf("failures %v", failures)
		}
		var bad []string
		for _, p := range platforms {
			for _, f := range p.Findings {
				bad = append(bad, p.ID+" "+f.Check+" "+f.Message.EN)
			}
		}
		words := strings.SplitN(want, " ", 3)
		if len(bad) != 1 || slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(bad[0], word) }) {
			t.Errorf("%s: %q, want %q", below, bad, want)
		}
		if len(platforms) < 2 || platforms[0].ID != "good" || len(platforms[0].Findings) > 0 {
			t.Errorf("%s: the platform beside it is not judged", below)
		}
	}
}

// counted is a tree that counts what is read, and says of some files that they
// are larger than they are.
type counted struct {
	source.Hashed
	sizes map[string]int64
	mu    sync.Mutex
	reads map[string]int
}

func (c *counted) List(dir string) ([]source.Entry, error) {
	entries, err := c.Hashed.List(dir)
	for i, entry := range entries {
		if size := c.sizes[entry.Path]; size > 0 {
			entries[i].Size = size
		}
	}
	return entries, err
}

func (c *counted) Read(at string, max int64) ([]byte, error) {
	c.mu.Lock()
	c.reads[at]++
	c.mu.Unlock()
	return c.Hashed.Read(at, max)
}

// objects is a tree whose files are the same object where they hold the same.
type objects struct{ source.Tree }

func (o objects) Hash(at string) (string, error) {
	data, err := o.Read(at, 1<<20)
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:]), err
}

// Evidence is read and hashed once, however often it is cited and in however
// many platforms the same object lies.
func TestEvidenceIsHashedOnce(t *testing.T) {
	files := fstest.MapFS{}
	digest := sha256.Sum256([]byte("a scan"))
	cited := fmt.Sprintf("{ path: evidence/scan.pdf, sha256: %x }", digest)
	sizes := map[string]int64{}
	for i := range 8 {
		at := fmt.Sprintf("platforms/p%d", i)
		place(files, at, fmt.Sprintf("p%d", i), map[string]string{"stores.yaml": stores(slices.Repeat([]string{cited}, 9)...), "evidence/scan.pdf": "a scan"})
		sizes[at+"/evidence/scan.pdf"] = 2 << 20 // above what is searched for markings
	}
	tree := &counted{Hashed: objects{source.FromFS(files)}, sizes: sizes, reads: map[string]int{}}
	platforms, _ := auditor(t, tree).Run(t.Context(), nil)
	reads := 0
	for at, n := range tree.reads {
		if strings.HasSuffix(at, "scan.pdf") {
			reads += n
		}
	}
	for _, p := range platforms {
		if len(p.Findings) > 0 || len(p.Evidence) != 9 || !p.Evidence[8].Resolved {
			t.Errorf("%s: findings %q, %d references", p.ID, told(p), len(p.Evidence))
		}
	}
	if len(platforms) != 8 || reads != 1 {
		t.Errorf("%d platforms, the evidence was read %d times, want once", len(platforms), reads)
	}
}

// Beyond what is hashed for a platform, and for a run, evidence is not verified
// and said not to be; the same evidence without a digest is as good as ever.
func TestEvidenceIsBounded(t *testing.T) {
	const parts = 5
	files, sizes := fstest.MapFS{}, map[string]int64{}
	platform := func(id, digest string) {
		at := "platforms/" + id
		replaced, cited := map[string]string{}, []string{}
		for i := range parts {
			name := fmt.Sprintf("evidence/%d.pdf", i)
			evidence := name
			if digest != "" {
				evidence = fmt.Sprintf("{ path: %s, sha256: %s }", name, digest)
			}
			cited = append(cited, evidence)
			replaced[name] = "a scan"
			sizes[at+"/"+name] = 60 << 20
		}
		replaced["evidence/small.md"] = "a scan" // what is small is verified beside what is too much
		cited = append(cited, strings.ReplaceAll(cited[0], "0.pdf", "small.md"))
		replaced["stores.yaml"] = stores(cited...)
		place(files, at, id, replaced)
	}
	digest := sha256.Sum256([]byte("a scan"))
	for i := range 40 {
		platform(fmt.Sprintf("p%02d", i), hex.EncodeToString(digest[:]))
	}
	platform("without-digests", "")
	tree := &counted{Hashed: objects{source.FromFS(files)}, sizes: sizes, reads: map[string]int{}}
	platforms, _ := auditor(t, tree).Run(t.Context(), nil)
	for i, p := range platforms {
		want := 1 // the fifth is beyond what is hashed for one platform
		switch {
		case p.ID == "without-digests":
			want = 0
		case i >= 17:
			want = parts
		}
		costly := 0
		for _, f := range p.Findings {
			if f.Check != "evidence.too_costly" {
				t.Errorf("%s: %s", p.ID, f.Check)
			}
			costly++
		}
		if costly != want {
			t.Errorf("%s: %d references are not verified, want %d", p.ID, costly, want)
		}
	}
	if len(platforms) != 41 {
		t.Errorf("%d platforms", len(platforms))
	}
}

// A description of which there is more to say than a report can hold is refused
// as a whole.
func TestTooMuchToSay(t *testing.T) {
	var text strings.Builder
	text.WriteString("sets:\n")
	for i := range 18_000 {
		fmt.Fprintf(&text, "  - {name: s%d, keep: 1, copies: [{site: east}]} # as long as such a set is\n", i)
	}
	p := only(t, map[string]string{"stores.yaml": text.String()}, nil)
	if got := told(p); len(got) != 1 || !strings.HasPrefix(got[0], "document.too_large") || len(p.Broken) == 0 {
		t.Errorf("%d findings, first %.300q, broken %q", len(got), got[0], p.Broken)
	}
}
