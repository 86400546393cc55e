package results

import (
	"sync"

	"hegui/internal/examine"
	"hegui/internal/rulebook"
	"hegui/internal/score"
)

// layout lays platforms out by one rulebook.
type layout struct {
	book *rulebook.Rulebook
	// demanded is what the rulebook says of checks, by what they ask for.
	demanded sync.Map
	scale    score.Scale
	rooms    sync.Pool
}

func newLayout(book *rulebook.Rulebook) *layout {
	return &layout{book: book, scale: score.Scale{Regulation: book.Regulation, Policy: book.Policy}}
}

// demand is what the rulebook alone says of a check at its level.
func (l *layout) demand(c *examine.Check) *Demand {
	if known, ok := l.demanded.Load(c.Demand); ok {
		return known.(*Demand)
	}
	made := &Demand{ID: c.Rule.ID, Title: c.Rule.Title, Effort: c.Rule.Effort, Clauses: list(c.Rule.Clauses), Severity: c.Severity, Weight: score.Weight(l.book.Policy, c),
		Limits: list(c.Limits), Basis: c.Basis}
	if rulebook.NoLevel <= c.Level && c.Level <= rulebook.MaxLevel { // of other levels there is no end
		l.demanded.Store(c.Demand, made)
	}
	return made
}

// checks are the outcomes of all checks, but for their items.
func (l *layout) checks(p *examine.Platform, room *room) []Check {
	out := within(&room.checks, len(p.Checks))
	for i := range p.Checks {
		c := &p.Checks[i]
		row := Check{Demand: l.demand(c), Outcome: c.Outcome, CausedBy: list(c.CausedBy()), Items: []Item{}, idle: !c.Applies}
		if attained := score.Attainment(c); !attained.IsNone() {
			row.Attainment, row.Attained = Number(attained.FormatShort()), Number(attained.Of(row.Weight).FormatShort())
		} else {
			row.Reason = score.WhyNotApplicable(c)
		}
		out[i] = row
	}
	return out
}
