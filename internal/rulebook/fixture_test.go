package rulebook_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// files is a rulebook in memory.
type files fstest.MapFS

// tiny is the rulebook of testdata/tiny with the repository's own schemas of
// checks, policy and so on.
func tiny(t testing.TB) files {
	t.Helper()
	f := files{}
	for _, name := range []string{"check", "common", "duties", "overlay", "picture", "policy", "regulation", "retired", "sources", "survivors", "waivers"} {
		f.read(t, "schemas/"+name+".schema.json", filepath.Join("..", "..", "schemas"))
	}
	for _, dir := range []string{"schemas", "checks", rulebook.BaselineDir} {
		entries, err := filepath.Glob(filepath.Join("testdata", "tiny", dir, "*.*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			f.read(t, dir+"/"+filepath.Base(entry), filepath.Dir(entry))
		}
	}
	return f
}

func (f files) read(t testing.TB, at, dir string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.Base(at)))
	if err != nil {
		t.Fatal(err)
	}
	f[at] = &fstest.MapFile{Data: data}
}

// with is the rulebook with one file replaced.
func (f files) with(at, content string) files {
	out := maps.Clone(f)
	out[at] = &fstest.MapFile{Data: []byte(content)}
	return out
}

// edit replaces a text that stands once in a file.
func (f files) edit(t testing.TB, at, old, text string) files {
	t.Helper()
	content := string(f[at].Data)
	if n := strings.Count(content, old); n != 1 {
		t.Fatalf("%q stands %d times in %s, want once", old, n, at)
	}
	return f.with(at, strings.Replace(content, old, text, 1))
}

func (f files) tree() source.Tree { return source.FromFS(fstest.MapFS(f)) }

func (f files) load(t testing.TB, overlays ...string) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load(f.tree(), overlays...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func (f files) loadKnown(t testing.TB, known string) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.LoadKnown(f.tree(), known)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// defects loads a rulebook that must not load.
func (f files) defects(t testing.TB, overlays ...string) finding.Defects {
	t.Helper()
	_, err := rulebook.Load(f.tree(), overlays...)
	return defects(t, err)
}

func (f files) defectsKnown(t testing.TB, known string) finding.Defects {
	t.Helper()
	_, err := rulebook.LoadKnown(f.tree(), known)
	return defects(t, err)
}

func defects(t testing.TB, err error) finding.Defects {
	t.Helper()
	var defects finding.Defects
	if !errors.As(err, &defects) {
		t.Fatalf("loads, or fails with %v", err)
	}
	return defects
}

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parse(t testing.TB, text string) *document.Value {
	t.Helper()
	doc := document.Parse("test.yaml", []byte(text), document.DefaultLimits())
	if len(doc.Problems) > 0 {
		t.Fatalf("%s: %v", text, doc.Problems)
	}
	return doc.Root
}
