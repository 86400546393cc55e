package page

import (
	"html/template"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// How much of a list the first page shows; the pages behind it have the rest.
const (
	maxLosses  = 10
	maxDuties  = 6
	maxWaiting = 24
	maxObjects = 6
)

// condition is one of those of compliance, with why it does not hold.
type condition struct {
	results.Condition
	Sign   sign
	Reason lang.Text
}

// Ticked are the conditions of compliance. The open blockers have a list of their own,
// so that theirs needs no reason.
func (c *card) Ticked() []condition {
	reasons := c.Reasons
	var out []condition
	for _, one := range c.Conditions {
		next := condition{Condition: one, Sign: sign{Text: lang.Say("成立", "holds"), Mark: "✓", Class: "good"}}
		if !one.Held {
			next.Sign = sign{Text: lang.Say("不成立", "does not hold"), Mark: "✗", Class: "bad"}
			if len(reasons) > 0 { // in the same order, and none for those who may not read them
				if one.ID != "vetoes" {
					next.Reason = reasons[0]
				}
				reasons = reasons[1:]
			}
		}
		out = append(out, next)
	}
	return out
}

// cause is a finding that checks wait for.
type cause struct {
	results.Blocked
	Link, Place string
	// Named are the first of the checks that wait, More how many there are besides.
	Named []named
	More  int
}

// named is a check by its title, or a finding by what it says and where, with the way
// to it.
type named struct {
	ID, Link, Place string
	Title           lang.Text
	// Times is how many findings there are of it, 0 where that is not told.
	Times int
}

// Causes are what cannot be read, and what waits for it.
func (c *card) Causes() []cause {
	var out []cause
	for _, b := range c.Unread() {
		one := cause{Blocked: b, Link: c.findingLink(b.Finding.Fingerprint), Place: c.within(b.Finding.Location)}
		for _, id := range b.Checks[:min(len(b.Checks), maxWaiting)] {
			one.Named = append(one.Named, c.named(id))
		}
		one.More = len(b.Checks) - len(one.Named)
		out = append(out, one)
	}
	return out
}

// Held is how many checks wait for what cannot be read.
func (c *card) Held() int {
	ids := map[string]bool{}
	for _, b := range c.Unread() {
		for _, id := range b.Checks {
			ids[id] = true
		}
	}
	return len(ids)
}

// named is a check or a finding of no check, by its id.
func (c *card) named(id string) named {
	if check := c.checks[id]; check != nil {
		return named{ID: id, Link: c.To(Claims, check.Anchor), Title: check.Title}
	}
	return named{ID: id, Title: term.TitleOf(id)}
}

// findingLink leads to the finding with a fingerprint, empty where there is none.
func (c *card) findingLink(print string) string {
	if i := slices.IndexFunc(c.Findings, func(f listed) bool { return f.Fingerprint == print }); i >= 0 {
		return c.To(Findings, c.Findings[i].Anchor)
	}
	return ""
}

// within is a place as seen from the platform's folder.
func (c *card) within(at finding.Location) string {
	at.Path = strings.TrimPrefix(at.Path, c.Path+"/")
	return placed(at)
}

// Within is where a finding points, as seen from the platform's folder.
func (c *card) Within(f *finding.Finding) string { return c.within(f.Location) }

// owed are the statutory duties that are not met.
type owed struct {
	Named   []*check
	More    int
	Waiting int
}

// Owed are the duties that are not met, nil where none is.
func (c *card) Owed() *owed {
	if c.Unmet() == 0 {
		return nil
	}
	unmet, waiting := c.Duties()
	out := &owed{More: max(0, len(unmet)-maxDuties), Waiting: waiting}
	for _, one := range unmet[:min(len(unmet), maxDuties)] {
		out.Named = append(out.Named, c.checks[one.ID])
	}
	return out
}

// Unjudged is how many of the duties that are not met only wait for what cannot be read
// or is not stated.
func (c *card) Unjudged() int {
	_, waiting := c.Duties()
	return waiting
}

// loss is a row of what costs most.
type loss struct {
	*results.Loss
	Title, Clause lang.Text
	Link          string
	// Waiting is how many checks wait, 0 for a check that fails by itself.
	Waiting int
}

// TopLosses are the rows of what costs most.
func (c *card) TopLosses() []loss {
	var out []loss
	for i := range c.Losses[:min(len(c.Losses), maxLosses)] {
		l := &c.Losses[i]
		row := loss{Loss: l, Title: c.LossTitle(l), Waiting: len(l.Checks)}
		if row.Link = c.findingLink(l.Cause); l.Cause == "" {
			row.Link = c.named(l.Check).Link
		}
		if check := c.checks[l.Check]; check != nil && len(check.Clauses) > 0 {
			row.Clause = c.clauseName(check.Clauses[0])
		}
		out = append(out, row)
	}
	return out
}

// Top are the points that these rows cost together.
func (c *card) Top() results.Number { return c.LostBy(maxLosses) }

// clauseName is a clause with its title.
func (c *card) clauseName(id string) lang.Text {
	if title := c.ClauseTitle(id); !title.IsZero() {
		return lang.Say("%s %s", "%s %s", id, title)
	}
	return lang.Same(id)
}

// Appraised is the platform in a few sentences.
func (c *card) Appraised() []lang.Text { return c.Run.Appraisal(c.Platform) }

// problem is a row of the list of problems.
type problem struct {
	results.ProblemRow
	Class  string
	Link   string
	Shown  []string // objects
	More   int
	Place  string
	Others int // places
	Clause lang.Text
}

// maxProblems is how many rows of the list of problems a first page holds as they are;
// the rest is packed, so that the page stays light whatever is wrong.
const maxProblems = 20

// MoreProblems is how many rows of the list of problems are packed.
func (c *card) MoreProblems() int {
	if c.leaf != First {
		return 0
	}
	return max(0, len(c.ProblemRows())-maxProblems)
}

// Problems are the rows of the list of problems that are not packed.
func (c *card) Problems() []problem {
	rows := c.ProblemRows()
	return c.problems(rows[:len(rows)-c.MoreProblems()])
}

func (c *card) problems(rows []results.ProblemRow) []problem {
	var out []problem
	for _, row := range rows {
		one := problem{ProblemRow: row, Class: map[finding.Severity]string{finding.Blocker: "bad", finding.Major: "half"}[row.Severity],
			Link: c.findingLink(row.Findings[0]), Place: c.within(row.Places[0]), Others: len(row.Places) - 1}
		if row.Waived {
			one.Class = "none"
		}
		one.Shown = row.Objects[:min(len(row.Objects), maxObjects)]
		one.More = len(row.Objects) - len(one.Shown)
		if len(row.Clauses) == 1 || len(row.Clauses) > 1 && c.checks[row.Check] != nil {
			one.Clause = c.clauseName(row.Clauses[0])
		}
		out = append(out, one)
	}
	return out
}

// Advised is how many findings only advise, and are in no row.
func (c *card) Advised() int { return c.Platform.Open().Advisory }

// AtHome are the failing checks that keep a clause from being met and count elsewhere.
func (c *card) AtHome(clause *results.Clause) template.HTML {
	var said lang.Text
	for i, e := range clause.Elsewhere {
		one := lang.Say("%s（计入 %s）", "%s (counted under %s)", c.named(e.Check).Title, e.Clause)
		if i == 0 {
			said = one
		} else {
			said = lang.Say("%s、%s", "%s, %s", said, one)
		}
	}
	return both(lang.Say("未通过而得分计在别条：%s", "fails here and is scored elsewhere: %s", said))
}

// idle is a check that does not apply.
type idle struct {
	*check
	Clause lang.Text
}

// Inapplicable are the checks that do not apply, each with why.
func (c *card) Inapplicable() []idle {
	var out []idle
	for _, one := range c.Idle() {
		row := idle{check: c.checks[one.ID]}
		if len(one.Clauses) > 0 {
			row.Clause = c.clauseName(one.Clauses[0])
		}
		out = append(out, row)
	}
	return out
}

// objects is a list of names that nothing around them reverses, and how many more
// there are.
func objects(names []string, more int) template.HTML {
	var out template.HTML
	for i, name := range names {
		if i > 0 {
			out += spoken(lang.Say("、", ", "))
		}
		out += isolated(name)
	}
	if more > 0 {
		out += spoken(lang.Say("，另有 %d 个", " and %d more", more))
	}
	return out
}
