package handbook

import (
	"fmt"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// overview is all but the checks in full: what they are judged by, which
// there are, and which clause each serves.
func (s *sheet) overview(book *rulebook.Rulebook, overlays []Overlay) {
	s.Line("# ", both(referenceTitle()))
	s.Gap()
	s.Line("**", both(book.Regulation.Title), "**")
	s.Gap()
	s.Line(typeset.Markdown(book.Regulation.Note.ZH))
	s.Gap()
	s.Line(typeset.Markdown(book.Regulation.Note.EN))
	s.Gap()
	parts := []part{
		{"reading", lang.Say("怎么读", "How to read it"), func() { s.reading(book) }},
		{"policy", lang.Say("政策", "Policy"), func() { s.policy(book) }},
		{"clauses", lang.Say("条款与分值", "Clauses and points"), func() { s.clauses(book) }},
		{"checks", lang.Say("全部检查项", "All checks"), func() { s.checks(book) }},
		{"matrix", lang.Say("条款与检查项对应", "Which checks serve which clause"), func() { s.matrix(book) }},
	}
	if statesDuties(book) {
		parts = append(parts, part{"duties", lang.Say("条款要求什么", "What each clause asks for"), func() { s.duties(book) }})
	}
	if len(overlays) > 0 {
		parts = append(parts, part{"overlays", lang.Say("地方叠加", "Local overlays"), func() { s.overlays(book, overlays) }})
	}
	for _, p := range parts {
		s.Line("- ", s.link(both(p.title), p.anchor))
	}
	if s.sources != "" {
		s.Line("- [", both(sourcesTitle()), "](", SourcesPage, ")")
	}
	s.Gap()
	for _, p := range parts {
		s.Heading(2, p.anchor, both(p.title))
		p.write()
	}
}

func referenceTitle() lang.Text { return lang.Say("检查项参考", "Check reference") }

// part is one part of the overview.
type part struct {
	anchor string
	title  lang.Text
	write  func()
}

// reading explains the terms of the reference.
func (s *sheet) reading(book *rulebook.Rulebook) {
	notes := []lang.Text{
		lang.Say("检查项的标题是合规时成立的那句话；不成立时按“报告”一栏报告，花括号里换成实际的值。",
			"A check's title is the sentence that holds where it passes; where it fails it says what stands under “message”, with the facts for the braces."),
		lang.Say("严重程度和限值按平台的等保级别取：写在哪一级，就从那一级起适用。",
			"Severity and limits follow the platform's protection level (MLPS): each holds from the stated level upwards."),
		lang.Say("每个数字都写明依据。“默认值”和“评估惯例”不是法律规定，不能当法律引用；“未核实”指没有核对过原文。",
			"Every number states its ground. A default and assessors' practice are not law and must not be quoted as law; unverified means that nobody has confirmed the text."),
		lang.Say("● 是检查项的计分归属，每个检查项只有一处；○ 是另外引用它的条款；△ 是它不合格时可能构成的风险。",
			"● is where a check counts in the score, one place for each; ○ is a clause that it serves besides; △ is a risk that its failure may be."),
		lang.Say("每个检查项只列一个正例和一个反例对合规基线（checks/baseline）的改动，{} 是基线本身；改动后的样子见 `hegui explain 检查项`。",
			"One good and one bad example stand here, as what they change in the compliant baseline (checks/baseline); {} is the baseline as it is. `hegui explain CHECK` shows how it then looks."),
	}
	for i, t := range notes {
		if i != 1 || book.Graded() {
			s.Line("- ", t.ZH, "<br>", t.EN)
		}
	}
	s.Gap()
}

// policy is what the supervisors have decided, one line each.
func (s *sheet) policy(book *rulebook.Rulebook) {
	var rows [][]string
	for _, row := range policyRows(book) {
		rows = append(rows, []string{both(row.name), typeset.Markdown(row.text.ZH), typeset.Markdown(row.text.EN)})
	}
	s.Table(append([]string{""}, languageNames()...), rows)
}

// clauses is every clause by chapter, with what it counts and how many checks
// hold platforms to it.
func (s *sheet) clauses(book *rulebook.Rulebook) {
	head := []string{both(lang.Say("条款", "clause")), both(lang.Say("标题", "title")), both(lang.Say("性质", "kind")), both(lang.Say("分值", "points")), "●", "○"}
	for _, chapter := range book.Regulation.Chapters {
		points := chapterPoints(book, chapter.ID)
		s.Line("### ", typeset.Markdown(chapter.ID), " ", both(chapter.Title), " · ", both(pointsText(points)))
		s.Gap()
		var rows [][]string
		for _, c := range clausesOf(book, chapter.ID) {
			home, other := citing(book, c.ID)
			rows = append(rows, []string{
				`<a id="` + clauseAnchor(c.ID) + `"></a>` + typeset.Markdown(c.ID), both(c.Title), both(term.ClauseKinds().Text(string(c.Kind))), decimal(c.Points),
				fmt.Sprint(len(home)), fmt.Sprint(len(other)),
			})
		}
		s.Table(head, rows)
	}
}

func clauseAnchor(clause string) string { return "clause-" + clause }

func clausesOf(book *rulebook.Rulebook, chapter string) []*rulebook.Clause {
	var out []*rulebook.Clause
	for i := range book.Regulation.Clauses {
		if c := &book.Regulation.Clauses[i]; c.Chapter == chapter {
			out = append(out, c)
		}
	}
	return out
}

// checks is a line for each check, topic by topic.
func (s *sheet) checks(book *rulebook.Rulebook) {
	head := []string{both(lang.Say("检查项", "check")), both(lang.Say("标题", "title")), both(lang.Say("严重程度", "severity")), both(lang.Say("条款", "clause"))}
	for _, t := range topics(book) {
		s.Line("### ", s.toTopic(t), " · ", fmt.Sprint(len(t.checks)))
		s.Gap()
		var rows [][]string
		for _, c := range t.checks {
			title := both(c.Title)
			if mark := overlayMark(c); !mark.IsZero() {
				title += " · " + both(mark)
			}
			rows = append(rows, []string{s.toCheck(c, typeset.Span(c.ID)), title, both(severities(c)), s.toClause(c.Clauses[0])})
		}
		s.Table(head, rows)
	}
}

// matrix is each clause with the checks at home in it and the others that
// cite it.
func (s *sheet) matrix(book *rulebook.Rulebook) {
	var rows [][]string
	for i := range book.Regulation.Clauses {
		c := &book.Regulation.Clauses[i]
		home, other := citing(book, c.ID)
		rows = append(rows, []string{s.toClause(c.ID) + " " + both(c.Title), s.named(home, whyNone(c)), s.named(other, lang.Text{})})
	}
	s.Table([]string{both(lang.Say("条款", "clause")), "● " + both(lang.Say("计分归属", "home in the score")), "○ " + both(lang.Say("另行引用", "cited too"))}, rows)
}

// whyNone says why a clause has no checks.
func whyNone(c *rulebook.Clause) lang.Text {
	if c.Pending {
		return term.ClauseVerdicts().Text("pending")
	}
	return c.Informative
}

// named lists checks; where there are none it says why.
func (s *sheet) named(checks []*rulebook.Check, none lang.Text) string {
	if len(checks) == 0 && !none.IsZero() {
		return both(none)
	}
	var out []string
	for _, c := range checks {
		out = append(out, s.toCheck(c, typeset.Span(c.ID)))
	}
	return strings.Join(out, " ")
}
