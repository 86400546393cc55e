package audit

import (
	"context"
	"maps"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/slab"
)

// Course is one platform judged on one day after the other. It is read once, and
// a check is asked again only on a day on which its answer may be another.
type Course struct {
	others others
	// read is the reading before anything is shown to checks, shown the one after
	// that.
	read, shown *reading
	// days are those of its records, ascending; stated those on which statements about
	// it begin or cease to count.
	days, stated []calendar.Date
	day          calendar.Date
	last         *Platform
}

// Along judges each of the platforms in these folders on one day after the other, as
// long as follow asks for another, a.Jobs platforms at a time, and hands over what
// follow makes of them like Stream.
func Along[T any](ctx context.Context, a *Auditor, folders []Folder, follow func(*Course) (T, error), hand func(T)) []Failure {
	return each(ctx, a, folders, func(r *reading, others others) (T, error) { return follow(r.course(others)) }, hand)
}

func (r *reading) course(others others) *Course {
	r.readDescription(others)
	c := &Course{others: others, read: r}
	for _, doc := range r.docs {
		c.days = append(c.days, recorded(doc.Root)...)
	}
	c.days = ascending(c.days)
	return c
}

func ascending(days []calendar.Date) []calendar.Date {
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// recorded are the days of the records in a description: a newer one is held to where
// its names lead, and an older one no longer.
func recorded(v *document.Value) (days []calendar.Date) {
	if v == nil {
		return nil
	}
	for _, item := range v.Items() {
		days = append(days, recorded(item)...)
		if on := item.Get(schema.DateKey); on != nil {
			days = append(days, daysIn(on)...)
		}
	}
	for _, field := range v.Fields() {
		days = append(days, recorded(field.Value)...)
	}
	return days
}

// daysIn are the days that are stated in a value.
func daysIn(v *document.Value) (days []calendar.Date) {
	if v == nil {
		return nil
	}
	if v.Kind == document.String {
		if on, err := calendar.ParseDate(v.Text); err == nil {
			days = append(days, on.Day())
		}
	}
	for _, item := range v.Items() {
		days = append(days, daysIn(item)...)
	}
	for _, field := range v.Fields() {
		days = append(days, daysIn(field.Value)...)
	}
	return days
}

// On is the platform as an audit on that day would find it. Days may come in any order;
// forward is faster.
func (c *Course) On(day calendar.Date) (*Platform, error) {
	day = day.Day()
	if c.shown == nil || day.Before(c.day) || c.names(c.day, day) {
		c.shown = c.read.again(day)
		c.shown.layOut()
		c.shown.answers = map[*rulebook.Check]*answer{}
	}
	c.day = day
	r := c.shown.again(day)
	r.frame.Turn(day)
	judged, err := r.conclude(c.others)
	if err != nil {
		return nil, err
	}
	if c.last = judged; c.stated == nil {
		c.stated = []calendar.Date{}
		for _, root := range []*document.Value{judged.Statements.Waivers, judged.Statements.Verdicts} {
			for _, day := range daysIn(root) {
				c.stated = append(c.stated, day, day.NextDay()) // up to a day it counts, on the next no longer
			}
		}
		c.stated = ascending(c.stated)
	}
	return judged, nil
}

// names reports whether a record is dated after one day and up to another: then other
// names must lead somewhere.
func (c *Course) names(after, until calendar.Date) bool {
	on, named := first(c.days, after)
	return named && !on.After(until)
}

// first is the first of ascending days after one.
func first(days []calendar.Date, after calendar.Date) (calendar.Date, bool) {
	i, _ := slices.BinarySearchFunc(days, after.NextDay(), calendar.Date.Compare)
	if i == len(days) {
		return calendar.Date{}, false
	}
	return days[i], true
}

// Next is the first day after the last one on which an outcome, or anything that
// stands in the description, may mean something else; false where there is none.
func (c *Course) Next() (calendar.Date, bool) {
	var next []calendar.Date
	for _, days := range [][]calendar.Date{c.days, c.stated, c.read.Rulebook.Turns()} {
		if on, ok := first(days, c.day); ok {
			next = append(next, on)
		}
	}
	for i := range c.last.Checks {
		for _, flip := range c.last.Checks[i].Flips {
			if flip.After(c.day) {
				next = append(next, flip)
			}
		}
	}
	if len(next) == 0 {
		return calendar.Date{}, false
	}
	return slices.MinFunc(next, calendar.Date.Compare), true
}

// again is the reading before anything was judged, for another day.
func (r *reading) again(day calendar.Date) *reading {
	n, platform := *r, *r.Platform
	n.AsOf, n.Rulebook, n.Platform = day, r.Rulebook.On(day), &platform
	n.findings, n.Checks = slices.Clone(r.findings), nil
	n.causes, n.holes, n.unusable, n.lacking = maps.Clone(r.causes), maps.Clone(r.holes), maps.Clone(r.unusable), maps.Clone(r.lacking)
	for topic, lacking := range n.lacking {
		n.lacking[topic] = slices.Clip(lacking)
	}
	n.facts, n.gaps, n.ahead = maps.Clone(r.facts), maps.Clone(r.gaps), map[*document.Value]*finding.Finding{}
	n.awaits = slab.Slab[string]{}
	return &n
}

// answer is what a check says on one day, and until which.
type answer struct {
	rulebook.Judgement
	// breaks tells of a failed item whether it fails the base's demand too.
	breaks func(*rulebook.Judged) bool
	// told is what was reported of it, nil where that cannot be reused on another day.
	told *told
	// pins are what the items rest on, as far as anybody has asked on days to come.
	pins []*Pin
}

// pinOf is what an item of an answer rests on. On days to come it is worked out once for
// as long as the answer holds.
func (r *reading) pinOf(a *answer, item int) *Pin {
	if r.answers == nil || !r.later() {
		return r.pinned(&a.Items[item])
	}
	if a.pins == nil {
		a.pins = make([]*Pin, len(a.Items))
	}
	if a.pins[item] == nil {
		a.pins[item] = r.pinned(&a.Items[item])
	}
	return a.pins[item]
}

// told is the outcome of a check with the findings reported of it and what these weigh.
type told struct {
	check    Check
	weight   int
	findings []*finding.Finding
}

// later reports whether the day is one after that of the audit.
func (r *reading) later() bool { return r.AsOf.Day() != r.Auditor.AsOf.Day() }

// remember keeps what was reported of an answer for as long as the answer holds, unless
// it waits for other findings or met a future date, and so depends on more.
func (r *reading) remember(c *Check, rule *rulebook.Check, weight int, findings []*finding.Finding) {
	known := r.answers[rule]
	if known == nil || known.TooCostly || len(known.Future) > 0 ||
		slices.ContainsFunc(known.Items, func(item rulebook.Judged) bool { return len(item.Absent) > 0 }) {
		return
	}
	known.told = &told{*c, weight, slices.Clone(findings)}
}

// repeat reports of a check what was reported the day before, if that still holds.
func (r *reading) repeat(rule *rulebook.Check) bool {
	known := r.fresh(rule)
	if known == nil || known.told == nil {
		return false
	}
	c := known.told.check
	if len(rule.Risks) > 0 {
		demand := *c.Demand
		demand.Risks = rule.RisksAt(c.Level, r.AsOf)
		c.Demand = &demand
	}
	r.Checks = append(r.Checks, c)
	r.findings = append(r.findings, known.told.findings...)
	r.told += known.told.weight
	return true
}

// fresh is what a check has said before and still says, nil for nothing.
func (r *reading) fresh(rule *rulebook.Check) *answer {
	known := r.answers[rule]
	if known == nil || known.TooCostly || slices.ContainsFunc(known.Flips, func(on calendar.Date) bool { return !r.AsOf.Before(on) }) {
		return nil
	}
	return known
}

// answer asks a check, unless its last answer still holds. A check that costs too much
// is always asked again: what other checks cost may be the reason.
func (r *reading) answer(c *Check, rule *rulebook.Check) (*answer, error) {
	if known := r.fresh(rule); known != nil {
		return known, nil
	}
	judgement, err := rule.JudgeIn(r.judged, r.frame, r.level)
	if err != nil {
		return nil, err
	}
	made := &r.last
	switch {
	case r.answers != nil:
		made = &answer{}
		r.answers[rule] = made
	case cap(judgement.Items) > 0:
		r.judged = judgement.Items
	}
	*made = answer{Judgement: judgement}
	made.breaks, err = r.breaks(c, rule, &made.Judgement)
	return made, err
}
