package report

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// decision is one of the city's in a sentence: what, from what to what, by whom
// and when.
func (v voice) decision(d results.Decision) string {
	return v.Prose(lang.Say("%s %s（%s）：%s：%s（%s，%s）", "%s %s (%s): %s: %s (%s, %s)",
		term.Decisions().Text(d.Effect), d.Title, d.Check, d.Subject, d.Demand(), d.By, d.On))
}

// decisions are those that change a demand, a sentence each, for a reader with
// little room; what is only confirmed is left to the count.
func (v voice) decisions(platform *results.Platform) []string {
	var all []string
	for _, d := range platform.Decisions {
		if d.Effect != rulebook.Confirmed {
			all = append(all, v.decision(d))
		}
	}
	return v.fewer(all)
}

// noteDecisions keeps a row for each decision, one for all platforms for which it reads
// the same.
func (d *comment) noteDecisions(p *results.Platform) {
	for _, one := range p.Decisions {
		row := typeset.Cells(said(typeset.Inert(one.Check))+" "+said(d.Prose(one.Title)), said(d.Prose(term.Decisions().Text(one.Effect))), said(d.Prose(one.Subject)),
			said(d.Prose(one.Demand())), said(typeset.Inert(one.By))+" "+said(typeset.Inert(one.On)), said(d.Prose(one.Source)), said(d.Prose(one.Reason)))
		if !slices.Contains(d.decided, row) {
			d.decided = append(d.decided, row)
		}
	}
}

// cityDecisions is the table of the decisions, for a reader to unfold.
func (d *comment) cityDecisions() {
	open, end := folded(d.Count(len(d.decided), "项本地的决定", "local decision", "local decisions"))
	d.section(open+table(7, d.Say("检查项", "check"), d.Say("决定", "decision"), d.Say("对象", "about"), d.Say("要求", "demand"), d.Say("决定岗位", "decided by"),
		d.Say("依据", "basis"), d.Say("理由", "reason")), d.decided, end)
}
