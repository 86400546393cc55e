package handbook

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"hegui"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// own is the rulebook of this repository.
func own(t *testing.T) *rulebook.Rulebook {
	t.Helper()
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// Every check and clause of this repository can be explained in both
// languages, and what is shown as YAML is YAML.
func TestOwnRulebook(t *testing.T) {
	book := own(t)
	var ids []string
	for _, c := range book.Checks {
		ids = append(ids, c.ID)
		checkExamples(t, book, c)
	}
	for _, c := range book.Regulation.Clauses {
		ids = append(ids, c.ID)
	}
	if len(ids) == 0 {
		t.Fatal("nothing to explain")
	}
	for _, id := range ids {
		for _, language := range []lang.Language{lang.Chinese, lang.English} {
			text := explain(t, book, id, Options{Language: language})
			sound(t, id, text)
			if chinese := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }); language == lang.Chinese && !chinese {
				t.Errorf("%s: no Chinese in\n%s", id, text)
			}
		}
	}
	for _, format := range Formats() {
		var b bytes.Buffer
		if err := format.Write(&b, book, Options{Language: lang.Chinese}); err != nil {
			t.Fatal(err)
		}
		sound(t, format.Name, b.String())
		for _, id := range ids {
			if !strings.Contains(b.String(), id) {
				t.Errorf("%s lacks %s", format.Name, id)
			}
		}
	}
}

// sound looks for the traces of a format that met the wrong arguments.
func sound(t *testing.T, name, text string) {
	t.Helper()
	for _, trace := range []string{"%!", "<nil>", "&{", "\t"} {
		if i := strings.Index(text, trace); i >= 0 {
			t.Errorf("%s: %q in …%s", name, trace, text[max(0, i-80):min(len(text), i+80)])
		}
	}
}

func checkExamples(t *testing.T, book *rulebook.Rulebook, c *rulebook.Check) {
	t.Helper()
	good, bad, rest := firsts(book, c)
	for _, e := range append(rest, good, bad) {
		for name, v := range e.topics {
			readsBack(t, c.ID+" "+name, v)
		}
		if !e.Good && (e.at == nil || e.message.IsZero()) {
			t.Errorf("%s: the bad example at line %d shows no finding", c.ID, e.Pos.Line)
		}
	}
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		marked := 0
		for _, x := range bad.excerpts(book, focus(bad, good), "← here") {
			marked += strings.Count(x.note+strings.Join(x.lines, "\n"), "# ← here")
		}
		if marked != 1 {
			t.Errorf("%s: the excerpt points at %d places", c.ID, marked)
		}
		if c.Waivable {
			p := newPage(Options{Language: language})
			waiver(t, book, strings.Join(p.waiverLines(book, c), "\n"))
		}
	}
}

// waiver holds the snippet to the schema of waivers.
func waiver(t *testing.T, book *rulebook.Rulebook, text string) {
	t.Helper()
	doc := document.Parse("waivers.yaml", []byte(text+"\n"), document.DefaultLimits())
	for _, p := range doc.Problems {
		t.Errorf("%s\n%s", p.Message.EN, text)
	}
	if s := book.Schemas.Find("waivers"); s != nil && doc.Root != nil {
		for _, v := range s.Validate(doc.Root) {
			t.Errorf("%s: %s\n%s", v.Path, v.Message.EN, text)
		}
	}
}

// readsBack holds the YAML of a value to the value.
func readsBack(t *testing.T, name string, v *document.Value) {
	t.Helper()
	text := strings.Join(yaml{}.lines(v), "\n") + "\n"
	doc := document.Parse("v.yaml", []byte(text), document.DefaultLimits())
	for _, p := range doc.Problems {
		t.Errorf("%s: %s\n%s", name, p.Message.EN, text)
	}
	if !equal(v.Any(), doc.Root.Any()) {
		t.Errorf("%s: another value comes back from\n%s", name, text)
	}
}
