package audit

import (
	"slices"
	"sync"

	"hegui/internal/calendar"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// today is what the rulebook alone decides on the day of the audit, for platforms of
// each level; each is found when it is first asked for.
type today struct {
	levels [rulebook.MaxLevel - rulebook.NoLevel + 1]struct {
		once    sync.Once
		demands []Demand
	}
	once    sync.Once
	readers map[string][]int
	// within are those of an object's fields, by its type.
	within sync.Map
	// asks are what to add where a fact is missing, by its type.
	asks sync.Map
}

// demand is what a check of the rulebook, by position, asks for at a level on the day.
func (r *reading) demand(i, level int) *Demand {
	if level < rulebook.NoLevel || level > rulebook.MaxLevel || r.later() {
		return demanded(r.Rulebook.Checks[i], level, r.AsOf)
	}
	at := &r.today.levels[level-rulebook.NoLevel]
	at.once.Do(func() {
		at.demands = make([]Demand, len(r.Rulebook.Checks))
		for i, rule := range r.Rulebook.Checks {
			at.demands[i] = *demanded(rule, level, r.AsOf)
		}
	})
	return &at.demands[i]
}

// readers are the checks, by position, that read a place in the schemas.
func (a *Auditor) readers() map[string][]int {
	a.today.once.Do(func() { a.today.readers = readersOf(a.Rulebook.On(a.AsOf).Checks) })
	return a.today.readers
}

// readersIn are those of each field of an object.
func (a *Auditor) readersIn(t *schema.Type) [][]int {
	known, done := a.today.within.Load(t)
	if !done {
		fields := make([][]int, len(t.Fields))
		for i := range t.Fields {
			fields[i] = a.readers()[t.Fields[i].Type.Name]
		}
		known, _ = a.today.within.LoadOrStore(t, fields)
	}
	return known.([][]int)
}

// ask is what to add where a fact is missing that stands under a key.
func (a *Auditor) ask(t *schema.Type, key string) lang.Text {
	known, done := a.today.asks.Load(t)
	if !done {
		known, _ = a.today.asks.LoadOrStore(t, schema.Ask(t, key))
	}
	return known.(lang.Text)
}

// demanded is what a check asks for at a level, at its strictest where that is not
// known: then a duty of law at any level is one.
func demanded(rule *rulebook.Check, stated int, on calendar.Date) *Demand {
	level := stated
	if stated == rulebook.NoLevel {
		level = rulebook.MaxLevel
	}
	out := &Demand{Rule: rule, Level: stated, Severity: rule.Severity.At(level), Basis: rule.Basis.At(level), Risks: rule.RisksAt(stated, on)}
	for i, from := range rule.Basis.Levels {
		out.Below = out.Below || from <= level && rule.Basis.Values[i].Statutory()
	}
	for _, limit := range rule.Limits {
		out.Limits = append(out.Limits, limit.At(level))
	}
	if stated == rulebook.NoLevel {
		out.Severity = slices.Max(rule.Severity.Values)
		for _, basis := range rule.Basis.Values {
			if !out.Basis.Statutory() && basis.Statutory() {
				out.Basis = basis
			}
		}
	}
	return out
}
