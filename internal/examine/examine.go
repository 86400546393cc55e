// Package examine lays over the outcomes of an audit what others than the
// platform's owner say: an assessor's verdicts, then the waivers of those who
// answer for what fails.
package examine

import (
	"cmp"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Platform is an audited platform with what is said of it.
type Platform struct {
	audit.Described
	// Checks are the outcomes of all checks, in the rulebook's order.
	Checks []Check
	// Findings are sorted by place.
	Findings []finding.Finding
	Waivers  []Waiver
	// Verdicts are an assessor's, in the order of their file, then those that
	// only the trusted copy of it has.
	Verdicts       []Verdict
	ClauseVerdicts []ClauseVerdict
	// Upcoming is what fails of demands that come into force on later days.
	Upcoming []audit.Upcoming
	// Examined is set when there are verdicts that count.
	Examined bool
}

// Check is the outcome of one check on one platform. What others say may change its
// own fields, never those of the ruling.
type Check struct {
	*audit.Ruling
	Outcome finding.Outcome
	Applies bool
	Items   []Item
}

// Item is the outcome of a check on one item, its own fields as they are once others
// have spoken.
type Item struct {
	*audit.Item
	Outcome  finding.Outcome
	Eased    bool
	CausedBy []string
	// Claim is set when the description alone would pass the item, or take it out of
	// the check's reach.
	Claim bool
	// State is what an assessor's verdicts make of the item, empty for none.
	State State
}

// Open are the findings that are not waived.
func (p *Platform) Open() []finding.Finding {
	return slices.DeleteFunc(slices.Clone(p.Findings), func(f finding.Finding) bool { return f.Waived })
}

// Apply lays the statements of a platform over its outcomes, as they stand on a
// day. Where a trusted copy of the statements is given, a waiver and an
// assessor's confirmation count only if they stand identically in both, and an
// assessor's rejection if it stands in the copy.
func Apply(book *rulebook.Rulebook, outcomes *audit.Platform, trusted *audit.Statements, day calendar.Date) *Platform {
	own := *outcomes
	own.Findings = slices.Clone(outcomes.Findings)
	return new(Room).Apply(book, &own, trusted, day)
}

// Apply is Apply to outcomes that nobody else reads: findings are changed where they lie.
// The platform stands in the room until it is left.
func (r *Room) Apply(book *rulebook.Rulebook, outcomes *audit.Platform, trusted *audit.Statements, day calendar.Date) *Platform {
	e := &examination{Platform: r.begin(outcomes), outcomes: outcomes, book: book, day: day, excerpts: audit.NewExcerpts(book.Schemas)}
	// The verdicts come first: a rejected item fails like any other, and can be
	// waived like any other.
	e.assess(outcomes.Statements.Verdicts, trusted)
	e.waive(outcomes.Statements.Waivers, trusted)
	for i := range e.Checks {
		e.Checks[i].Outcome = e.Checks[i].Sum()
	}
	r.weigh(e.Platform)
	finding.Sort(e.Findings)
	return e.Platform
}

// ItemOf is an item of which nobody else has spoken.
func ItemOf(of *audit.Item) Item {
	return Item{Item: of, Outcome: of.Outcome, Eased: of.Eased, CausedBy: of.CausedBy}
}

// Judged reports whether the check has said something about the item.
func (i *Item) Judged() bool { return i.Outcome != finding.NotApplicable }

// Sum is the outcome of a check as a whole: that of its items, one failure
// failing it. Where there are no items its own outcome stands.
func (c *Check) Sum() finding.Outcome {
	switch {
	case !c.Applies:
		return finding.NotApplicable
	case len(c.Items) == 0:
		return c.Outcome
	}
	all := finding.NotApplicable
	for i := range c.Items {
		all = all.Join(c.Items[i].Outcome)
	}
	return all
}

// ByBase is the outcome of the check by the base's demand: what fails only by an
// overlay's passes.
func (c *Check) ByBase() finding.Outcome {
	if !c.Applies || len(c.Items) == 0 {
		return c.Outcome
	}
	all := finding.NotApplicable
	for i := range c.Items {
		all = all.Join(c.Items[i].ByBase())
	}
	return all
}

// ByBase is the outcome of the item by the base's demand.
func (i *Item) ByBase() finding.Outcome {
	if i.Eased {
		return finding.Pass
	}
	return i.Outcome
}

// examination is one platform while statements are laid over it.
type examination struct {
	*Platform
	// outcomes are those that statements are laid over, nil where there are none.
	outcomes *audit.Platform
	book     *rulebook.Rulebook
	day      calendar.Date
	excerpts *audit.Excerpts
	// former are the confirmations that are pinned in the form before.
	former []*Verdict
}

// redactedName is what an item of a check or a finding is called for those who must
// not see sensitive keys.
func redactedName(p *audit.Platform, id, item string) (redacted string, known bool) {
	for i := range slices.Backward(p.Findings) {
		if f := &p.Findings[i]; f.Check == id && f.Item == item {
			if f.Redacted != nil {
				return f.Redacted.Item, true
			}
			return f.Item, true
		}
	}
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Rule.ID != id {
			continue
		}
		for j := range slices.Backward(c.Items) {
			if c.Items[j].Name == item {
				return c.Items[j].Redacted, true
			}
		}
	}
	return "", false
}

// redact is what an item is called for those who must not see sensitive keys.
// An item that does not exist, or no longer does, may have been named by one.
func (e *examination) redact(id, item string) string {
	if e.outcomes != nil {
		if redacted, known := redactedName(e.outcomes, id, item); known {
			return cmp.Or(redacted, item)
		}
	}
	if item == "" {
		return item
	}
	if s := e.book.Schemas.Find(e.topicOf(id, item)); s != nil && s.HasSensitive() {
		return schema.RedactedKey
	}
	return item
}

// topicOf is the topic of an item: that of its check, or the one that its keyed
// path begins with.
func (e *examination) topicOf(id, item string) string {
	if rule := e.book.Check(id); rule != nil {
		return rule.Topic
	}
	if i := strings.IndexAny(item, "/["); i >= 0 {
		return item[:i]
	}
	return item
}

// quote gives a finding the line of a statement, which may name what not
// everyone may see. A statement that only the trusted copy has stands in no
// line.
func (e *examination) quote(f *finding.Finding, s statement, sensitive bool) {
	if !s.own {
		return
	}
	e.excerpts.Quote(f, s.value.Document())
	if sensitive {
		f.Hide().Excerpt = ""
	}
}

// about names what a statement is about, for its finding.
func about(check, item string) []string {
	return slices.DeleteFunc([]string{check, item}, func(key string) bool { return key == "" })
}

// statement is one entry of a file of statements, or of its trusted copy.
type statement struct {
	value *document.Value
	// own: it stands in the platform's own file.
	own    bool
	counts bool
}

// stated are the entries of a platform's file, of which those count that stand
// identically among others: what a change says in its own favour waits for its
// merge.
func stated(entries, counting []*document.Value) []statement {
	known := canonical(counting)
	var out []statement
	for _, entry := range entries {
		out = append(out, statement{entry, true, known[entry.Canonical()]})
	}
	return out
}

// canonical is the set of entries, compared without their layout.
func canonical(entries []*document.Value) map[string]bool {
	known := map[string]bool{}
	for _, entry := range entries {
		known[entry.Canonical()] = true
	}
	return known
}
