package workbook

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// problems is the summary of findings as the first page of a card has it: one row for
// those of one check.
func (b *book) problems() *table {
	t := &table{book: b, id: "problems", title: lang.Say("问题汇总表", "Summary of findings"), frozen: 2, wide: 2, columns: []column{
		{id: "platform", title: lang.Say("平台", "platform"), width: 14},
		{id: "no", title: lang.Say("序号", "no."), width: 6, kind: number},
		{id: "severity", title: lang.Say("严重程度", "severity"), width: 10, tints: b.severityTints()},
		{id: "object", title: lang.Say("对象", "object"), width: 20, kind: longText},
		{id: "place", title: lang.Say("出处", "place"), width: 20, kind: longText},
		{id: "problem", title: lang.Say("问题", "finding"), width: 38, kind: longText},
		{id: "basis", title: lang.Say("依据", "basis"), width: 26, kind: longText},
		{id: "clauses", title: lang.Say("条款", "clauses"), width: 10},
		{id: "bears", title: lang.Say("风险", "risk"), width: 28, kind: longText},
		{id: "advice", title: lang.Say("整改建议", "advice"), width: 36, kind: longText},
		{id: "effort", title: term.Efforts().Title, width: 8},
		{id: "post", title: lang.Say("责任岗位", "responsible post"), width: 14},
		{id: "deadline", title: lang.Say("期限", "deadline"), width: 12, kind: day},
		{id: "waived", title: lang.Say("已豁免", "waived"), width: 8},
	}}
	t.rows = func(p *results.Platform) error {
		for _, row := range p.ProblemRows() {
			if err := t.add(platformName(p), row.Number, row.Severity.Text(), strings.Join(row.Objects, "\n"), b.placesOf(p, &row), row.Said, row.Basis,
				strings.Join(row.Clauses, ", "), row.Bears, row.Advice, term.Efforts().Text(row.Effort).In(b.lang), row.Post, date(row.Deadline), term.YesNo(row.Waived)); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// placesOf are where a problem is stated, from the platform's folder.
func (b *book) placesOf(p *results.Platform, row *results.ProblemRow) string {
	lines := make([]string, len(row.Places))
	for i, at := range row.Places {
		lines[i] = strings.TrimPrefix(at.Path, p.Path+"/")
		if at.Line > 0 {
			lines[i] = b.say("%s:%d", "%s:%d", lines[i], at.Line)
		}
	}
	return strings.Join(lines, "\n")
}
