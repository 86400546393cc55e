package handbook

import (
	"fmt"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// maxPatch is how many lines of an example's patch a page shows.
const maxPatch = 14

// check is the reference of one check.
func (s *sheet) check(book *rulebook.Rulebook, c *rulebook.Check, level int) {
	s.heading(level, c.ID, both(c.Title))
	s.line(strings.Join(s.facts(book, c), " · "))
	s.gap()
	var rows [][]string
	for _, r := range []named{
		{lang.Say("理由", "why"), c.Rationale},
		{lang.Say("整改", "fix"), c.Remedy},
		{lang.Say("报告", "message"), c.Message},
	} {
		rows = append(rows, []string{both(r.name), escape(r.text.ZH), escape(r.text.EN)})
	}
	s.table(append([]string{""}, languageNames()...), rows)
	s.demand(c)
	s.fence("yaml", written(c))
}

// facts are what can be said of a check in a word or two.
func (s *sheet) facts(book *rulebook.Rulebook, c *rulebook.Check) []string {
	out := []string{span(c.ID)}
	for i, id := range c.Clauses {
		mark := "○ "
		if i == 0 {
			mark = "● "
		}
		out = append(out, mark+s.toClause(id)+" "+both(book.Clause(id).Title))
	}
	out = append(out, both(lang.Say("工作量%s", "effort %s", effortText(c.Effort))))
	if c.Weight > 0 {
		out = append(out, both(lang.Say("权重 %d", "weight %d", c.Weight)))
	}
	if !c.Waivable {
		out = append(out, both(lang.Say("不可豁免", "not waivable")))
	}
	if c.Overlay != "" {
		out = append(out, both(overlayMark(c)))
	}
	return out
}

// demand is how hard the check is by level, and what that rests on. Levels
// with the same ground share a row.
func (s *sheet) demand(c *rulebook.Check) {
	var rows [][]string
	stated := statedLevels(c)
	var severity ground
	for i, at := range stated.Levels {
		severity.add(&rows, levels(stated, i), c.Severity.At(at).Text(), c.Basis.At(at))
	}
	severity.flush(&rows, both(lang.Say("严重程度", "severity")))
	for _, rule := range c.Limits {
		limits := ground{name: span(rule.Name)}
		for i, limit := range rule.Values {
			limits.add(&rows, levels(rule.ByLevel, i), bound(limit), limit.Basis)
		}
		limits.flush(&rows, limits.name)
	}
	s.table([]string{"", both(lang.Say("要求", "demand")), both(lang.Say("依据", "basis"))}, rows)
}
