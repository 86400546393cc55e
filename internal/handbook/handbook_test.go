package handbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// lamps is the rulebook of the fixture.
func lamps(t *testing.T, overlays ...string) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load(lampsTree(), overlays...)
	if err != nil {
		t.Fatal(err)
	}
	if _, defects := book.Test(); len(defects) > 0 {
		t.Fatal(defects)
	}
	return book
}

func lampsTree() source.Tree { return source.FromFS(os.DirFS("testdata/book")) }

func explain(t *testing.T, book *rulebook.Rulebook, id string, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Explain(&b, book, id, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func rules(t *testing.T, book *rulebook.Rulebook, name string, o Options) string {
	t.Helper()
	return written(t, Formats(), name, book, o)
}

func sources(t *testing.T, book *rulebook.Rulebook, name string, o Options) string {
	t.Helper()
	return written(t, SourceFormats(), name, book, o)
}

func written(t *testing.T, formats []Format, name string, book *rulebook.Rulebook, o Options) string {
	t.Helper()
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("there is no format %q", name)
	}
	var b bytes.Buffer
	if err := formats[i].Write(&b, book, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	book, city := lamps(t), lamps(t, "city")
	zh, en := Options{Language: lang.Chinese}, Options{Language: lang.English}
	for file, write := range map[string]func() string{
		"check.zh.txt":        func() string { return explain(t, book, "lamps.inspected", zh) },
		"check.en.txt":        func() string { return explain(t, book, "lamps.inspected", en) },
		"check.en.narrow.txt": func() string { return explain(t, book, "lamps.lit", Options{Language: lang.English, Width: 60}) },
		"clause.zh.txt":       func() string { return explain(t, book, "2.1.2", zh) },
		"clause.en.txt":       func() string { return explain(t, book, "2.1.2", en) },
		"purpose.zh.txt":      func() string { return explain(t, book, "1.1", zh) },
		"rules.zh.txt":        func() string { return rules(t, book, "text", zh) },
		"rules.en.txt":        func() string { return rules(t, book, "text", en) },
		"rules.md":            func() string { return rules(t, book, "md", en) },
		"rules.json":          func() string { return rules(t, book, "json", en) },
		"instrument.zh.txt":   func() string { return explain(t, book, "lamp-std-2016", zh) },
		"instrument.en.txt":   func() string { return explain(t, book, "lamp-law", en) },
		"article.zh.txt":      func() string { return explain(t, book, "lamp-law/9", zh) },
		"article.en.txt":      func() string { return explain(t, book, "lamp-law/12", en) },
		"sources.zh.txt":      func() string { return sources(t, book, "text", zh) },
		"sources.md":          func() string { return sources(t, book, "md", en) },
		"sources.json":        func() string { return sources(t, book, "json", en) },
		"field.zh.txt":        func() string { return explain(t, book, "lamps.lamps.inspections", zh) },
		"field.en.txt":        func() string { return explain(t, book, "platform.mlps_level", en) },
		"topic.zh.txt":        func() string { return explain(t, book, "lamps", zh) },
		"topic.en.txt":        func() string { return explain(t, book, "lamps", en) },
		"search.zh.txt":       func() string { return explain(t, book, "路灯", zh) },
		"search.en.txt":       func() string { return explain(t, book, "street lamp", en) },
		"overlay.zh.txt":      func() string { return explain(t, city, "lamps.inspected", zh) },
		"overlay.rules.txt":   func() string { return rules(t, city, "text", en) },
	} {
		t.Run(file, func(t *testing.T) {
			got := write()
			path := filepath.Join("testdata", file)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs; -update rewrites it. Got:\n%s", path, got)
			}
			if write() != got {
				t.Error("a second run gives other bytes")
			}
		})
	}
}

// What a law sets and what it does not must be told apart at every number.
func TestNoNumberLooksLikeLaw(t *testing.T) {
	book := lamps(t)
	for _, c := range book.Checks {
		text := explain(t, book, c.ID, Options{Language: lang.English, Width: typeset.UsualWidth})
		_, after, _ := strings.Cut(text, "limits ")
		for _, rule := range c.Limits {
			for i, limit := range rule.Values {
				line := firstWith(after, bound(limit).EN)
				if isLaw := strings.Contains(line, "  law ("); isLaw != (limit.Basis.Kind == "law") {
					t.Errorf("%s %s[%d] rests on %s, but reads %q", c.ID, rule.Name, i, limit.Basis.Kind, line)
				}
				for _, kind := range []string{"default", "assessor"} {
					if limit.Basis.Kind == kind && !strings.Contains(line, "not law") {
						t.Errorf("%s %s[%d] does not say that it is not law: %q", c.ID, rule.Name, i, line)
					}
				}
			}
		}
	}
}

func firstWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

func TestMarkdownHasEverything(t *testing.T) {
	book := lamps(t)
	md := rules(t, book, "md", Options{})
	for _, c := range book.Checks {
		for _, want := range []string{"### " + both(c.Title), "\n`" + c.ID + "`", `<a id="` + c.ID + `"></a>`, "(#" + c.ID + ")", typeset.Markdown(c.Title.ZH), typeset.Markdown(c.Title.EN)} {
			if !strings.Contains(md, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
	}
	for _, c := range book.Regulation.Clauses {
		if !strings.Contains(md, `<a id="clause-`+c.ID+`"></a>`) {
			t.Errorf("the page lacks clause %s", c.ID)
		}
	}
	if strings.Contains(md, "<b>") {
		t.Error("a title's markup is alive")
	}
}

// Each row of a table has the cells of its head.
func TestMarkdownTables(t *testing.T) { tables(t, rules(t, lamps(t), "md", Options{})) }

func tables(t *testing.T, text string) {
	t.Helper()
	cells := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if cells != 0 && n != cells {
			t.Errorf("a row of %d bars in a table of %d: %s", n, cells, line)
		}
		cells = n
	}
}

func TestJSONIsComplete(t *testing.T) {
	book := lamps(t)
	text := rules(t, book, "json", Options{})
	if strings.Contains(text, `\u003c`) || strings.Contains(text, "null") {
		t.Error("HTML is escaped, or a list is null")
	}
	var parsed map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"clauses": len(book.Regulation.Clauses), "checks": len(book.Checks)} {
		var items []map[string]any
		if err := json.Unmarshal(parsed[name], &items); err != nil || len(items) != want {
			t.Errorf("%s: %d items, want %d (%v)", name, len(items), want, err)
		}
	}
}

func TestExplainUnknown(t *testing.T) {
	book := lamps(t)
	for _, c := range []struct {
		id   string
		near []string
	}{
		{"lamps.inspekted", []string{"lamps.inspected"}},
		{"lamps.lamps.siet", []string{"lamps.lamps.site"}},
		{"lamps.lamps.inspections.id.x", []string{"lamps.inspected"}},
		{" 2.1.1. ", []string{"2.1.1"}},
		{"nothing like any of them", nil},
		{"document.sintax", []string{"document.syntax"}},
		{"", nil},
		{"\x1b[31m", nil},
	} {
		err := Explain(&bytes.Buffer{}, book, c.id, Options{})
		var unknown *UnknownError
		if !errors.As(err, &unknown) {
			t.Errorf("%q: error %v", c.id, err)
			continue
		}
		if !slices.Equal(unknown.Near, c.near) {
			t.Errorf("%q: near %q, want %q", c.id, unknown.Near, c.near)
		}
		for _, text := range []string{unknown.Text().ZH, unknown.Text().EN} {
			if strings.ContainsRune(text, '\x1b') || strings.Contains(text, "%!") {
				t.Errorf("%q: %q", c.id, text)
			}
		}
	}
}

// Findings that no check makes are explained too, by the id of one and by that
// of the family.
func TestExplainOwnFindings(t *testing.T) {
	book := lamps(t)
	for _, family := range term.Families() {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			all := explain(t, book, family.ID, Options{Language: language})
			if again := explain(t, book, family.ID+".*", Options{Language: language}); again != all {
				t.Errorf("%s.* reads otherwise than %s:\n%s", family.ID, family.ID, again)
			}
			for _, k := range family.Kinds {
				id := family.ID + "." + k.ID
				one := explain(t, book, id, Options{Language: language})
				for _, want := range []lang.Text{k.Title, family.Title, family.Remedy, family.Release.Text(), lang.Same(id)} {
					if !strings.Contains(strings.Join(strings.Fields(one), " "), want.In(language)) {
						t.Errorf("%s does not say %q:\n%s", id, want.In(language), one)
					}
				}
				if k.Severity != "" && !strings.Contains(one, term.Severities().Text(k.Severity).In(language)) || !strings.Contains(all, id) {
					t.Errorf("%s has no severity, or %s does not list it:\n%s", id, family.ID, one)
				}
			}
		}
	}
}

func TestLinesFit(t *testing.T) {
	book := lamps(t)
	for _, width := range []int{60, 80, 100} {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			for line := range strings.Lines(explain(t, book, "lamps.inspected", Options{language, width})) {
				line = strings.TrimSuffix(line, "\n")
				// Examples stand as they are written.
				if w := typeset.Width(line); w > width && strings.ContainsAny(line, "。，") {
					t.Errorf("%d columns in %d: %s", w, width, line)
				}
				if strings.TrimRight(line, " ") != line {
					t.Errorf("blanks at the end of %q", line)
				}
			}
		}
	}
}
