package report

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// doFirst are the rows that say what to do first: what hegui fix can do, what hides
// other findings, vetoes, and what earns points with least effort.
func (p *page) doFirst(platform *results.Platform) [][]typeset.Field {
	var steps []string
	if n := p.mechanical(platform); n != "" {
		steps = append(steps, n)
	}
	if n := p.blocked(platform); n != "" {
		steps = append(steps, n)
	}
	if next := platform.Next; next != nil {
		if next.Lift > 0 {
			steps = append(steps, p.lift(next))
		}
		if len(next.Cheapest) > 0 {
			steps = append(steps, p.cheapest(platform))
		}
	}
	var rows [][]typeset.Field
	for i, step := range steps {
		row := []typeset.Field{{}, {Text: step}}
		if i == 0 {
			row[0] = typeset.Field{Text: p.Say("先做什么", "do first"), Role: typeset.Strong}
		}
		rows = append(rows, row)
	}
	return rows
}

func (p *page) lift(next *results.Next) string {
	text := p.counted(next.Lift,
		lang.Say("改好 1 处，一票否决即解除", "1 fix lifts the veto"), lang.Say("改好 %d 处，一票否决即解除", "%d fixes lift the veto", next.Lift))
	if next.Complies {
		text += p.Say("，平台随之合规", ", and the platform complies")
	}
	return text
}

// cheapest names the checks that cost least, and what they give.
func (p *page) cheapest(platform *results.Platform) string {
	var named []string
	for _, id := range platform.Next.Cheapest {
		name := typeset.Inert(id)
		if i := slices.IndexFunc(platform.Checks, func(c results.Check) bool { return c.ID == id }); i >= 0 {
			name = p.Say("%s（%s）", "%s (%s)", p.Prose(platform.Checks[i].Title), name)
		}
		named = append(named, name)
	}
	return p.counted(len(named),
		lang.Say("最省事的 1 项可得", "the cheapest fix gives"), lang.Say("最省事的 %d 项可得", "the %d cheapest fixes give", len(named))) +
		p.Say(" %s 分：%s", " %s points: %s", number(platform.Next.Gain), p.Join(named))
}

// mechanical says how many findings hegui fix writes right, nothing for none.
func (p *page) mechanical(platform *results.Platform) string {
	n := 0
	for i := range platform.Findings {
		if platform.Findings[i].Edit != nil {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	id := typeset.Inert(platform.ID)
	return p.counted(n,
		lang.Say("有 1 处只有一种改法：hegui fix --diff %s 给看，去掉 --diff 即改好", "1 slip can only be meant one way: hegui fix --diff %s shows it, hegui fix writes it right", id),
		lang.Say("有 %d 处只有一种改法：hegui fix --diff %s 给看，去掉 --diff 即改好", "%d slips can only be meant one way: hegui fix --diff %s shows them, hegui fix writes them right", n, id))
}

// blocked says how many checks wait for how many findings, nothing for none.
func (p *page) blocked(platform *results.Platform) string {
	checks := map[string]bool{}
	for _, w := range platform.Waiting {
		for _, id := range w.Checks {
			checks[id] = true
		}
	}
	if len(checks) == 0 {
		return ""
	}
	return p.counted(len(platform.Waiting),
		lang.Say("先改 1 处：", "fix 1 finding first: "), lang.Say("先改 %d 处：", "fix %d findings first: ", len(platform.Waiting))) +
		p.Say("%s在等，改好才有结论", "%s for that and cannot be judged before", p.Count(len(checks), "个检查项", "check waits", "checks wait"))
}

// counted is a sentence around a number.
func (p *page) counted(n int, one, many lang.Text) string {
	if n == 1 {
		return one.In(p.Language)
	}
	return many.In(p.Language)
}

// more says what a list leaves out, and how to see it.
func (p *page) more(platform *results.Platform, limited, filtered int) {
	if limited > 0 {
		p.Line(p.Paint(typeset.Faint, p.counted(limited,
			lang.Say("… 另有 1 个问题", "… and 1 more finding"), lang.Say("… 另有 %d 个问题", "… and %d more findings", limited))+
			p.Say("：", ": ")+"hegui check --limit 0 "+typeset.Inert(platform.ID)))
	}
	if filtered > 0 {
		p.Line(p.Paint(typeset.Faint, p.counted(filtered,
			lang.Say("… 按所选条件未列 1 个问题；结论和得分按全部问题计算", "… 1 finding was not asked for; verdict and score are of all"), lang.Say("… 按所选条件未列 %d 个问题；结论和得分按全部问题计算", "… %d findings were not asked for; verdict and score are of all", filtered))))
	}
	if limited+filtered > 0 {
		p.Line()
	}
}
