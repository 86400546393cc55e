package report

import (
	"encoding/json"
	"io"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// jsonFormat writes the whole model as schemas/results.schema.json describes it.
type jsonFormat struct{}

func (jsonFormat) Name() string { return "json" }

func (jsonFormat) Write(w io.Writer, r *results.Results, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	// JSON is not HTML: who puts it into a page escapes it there.
	encoder.SetEscapeHTML(false)
	return encoder.Encode(withLists(r))
}

// withLists returns a copy in which every list is stated, be it as []: to a
// reader null would be a second way of saying "none".
func withLists(r *results.Results) *results.Results {
	stated := *r
	stated.Rulebook.Overlays = list(r.Rulebook.Overlays)
	stated.Rulebook.Sections, stated.Rulebook.Grades = list(r.Rulebook.Sections), list(r.Rulebook.Grades)
	stated.Errors = list(r.Errors)
	stated.Platforms = list(r.Platforms)
	for i := range stated.Platforms {
		p := &stated.Platforms[i]
		p.Reasons = list(p.Reasons)
		p.Grade.Vetoes = list(p.Grade.Vetoes)
		p.Chapters = list(p.Chapters)
		p.Evidence = list(p.Evidence)
		p.Waivers = list(p.Waivers)
		p.Clauses = each(p.Clauses, func(c *results.Clause) { c.Checks, c.Home = list(c.Checks), list(c.Home) })
		p.Verdicts, p.ClauseVerdicts = list(p.Verdicts), list(p.ClauseVerdicts)
		p.Findings = each(p.Findings, func(f *finding.Finding) { f.Clauses = list(f.Clauses) })
		p.Checks = each(p.Checks, func(c *results.Check) {
			c.Clauses, c.Items, c.Limits = list(c.Clauses), list(c.Items), list(c.Limits)
		})
	}
	return &stated
}

// list copies a list, so that the caller's stays as it is; the copy is never nil.
func list[T any](items []T) []T {
	return append(make([]T, 0, len(items)), items...)
}

// each copies a list and mends every item of the copy.
func each[T any](items []T, mend func(*T)) []T {
	mended := list(items)
	for i := range mended {
		mend(&mended[i])
	}
	return mended
}
