package handbook

import (
	"fmt"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// explainCheck is the page of one check: what it wants, why, on what ground,
// how to fix a failure, and how right and wrong look.
func (p *page) explainCheck(book *rulebook.Rulebook, c *rulebook.Check) {
	p.Paragraph(p.in(c.Title))
	p.Line(c.ID)
	p.Line()
	if mark := overlayMark(c); !mark.IsZero() {
		p.Row(p.Say("叠加", "overlay"), p.in(mark))
	}
	p.decisions(book.Last().Check(c.ID))
	if from := effectiveOn(c); !from.IsZero() {
		p.Row(p.Say("施行", "asked for"), p.in(from))
	}
	p.Row(p.Say("理由", "why"), p.in(c.Rationale))
	p.Row(p.Say("整改", "fix"), p.in(c.Remedy))
	p.Row(p.Say("工作量", "effort"), p.in(term.Efforts().Text(c.Effort)))
	p.Line()
	p.cites(book, c)
	p.Line()
	p.demand(book, c)
	p.Line()
	p.condition(book, c)
	p.Line()
	p.examples(book, c)
	p.waiver(book, c)
	p.Line()
	p.Row(p.Say("评定口径", "profiles"), p.in(profilesOf(c)))
	p.Row(p.Say("定义", "defined"), place(c))
}

// cites lists the clauses that the check serves.
func (p *page) cites(book *rulebook.Rulebook, c *rulebook.Check) {
	var rows [][]string
	for i, id := range c.Clauses {
		row := []string{id, p.in(book.Clause(id).Title)}
		if i == 0 {
			row[1] += p.Say("（计分归属）", " (home in the score)")
		}
		rows = append(rows, row)
	}
	p.Table(p.Say("条款", "clauses"), rows)
}

// demand is how hard the check is, and what that rests on.
func (p *page) demand(book *rulebook.Rulebook, c *rulebook.Check) {
	var severity, basis, limits [][]string
	for i, s := range c.Severity.Values {
		severity = append(severity, []string{p.in(levels(c.Severity, i)), p.in(s.Text()), p.Say("权重 %d", "weight %d", weight(book, c, s))})
	}
	for i, b := range c.Basis.Values {
		basis = append(basis, []string{p.in(levels(c.Basis, i)), p.in(basisText(b))})
	}
	for _, rule := range c.Limits {
		name := rule.Name
		for i, limit := range rule.Values {
			limits = append(limits, []string{name, p.in(levels(rule.ByLevel, i)), p.in(bound(limit)), p.in(basisText(limit.Basis))})
			name = ""
		}
	}
	for _, a := range announcements(book, c) {
		name := p.in(a.name())
		for i, limit := range a.rule.Values {
			limits = append(limits, []string{name, p.in(levels(a.rule.ByLevel, i)), p.in(bound(limit)), p.in(basisText(limit.Basis))})
			name = ""
		}
	}
	p.Table(p.Say("严重程度", "severity"), severity)
	p.Table(p.Say("依据", "basis"), basis)
	p.Table(p.Say("限值", "limits"), limits)
	var risks [][]string
	for _, a := range c.Risks {
		risks = append(risks, []string{a.ID, p.in(a.Duty)})
	}
	p.Table(p.Say("风险", "risks"), risks)
}

// condition is the check as it runs.
func (p *page) condition(book *rulebook.Rulebook, c *rulebook.Check) {
	var files []string
	for _, topic := range c.Topics() {
		files = append(files, topic+".yaml")
	}
	p.Row(p.Say("读取", "reads"), p.Join(files))
	if c.When == "" {
		p.Row(p.Say("适用", "when"), p.Say("总是适用", "always"))
	} else {
		p.Code(p.Say("适用", "when"), c.When)
	}
	if c.Level != "" {
		field := book.Schemas.Find(rulebook.HeaderTopic).Root.Field(c.Level)
		p.Row(p.Say("定级依据", "level"), p.Say("%s（platform.%s）", "%s (platform.%s)", p.in(field.Type.Title), c.Level))
	}
	p.Row(p.Say("范围", "over"), p.in(ranges(c)))
	if grace := c.Grace.Text(); grace != "" {
		p.Code(p.Say("起步期", "grace"), grace)
	}
	p.Code(p.Say("应当成立", "assert"), c.Assert)
	if c.At != "" {
		p.Code(p.Say("指向", "points at"), c.At)
	}
	p.Row(p.Say("否则报告", "else says"), p.in(c.Message))
}

// examples shows right beside wrong.
func (p *page) examples(book *rulebook.Rulebook, c *rulebook.Check) {
	good, bad, rest := firsts(book, c)
	pointers := focus(bad, good)
	p.Row(p.Say("样例", "examples"), p.Say("改动合规基线（%s）得到，按 %s 判断", "made by changing the compliant baseline (%s), judged as of %s", rulebook.BaselineDir, c.AsOf()))
	p.Line()
	p.example(p.Say("正例", "good"), good, good.excerpts(book, pointers, ""))
	p.Line()
	p.example(p.Say("反例", "bad"), bad, bad.excerpts(book, pointers, p.Say("← 问题指向这里", "← the finding points here")))
	p.Line()
	for i, s := range rest {
		label := ""
		if i == 0 {
			label = p.Say("其他反例", "also bad")
		}
		p.example(label, s, nil)
		p.Line()
	}
}

// example is what is changed, how it then looks, and what the check says.
func (p *page) example(label string, s shown, excerpts []excerpt) {
	changes := s.patch()
	if len(changes) == 0 {
		p.Row(label, p.Say("基线本身，不作改动", "the baseline as it is"))
	}
	for _, c := range changes {
		p.Row(label, p.in(c.text))
		if len(excerpts) == 0 {
			p.Block(indent(c.lines))
		}
		label = ""
	}
	for _, e := range excerpts {
		p.Block([]string{"", p.Say("# %s.yaml（节选）%s", "# %s.yaml (excerpt)%s", e.topic, e.note)})
		p.Block(e.lines)
	}
	if s.Good {
		return
	}
	if len(excerpts) > 0 {
		p.Line()
	}
	if !s.message.IsZero() {
		p.Row("", "→ "+p.in(s.message))
	}
	for _, reason := range s.reasons {
		p.Row("", p.Say("→ 原因：%s", "→ because %s", reason))
	}
	p.Row("", p.Say("→ 指向 %s", "→ at %s", s.At))
}

// waiver says whether and how the check is waived.
func (p *page) waiver(book *rulebook.Rulebook, c *rulebook.Check) {
	label := p.Say("豁免", "waiver")
	if !c.Waivable {
		p.Row(label, p.Say("不可豁免，只能整改", "cannot be waived: what is found must be fixed"))
		return
	}
	term := book.Policy.Waiver.MaxTerm
	p.Row(label, p.Say("可以，最长 %s，批准岗位不得是申请岗位；检查项仍照常检查，原始得分仍按不合格计。写进平台目录的 waivers.yaml：",
		"possible for at most %s, approved by another post than the one that asks; the check still runs and its raw score counts as failed. In the platform's waivers.yaml:", period(term)))
	p.Line()
	p.Block(p.waiverLines(book, c))
}

// waiverLines is a waiver that is right but for what only its authors know.
func (p *page) waiverLines(book *rulebook.Rulebook, c *rulebook.Check) []string {
	_, bad, _ := firsts(book, c)
	approved := c.AsOf()
	expires := approved
	if term, err := calendar.ParsePeriod(book.Policy.Waiver.MaxTerm); err == nil {
		expires = approved.Add(term)
	}
	lines := []string{"waivers:", fmt.Sprintf("  - id: waiver-%s-01", approved.String()[:4]), "    check: " + c.ID}
	if len(c.Each) > 0 && bad.item != "" {
		item := strings.Join(scalar(text(bad.item)), " ")
		lines = append(lines, "    item: "+item+p.Say("  # 只豁免这一项；不写则豁免全部", "  # only this item; all if absent"))
	}
	return append(lines,
		"    reason: "+p.Say("为什么暂时做不到，期间靠什么控制风险", "why it cannot be met yet, and what contains the risk meanwhile"),
		"    requested_by: "+p.Say("平台运维负责岗", "platform operations lead"),
		"    approved_by: "+p.Say("安全监管岗", "security supervisor"),
		"    approved_on: "+approved.String(),
		"    expires: "+expires.String()+p.Say("  # 有效的最后一天", "  # the last day on which it holds"),
		"    evidence: evidence/waiver-"+approved.String()[:4]+"-01.pdf")
}
