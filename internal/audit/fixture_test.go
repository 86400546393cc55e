package audit_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// load reads a small rulebook, with the schemas that every rulebook has; edits
// are texts in its files and what stands in their place.
func load(t testing.TB, dir string, edits ...string) *rulebook.Rulebook {
	t.Helper()
	files := fstest.MapFS{}
	add := func(from, to string) {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		files[to] = &fstest.MapFile{Data: []byte(strings.NewReplacer(edits...).Replace(string(data)))}
	}
	for _, name := range []string{"check", "common", "overlay", "policy", "regulation", "sources", "survivors", "verdicts", "waivers"} {
		add(filepath.Join("..", "..", "schemas", name+".schema.json"), "schemas/"+name+".schema.json")
	}
	err := fs.WalkDir(os.DirFS(dir), ".", func(at string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && (strings.HasPrefix(at, "schemas/") || strings.HasPrefix(at, "checks/")) {
			add(filepath.Join(dir, filepath.FromSlash(at)), at)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	book, err := rulebook.Load(source.FromFS(files))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// place is a sound platform with some of its files replaced or added; an empty
// text takes a file away.
func place(files fstest.MapFS, at, code string, replaced map[string]string) {
	put := func(name, text string) { files[at+"/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("platform.yaml", "name: { zh: 样例平台, en: Sample }\ncode: "+code+"\nkind: office\nstage: operating\nmlps_level: 3\nsensitivity: internal\n"+
		"site: east\nhosted: false\nsystems: [{ code: core, go_live: 2024-05-01 }]\n")
	put("faults.yaml", "open: []\ndrills: []\n")
	put("stores.yaml", stores("evidence/run.md"))
	put("evidence/run.md", "done\n")
	for name, text := range replaced {
		if put(name, text); text == "" {
			delete(files, at+"/"+name)
		}
	}
}

// stores are good but for the evidence of the last backups.
func stores(evidence ...string) string {
	text := "sets:\n  - name: files\n    keep: 90\n    copies: [{ site: east }, { site: west }]\n    records:\n"
	for i, cited := range evidence {
		text += fmt.Sprintf("      - { date: 2026-11-%02d, evidence: %s }\n", i+1, cited)
	}
	return text
}

// judged are the platforms of a tree, and what could not be judged.
func judged(t testing.TB, files fs.FS) ([]*audit.Platform, []audit.Failure) {
	t.Helper()
	return auditor(t, source.FromFS(files)).Run(context.Background(), nil)
}

func auditor(t testing.TB, tree source.Tree) *audit.Auditor {
	t.Helper()
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	return &audit.Auditor{Tree: tree, Rulebook: load(t, filepath.Join("..", "cli", "testdata", "rulebook")), AsOf: day, Jobs: 2}
}

// only is the one platform of a tree.
func only(t testing.TB, replaced map[string]string, more fstest.MapFS) *audit.Platform {
	t.Helper()
	files := fstest.MapFS{}
	place(files, "platforms/one", "one", replaced)
	maps.Copy(files, more)
	platforms, failures := judged(t, files)
	if len(platforms) != 1 || len(failures) > 0 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	return platforms[0]
}

// told are findings as check, place and item.
func told(p *audit.Platform) []string {
	out := []string{}
	for _, f := range p.Findings {
		out = append(out, short(p, f)+" "+f.Item)
	}
	return out
}

func short(p *audit.Platform, f finding.Finding) string {
	return fmt.Sprintf("%s %s:%d:%d", f.Check, strings.TrimPrefix(f.Location.Path, p.Path+"/"), f.Location.Line, f.Location.Column)
}
