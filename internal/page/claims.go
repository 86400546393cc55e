package page

import (
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// chapter, clause and check are the steps of the arithmetic, with the claims that it
// counts.
type chapter struct {
	*results.Chapter
	Anchor  string
	Clauses []*clause
}

type clause struct {
	*results.Clause
	// Anchor is where the clause's verdict is, SumAnchor where its points are summed.
	Anchor, SumAnchor string
	// NewSection is the title of the section that begins with this clause.
	NewSection lang.Text
	Verdict    sign
	Checks     []*check
	Findings   int
}

type check struct {
	*results.Check
	Anchor  string
	Outcome sign
}

// item is one named item of a check.
type item struct {
	Item    string
	Outcome sign
}

func (c *card) layChapters() {
	byID := map[string]*chapter{}
	for i := range c.Platform.Chapters {
		chapter := &chapter{Chapter: &c.Platform.Chapters[i], Anchor: c.anchors.of("chapter-", c.Platform.Chapters[i].ID)}
		byID[chapter.ID] = chapter
		c.Chapters = append(c.Chapters, chapter)
	}
	sections, counts := map[string]lang.Text{}, map[string]int{}
	for _, s := range c.Run.Rulebook.Sections {
		sections[s.ID] = s.Title
	}
	for i := range c.Platform.Findings {
		for _, id := range c.Platform.Findings[i].Clauses {
			counts[id]++
		}
	}
	section := ""
	for i := range c.Clauses {
		id := c.Clauses[i].ID
		clause := &clause{Clause: &c.Clauses[i], Anchor: c.anchors.of("clause-", id), SumAnchor: c.anchors.of("sum-", id)}
		c.clauses[id] = clause
		clause.Verdict, clause.Findings = verdictMark(clause.Clause.Verdict), counts[id]
		if clause.Section != section {
			section, clause.NewSection = clause.Section, sections[clause.Section]
		}
		for _, id := range clause.Home {
			if check := c.checks[id]; check != nil {
				check.Anchor = c.anchors.of("", id)
				clause.Checks = append(clause.Checks, check)
			}
		}
		if chapter := byID[clause.Chapter]; chapter != nil {
			chapter.Clauses = append(chapter.Clauses, clause)
		}
	}
}

// Checked reports whether a clause has checks of its own.
func (c *clause) Checked() bool { return len(c.Checks) > 0 }

// Idle reports whether a check does not count.
func (c *check) Idle() bool { return c.Check.Outcome == finding.NotApplicable }

// Named are the items that have a name; a check without `each` has none.
func (c *check) Named() []item {
	var out []item
	for _, one := range c.Items {
		if one.Item != "" {
			out = append(out, item{one.Item, outcomeMark(one.Outcome)})
		}
	}
	return out
}
