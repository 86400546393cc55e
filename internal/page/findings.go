package page

import (
	"cmp"
	"slices"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// listed is a finding with all that is said beside it.
type listed struct {
	*finding.Finding
	No            int
	Anchor, Class string
	Repeated      bool
	CheckTitle    lang.Text
	// CheckAnchor is the check's, empty where no check of the card made the finding.
	CheckAnchor           string
	Effort                string
	Basis                 rulebook.Basis
	Limits                []rulebook.Limit
	Before, Marked, After string
	facets
	card *card
}

// CheckLink leads to the check, if there is one.
func (f listed) CheckLink() string {
	if f.CheckAnchor == "" {
		return ""
	}
	return f.card.To(Claims, f.CheckAnchor)
}

// excerptWidth is how many columns of a source line a page shows.
const excerptWidth = 96

// layFindings puts the gravest first, then goes by clause and by place; each repeated
// fingerprint marks as many findings as stood before.
func (c *card) layFindings() {
	repeated := map[string]int{}
	if c.Previous != nil {
		for _, print := range c.Previous.Repeated {
			repeated[print]++
		}
	}
	for i := range c.Platform.Findings {
		f := listed{Finding: &c.Platform.Findings[i], card: c}
		f.Class = map[finding.Severity]string{finding.Blocker: "bad", finding.Major: "half"}[f.Severity]
		if f.Waived {
			c.Waived++
			f.Class = "none"
		} else if repeated[f.Fingerprint] > 0 {
			repeated[f.Fingerprint]--
			f.Repeated = true
		}
		if check := c.checks[f.Check]; check != nil {
			f.CheckTitle, f.CheckAnchor, f.Effort, f.Basis, f.Limits = check.Title, check.Anchor, check.Effort, check.Basis, check.Limits
		}
		f.Before, f.Marked, f.After = marked(f.Finding)
		c.Findings = append(c.Findings, f)
	}
	slices.SortStableFunc(c.Findings, c.graver)
	for i := range c.Findings {
		f := &c.Findings[i]
		f.facets = c.facetsOf(f)
		f.No, f.Anchor = i+1, c.anchors.of("f-", f.Fingerprint[:min(len(f.Fingerprint), fingerprintWidth)])
	}
}

// fingerprintWidth is how much of a fingerprint a link needs.
const fingerprintWidth = 12

// graver is the order of the findings: the open ones by severity, then the waived
// ones; of one severity by clause, then by place.
func (c *card) graver(a, b listed) int {
	if a.Waived != b.Waived {
		return map[bool]int{true: 1, false: -1}[a.Waived]
	}
	return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(c.turn(a), c.turn(b)),
		cmp.Compare(a.Location.Path, b.Location.Path), cmp.Compare(a.Location.Line, b.Location.Line), cmp.Compare(a.Location.Column, b.Location.Column))
}

// turn is the place of a finding's first clause in the regulation; those of none come
// last.
func (c *card) turn(f listed) int {
	if len(f.Clauses) == 0 {
		return len(c.Clauses)
	}
	return slices.IndexFunc(c.Clauses, func(clause results.Clause) bool { return clause.ID == f.Clauses[0] })
}

// Grounded reports whether a finding has a basis or a source.
func (f listed) Grounded() bool { return f.Basis.Kind != "" || !f.Source.IsZero() }

// Place is where a finding points, for people and editors.
func (f listed) Place() string { return placed(f.Location) }

// marked cuts a finding's source line around the place that it points at.
func marked(f *finding.Finding) (before, mark, after string) {
	if f.Excerpt == "" || f.Location.Line < 1 {
		return "", "", ""
	}
	return typeset.Marked(f.Excerpt, f.Location.Column, f.Location.EndInLine(), excerptWidth)
}
