package draft

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Header is what is known of a platform before it is described: values as YAML, by
// their paths in the platform's own file, as name.zh.
type Header map[string]string

// State adds a value as a person gives it; it is an error that says what may be
// stated where it cannot be.
func (h Header) State(s *schema.Schema, at, text string) error {
	field := find(s.Root, at)
	if field == nil || field.Type.Kind == schema.Object || field.Type.Kind == schema.List && field.Type.Item.Kind == schema.Object {
		return &Error{lang.Say("%s 里没有 %s：可写 %s", "%s has no %s: want one of %s", s.Name, document.Quote(at), strings.Join(simple(s.Root), ", "))}
	}
	before, stated := h[at]
	h[at] = written(field.Type, strings.TrimSpace(text))
	said := h.fault(s)
	if said.IsZero() {
		return nil
	}
	if delete(h, at); stated {
		h[at] = before
	}
	return &Error{said}
}

// fault says what is wrong with what is stated, zero for nothing.
func (h Header) fault(s *schema.Schema) lang.Text {
	doc := h.document()
	for _, p := range doc.Problems {
		return lang.Say("%s；%s", "%s; %s", p.Message, p.Remedy)
	}
	for _, v := range s.Validate(doc.Root) {
		if v.Keyword != "required" {
			return lang.Say("%s；%s", "%s; %s", v.Message, v.Remedy)
		}
	}
	return lang.Text{}
}

// written is what a person gives as a value of a type, as YAML: a word for a value
// of an enumeration is that value, a text is quoted where need be.
func written(t *schema.Type, text string) string {
	for value, label := range t.Labels {
		if text == label.ZH || strings.EqualFold(text, label.EN) {
			return value
		}
	}
	if t.Kind == schema.String || t.Kind == schema.Evidence || strings.ContainsAny(text, "\r\n") {
		return literal(text)
	}
	return text
}

// Root is the header as a description states it.
func (h Header) Root() *document.Value { return h.document().Root }

func (h Header) document() *document.Document {
	var lines strings.Builder
	outer := ""
	for _, at := range slices.Sorted(maps.Keys(h)) {
		first, inner, nested := strings.Cut(at, ".")
		if !nested {
			fmt.Fprintf(&lines, "%s: %s\n", at, h[at])
			continue
		}
		if first != outer {
			fmt.Fprintf(&lines, "%s:\n", first)
		}
		outer = first
		fmt.Fprintf(&lines, "  %s: %s\n", inner, h[at])
	}
	return document.Parse("platform.yaml", []byte(lines.String()), document.DefaultLimits())
}

// find is the field at a path of at most two keys, nil for none.
func find(t *schema.Type, at string) *schema.Field {
	first, inner, nested := strings.Cut(at, ".")
	field := t.Field(first)
	if field == nil || !nested {
		return field
	}
	return field.Type.Field(inner)
}

// simple are the names of the fields that hold one value.
func simple(t *schema.Type) []string {
	var names []string
	for _, f := range t.Fields {
		if f.Type.Kind != schema.Object && f.Type.Kind != schema.List {
			names = append(names, f.Name)
		}
	}
	return names
}

// literal is a text as YAML, quoted where it would be read as something else.
func literal(text string) string {
	doc := document.Parse("", []byte("k: "+text+"\n"), document.DefaultLimits())
	if v := doc.Root.Get("k"); len(doc.Problems) == 0 && v != nil && v.Kind == document.String && v.Text == text {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text) + `"`
}

// Error says in both languages why nothing can be drafted.
type Error struct{ text lang.Text }

func (e *Error) Error() string { return e.text.EN }

// Text is the error in both languages.
func (e *Error) Text() lang.Text { return e.text }
