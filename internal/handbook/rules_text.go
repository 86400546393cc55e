package handbook

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// writeText is the rulebook at a glance: policy, then clause by clause with a
// line for each check, then who cites what.
func writeText(w io.Writer, book *rulebook.Rulebook, o Options) error {
	p := newPage(o)
	p.Paragraph(p.in(book.Regulation.Title))
	p.Paragraph(p.in(book.Regulation.Note))
	p.Line()
	p.policy(book)
	p.catalogue(book)
	p.matrix(book)
	p.Line()
	p.tally(book)
	_, err := io.WriteString(w, p.String())
	return err
}

// policy is what the supervisors have decided.
func (p *page) policy(book *rulebook.Rulebook) {
	for _, row := range policyRows(book) {
		p.Row(p.in(row.name), p.in(row.text))
	}
}

// catalogue is every chapter, section and clause with the checks at home in it.
func (p *page) catalogue(book *rulebook.Rulebook) {
	regulation := book.Regulation
	for _, chapter := range regulation.Chapters {
		p.Line()
		p.Line(fmt.Sprintf("%s %s  %s", chapter.ID, p.in(chapter.Title), p.in(pointsText(chapterPoints(book, chapter.ID)))))
		section := ""
		for i := range regulation.Clauses {
			clause := &regulation.Clauses[i]
			if clause.Chapter != chapter.ID {
				continue
			}
			for _, s := range regulation.Sections {
				if s.ID == clause.Section && s.ID != section {
					section = s.ID
					p.Line()
					p.Line(fmt.Sprintf("  %s %s", s.ID, p.in(s.Title)))
				}
			}
			p.clause(book, clause)
		}
	}
}

func chapterPoints(book *rulebook.Rulebook, chapter string) *big.Rat {
	sum := new(big.Rat)
	for _, clause := range book.Regulation.Clauses {
		if clause.Chapter == chapter {
			sum.Add(sum, clause.Points)
		}
	}
	return sum
}

func (p *page) clause(book *rulebook.Rulebook, c *rulebook.Clause) {
	head := fmt.Sprintf("    %s %s  %s", c.ID, p.in(c.Title), p.in(pointsText(c.Points)))
	switch {
	case c.Pending:
		head += p.Say(" · 待编写", " · pending")
	case !c.Informative.IsZero():
		head += p.Say(" · 不计分", " · informative")
	}
	p.Line(head)
	home, _ := citing(book, c.ID)
	var rows [][]string
	for _, check := range home {
		rows = append(rows, p.checkRow("      ", check))
	}
	p.Indented(rows)
}

// matrix is which checks cite which clause.
func (p *page) matrix(book *rulebook.Rulebook) {
	p.Line()
	p.Line(p.Say("条款与检查项  ● 计分归属  ○ 另行引用", "clauses and checks  ● home in the score  ○ cited too"))
	p.Line()
	for _, clause := range book.Regulation.Clauses {
		home, other := citing(book, clause.ID)
		label := clause.ID
		for _, group := range []struct {
			mark   string
			checks []*rulebook.Check
		}{{"●", home}, {"○", other}} {
			if len(group.checks) == 0 {
				continue
			}
			var ids []string
			for _, check := range group.checks {
				ids = append(ids, check.ID)
			}
			p.Table(label, [][]string{{group.mark, strings.Join(ids, " ")}})
			label = ""
		}
		if len(home)+len(other) == 0 {
			p.Row(label, "–")
		}
	}
}

// tally is how much of it there is.
func (p *page) tally(book *rulebook.Rulebook) {
	count := map[finding.Severity]int{}
	pending, informative := 0, 0
	for _, check := range book.Checks {
		count[check.Severity.At(rulebook.MaxLevel)]++
	}
	for _, clause := range book.Regulation.Clauses {
		if clause.Pending {
			pending++
		}
		if !clause.Informative.IsZero() {
			informative++
		}
	}
	var by []string
	for _, s := range finding.Severities() {
		by = append(by, p.Say("%s %d", "%s %d", s.Text(), count[s]))
	}
	highest := lang.Text{}
	if book.Graded() {
		highest = lang.Say("，按最高等保级别计", ", at the highest level")
	}
	p.Paragraph(p.Say("条款 %d（待编写 %d，不计分 %d）；检查项 %d%s：%s", "%d clauses (%d pending, %d informative); %d checks%s: %s",
		len(book.Regulation.Clauses), pending, informative, len(book.Checks), highest, p.Join(by)))
}
