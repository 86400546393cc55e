package handbook

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// dutyJSON is one thing that a clause asks for.
type dutyJSON struct {
	Duty   lang.Text  `json:"duty"`
	Checks []string   `json:"checks"`
	Reason *lang.Text `json:"reason,omitempty"`
}

func dutiesOf(c *rulebook.Clause) []dutyJSON {
	var out []dutyJSON
	for _, d := range c.Duties {
		duty := dutyJSON{Duty: d.Text, Checks: append([]string{}, d.Checks...)}
		if !d.Reason.IsZero() {
			duty.Reason = &d.Reason
		}
		out = append(out, duty)
	}
	return out
}

// explainDuties is what a clause asks for, each with its checks or the reason for
// having none.
func (p *page) explainDuties(c *rulebook.Clause) {
	var rows [][]string
	for _, d := range c.Duties {
		held := d.Checks
		if !d.Reason.IsZero() {
			held = append(slices.Clone(held), p.in(d.Reason))
		}
		rows = append(rows, []string{p.in(d.Text), strings.Join(held, " · ")})
	}
	if len(rows) > 0 {
		p.Line()
		p.Table(p.Say("要求", "duties"), rows)
	}
}

// duties is what each clause asks for, with the checks that hold platforms to it.
func (s *sheet) duties(book *rulebook.Rulebook) {
	var rows [][]string
	for _, c := range book.Regulation.Clauses {
		for _, d := range c.Duties {
			rows = append(rows, []string{s.toClause(c.ID), both(d.Text), s.heldTo(book, d)})
		}
	}
	s.Table([]string{both(lang.Say("条款", "clause")), both(lang.Say("要求", "duties")), both(lang.Say("检查项", "checks"))}, rows)
}

// heldTo is how platforms are held to a duty.
func (s *sheet) heldTo(book *rulebook.Rulebook, d rulebook.ClauseDuty) string {
	var out []string
	for _, id := range d.Checks {
		name := typeset.Span(id)
		if c := book.Check(id); c != nil {
			name = s.toCheck(c, name)
		}
		out = append(out, name)
	}
	if !d.Reason.IsZero() {
		out = append(out, both(d.Reason))
	}
	return strings.Join(out, " ")
}

// statesDuties reports whether a rulebook says what its clauses ask for.
func statesDuties(book *rulebook.Rulebook) bool {
	return len(book.Regulation.Clauses) > 0 && len(book.Regulation.Clauses[0].Duties) > 0
}
