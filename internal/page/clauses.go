package page

import (
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// layChapters puts checks below their clauses and clauses below their chapters.
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
	for i := range c.ClauseVerdicts {
		if clause := c.clauses[c.ClauseVerdicts[i].Clause]; clause != nil {
			clause.Assessed = &c.ClauseVerdicts[i]
		}
	}
}

// Checked reports whether a clause has checks of its own.
func (c *clause) Checked() bool { return len(c.Checks) > 0 }

// Idle reports whether a check does not count.
func (k *check) Idle() bool { return k.Check.Outcome == finding.NotApplicable }

// States count what an assessor has made of the items below a clause, in the order
// of the vocabulary.
func (c *clause) States() []tallied {
	var out []tallied
	for _, state := range examinedStates() {
		n := 0
		for _, check := range c.Checks {
			for i := range check.Items {
				if string(check.Items[i].State) == state {
					n++
				}
			}
		}
		if n > 0 {
			out = append(out, tallied{stateMark(examine.State(state)), n})
		}
	}
	return out
}
