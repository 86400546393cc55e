package form_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/fix"
	"hegui/internal/form"
	"hegui/internal/lang"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// FuzzForms holds of any text that nothing breaks on it, that what is answered is
// YAML of the kind that was asked for, and that the schema whose field it was
// written for takes it.
func FuzzForms(f *testing.F) {
	for _, text := range mistaken(f) {
		f.Add(text)
	}
	fields := scalarFields(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 256 {
			return
		}
		for kind, right := range map[string]func(string) (string, bool){
			"date": form.Date, "text": form.Slug, "period": form.Period, "bool": form.Bool, "percent": form.Percent,
			"number": func(text string) (string, bool) { return form.Number(text, lang.Say("万元", "10k CNY")) },
		} {
			if answer, ok := right(text); ok && !isOf(kind, answer) {
				t.Errorf("%q is not a %s: %q", text, kind, answer)
			}
		}
		_, _, _ = form.Moment(text)
		_, _ = form.DateFault(text), form.Items(text)
		for _, one := range fields {
			one.taught(t, text)
		}
	})
}

// isOf reports whether a text of YAML is of a kind.
func isOf(kind, text string) bool {
	doc := document.Parse("x.yaml", []byte(text), document.Limits{})
	if !doc.Sound() {
		return false
	}
	switch kind {
	case "bool":
		return doc.Root.Kind == document.Bool
	case "number", "percent":
		return doc.Root.Kind == document.Int || doc.Root.Kind == document.Float
	case "date", "period":
		return doc.Root.Kind == document.String
	}
	return doc.Root.Text == text // the name of a thing may look like a number; its schema has it quoted
}

// field is a scalar of a topic's own map.
type field struct {
	schema *schema.Schema
	name   string
}

// scalarFields are one of each kind of value.
func scalarFields(tb testing.TB) []field {
	tb.Helper()
	set, defects := schema.Load(source.FromFS(hegui.Rulebook), "schemas")
	if len(defects) > 0 {
		tb.Fatal(defects)
	}
	seen, out := map[schema.Kind]bool{}, []field(nil)
	for _, s := range set.Topics() {
		for _, f := range s.Root.Fields {
			if kind := f.Type.Kind; kind != schema.Object && kind != schema.Evidence && !seen[kind] {
				seen[kind], out = true, append(out, field{s, f.Name})
			}
		}
	}
	if len(out) < 5 {
		tb.Fatal(out)
	}
	return out
}

// taught holds what is written in place of a text to be taken.
func (f field) taught(t *testing.T, text string) {
	t.Helper()
	for _, written := range []string{strconv.Quote(text), text} {
		data := []byte(f.name + ": " + written + "\n")
		doc := document.Parse("x.yaml", data, document.Limits{})
		if !doc.Sound() || strings.Contains(written, "\n") {
			continue
		}
		for _, v := range f.schema.Validate(doc.Root) {
			if v.Edit == nil || v.At.Key() != f.name {
				continue
			}
			if looks, _ := v.At.Slip(); looks != nil { // it is put right first, and may hide another
				continue
			}
			now := document.Parse("x.yaml", fix.Apply(data, []finding.Edit{*v.Edit}), document.Limits{})
			if !now.Sound() {
				t.Fatalf("%s cannot be read any more: %v", data, now.Problems)
			}
			for _, again := range f.schema.Validate(now.Root) {
				if again.At.Key() == f.name {
					t.Fatalf("%s: %q was to be written, and %s", data, v.Edit.Text, again.Message.EN)
				}
			}
		}
	}
}

// mistaken are the values that people have written wrong.
func mistaken(tb testing.TB) []string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "audit", "testdata", "mistakes.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, m := range document.Parse("mistakes.yaml", data, document.Limits{}).Root.ListAt("mistakes") {
		if _, value, found := strings.Cut(m.TextAt("as"), ": "); found && !strings.Contains(value, "\n") {
			out = append(out, strings.Trim(value, `"`))
		}
	}
	if len(out) < 100 {
		tb.Fatal(len(out))
	}
	return out
}
