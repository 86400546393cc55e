package report

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// since is what has become of a platform since the previous examination, in one line;
// empty where there is none.
func (v voice) since(platform *results.Platform) string {
	was := platform.Previous
	if was == nil {
		return ""
	}
	parts := []string{v.Say("%s：%s 分 → %s 分", "%s: score %s → %s", typeset.Inert(was.AsOf), number(was.Score.Raw), number(platform.Score.Raw))}
	if was.Compliant != platform.Compliant {
		parts = append(parts, v.Prose(lang.Say("%s → %s", "%s → %s", term.Compliance(was.Compliant), term.Compliance(platform.Compliant))))
	}
	for _, c := range was.Counted() {
		parts = append(parts, v.Prose(lang.Say("%s %d", "%s %d", c.Text, c.N)))
	}
	return strings.Join(parts, v.Say("，", ", "))
}

// changed is a finding with what has become of it, in a sentence.
func (v voice) changed(c *results.Change) string {
	text := v.Prose(lang.Say("%s：%s（%s）", "%s: %s (%s)", c.Stands(), c.Message, c.Check))
	if notes := v.notes(c); notes != "" {
		text += v.Say("；", "; ") + notes
	}
	return text
}

// notes are what a change's standing rests on, and what was ordered about it.
func (v voice) notes(c *results.Change) string {
	var all []string
	if c.Waived {
		all = append(all, v.Prose(term.Outcomes().Text("waived")))
	}
	if !c.Reason.IsZero() {
		all = append(all, v.Prose(c.Reason))
	}
	if said := c.Ordered(); !said.IsZero() {
		all = append(all, v.Prose(said))
	}
	return strings.Join(all, v.Say("；", "; "))
}

// compared are the labelled lines of the comparison: what has changed, each by itself;
// what still stands is among the findings.
func (p *page) compared(platform *results.Platform) [][]typeset.Field {
	said := p.since(platform)
	if said == "" {
		return nil
	}
	rows := [][]typeset.Field{{{Text: p.Say("与上次比较", "since last time"), Role: typeset.Faint}, {Text: said}}}
	var lines []string
	for i := range platform.Previous.Changes {
		if c := &platform.Previous.Changes[i]; c.Standing != results.StillOpen || c.Repeated {
			lines = append(lines, p.changed(c))
		}
	}
	for _, line := range lines {
		rows = append(rows, []typeset.Field{{}, {Text: "- " + line}})
	}
	return rows
}

// noteChanges keeps the comparison of a platform.
func (d *comment) noteChanges(platform *results.Platform) {
	if platform.Previous == nil {
		return
	}
	section := platformSection{title: typeset.Markup(d.title(platform) + " · " + d.since(platform))}
	for i := range platform.Previous.Changes {
		c := &platform.Previous.Changes[i]
		row := typeset.Cells(said(d.Prose(c.Stands())), c.Severity.Text().In(d.Language), said(place(c.Location)), said(d.Prose(c.Message)), said(d.notes(c)))
		section.all++
		if d.kept += units(row); d.kept <= maxKept {
			section.rows = append(section.rows, row)
		}
	}
	d.changes = append(d.changes, section)
}

// compared are the comparisons, each for a reader to unfold.
func (d *comment) compared() {
	head := table(5, d.Say("与上次比较", "since last time"), d.Say("严重程度", "severity"), d.Say("位置", "place"), d.Say("问题", "finding"), d.Say("说明", "notes"))
	for _, p := range d.changes {
		open, end := folded(p.title)
		d.section(open+head, p.rows, end)
		d.omitted += p.all - len(p.rows)
	}
}
