package audit

import (
	"math"
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/near"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// Excerpts gives findings about one platform the lines that they point at.
type Excerpts struct {
	schemas *schema.Set
	// sensitive are the lines that not everyone may see, by file.
	sensitive map[*document.Document][]lines
}

// lines are some lines of a file, the first and the last.
type lines struct{ from, to int }

// NewExcerpts makes excerpts of files that follow these schemas.
func NewExcerpts(schemas *schema.Set) *Excerpts {
	return &Excerpts{schemas, map[*document.Document][]lines{}}
}

// Quote gives a finding its line of a description, and marks the line where it
// holds something sensitive. Where a file does not parse, nothing tells which lines are sensitive, so
// that every line of a topic with sensitive facts is marked then.
func (e *Excerpts) Quote(f *finding.Finding, doc *document.Document) {
	f.Excerpt = source.Spelt(doc.Line(f.Location.Line)) // JSON holds nothing else: parts of a run are merged into the same reports
	if slices.ContainsFunc(e.sensitiveLines(doc), func(l lines) bool { return l.from <= f.Location.Line && f.Location.Line <= l.to }) {
		f.Hide().Excerpt = ""
	}
}

// sensitiveLines looks at a file once, however many findings point into it, unless
// something is wrong with it, which may be found late.
func (e *Excerpts) sensitiveLines(doc *document.Document) []lines {
	known, done := e.sensitive[doc]
	if !done || !doc.Sound() {
		if s := e.schemas.Find(doc.Topic()); s != nil && s.HasSensitive() {
			known = sensitiveLines(s, doc)
		}
		e.sensitive[doc] = known
	}
	return known
}

func sensitiveLines(s *schema.Schema, doc *document.Document) (all []lines) {
	if !doc.Sound() {
		return []lines{{0, math.MaxInt}}
	}
	s.WalkSensitive(doc.Root, func(t *schema.Type, v *document.Value) {
		if t.Sensitive {
			from := v.Start().Line
			if v.Parent != nil && v.Parent.Kind == document.Map {
				from = v.Parent.Field(v.Key()).KeyStart().Line
			}
			all = append(all, lines{from, v.End().Line})
		}
		for _, field := range v.Fields() {
			if misspeltSensitive(t, field.Key) {
				all = append(all, lines{field.KeyStart().Line, field.Value.End().Line})
			}
		}
	})
	return all
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
