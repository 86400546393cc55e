package report

import (
	"math/big"
	"slices"

	"hegui/internal/results"
	"hegui/internal/typeset"
	"strconv"
)

// summary writes what holds for the whole run and fits a screen: the worst
// platforms in a line each, what was judged and by what, and the counts.
func (p *page) summary(r *results.Results, all []standing, platforms, waived int) {
	rows := [][]typeset.Field{p.overviewHead()}
	for _, s := range worst(all) {
		rows = append(rows, s.row)
	}
	if platforms > 1 || platforms > 0 && !p.tight() { // the card of one says it all
		for _, row := range p.Align(rows) {
			p.Line(row)
		}
		if rest := platforms - maxRows; rest > 0 {
			p.Line(p.Paint(typeset.Faint, p.Say("另有 %s，没有更差的", "and %s, none worse", p.Count(rest, "个平台", "more platform", "more platforms"))))
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
	p.atMost(2, func() { p.Line(p.totals(r.Summary, waived, p.Painter)) })
}

func (p *page) overviewHead() []typeset.Field {
	head := func(zh, en string) typeset.Field { return typeset.Field{Text: p.Say(zh, en), Role: typeset.Faint} }
	score := head("得分", "score")
	duties := head("法定未履行", "duties unmet")
	score.Right, duties.Right = true, true
	return []typeset.Field{head("平台", "platform"), head("标识", "id"), score, head("等次", "grade"), head("结论", "verdict"), duties}
}

// standing is a platform in the summary, with what the order goes by.
type standing struct {
	row       []typeset.Field
	compliant bool
	score     *big.Rat // less than 0 for none
}

// worst are those that a summary lists, the worst first.
func worst(all []standing) []standing {
	slices.SortStableFunc(all, standing.worse)
	return all[:min(len(all), maxRows)]
}

// worse compares two platforms, the worse one first: one that does not comply,
// one that has no score, the lower score.
func (s standing) worse(other standing) int {
	if s.compliant == other.compliant {
		return s.score.Cmp(other.score)
	}
	if other.compliant {
		return -1
	}
	return 1
}

// standing is a platform's.
func (p *page) standing(platform *results.Platform) standing {
	score, ok := new(big.Rat).SetString(string(platform.Score.Raw))
	if !ok {
		score = big.NewRat(-1, 1)
	}
	return standing{row: p.overview(platform), compliant: platform.Compliant, score: score}
}

// overview is a platform's row in the summary.
func (p *page) overview(platform *results.Platform) []typeset.Field {
	tint := typeset.Bad
	if platform.Compliant {
		tint = typeset.Good
	}
	grade := p.Prose(platform.Grade.Title) + p.vetoed(platform)
	return []typeset.Field{
		{Text: p.Prose(platform.Name)}, {Text: typeset.Inert(platform.ID)},
		{Text: number(platform.Score.Raw), Role: typeset.Strong, Right: true},
		{Text: grade}, {Text: p.Prose(platform.Verdict()), Role: tint},
		{Text: strconv.Itoa(platform.Unmet()), Right: true},
	}
}
