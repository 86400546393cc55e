package rulebook

import (
	"maps"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
)

// stage is the rulebook from a day on which something of it comes into force.
type stage struct {
	from calendar.Date
	book *Rulebook
}

// On is the rulebook as it stands on a day: with the limits and decisions that have
// come into force by then. A check that is not in force yet is one of its checks, and
// says so itself.
func (r *Rulebook) On(day calendar.Date) *Rulebook {
	now := r
	if r.first != nil {
		now = r.first
	}
	for _, s := range now.stages {
		if s.from.After(day) {
			break
		}
		now = s.book
	}
	return now
}

// Turns are the days on which limits and decisions come into force, ascending.
func (r *Rulebook) Turns() []calendar.Date {
	if r.first != nil {
		r = r.first
	}
	var days []calendar.Date
	for _, s := range r.stages {
		days = append(days, s.from)
	}
	return days
}

// Ahead are the days after one on which something that is announced comes into force:
// limits and decisions, checks, and the articles that checks rest on.
func (r *Rulebook) Ahead(after calendar.Date) []calendar.Date {
	var days []calendar.Date
	note := func(day calendar.Date) {
		if day.After(after) {
			days = append(days, day)
		}
	}
	for _, day := range r.Turns() {
		note(day)
	}
	for _, c := range r.Checks {
		if c.Effective != nil {
			note(*c.Effective)
		}
		for level := 1; level <= MaxLevel; level++ {
			for article := range c.carriers(level) {
				note(article.InForce.From)
			}
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// Version is a check as it is from a day on.
type Version struct {
	From  calendar.Date
	Check *Check
}

// Announced are the versions of a check that come into force after a day, in their
// order.
func (r *Rulebook) Announced(id string, after calendar.Date) []Version {
	turns := slices.DeleteFunc(r.Turns(), func(day calendar.Date) bool { return !day.After(after) })
	if len(turns) == 0 {
		return nil
	}
	var out []Version
	last := r.On(after).Check(id)
	for _, day := range turns {
		if version := r.On(day).Check(id); version != last {
			out, last = append(out, Version{day, version}), version
		}
	}
	return out
}

// Tightening is a stricter limit of a check from a day on.
type Tightening struct {
	Limit  string
	From   calendar.Date
	Levels ByLevel[Limit]

	at document.Pos
}

// amendment is what changes the rulebook from a day on.
type amendment struct {
	from  calendar.Date
	apply func()
}

// amend makes a stage of each day on which something comes into force.
func (l *loader) amend(all []amendment) {
	slices.SortStableFunc(all, func(a, b amendment) int { return a.from.Compare(b.from) })
	first := l.book
	for _, a := range all {
		if n := len(first.stages); n == 0 || first.stages[n-1].from != a.from {
			next := *l.book
			next.Checks, next.byID, next.first = slices.Clone(l.book.Checks), maps.Clone(l.book.byID), first
			next.stages = nil
			first.stages = append(first.stages, stage{a.from, &next})
			l.book = &next
		}
		l.from = &first.stages[len(first.stages)-1].from
		a.apply()
	}
	l.book, l.from = first, nil
}

// everyStage does something with the rulebook of every stage.
func (l *loader) everyStage(do func()) {
	first := l.book
	do()
	for _, s := range first.stages {
		l.book = s.book
		do()
	}
	l.book = first
}

// Last is the rulebook when all that is announced has come into force.
func (r *Rulebook) Last() *Rulebook {
	if days := r.Turns(); len(days) > 0 {
		return r.On(days[len(days)-1])
	}
	return r
}

// effective reads the day on which something comes into force, nil where it states
// none.
func effective(v *document.Value) *calendar.Date { return dayAt(v, "effective_on") }

// notBeforeTaken is the first day of an entry of an overlay, nil for always. A decision
// that is dated later than the check's examples holds from its own day on, since until
// then nobody had decided anything.
func (l *loader) notBeforeTaken(v *document.Value, from *calendar.Date) *calendar.Date {
	check, on := l.book.byID[str(v, "check")], dayAt(v, "on")
	if check == nil || on == nil || !on.After(check.AsOf()) {
		return from
	}
	return later(from, *on)
}

func dayAt(v *document.Value, key string) *calendar.Date {
	day, err := calendar.ParseDate(str(v, key))
	if err != nil {
		return nil // the schema has checked that it is a day
	}
	return &day
}

// Unbound is the check as if it were in force on any day, for examples: they are
// judged on the day of their file.
func (c *Check) Unbound() *Check {
	if c.Effective == nil {
		return c
	}
	unbound := *c
	unbound.unbound = true
	return &unbound
}
