package results

import (
	"slices"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Audience is who will read a report; it decides what is left out, never what
// is judged.
type Audience string

// The audiences, from the least to the most trusted.
const (
	// Public readers see verdicts and scores. Of a platform that is itself
	// public they also see which checks fail, but no item, place or evidence.
	Public Audience = "public"
	// Internal readers see everything but what the schemas mark as sensitive.
	Internal Audience = "internal"
	// Assessor readers see everything.
	Assessor Audience = "assessor"
)

// Audiences lists all audiences.
func Audiences() []Audience { return []Audience{Public, Internal, Assessor} }

// For is what an audience may see of the results. Nothing is judged or counted
// again: a summary hides no finding. What was left out once stays so.
func (r *Results) For(a Audience) *Results {
	if r.seen == a {
		return r
	}
	out := *r
	out.Audience, out.seen = string(a), a
	out.Platforms = each(r.Platforms, func(p *Platform) { *p = p.For(a) })
	if r.Gate != nil {
		out.Gate = r.Gate.For(a)
	}
	out.History, out.WhatIf = r.History.For(a), r.WhatIf.For(a)
	if a == Public {
		out.Rulebook.RepositoryURL = "" // what stands behind it is not for the public
	}
	return &out
}

// For is what an audience may see of a platform.
func (p Platform) For(a Audience) Platform { return p.narrowed(a, false) }

// Only is For where no other audience reads the platform: what lists hide is taken out
// of them where they lie.
func (p Platform) Only(a Audience) Platform { return p.narrowed(a, true) }

func (p Platform) narrowed(a Audience, own bool) Platform {
	if p.seen == a {
		return p
	}
	if p.seen = a; a == Assessor {
		return p
	}
	p.Picture = p.redactedPicture
	p.Findings = those(p.Findings, own, hides, redact)
	p.Checks = those(p.Checks, own, (*Check).hides, func(c *Check) { c.Items = those(c.Items, own, (*Item).hides, (*Item).redact) })
	p.Evidence = those(p.Evidence, own, func(e *audit.Evidence) bool { return e.Sensitive }, redactEvidence)
	p.Waivers = each(p.Waivers, redactWaiver)
	p.Verdicts = each(p.Verdicts, redactVerdict)
	p.Previous = p.Previous.redacted()
	if len(p.Orders) > 0 {
		p.Orders = each(p.Orders, func(o *Order) { o.Item = o.redacted })
	}
	p.Forecast, p.Past = p.Forecast.For(a), p.Past.For(a)
	p.Plan = p.Plan.For(a)
	if len(p.Upcoming) > 0 {
		p.Upcoming = each(p.Upcoming, func(u *Upcoming) { u.redact() })
	}
	if a == Public {
		p.publish()
	}
	return p
}

// hides reports whether a finding says something that not everyone may see.
func hides(f *finding.Finding) bool { return f.Redacted != nil }

func redact(f *finding.Finding) {
	if r := f.Redacted; r != nil {
		f.Item, f.Message, f.Remedy, f.Excerpt, f.Because, f.Redacted, f.Edit = r.Item, r.Message, r.Remedy, r.Excerpt, r.Because, nil, nil
	}
}

// hides reports whether an item of the check has something that not everyone may see.
func (c *Check) hides() bool {
	for i := range c.Items {
		if c.Items[i].hides() {
			return true
		}
	}
	return false
}

// hides reports whether the item has something that not everyone may see.
func (i *Item) hides() bool {
	return i.redacted != i.Item || i.sensitive && i.Fact != "" || len(i.open) != len(i.Evidence) ||
		slices.ContainsFunc(i.Declared, func(d *audit.Declared) bool { return d.Value != d.Redacted })
}

func (i *Item) redact() {
	if i.Hidden = i.redacted != i.Item; i.Hidden {
		i.Item = i.redacted
	}
	if i.sensitive {
		i.Fact = ""
	}
	i.Evidence = i.open
	i.Declared = those(i.Declared, false, func(d **audit.Declared) bool { return (*d).Value != (*d).Redacted }, func(d **audit.Declared) {
		redacted := **d // other outcomes rest on it too
		redacted.Value = redacted.Redacted
		*d = &redacted
	})
}

func redactEvidence(e *audit.Evidence) {
	*e = audit.Evidence{Location: e.Location, Ref: schema.RedactedKey, Resolved: e.Resolved}
}

func redactWaiver(w *examine.Waiver) { w.Item = w.Redacted }

// redactVerdict hides the item and the digest of its fact: where the fact can be only
// one of a few values, the digest shows which.
func redactVerdict(v *examine.Verdict) { v.Item, v.Fact = v.Redacted, "" }

// publish leaves out what the public must not see besides.
func (p *Platform) publish() {
	p.Next, p.Orders, p.Picture, p.Upcoming = nil, nil, nil, nil
	p.Evidence, p.Waivers = []audit.Evidence{}, []examine.Waiver{}
	p.Verdicts, p.ClauseVerdicts = []examine.Verdict{}, []examine.ClauseVerdict{}
	if p.Sensitivity == string(Public) {
		p.Findings = each(p.Findings, publish)
		p.Checks = each(p.Checks, func(c *Check) { c.Items = each(c.Items, (*Item).publish) })
		p.Problems = each(p.Problems, func(q *Problem) { q.Risk, q.Post, q.Deadline = "", "", "" })
		p.Previous = p.Previous.published()
		return
	}
	p.Findings, p.Checks = []finding.Finding{}, []Check{}
	p.Grade.Vetoes, p.Reasons = []string{}, []lang.Text{}
	p.Clauses = each(p.Clauses, func(c *Clause) { c.Checks, c.Home, c.Elsewhere = []string{}, []string{}, nil })
	p.Conditions = each(p.Conditions, func(c *Condition) { c.Found = lang.Text{} })
	p.Losses, p.Problems = nil, nil
	p.GradeConditions = each(p.GradeConditions, func(c *GradeCondition) { c.Checks = []string{} })
	p.Waiting, p.Decisions, p.OutOfForce, p.Topics = nil, nil, nil, nil
	p.Risks = p.Risks.publish()
	if p.Statutory != nil {
		p.Statutory = &Statutory{Applicable: p.Statutory.Applicable, Unmet: p.Statutory.Unmet, Checks: []string{}}
	}
	p.Previous = p.Previous.withheld()
}

// publish keeps of an item only that it exists, and its outcome.
func (i *Item) publish() {
	i.Item, i.Fact, i.CausedBy, i.Declared, i.Evidence = "", "", nil, nil, nil
}

// publish keeps of a finding only that it exists, and which check made it.
func publish(f *finding.Finding) {
	f.Message = lang.Say("描述有缺陷", "the description is defective")
	if !f.Title.IsZero() {
		f.Message = lang.Say("不成立：%s", "does not hold: %s", f.Title)
	}
	f.Item, f.Excerpt, f.Because, f.Edit = "", "", nil, nil
	f.Location = finding.WholeFile(f.Location.Path)
}

// For is what an audience may see of a change.
func (g *Gate) For(a Audience) *Gate {
	if a == Assessor {
		return g
	}
	out := *g
	out.Blocks = g.redacted
	out.Findings = each(g.Findings, (*GateFinding).redact)
	out.Gone = each(g.Gone, (*GateFinding).redact)
	out.Worse = each(g.Worse, (*GateFinding).redact)
	out.ScopeChanges = each(g.ScopeChanges, (*ScopeChange).redact)
	out.Waivers = each(g.Waivers, func(w *GateWaiver) { redactWaiver(&w.Waiver) })
	if a == Public {
		out.publish()
	}
	return &out
}

func (f *GateFinding) redact() {
	redact(&f.Finding)
	f.Change = f.redacted
}

func (c *ScopeChange) redact() { c.Subject, c.Message = c.redacted.subject, c.redacted.message }

// publish leaves out what the public must not see besides, as it is left out of
// the platforms themselves.
func (g *Gate) publish() {
	withheld := map[string]bool{}
	for i := range g.Platforms {
		p := &g.Platforms[i]
		withheld[p.ID] = withheld[p.ID] || !p.public
	}
	g.Findings = ofPublic(g.Findings, withheld)
	g.Gone = ofPublic(g.Gone, withheld)
	g.Worse = ofPublic(g.Worse, withheld)
	// Any other kind names items.
	published := []string{"platform", "topic", "switch", "policy"}
	g.ScopeChanges = slices.DeleteFunc(g.ScopeChanges, func(c ScopeChange) bool { return withheld[c.Platform] || !slices.Contains(published, c.Kind) })
	g.Waivers, g.Blocks = []GateWaiver{}, []lang.Text{}
	if g.Impact != nil {
		g.Impact = g.Impact.published()
	}
	if !g.Passed {
		g.Blocks = append(g.Blocks, lang.Say("改动不得合并", "the change must not be merged"))
	}
}

func ofPublic(all []GateFinding, withheld map[string]bool) []GateFinding {
	all = slices.DeleteFunc(all, func(f GateFinding) bool { return withheld[f.Platform] })
	for i := range all {
		if all[i].Platform != "" { // head's rulebook is no platform's
			publish(&all[i].Finding)
			all[i].Change = lang.Text{}
		}
	}
	return all
}

// list is a list that is never nil, so that no reader finds a second way of saying
// "none". It is no copy: who changes a list copies it.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return slices.Clip(items)
}

// each copies a list and changes every item of the copy.
func each[T any](items []T, change func(*T)) []T {
	changed := append(make([]T, 0, len(items)), items...)
	for i := range changed {
		change(&changed[i])
	}
	return changed
}

// those changes the items that need it: in place where the list is the caller's own,
// else in a copy. A list of which no item needs it is returned as it is.
func those[T any](items []T, own bool, needs func(*T) bool, change func(*T)) []T {
	for i := range items {
		if !needs(&items[i]) {
			continue
		}
		if !own {
			items, own = slices.Clone(items), true
		}
		change(&items[i])
	}
	return items
}
