package report

import (
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// maxRows is how many rows of one kind a gate's text shows before it counts.
const maxRows = 20

// gate writes what a change does: what is new first, what stops it last.
func (p *page) gate(r *results.Results) {
	g := r.Gate
	for i := range g.Findings {
		f := &g.Findings[i]
		p.finding(&f.Finding)
		if f.Revealed {
			p.revealed()
		}
	}
	p.section(p.say("不再受检", "no longer judged"), p.scopeChanges(g.ScopeChanges))
	p.section(p.say("新写的豁免，合并后才生效", "waivers that have no effect until they are merged"), p.waiting(g.Waivers))
	p.impact(g.Impact)
	p.section(p.say("改动到的平台", "platforms that the change touches"), p.align(p.movement(g.Platforms)))
	p.section(p.say("拦下的原因", "what stops the change"), p.reasons(g.Blocks))
	for _, err := range r.Errors {
		p.line(p.paint(bad, p.say("运行出错：", "run failed: ")), p.prose(err))
	}
	p.line(p.paint(faint, p.basis(r)))
	p.line(p.paint(faint, p.sides(g)))
	p.line(p.gateTotals(g))
}

// revealed is said below a finding that is new to the reader only.
func (p *page) revealed() {
	p.line(margin, p.paint(faint, p.say("这个问题原被损坏的文件遮住，不算改动的过错", "a broken file hid this before: it is not the change's fault")))
	p.line()
}

// section writes rows below a heading, or nothing where there are none.
func (p *page) section(title string, rows []string) {
	if len(rows) == 0 {
		return
	}
	p.line(p.paint(strong, title))
	for _, row := range rows[:min(len(rows), maxRows)] {
		p.line(margin, row)
	}
	if rest := len(rows) - maxRows; rest > 0 {
		p.line(margin, p.say("另有 %d 行，见 JSON 报告", "and %d more, see the JSON report", rest))
	}
	p.line()
}

func (p *page) reasons(all []lang.Text) []string {
	rows := make([]string, len(all))
	for i, reason := range all {
		rows[i] = p.paint(bad, "✗ ") + p.prose(reason)
	}
	return rows
}

func (p *page) scopeChanges(all []results.ScopeChange) []string {
	// What stops the change must not hide behind what does not.
	var first, rest []string
	for _, c := range all {
		state, tint := p.say("提醒", "warning"), warning
		switch {
		case c.Blocking:
			state, tint = p.say("拦截", "blocks"), bad
		case c.Released:
			state, tint = p.say("已放行", "released"), good
		}
		row := place(c.Location) + ": " + p.paint(tint, state) + ": " + p.prose(c.Message) + " " + p.paint(faint, "["+inert("scope."+c.Kind)+"]")
		if c.Blocking {
			first = append(first, row+p.say(" · 整改：%s", " · fix: %s", p.prose(c.Remedy)))
		} else {
			rest = append(rest, row)
		}
	}
	return append(first, rest...)
}

func (p *page) waiting(all []results.GateWaiver) []string {
	rows := make([]string, len(all))
	for i, w := range all {
		subject := inert(w.Check)
		if w.Item != "" {
			subject += " " + inert(w.Item)
		}
		rows[i] = place(w.Location) + ": " + subject + p.say("，%s 批准，到 %s", ", approved by %s, until %s", inert(w.ApprovedBy), inert(w.Expires)) + p.say("：", ": ") + inert(w.Reason)
	}
	return rows
}

// movement is a row for each platform: scores and findings on both sides.
func (p *page) movement(platforms []results.GatePlatform) [][]field {
	if len(platforms) == 0 {
		return nil
	}
	head := func(zh, en string, right bool) field {
		return field{text: p.say(zh, en), role: faint, right: right}
	}
	rows := [][]field{{head("平台", "platform", false), head("变化", "change", false), head("得分", "score", true), {}, {},
		head("新增", "new", true), head("消除", "fixed", true), head("未变", "unchanged", true), head("等次", "grade", false)}}
	for _, c := range platforms {
		rows = append(rows, []field{
			{text: inert(c.ID)}, {text: p.change(&c)}, {text: number(c.ScoreBefore), right: true}, {text: "→"}, {text: number(c.ScoreAfter), right: true, role: strong},
			{text: count(c.New), right: true, role: tintIf(c.New.Total() > 0, bad)}, {text: count(c.Fixed), right: true, role: tintIf(c.Fixed.Total() > 0, good)},
			{text: count(c.Unchanged), right: true}, {text: p.grades(c)},
		})
		for _, chapter := range c.Chapters {
			if chapter.Before != chapter.After && c.ScoreBefore != "" && c.ScoreAfter != "" {
				rows = append(rows, []field{{text: "  " + inert(chapter.ID) + " " + p.prose(chapter.Title), role: faint}, {},
					{text: number(chapter.Before), right: true, role: faint}, {text: "→", role: faint}, {text: number(chapter.After), right: true, role: faint}})
			}
		}
	}
	return rows
}

func tintIf(holds bool, r role) role {
	if holds {
		return r
	}
	return plain
}

// change is what happened to a platform as a whole.
func (p *page) change(c *results.GatePlatform) string {
	switch c.Change {
	case "added":
		return p.say("新增", "added")
	case "removed":
		return p.say("移除", "removed")
	case "moved":
		return p.say("由 %s 移来", "moved from %s", inert(c.Before))
	}
	return p.say("修改", "changed")
}

func (p *page) grades(c results.GatePlatform) string {
	before, after := p.prose(c.GradeBefore), p.prose(c.GradeAfter)
	switch {
	case before == "" || before == after:
		return after
	case after == "":
		return before + " →"
	}
	return before + " → " + after
}

// impact shows what a changed rulebook would do once it is merged.
func (p *page) impact(i *results.Impact) {
	if i == nil {
		return
	}
	p.line(p.paint(strong, p.say("规则库有改动，本次仍按主干的规则库判定", "the rulebook changes; this change is judged by that of base")))
	p.line(margin, p.list(i.Files, maxNamed))
	if len(i.Defects) > 0 {
		p.line(margin, p.paint(bad, p.say("改动后的规则库有缺陷，无法估计影响", "the rulebook is defective as the change leaves it, so that its effect cannot be told")))
	} else {
		var rows [][]field
		for _, c := range i.Platforms {
			rows = append(rows, []field{{text: inert(c.ID)}, {text: number(c.ScoreBefore), right: true}, {text: "→"}, {text: number(c.ScoreAfter), right: true},
				{text: p.grades(results.GatePlatform{GradeBefore: c.GradeBefore, GradeAfter: c.GradeAfter})},
				{text: p.say("问题 %d → %d", "findings %d → %d", c.FindingsBefore, c.FindingsAfter)}, {text: p.complianceChange(c)}})
		}
		for _, row := range p.align(rows[:min(len(rows), maxRows)]) {
			p.line(margin, row)
		}
		p.line(margin, p.say("合并后结论会变的平台 %d 个，不变的 %d 个", "platforms that would fare differently once merged: %d, others: %d", len(i.Platforms), i.Unaffected))
	}
	p.line()
}

func (p *page) complianceChange(c results.ImpactPlatform) string {
	switch {
	case c.CompliantBefore && !c.CompliantAfter:
		return p.paint(bad, p.say("将不合规", "would no longer comply"))
	case !c.CompliantBefore && c.CompliantAfter:
		return p.paint(warning, p.say("将合规", "would comply"))
	}
	return ""
}

// sides are the commits that were compared.
func (p *page) sides(g *results.Gate) string {
	short := func(commit string) string { return inert(commit[:min(len(commit), 12)]) }
	head := p.say("工作区", "the working tree")
	if g.Head != nil {
		head = short(*g.Head)
	}
	var baselines []string
	for _, b := range g.Baselines {
		baselines = append(baselines, short(b))
	}
	return p.say("主干 %s · 基线 %s · 改动 %s", "base %s · baseline %s · head %s", short(g.Base), strings.Join(baselines, " "), head)
}

func count(c results.Counts) string { return strconv.Itoa(c.Total()) }

func (p *page) gateTotals(g *results.Gate) string {
	verdict := p.paint(good, p.say("通过", "passed"))
	if !g.Passed {
		verdict = p.paint(bad, p.say("拦下", "blocked"))
	}
	return p.say("关卡：", "gate: ") + verdict + p.say("；新增：", "; new: ") + p.counts(g.New) + p.say("；消除 %d，未变 %d", "; fixed %d, unchanged %d", g.Fixed.Total(), g.Unchanged.Total())
}
