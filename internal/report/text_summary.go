package report

import (
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
	"strconv"
)

// summary writes what holds for the whole run: each platform in a line, what
// was judged and by what, and the counts.
func (p *page) summary(r *results.Results, rows [][]typeset.Field, waived int) {
	if len(rows) > 0 {
		for _, row := range p.Align(append([][]typeset.Field{p.overviewHead()}, rows...)) {
			p.Line(row)
		}
		p.Line()
	}
	for _, err := range r.Errors {
		p.Line(p.Paint(typeset.Bad, p.Say("运行出错：", "run failed: ")), p.Prose(err))
	}
	if len(r.Errors) > 0 {
		p.Line()
	}
	p.Line(p.Paint(typeset.Faint, p.basis(r)))
	p.Line(p.Paint(typeset.Faint, p.disclaimer()))
	p.Line(p.totals(r.Summary, waived, p.Painter))
}

func (p *page) overviewHead() []typeset.Field {
	head := func(zh, en string) typeset.Field { return typeset.Field{Text: p.Say(zh, en), Role: typeset.Faint} }
	score := head("得分", "score")
	duties := head("法定未履行", "duties unmet")
	score.Right, duties.Right = true, true
	return []typeset.Field{head("平台", "platform"), head("标识", "id"), score, head("等次", "grade"), head("结论", "verdict"), duties}
}

// overview is a platform in the summary.
func (p *page) overview(platform *results.Platform) []typeset.Field {
	tint := typeset.Bad
	if platform.Compliant {
		tint = typeset.Good
	}
	grade := p.Prose(platform.Grade.Title)
	if len(platform.Grade.Vetoes) > 0 {
		grade += p.Say("（一票否决）", " (blocker)")
	}
	return []typeset.Field{
		{Text: p.Prose(platform.Name)}, {Text: typeset.Inert(platform.ID)},
		{Text: number(platform.Score.Raw), Role: typeset.Strong, Right: true},
		{Text: grade}, {Text: p.Prose(term.Compliance(platform.Compliant)), Role: tint},
		{Text: strconv.Itoa(platform.Unmet()), Right: true},
	}
}
