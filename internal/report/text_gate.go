package report

import (
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// maxRows is how many rows of one kind a gate's text shows before it counts.
const maxRows = 20

// gate writes what a change does: the verdict, why and what to do, which platforms
// it touches, then each finding in full. A terminal shows the end, so that the
// verdict is there as well.
func (p *page) gate(r *results.Results) {
	g := r.Gate
	for _, err := range r.Errors {
		p.Line(p.Paint(typeset.Bad, p.Say("运行出错：", "run failed: ")), p.Prose(err))
	}
	if !g.Untouched() {
		p.Line(p.gateTotals(g))
		p.Line()
	}
	p.lead(g)
	p.section(p.Say("改动到的平台", "platforms that the change touches"), p.Align(p.movement(g.Platforms)))
	p.section(p.Say("范围变化", "scope changes"), p.scopeChanges(g.ScopeChanges))
	for _, equals := range together(introduced(g)) {
		p.block(blockOf(equals))
		p.passes(equals[0])
	}
	for i := range g.Worse {
		f := &g.Worse[i]
		p.finding(&f.Finding)
		p.Line(margin, p.Paint(typeset.Warning, p.Say("原有的问题变重了：%s", "this known finding got worse: %s", p.Prose(f.Change))))
		p.Line()
	}
	pending, idle := byMerge(g.Waivers)
	p.section(p.Say("新写的豁免和放行，合并后才生效", "waivers and releases that have no effect until they are merged"), p.waiting(pending))
	p.section(p.Say("主干里不起作用的豁免和放行", "waivers and releases in base that have no effect"), p.waiting(idle))
	p.impact(g.Impact)
	p.Line(p.Paint(typeset.Faint, p.basis(r)))
	p.Line(p.Paint(typeset.Faint, p.sides(g)))
	p.Line(p.gateTotals(g))
}

// lead says why a change is stopped and what to do about it.
func (p *page) lead(g *results.Gate) {
	var reasons []string
	for _, reason := range p.reasons(g) {
		reasons = append(reasons, p.Paint(typeset.Bad, "✗ ")+reason)
	}
	p.section(p.Say("拦下的原因", "what stops the change"), reasons)
	var steps []string
	for _, step := range p.next(g) {
		steps = append(steps, "→ "+step)
	}
	p.section(p.Say("接下来做什么", "what to do next"), steps)
}

// passes says why a finding does not stop the change.
func (p *page) passes(l results.Listed) {
	switch {
	case l.Reported:
		p.passing(p.Say("这是改动如实补记的：影响结论，不拦截", "the change puts this on record: it counts in the verdict and does not block"))
	case l.Stricter && lapses(l):
		p.passing(p.Say("已由评估人员确认的事实改了，确认随之失效：不拦截", "a fact that an assessor had confirmed has changed, so that the confirmation lapses: it does not block"))
	case l.Stricter:
		p.passing(p.Say("平台的事实写得更严才显出来：影响结论，不拦截", "a stricter fact of the platform brings this up: it counts in the verdict and does not block"))
	case l.Revealed:
		p.revealed()
	}
	if l.Released {
		p.passing(p.Say("主干已放行，只过门禁：结论和得分照旧", "base releases this for the gate alone: verdict and score stay what they are"))
	}
}

// revealed is said below a finding that is new to the reader only.
func (p *page) revealed() {
	p.passing(p.Say("这个问题原被损坏的文件遮住，不算改动的过错", "a broken file hid this before: it is not the change's fault"))
}

// passing is said below a finding that does not stop the change.
func (p *page) passing(why string) {
	p.Line(margin, p.Paint(typeset.Faint, why))
	p.Line()
}

// section writes rows below a heading, or nothing where there are none.
func (p *page) section(title string, rows []string) {
	if len(rows) == 0 {
		return
	}
	p.Line(p.Paint(typeset.Strong, title))
	for _, row := range rows[:min(len(rows), maxRows)] {
		p.Line(margin, row)
	}
	if rest := len(rows) - maxRows; rest > 0 {
		p.Line(margin, p.Say("另有 %d 行，见 JSON 报告", "and %d more, see the JSON report", rest))
	}
	p.Line()
}

func (p *page) scopeChanges(all []results.ScopeChange) []string {
	// What stops the change must not hide behind what does not.
	var first, rest []string
	for _, c := range all {
		tint := map[string]typeset.Role{"block": typeset.Bad, "warn": typeset.Warning, "released": typeset.Good}[effect(c)]
		state := p.Prose(term.ScopeEffects().Text(effect(c)))
		row := place(c.Location) + ": " + p.Paint(tint, state) + ": " + p.Prose(c.Message) + " " + p.Paint(typeset.Faint, "["+typeset.Inert("scope."+c.Kind+" "+c.Subject)+"]")
		if !c.Remedy.IsZero() && effect(c) != "released" {
			row += p.Say(" · 整改：%s", " · fix: %s", p.Prose(c.Remedy))
		}
		if c.Blocking {
			first = append(first, row)
		} else {
			rest = append(rest, row)
		}
	}
	return append(first, rest...)
}

func (p *page) waiting(all []results.GateWaiver) []string {
	rows := make([]string, len(all))
	for i, w := range all {
		subject := typeset.Inert(w.Check)
		if w.Item != "" {
			subject += " " + typeset.Inert(w.Item)
		}
		rows[i] = place(w.Location) + ": " + subject + p.Say("，%s 批准，到 %s", ", approved by %s, until %s", typeset.Inert(w.ApprovedBy), typeset.Inert(w.Expires)) + p.Say("：", ": ") + typeset.Inert(w.Reason)
		if !w.Message.IsZero() {
			rows[i] += p.Say("；不起作用：%s。整改：%s", "; no effect: %s. Fix: %s", p.Prose(w.Message), p.Prose(w.Remedy))
		}
		if w.Until != "" {
			rows[i] += p.Say("；主干里原有的到 %s 仍有效", "; base's version keeps its effect until %s", typeset.Inert(w.Until))
		}
	}
	return rows
}

// movement has a row for each platform: scores and findings on both sides.
func (p *page) movement(platforms []results.GatePlatform) [][]typeset.Field {
	if len(platforms) == 0 {
		return nil
	}
	head := func(zh, en string, right bool) typeset.Field {
		return typeset.Field{Text: p.Say(zh, en), Role: typeset.Faint, Right: right}
	}
	rows := [][]typeset.Field{{head("平台", "platform", false), head("变化", "change", false), head("得分", "score", true), {}, {},
		head("新增", "new", true), head("消除", "fixed", true), head("未变", "unchanged", true), head("等次", "grade", false)}}
	for _, c := range platforms {
		rows = append(rows, []typeset.Field{
			{Text: typeset.Inert(c.ID)}, {Text: p.change(&c)}, {Text: number(c.ScoreBefore), Right: true}, {Text: "→"}, {Text: number(c.ScoreAfter), Right: true, Role: typeset.Strong},
			{Text: count(c.New), Right: true, Role: tintIf(c.New.Total() > 0, typeset.Bad)}, {Text: count(c.Fixed), Right: true, Role: tintIf(c.Fixed.Total() > 0, typeset.Good)},
			{Text: count(c.Unchanged), Right: true}, {Text: p.grades(c)},
		})
		for _, chapter := range c.Chapters {
			if chapter.Before != chapter.After && c.ScoreBefore != "" && c.ScoreAfter != "" {
				rows = append(rows, []typeset.Field{{Text: "  " + typeset.Inert(chapter.ID) + " " + p.Prose(chapter.Title), Role: typeset.Faint}, {},
					{Text: number(chapter.Before), Right: true, Role: typeset.Faint}, {Text: "→", Role: typeset.Faint}, {Text: number(chapter.After), Right: true, Role: typeset.Faint}})
			}
		}
	}
	return rows
}

func tintIf(holds bool, r typeset.Role) typeset.Role {
	if holds {
		return r
	}
	return typeset.Plain
}

func (p *page) grades(c results.GatePlatform) string {
	before, after := p.Prose(c.GradeBefore), p.Prose(c.GradeAfter)
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
	p.Line(p.Paint(typeset.Strong, p.Say("规则库有改动，本次仍按主干的规则库判定", "the rulebook changes; this change is judged by that of base")))
	p.Line(margin, p.List(i.Files, maxNamed))
	for _, line := range p.fewer(p.amended(i)) {
		p.Line(margin, line)
	}
	for _, line := range p.fewer(p.stricter(i)) {
		p.Line(margin, line)
	}
	if len(i.Defects) > 0 {
		p.Line(margin, p.Paint(typeset.Bad, p.Say("改动后的规则库有缺陷，无法估计影响", "the rulebook is defective as the change leaves it, so that its effect cannot be estimated")))
	} else {
		p.affected(i.Platforms)
		p.Line(margin, p.Say("合并后结论会变的平台 %d 个，不变的 %d 个", "platforms that would fare differently once merged: %d, others: %d", len(i.Platforms), i.Unaffected))
		for _, later := range i.Later {
			p.Line(margin, p.Paint(typeset.Strong, p.Say("%s 起（已预告的要求施行）", "from %s on, when what is announced comes into force", later.On)))
			p.affected(later.Platforms)
			p.Line(margin, p.Say("那天结论会变的平台 %d 个，不变的 %d 个", "platforms that would fare differently that day: %d, others: %d", len(later.Platforms), later.Unaffected))
		}
	}
	p.Line()
}

// affected lists the first of the platforms that another rulebook makes something
// else of.
func (p *page) affected(all []results.ImpactPlatform) {
	var rows [][]typeset.Field
	for _, c := range all {
		rows = append(rows, []typeset.Field{{Text: typeset.Inert(c.ID)}, {Text: number(c.ScoreBefore), Right: true}, {Text: "→"}, {Text: number(c.ScoreAfter), Right: true},
			{Text: p.grades(results.GatePlatform{GradeBefore: c.GradeBefore, GradeAfter: c.GradeAfter})},
			{Text: p.Say("问题 %d → %d", "findings %d → %d", c.FindingsBefore, c.FindingsAfter)}, {Text: p.complianceChange(c)}})
	}
	for i, row := range p.Align(rows[:min(len(rows), maxRows)]) {
		p.Line(margin, row)
		p.turning(all[i].Turns)
	}
}

// turning lists the first of the checks that turn.
func (p *page) turning(turns []results.ImpactTurn) {
	for _, t := range turns[:min(len(turns), maxTurns)] {
		sign := p.Paint(typeset.Good, "+ ")
		if t.To == finding.Fail {
			sign = p.Paint(severityRole(t.Severity), "- "+p.Prose(t.Severity.Text())+" ")
		}
		p.Line(margin, margin, sign, p.Prose(t.Title), p.Paint(typeset.Faint, " ["+typeset.Inert(t.Check)+"]"), p.times(t.Items))
	}
	if more := len(turns) - maxTurns; more > 0 {
		p.Line(margin, margin, p.Paint(typeset.Faint, p.Say("另有 %d 个检查项", "and %d more", more)))
	}
}

// times says for how many items a check turns, nothing for one.
func (v voice) times(items int) string {
	if items == 1 {
		return ""
	}
	return " ×" + strconv.Itoa(items)
}

func (p *page) complianceChange(c results.ImpactPlatform) string {
	switch {
	case c.CompliantBefore && !c.CompliantAfter:
		return p.Paint(typeset.Bad, p.Say("将不合规", "would no longer comply"))
	case !c.CompliantBefore && c.CompliantAfter:
		return p.Paint(typeset.Warning, p.Say("将合规", "would comply"))
	}
	return ""
}

// sides are the commits that were compared.
func (p *page) sides(g *results.Gate) string {
	short := func(commit string) string { return typeset.Inert(commit[:min(len(commit), 12)]) }
	head := p.Say("工作区", "the working tree")
	if g.Head != nil {
		head = short(*g.Head)
	}
	if g.Merged {
		head += p.Say("（并入主干的结果）", " merged into base")
	}
	var baselines []string
	for _, b := range g.Baselines {
		baselines = append(baselines, short(b))
	}
	return p.Say("主干 %s · 基线 %s · 改动 %s", "base %s · baseline %s · head %s", short(g.Base), strings.Join(baselines, " "), head)
}

func count(c results.Counts) string { return strconv.Itoa(c.Total()) }

func (p *page) gateTotals(g *results.Gate) string {
	verdict := p.Paint(typeset.Good, p.Say("通过", "passed"))
	if !g.Passed {
		verdict = p.Paint(typeset.Bad, p.Say("拦下", "blocked"))
	}
	if g.Untouched() {
		return p.Say("门禁：", "gate: ") + verdict + p.Say("；没有改动：平台和规则库都没有变", "; no change: neither platforms nor rulebook differ")
	}
	return p.Say("门禁：", "gate: ") + verdict + p.Say("；新增：", "; new: ") + p.counts(g.New, p.Painter) + p.Say("；消除 %d，", "; fixed %d, ", g.Fixed.Total()) + p.withdrawn(g) + p.Say("未变 %d", "unchanged %d", g.Unchanged.Total())
}

// withdrawn counts the findings that are gone although nobody has fixed them.
func (p *page) withdrawn(g *results.Gate) string {
	if g.Withdrawn.Total() == 0 {
		return ""
	}
	return p.Say("撤下 %d，", "withdrawn %d, ", g.Withdrawn.Total())
}
