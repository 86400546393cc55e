package handbook

import (
	"slices"
	"strings"

	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// explainClause is the page of one clause: what it wants in our own words, what
// it counts, and the checks that hold platforms to it.
func (p *page) explainClause(book *rulebook.Rulebook, c *rulebook.Clause) {
	p.Paragraph(c.ID + " " + p.in(c.Title))
	p.Line(p.way(book, c))
	p.Line()
	p.Row(p.Say("摘要", "summary"), p.in(c.Summary))
	p.Row(p.Say("性质", "kind"), p.in(term.ClauseKinds().Text(string(c.Kind))))
	p.Row(p.Say("分值", "points"), p.points(book, c))
	if status := p.status(c); status != "" {
		p.Row(p.Say("检查项", "checks"), status)
	}
	p.explainDuties(c)
	home, other := citing(book, c.ID)
	var rows [][]string
	for _, check := range home {
		rows = append(rows, p.checkRow("●", check))
	}
	for _, check := range other {
		rows = append(rows, p.checkRow("○", check))
	}
	if len(rows) == 0 {
		return
	}
	p.Line()
	p.Table(p.Say("检查项", "checks"), rows)
	p.Line()
	p.Row("", p.Say("● 计分归属在本条  ○ 另行引用本条  ·  详见 hegui explain %s", "● at home here in the score  ○ cites it too  ·  more: hegui explain %s", append(home, other...)[0].ID))
}

// way is the path to the clause: chapter and section.
func (p *page) way(book *rulebook.Rulebook, c *rulebook.Clause) string {
	parts := []string{p.in(book.Regulation.Title)}
	for _, chapter := range book.Regulation.Chapters {
		if chapter.ID == c.Chapter {
			parts = append(parts, chapter.ID+" "+p.in(chapter.Title))
		}
	}
	for _, section := range book.Regulation.Sections {
		if section.ID == c.Section {
			parts = append(parts, section.ID+" "+p.in(section.Title))
		}
	}
	return strings.Join(parts, " › ")
}

// points is what the clause counts, and whether it can be made up for.
func (p *page) points(book *rulebook.Rulebook, c *rulebook.Clause) string {
	out := p.Say("%s（满分 100）", "%s of 100", pointsText(c.Points))
	if slices.Contains(book.Policy.RequiredClauses, c.ID) {
		out += p.Say("；必达条款：不符合则平台不合规", "; required: a platform that does not meet it is not compliant")
	}
	return out
}

// status says why a clause has no checks, nothing where it has some.
func (p *page) status(c *rulebook.Clause) string {
	switch {
	case c.Pending:
		return p.Say("待编写：还没有检查项，暂不计分", "pending: it has no checks yet and leaves the score")
	case !c.Informative.IsZero():
		return p.Say("不计分：%s", "informative: %s", p.in(c.Informative))
	}
	return ""
}

// checkRow is one check in a list, with the overlay that changed it.
func (p *page) checkRow(mark string, c *rulebook.Check) []string {
	title := p.in(c.Title)
	if mark := overlayMark(c); !mark.IsZero() {
		title += p.Say("〔%s〕", " [%s]", mark)
	}
	return []string{mark + " " + c.ID, p.in(severities(c)), title}
}

// citing are the checks that cite a clause: those at home in it, and others.
func citing(book *rulebook.Rulebook, clause string) (home, other []*rulebook.Check) {
	for _, check := range book.Checks {
		switch slices.Index(check.Clauses, clause) {
		case -1:
		case 0:
			home = append(home, check)
		default:
			other = append(other, check)
		}
	}
	return home, other
}
