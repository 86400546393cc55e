package report

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// maxNamed is how many clauses or vetoes a card names before it only counts.
const maxNamed = 8

// maxBrief is how many topics a brief card counts, maxTight one on a tight page.
const maxBrief, maxTight = 2, 1

// card writes one platform's scorecard: who it is, the chapters with the
// arithmetic of the total, and the verdict.
// A brief one leaves the arithmetic out.
func (p *page) card(platform *results.Platform, brief bool) {
	p.Line(p.Paint(typeset.Strong, "── "+p.title(platform)+" ──"))
	p.Line(margin, p.profile(platform))
	if !brief {
		for _, row := range p.Align(p.chapters(platform)) {
			p.Line(margin, row)
		}
		p.Line()
	}
	if steps := p.doFirst(platform); len(steps) > 0 {
		for _, row := range p.Align(steps) {
			p.Line(margin, row)
		}
		p.Line()
	}
	for _, row := range p.Align(p.verdict(platform, brief)) {
		p.Line(margin, row)
	}
	p.Line()
}

// profile is what kind of platform this is, and who says so.
func (p *page) profile(platform *results.Platform) string {
	var parts []string
	if platform.Kind != "" {
		parts = append(parts, p.term(platform.KindTitle, platform.Kind))
	}
	if platform.Stage != "" {
		parts = append(parts, p.term(platform.StageTitle, platform.Stage))
	}
	if platform.MLPSLevel > 0 {
		parts = append(parts, p.Say("等保 %d 级", "MLPS level %d", platform.MLPSLevel))
	}
	parts = append(parts, p.Prose(lang.Say("%s口径", "%s profile", platform.Profile.Text())))
	return strings.Join(append(parts, p.Paint(typeset.Warning, p.Say("自评", "self-declared"))), " · ")
}

// chapters are the rows of the table of chapters, the total below them.
func (p *page) chapters(platform *results.Platform) [][]typeset.Field {
	head := func(zh, en string) typeset.Field {
		return typeset.Field{Text: p.Say(zh, en), Role: typeset.Faint, Right: true}
	}
	rows := [][]typeset.Field{{{}, {Text: p.Say("章", "chapter"), Role: typeset.Faint}, head("分值", "points"), head("得分", "score")}}
	for _, c := range platform.Chapters {
		rows = append(rows, []typeset.Field{
			{Text: typeset.Inert(c.ID)}, {Text: p.Prose(c.Title)},
			{Text: number(c.Points), Right: true}, {Text: number(c.Score), Right: true},
			{Text: bar(c.Score), Role: typeset.Note},
		})
	}
	s := platform.Score
	return append(rows, []typeset.Field{
		{}, {Text: p.Say("总分", "total"), Role: typeset.Strong},
		{Text: number(s.PointsApplicable), Role: typeset.Strong, Right: true}, {Text: number(s.Raw), Role: typeset.Strong, Right: true},
		{Text: bar(s.Raw), Role: typeset.Note}, {Text: p.otherScores(platform), Role: typeset.Faint},
	})
}

// otherScores are the two ways of counting shown beside the raw score.
func (p *page) otherScores(platform *results.Platform) string {
	s := platform.Score
	text := p.Say("不计豁免项 %s", "%s without waived items", number(s.Adjusted))
	if s.Adjusted != s.Raw {
		text += p.Say("（结论和等次只看总分）", " (verdict and grade go by the total)")
	}
	if s.Verified != "" {
		text += p.Say("，经核实 %s", ", %s verified", number(s.Verified))
	}
	if v := platform.Verification; v != nil {
		text += p.Say("（声明 %d 项：核实 %d、部分 %d、否定 %d、待复核 %d）", " (%d claims: %d verified, %d partly, %d rejected, %d need review)",
			v.Claims, v.Verified, v.Partly, v.Rejected, v.NeedsReview)
		if v.Disagreements > 0 {
			text += p.Say("，评估与描述不一致 %d 项", ", %d disagreements with the assessor", v.Disagreements)
		}
	}
	return text
}

// verdict are the labelled lines below the table.
func (p *page) verdict(platform *results.Platform, brief bool) [][]typeset.Field {
	label := func(zh, en string) typeset.Field { return typeset.Field{Text: p.Say(zh, en), Role: typeset.Faint} }
	tint := typeset.Bad
	if platform.Compliant {
		tint = typeset.Good
	}
	grade := typeset.Plain
	if platform.Grade.Open > 0 {
		grade = typeset.Bad
	}
	rows := [][]typeset.Field{
		{label("等次", "grade"), {Text: p.graded(platform), Role: grade}},
		{label("结论", "verdict"), {Text: p.Prose(platform.Conclusion()), Role: tint}},
	}
	for i, lost := range platform.GradeConditions {
		row := []typeset.Field{{}, {Text: "- " + p.Prose(lost.Lost())}}
		rows = slices.Insert(rows, 1+i, row)
	}
	for _, reason := range platform.Reasons {
		rows = append(rows, []typeset.Field{{}, {Text: "- " + p.Prose(reason)}})
	}
	if said := platform.Risks.Said(); !said.IsZero() {
		rows = append(rows, []typeset.Field{label("风险", "risks"), {Text: p.Prose(said), Role: tinted(platform.Risks.Open > 0, typeset.Warning)}})
	}
	rows = append(rows, p.compared(platform)...)
	if brief {
		return append(rows, p.facts(platform, true)...)
	}
	rows = append(rows, p.conditions(platform)...)
	rows = append(rows, []typeset.Field{label("条款", "clauses"), {Text: p.clauses(platform.Clauses)}})
	if out := p.outOfForce(platform); len(out) > 0 {
		rows = append(rows, []typeset.Field{label("不在效力期", "not in force"), {Text: p.Count(len(out), "个检查项不作要求", "check that nobody is held to", "checks that nobody is held to")}})
		for _, line := range p.fewer(out) {
			rows = append(rows, []typeset.Field{{}, {Text: "- " + line}})
		}
	}
	if ahead := p.upcoming(platform); len(ahead) > 0 {
		rows = append(rows, []typeset.Field{label("将施行", "upcoming"), {Text: p.Count(len(ahead), "处将不符合（已预告，现在不计分）", "item will fail (announced, not scored yet)", "items will fail (announced, not scored yet)"), Role: typeset.Warning}})
		for _, line := range p.fewer(ahead) {
			rows = append(rows, []typeset.Field{{}, {Text: "- " + line}})
		}
	}
	if decided := platform.Decided(); !decided.IsZero() {
		rows = append(rows, []typeset.Field{label("本地决定", "decisions"), {Text: p.Prose(decided)}})
		for _, line := range p.decisions(platform) {
			rows = append(rows, []typeset.Field{{}, {Text: "- " + line}})
		}
	}
	return append(rows, p.facts(platform, false)...)
}

// conditions are those of compliance, ticked where they hold.
func (p *page) conditions(platform *results.Platform) [][]typeset.Field {
	var rows [][]typeset.Field
	for i, c := range platform.Conditions {
		tick, role := "✓ ", typeset.Plain
		if !c.Held {
			tick, role = "✗ ", typeset.Bad
		}
		text := tick + p.Prose(c.Demand)
		if !c.Found.IsZero() {
			text += p.Say("：", ": ") + p.Prose(c.Found)
		}
		row := []typeset.Field{{}, {Text: text, Role: role}}
		if i == 0 {
			row[0] = typeset.Field{Text: p.Say("条件", "needs"), Role: typeset.Faint}
		}
		rows = append(rows, row)
	}
	return rows
}

// facts count what is still to be stated, topic by topic; in brief of a few topics.
func (p *page) facts(platform *results.Platform, brief bool) [][]typeset.Field {
	var rows [][]typeset.Field
	most := maxBrief
	if p.tight() {
		most = maxTight
	}
	for i, topic := range platform.Topics {
		if left := len(platform.Topics) - i; brief && i == most && left > 1 {
			return append(rows, []typeset.Field{{}, {Text: p.Say("另有 %d 个专题要填", "and %d more topics", left)}})
		}
		row := []typeset.Field{{}, {Text: p.Prose(topic.Said()), Role: typeset.Warning}}
		if i == 0 {
			row[0] = typeset.Field{Text: p.Say("填写", "facts"), Role: typeset.Faint}
		}
		rows = append(rows, row)
	}
	return rows
}

// tinted is the role of a text where it holds, else plain.
func tinted(holds bool, role typeset.Role) typeset.Role {
	if holds {
		return role
	}
	return typeset.Plain
}

// clauses counts the verdicts on clauses and names those that need work.
func (p *page) clauses(clauses []results.Clause) string {
	var parts []string
	for _, v := range term.ClauseVerdicts().Words {
		var named []string
		n := 0
		for _, c := range clauses {
			if c.Verdict != v.ID {
				continue
			}
			n++
			if v.ID == "partly_met" || v.ID == "not_met" {
				named = append(named, p.clause(c))
			}
		}
		if n == 0 && !results.Counted(v.ID) {
			continue
		}
		text := p.Say("%[2]s %[1]d", "%[1]d %[2]s", n, v.Text)
		if len(named) > 0 {
			text += p.Say("（%s）", " (%s)", p.List(named, maxNamed))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

func (p *page) clause(c results.Clause) string {
	if c.Waived {
		return c.ID + p.Say(" 含豁免", " waived")
	}
	return c.ID
}
