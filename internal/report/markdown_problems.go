package report

import (
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// noteProblems keeps what a platform's first page says: the platform in a few
// sentences, the conditions of compliance and of a better grade, and the findings as numbered rows.
func (d *comment) noteProblems(p *results.Platform, section platformSection) {
	var rows []results.ProblemRow
	if d.kept <= maxKept {
		rows = p.ProblemRows()
	}
	for _, row := range rows {
		line := d.problemRow(row)
		if d.kept += units(line); d.kept > maxKept {
			break
		}
		section.rows = append(section.rows, line)
	}
	d.problems = append(d.problems, section)
}

// lead is what is said before the rows.
func (d *comment) lead(p *results.Platform) string {
	var said []string
	for _, sentence := range d.run.Appraisal(p) {
		said = append(said, typeset.Markdown(d.Prose(sentence)))
	}
	return "\n" + strings.Join(said, d.Say("", " ")) + "\n" + d.conditions(p) + d.lost(p)
}

// lost says what keeps a platform from a better grade.
func (d *comment) lost(p *results.Platform) string {
	if len(p.GradeConditions) == 0 {
		return ""
	}
	out := "\n"
	for _, lost := range p.GradeConditions {
		out += "- " + typeset.Markdown(d.Prose(lost.Lost())) + "\n"
	}
	return out
}

// conditions are those of compliance, ticked where they hold.
func (d *comment) conditions(p *results.Platform) string {
	if len(p.Conditions) == 0 {
		return ""
	}
	out := "\n" + d.Say("合规，是指同时成立：", "A platform complies where all of these hold:") + "\n\n"
	for _, c := range p.Conditions {
		mark := "❌"
		if c.Held {
			mark = "✅"
		}
		out += "- " + mark + " " + typeset.Markdown(d.Prose(c.Demand))
		if !c.Found.IsZero() {
			out += d.Say("：**", ": **") + typeset.Markdown(d.Prose(c.Found)) + "**"
		}
		out += "\n"
	}
	return out
}

func (d *comment) problemRow(row results.ProblemRow) string {
	severity := row.Severity.Text().In(d.Language)
	if row.Waived {
		severity += d.Say("（已豁免）", " (waived)")
	}
	object := place(row.Places[0])
	if len(row.Objects) > 0 {
		names := make([]string, len(row.Objects))
		for i, name := range row.Objects {
			names[i] = typeset.Inert(name)
		}
		object = d.List(names, maxNamed)
	}
	advice := row.Advice
	if row.Effort != "" {
		advice = lang.Say("%s（%s）", "%s (%s)", advice, term.Efforts().Long(row.Effort))
	}
	deadline := row.Deadline
	if row.Post != "" {
		deadline = strings.TrimSpace(deadline + " " + row.Post)
	}
	return typeset.Cells(strconv.Itoa(row.Number), severity, said(object), said(d.Prose(row.Said)), said(d.Prose(row.Basis)), said(d.Prose(row.Bears)), said(d.Prose(advice)), said(typeset.Inert(deadline)))
}

// summaries are the first pages of all platforms, in the room that the findings leave.
func (d *comment) summaries() {
	head := table(8, d.Say("序号", "no."), d.Say("严重程度", "severity"), d.Say("对象", "object"), d.Say("问题", "finding"), d.Say("依据", "basis"),
		d.Say("风险", "risk"), d.Say("整改建议", "advice"), d.Say("期限", "deadline"))
	for _, p := range d.problems {
		open, end := folded(p.title + " · " + d.Say("总体评价与问题汇总表", "appraisal and summary of findings"))
		if len(p.rows) == 0 && units(open+p.lead+end) <= d.left/2 {
			d.add(open + p.lead + end)
			continue
		}
		d.section(open+p.lead+head, p.rows, end)
		d.omitted += p.all - len(p.rows)
	}
}
