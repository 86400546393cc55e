package audit

import (
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/near"
	"hegui/internal/schema"
)

// Excerpts gives findings about one platform the lines that they point at.
type Excerpts struct {
	schemas *schema.Set
	// sensitive are the lines that not everyone may see, by file.
	sensitive map[*document.Document]map[int]bool
}

// NewExcerpts makes excerpts of files that follow these schemas.
func NewExcerpts(schemas *schema.Set) *Excerpts {
	return &Excerpts{schemas, map[*document.Document]map[int]bool{}}
}

// Quote gives a finding its line of a description, and marks the line where it
// holds something sensitive. Where a file does not parse, nothing tells which lines are sensitive, so
// that every line of a topic with sensitive facts is marked then.
func (e *Excerpts) Quote(f *finding.Finding, doc *document.Document) {
	f.Excerpt = doc.Line(f.Location.Line)
	s := e.schemas.Find(doc.Topic())
	if s != nil && s.HasSensitive() && (!doc.Sound() || e.sensitiveLines(s, doc)[f.Location.Line]) {
		f.Hide().Excerpt = ""
	}
}

// sensitiveLines looks at a file once, however many findings point into it.
func (e *Excerpts) sensitiveLines(s *schema.Schema, doc *document.Document) map[int]bool {
	if lines, done := e.sensitive[doc]; done {
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
	e.sensitive[doc] = lines
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
	return near.Word(key, names) != ""
}
