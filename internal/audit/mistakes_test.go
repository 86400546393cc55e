package audit_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

var update = flag.Bool("update", false, "rewrite what is answered to mistakes")

// sample is the platform in which the mistakes are made.
const sample = "platforms/government-services"

// mistake is one slip in one file.
type mistake struct {
	what, in, from, as string
	// several is set where it is more than one slip, or changes what was found before.
	several bool
	// wrong and right are what the answer must name, one of each.
	wrong, right []string
}

// A mistake is answered so that nobody needs to look up anything: a finding on the
// lines that were changed, or above their first key, names in both languages what is
// wrong and what to write. The text shows all answers, as they are read.
func TestMistakes(t *testing.T) {
	a, files := desk(t)
	before := map[string]bool{}
	for _, f := range answers(t, a, files) {
		before[known(&f)] = true
	}
	var text strings.Builder
	all := mistakes(t)
	for i, m := range all {
		patched, from, to := m.make(t, files)
		fmt.Fprintf(&text, "%d %s\n  %s: %s\n", i+1, m.what, m.in, strings.ReplaceAll(m.as, "\n", "⏎"))
		teaches, shown := false, 0
		for _, f := range answers(t, a, patched) {
			if before[known(&f)] {
				continue
			}
			teaches = teaches || m.taught(&f, from, to)
			if shown++; shown <= 2 {
				write(&text, &f)
			}
		}
		if shown > 1 && !m.several {
			t.Errorf("%s: %d answers to one slip", m.what, shown)
		}
		if !teaches {
			t.Errorf("%s: no answer says what to write", m.what)
			text.WriteString("  NOT TAUGHT\n")
		}
	}
	golden(t, "mistakes.txt", text.String())
}

// write writes an answer as it is read.
func write(text *strings.Builder, f *finding.Finding) {
	fmt.Fprintf(text, "  %s:%d:%d %s\n    %s → %s\n    %s → %s\n", path.Base(f.Location.Path), f.Location.Line, f.Location.Column, f.Check,
		f.Message.ZH, f.Remedy.ZH, f.Message.EN, f.Remedy.EN)
}

// golden holds a text that people have read, or rewrites it.
func golden(t *testing.T, name, text string) {
	t.Helper()
	at := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s is not what is answered: read the answers and run go test ./internal/audit -run 'Mistakes|Misplaced' -update", at)
	}
}

// taught reports whether a finding leads to the right form by itself.
func (m mistake) taught(f *finding.Finding, from, to int) bool {
	gone := m.as == "" // what is gone is missed where it belongs
	if path.Base(f.Location.Path) != m.in || !gone && (f.Location.Line < from-1 || f.Location.Line > to) {
		return false
	}
	return named(f, m.wrong, m.right)
}

// named reports whether an answer names one of each in both languages.
func named(f *finding.Finding, wrong, right []string) bool {
	for _, l := range []lang.Language{lang.Chinese, lang.English} {
		said := f.Message.In(l) + " → " + f.Remedy.In(l)
		if !names(said, wrong) || !names(said, right) {
			return false
		}
	}
	return true
}

// known tells findings apart whatever the platform's code.
func known(f *finding.Finding) string { return f.Check + f.Item + f.Message.EN }

func names(said string, any []string) bool {
	for _, one := range any {
		if one != "" && strings.Contains(said, one) {
			return true
		}
	}
	return false
}

// make is the tree with the mistake, and the lines that hold it.
func (m mistake) make(t *testing.T, files fstest.MapFS) (patched fstest.MapFS, from, to int) {
	t.Helper()
	at := sample + "/" + m.in
	text := string(files[at].Data)
	before, after, found := strings.Cut(text, m.from)
	if !found {
		t.Fatalf("%s: %s does not hold %q", m.what, m.in, m.from)
	}
	patched = maps.Clone(files)
	patched[at] = &fstest.MapFile{Data: []byte(before + m.as + after)}
	from = strings.Count(before, "\n") + 1
	return patched, from, from + strings.Count(m.as, "\n")
}

func mistakes(t *testing.T) []mistake {
	t.Helper()
	var all []mistake
	for _, v := range table(t, "mistakes.yaml") {
		all = append(all, mistake{v.TextAt("is"), v.TextAt("in"), v.TextAt("from"), v.TextAt("as"), v.Get("several") != nil, strings.Split(v.TextAt("wrong"), "|"), strings.Split(v.TextAt("right"), "|")})
	}
	return all
}

// table is what a file of mistakes lists.
func table(t *testing.T, name string) []*document.Value {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	doc := document.Parse(name, data, document.Limits{})
	if !doc.Sound() {
		t.Fatal(doc.Problems)
	}
	return doc.Root.ListAt("mistakes")
}

// desk is an auditor with the whole rulebook, and the sample's files.
func desk(t *testing.T) (*audit.Auditor, fstest.MapFS) {
	t.Helper()
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	root, files := os.DirFS(filepath.Join("..", "..")), fstest.MapFS{}
	for _, dir := range []string{sample, "schemas/editor"} {
		err = errors.Join(err, fs.WalkDir(root, dir, func(at string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				data, readErr := fs.ReadFile(root, at)
				files[at], err = &fstest.MapFile{Data: data}, readErr
			}
			return err
		}))
	}
	if err != nil {
		t.Fatal(err)
	}
	return &audit.Auditor{Rulebook: book, AsOf: day, Jobs: 1}, files
}

// answers are all findings about the one platform.
func answers(t *testing.T, desk *audit.Auditor, files fs.FS) []finding.Finding {
	t.Helper()
	a := &audit.Auditor{Tree: source.FromFS(files), Rulebook: desk.Rulebook, AsOf: desk.AsOf, Jobs: 1}
	platforms, failures := a.Run(context.Background(), nil)
	if len(platforms) != 1 || len(failures) > 0 {
		t.Fatalf("%d platforms, failures %v", len(platforms), failures)
	}
	return platforms[0].Findings
}
