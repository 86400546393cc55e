package audit

import (
	"hegui/internal/document"
	"hegui/internal/schema"
)

// excerpt is a line of a description for reports to show, empty where it holds
// something sensitive. What cannot be parsed cannot be told apart, so that of a
// topic with sensitive facts nothing is shown then.
func (r *reading) excerpt(doc *document.Document, line int) string {
	s := r.Rulebook.Schemas.Find(doc.Topic())
	switch {
	case !r.Redact || s == nil:
	case !doc.Sound():
		if s.HasSensitive() {
			return ""
		}
	case r.hiddenLines(s, doc)[line]:
		return ""
	}
	return doc.Line(line)
}

// hiddenLines looks at a file once, however many findings point into it.
func (r *reading) hiddenLines(s *schema.Schema, doc *document.Document) map[int]bool {
	if lines, done := r.hidden[doc]; done {
		return lines
	}
	lines := map[int]bool{}
	hide := func(from, to int) {
		for line := from; line <= to; line++ {
			lines[line] = true
		}
	}
	s.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
		if t.Sensitive {
			from := v.Start.Line
			if v.Parent != nil && v.Parent.Kind == document.Map {
				from = v.Parent.Field(v.Key).KeyStart.Line
			}
			hide(from, v.End.Line)
		}
		for _, field := range v.Fields {
			if misspeltSensitive(t, field.Key) {
				hide(field.KeyStart.Line, field.Value.End.Line)
			}
		}
	})
	r.hidden[doc] = lines
	return lines
}

// misspeltSensitive reports whether an unknown key is probably meant to be a
// sensitive one.
func misspeltSensitive(t *schema.Type, key string) bool {
	if t.Field(key) != nil {
		return false
	}
	var names []string
	for _, field := range t.Fields {
		if field.Type.Sensitive {
			names = append(names, field.Name)
		}
	}
	return schema.Nearest(key, names) != ""
}
