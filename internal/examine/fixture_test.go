package examine_test

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// day is when everything here is judged.
func day(t testing.TB) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// add puts a file, or all files below a folder, into a tree.
func add(t testing.TB, files fstest.MapFS, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		name, _ := filepath.Rel(from, file)
		files[path.Join(to, filepath.ToSlash(name))] = &fstest.MapFile{Data: bytes.Replace(data, []byte("code: CODE"), []byte("code: bad"), 1)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// audited is the outcome of a platform that complies, but for the files given
// here, by the command line tests' tiny rulebook.
func audited(t testing.TB, replaced map[string]string) (*rulebook.Rulebook, *audit.Platform) {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"check", "common", "policy", "regulation", "retired", "sources", "verdicts", "waivers"} {
		add(t, files, filepath.Join("..", "..", "schemas", name+".schema.json"), "schemas/"+name+".schema.json")
	}
	add(t, files, filepath.Join("..", "cli", "testdata", "rulebook"), ".")
	add(t, files, filepath.Join("..", "cli", "testdata", "platform"), "platforms/bad")
	for name, text := range replaced {
		files["platforms/bad/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree := source.FromFS(files)
	book, err := rulebook.Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: day(t)}
	platforms, failures := auditor.Run(context.Background(), nil)
	if len(failures) > 0 || len(platforms) != 1 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	return book, platforms[0]
}

// examined is such a platform with the statements in its files laid over it.
func examined(t testing.TB, replaced map[string]string, trusted *audit.Statements) *examine.Platform {
	t.Helper()
	book, outcomes := audited(t, replaced)
	p := examine.Apply(book, outcomes, trusted, day(t))
	for _, f := range p.Findings {
		// Whoever compares two judgements goes by the keys.
		if f.Fingerprint != finding.Fingerprint(f.Check, p.Code, f.Keys...) {
			t.Errorf("%s %s: the keys %q are not those of the fingerprint", f.Check, f.Item, f.Keys)
		}
	}
	return p
}

// copyOf is a trusted copy of one file.
func copyOf(t testing.TB, file, text string) *audit.Statements {
	t.Helper()
	root := document.Parse(file+".yaml", []byte(text), document.DefaultLimits()).Root
	if file == audit.WaiversFile {
		return &audit.Statements{Waivers: root}
	}
	return &audit.Statements{Verdicts: root}
}
