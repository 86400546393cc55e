package workbook

import (
	"cmp"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// claims are the rows of a platform's checks: in each what is demanded, the values
// that were declared for it, where they are stated and on what evidence.
type claims struct {
	*book
	platform *results.Platform
	// evidence is the platform's, by its name.
	evidence map[string]*audit.Evidence
	// against finds why an item does not pass.
	against func(*results.Check, *results.Item) lang.Text
}

// row shows why an item does not pass, and what was said of it before, but not what
// has lapsed: a workbook that is read back must not renew what was not examined
// again.
func (c *claims) row(t *table, check *results.Check, item *results.Item, v *examine.Verdict) error {
	verdict, record, earlier := "", examine.Record{}, c.against(check, item).In(c.lang)
	switch {
	case v == nil:
	case v.State == examine.NeedsReview || v.State == examine.UnusedVerdict:
		earlier = strings.TrimSpace(earlier + "\n" + c.say("失效的结论：%s（%s，%s）%s", "lapsed verdict: %s (%s, %s) %s", term.AssessorVerdicts().Text(string(v.Verdict)).In(c.lang), v.AssessedOn, v.AssessedBy, v.Note))
	default:
		verdict, record = string(v.Verdict), v.Record
	}
	clause := ""
	if len(check.Clauses) > 0 {
		clause = check.Clauses[0]
	}
	p := c.platform
	var subject *Subject
	if !item.Hidden {
		subject = c.subject(Subject{Code: p.Code, Path: p.Path, Check: check.ID, Item: item.Item, Fact: item.Fact})
	}
	row := []any{platformName(p), clause, check.ID, check.Title, item.Item, check.Severity.Text(), term.Outcomes().Text(string(item.Outcome)).In(c.lang),
		term.ClaimStates().Text(string(item.State)).In(c.lang), c.declared(item), c.places(item), c.cited(item), check.Basis.Source, c.examined(record), earlier}
	if err := t.addOf(subject, append(row, c.recorded(verdict, record)...)...); err != nil {
		return err
	}
	return c.links(t, item)
}

// declared are the values, one a line.
func (c *claims) declared(item *results.Item) string {
	return each(item.Declared, func(d *audit.Declared) string { return c.say("%s：%s", "%s: %s", d.Title, d.Value) })
}

// places are where these are stated, line by line beside them.
func (c *claims) places(item *results.Item) string {
	return each(item.Declared, func(d *audit.Declared) string {
		return c.say("%s:%d", "%s:%d", strings.TrimPrefix(d.Location.Path, c.platform.Path+"/"), max(d.Location.Line, 1))
	})
}

// cited is the evidence, each with enough of its hash, or with who holds it.
func (c *claims) cited(item *results.Item) string {
	return each(item.Evidence, func(name string) string {
		e := c.evidence[name]
		switch {
		case e == nil:
			return name
		case e.HeldBy != "":
			return c.say("%s（%s保管）", "%s (held by %s)", name, e.HeldBy)
		case e.SHA256 != "":
			return c.say("%s（SHA-256 %s）", "%s (SHA-256 %s)", strings.TrimPrefix(name, c.platform.Path+"/"), c.printed(e.SHA256, 12))
		case e.Computed != "":
			return c.say("%s（算得 SHA-256 %s）", "%s (computed SHA-256 %s)", strings.TrimPrefix(name, c.platform.Path+"/"), c.printed(e.Computed, 12))
		}
		return strings.TrimPrefix(name, c.platform.Path+"/")
	})
}

// each puts one line of each into a text.
func each[T any](all []T, line func(T) string) string {
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = line(one)
	}
	return strings.Join(lines, "\n")
}

// links leads from the row to the first of its values and to its first evidence, where
// the policy says how.
func (c *claims) links(t *table, item *results.Item) error {
	place, evidence := "", ""
	if len(item.Declared) > 0 {
		place = c.run.Link(item.Declared[0].Location.Path, item.Declared[0].Location.Line)
	}
	if len(item.Evidence) > 0 {
		evidence = c.leadsTo(c.evidence[item.Evidence[0]])
	}
	return cmp.Or(t.link("place", place), t.link("evidence", evidence))
}

// leadsTo is the address of evidence that lies in the repository, "" for other.
func (b *book) leadsTo(e *audit.Evidence) string {
	if e == nil {
		return ""
	}
	return b.run.Link(e.Path, 0)
}
