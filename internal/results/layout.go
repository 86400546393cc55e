package results

import (
	"sync/atomic"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/slab"
)

// layout lays platforms out by one rulebook.
type layout struct {
	book *rulebook.Rulebook
	// demanded is what the rulebook says of each check at each level, for the rulebook
	// that was last asked for: keeping those of all days would have no bound.
	demanded [][levelsOf]atomic.Pointer[demand]
	scale    score.Scale
	rooms    slab.Spares[room]
}

func newLayout(book *rulebook.Rulebook) *layout {
	return &layout{book: book, demanded: make([][levelsOf]atomic.Pointer[demand], len(book.Checks)), scale: score.Scale{Regulation: book.Regulation, Policy: book.Policy}}
}

// levelsOf is how many levels a check may have, none among them.
const levelsOf = rulebook.MaxLevel - rulebook.NoLevel + 1

// demand is what the rulebook alone says of a check, by its place, at its level.
func (l *layout) demand(i int, c *examine.Check) *demand {
	level := c.Level - rulebook.NoLevel
	if i >= len(l.demanded) || level < 0 || level >= levelsOf {
		return l.demandOf(c)
	}
	at := &l.demanded[i][level]
	known := at.Load()
	if known == nil || known.of != c.Demand {
		known = l.demandOf(c)
		at.Store(known)
	}
	return known
}

func (l *layout) demandOf(c *examine.Check) *demand {
	return &demand{c.Demand, Demand{ID: c.Rule.ID, Title: c.Rule.Title, Effort: c.Rule.Effort, Clauses: list(c.Rule.Clauses), Severity: c.Severity, Weight: score.Weight(l.book.Policy, c),
		Limits: list(c.Limits), Basis: c.Basis}}
}

// demand is what is said, with the check that it is said of.
type demand struct {
	of *audit.Demand
	Demand
}

// checks are the outcomes of all checks, but for their items.
func (l *layout) checks(p *examine.Platform, room *room) []Check {
	out := within(&room.checks, len(p.Checks))
	for i := range p.Checks {
		c := &p.Checks[i]
		row := Check{Demand: &l.demand(i, c).Demand, Outcome: c.Outcome, CausedBy: list(c.CausedBy()), Items: []Item{}, idle: !c.Applies}
		if attained := score.Attainment(c); !attained.IsNone() {
			row.Attainment, row.Attained = Number(attained.FormatShort()), Number(attained.Of(row.Weight).FormatShort())
		} else {
			row.Reason = score.WhyNotApplicable(c)
		}
		out[i] = row
	}
	return out
}
