package report

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/results"
)

// View is what the text lists of the findings, and in which order. It changes no
// verdict, score or count. The zero value lists all, the severest first.
type View struct {
	// Severity is the least that is listed.
	Severity finding.Severity
	// Files are the only ones whose findings are listed, all for none. A platform
	// without any of them is listed in full.
	Files []string
	// Limit is how many blocks of findings a platform may have, 0 for all.
	Limit int
	// Fit lists of a platform what its screen has room for, unless Limit says.
	Fit bool
	// Group is by what the findings of a platform are put together: BySeverity,
	// ByFile or ByClause; empty for the order of severity without headings.
	Group string
	// Statistics lists the checks by how many findings they have.
	Statistics bool
}

// By what findings can be put together.
const (
	BySeverity = "severity"
	ByFile     = "file"
	ByClause   = "clause"
)

// Groups are all that Group may be.
func Groups() []string { return []string{ByFile, ByClause, BySeverity} }

// lists reports whether a finding of a platform is listed.
func (v View) lists(p *results.Platform, f *finding.Finding) bool {
	return f.Severity >= v.Severity && (len(v.Files) == 0 || slices.Contains(v.Files, f.Location.Path) ||
		!slices.ContainsFunc(v.Files, func(file string) bool { return strings.HasPrefix(file, p.Path+"/") }))
}

// blocks are the findings that are listed, equal ones together, in their order,
// and how many are not.
func (v View) blocks(p *results.Platform) (all []block, left int) {
	var listed []results.Listed
	for _, f := range severestFirst(p.Findings) {
		if v.lists(p, f) {
			listed = append(listed, results.Listed{Finding: f})
		} else {
			left++
		}
	}
	for _, equals := range together(listed) {
		all = append(all, blockOf(equals))
	}
	slices.SortStableFunc(all, func(a, b block) int { return v.compare(a[0], b[0]) })
	return all, left
}

// compare puts groups one after another.
func (v View) compare(a, b *finding.Finding) int {
	switch v.Group {
	case ByFile:
		return cmp.Compare(a.Location.Path, b.Location.Path)
	case ByClause:
		return cmp.Compare(clauseOf(a), clauseOf(b))
	}
	return 0
}

// clauseOf is the clause that a finding is counted in, empty where no check makes it.
func clauseOf(f *finding.Finding) string {
	if len(f.Clauses) == 0 {
		return ""
	}
	return f.Clauses[0]
}
