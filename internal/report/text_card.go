package report

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// maxNamed is how many clauses or vetoes a card names before it only counts.
const maxNamed = 8

// card writes one platform's scorecard: who it is, the chapters with the
// arithmetic of the total, and the verdict.
func (p *page) card(platform *results.Platform) {
	p.line(p.paint(strong, "── "+p.title(platform)+" ──"))
	p.line(margin, p.profile(platform))
	for _, row := range p.align(p.chapters(platform)) {
		p.line(margin, row)
	}
	p.line()
	for _, row := range p.align(p.verdict(platform)) {
		p.line(margin, row)
	}
	p.line()
}

// title is the platform's name with its id, which is also its folder.
func (p *page) title(platform *results.Platform) string {
	id := inert(platform.ID)
	if platform.Name.IsZero() {
		return id
	}
	return p.prose(platform.Name) + " · " + id
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
		parts = append(parts, p.say("等保 %d 级", "MLPS level %d", platform.MLPSLevel))
	}
	return strings.Join(append(parts, p.paint(warning, p.say("自评", "self-declared"))), " · ")
}

// chapters are the rows of the table of chapters, the total below them.
func (p *page) chapters(platform *results.Platform) [][]field {
	head := func(zh, en string) field { return field{text: p.say(zh, en), role: faint, right: true} }
	rows := [][]field{{{}, {text: p.say("章", "chapter"), role: faint}, head("分值", "points"), head("得分", "score")}}
	for _, c := range platform.Chapters {
		rows = append(rows, []field{
			{text: inert(c.ID)}, {text: p.prose(c.Title)},
			{text: number(c.Points), right: true}, {text: number(c.Score), right: true},
			{text: bar(c.Score), role: note},
		})
	}
	s := platform.Score
	return append(rows, []field{
		{}, {text: p.say("总分", "total"), role: strong},
		{text: number(s.PointsApplicable), role: strong, right: true}, {text: number(s.Raw), role: strong, right: true},
		{text: bar(s.Raw), role: note}, {text: p.otherScores(platform), role: faint},
	})
}

// otherScores are the two ways of counting that stand beside the raw score.
func (p *page) otherScores(platform *results.Platform) string {
	s := platform.Score
	text := p.say("不计豁免项 %s", "%s without waived items", number(s.Adjusted))
	if s.Verified != "" {
		text += p.say("，经核实 %s", ", %s verified", number(s.Verified))
	}
	if v := platform.Verification; v != nil {
		text += p.say("（声明 %d 项：核实 %d、部分 %d、否定 %d、待复核 %d）", " (%d claims: %d verified, %d partly, %d rejected, %d need review)",
			v.Claims, v.Verified, v.Partly, v.Rejected, v.NeedsReview)
	}
	return text
}

// verdict are the labelled lines below the table.
func (p *page) verdict(platform *results.Platform) [][]field {
	label := func(zh, en string) field { return field{text: p.say(zh, en), role: faint} }
	tint, word := bad, p.say("不合规", "not compliant")
	if platform.Compliant {
		tint, word = good, p.say("合规", "compliant")
	}
	grade := plain
	if len(platform.Grade.Vetoes) > 0 {
		grade = bad
	}
	rows := [][]field{
		{label("等次", "grade"), {text: p.grade(platform), role: grade}},
		{label("判定", "verdict"), {text: word, role: tint}},
	}
	for _, reason := range platform.Reasons {
		rows = append(rows, []field{{}, {text: "- " + p.prose(reason)}})
	}
	rows = append(rows, []field{label("条款", "clauses"), {text: p.clauses(platform.Clauses)}})
	for i, cause := range p.causes(platform) {
		row := []field{{}, {text: cause, role: warning}}
		if i == 0 {
			row[0] = label("受阻", "blocked")
		}
		rows = append(rows, row)
	}
	return rows
}

// grade is the score and the grade in the wording that policy fixes, with the
// vetoes that forced it.
func (p *page) grade(platform *results.Platform) string {
	score := p.say("未计分", "not scored")
	if raw := platform.Score.Raw; raw != "" {
		score = p.say("%s 分", "%s points", number(raw))
	}
	text := score + p.say("；", "; ") + p.prose(platform.Grade.Title)
	if len(platform.Grade.Vetoes) > 0 {
		text += p.say("（一票否决：%s）", " (veto: %s)", p.list(p.vetoes(platform), maxNamed))
	}
	return text
}

// vetoes names each open blocker once, by its check's title where there is one.
func (p *page) vetoes(platform *results.Platform) []string {
	titles := map[string]lang.Text{}
	for _, c := range platform.Checks {
		titles[c.ID] = c.Title
	}
	var names []string
	for _, id := range platform.Grade.Vetoes {
		name := id
		if title := titles[id]; !title.IsZero() {
			name = p.prose(title)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// clauses counts the verdicts and names the clauses that need work.
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
		if n == 0 && !expected(v.ID) {
			continue
		}
		text := p.say("%[2]s %[1]d", "%[1]d %[2]s", n, v.Text)
		if len(named) > 0 {
			text += p.say("（%s）", " (%s)", p.list(named, maxNamed))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

func (p *page) clause(c results.Clause) string {
	if c.Waived {
		return c.ID + p.say(" 豁免", " waived")
	}
	return c.ID
}

// causes says once per broken topic how many checks fail only because of it.
func (p *page) causes(platform *results.Platform) []string {
	var topics []string
	failed := map[string]int{}
	for _, c := range platform.Checks {
		if c.CausedBy == "" {
			continue
		}
		if failed[c.CausedBy] == 0 {
			topics = append(topics, c.CausedBy)
		}
		failed[c.CausedBy]++
	}
	var lines []string
	for _, topic := range topics {
		lines = append(lines, p.say(
			"%[1]s因为 %[2]s 缺失、无法读取或不符合模式而失败",
			"%[1]s because %[2]s is missing, unreadable or against its schema",
			p.count(failed[topic], "项检查", "check fails", "checks fail"), inert(topic+".yaml")))
	}
	return lines
}
