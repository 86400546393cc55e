// Package plan finds the cheapest way of a platform to a target: which checks to fix,
// so that the effort that the policy counts for them is least.
//
// A step fixes one check wholly, and what the others find stays as it is. Then every
// step gives a fixed number of points, whatever the others are, and the cheapest set of
// steps can be found exactly. Whoever has done one judges again: what is stated
// anew may be in sight of other checks.
package plan

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/timeline"
)

// Plan is what brings a platform to a target by a day.
type Plan struct {
	Target Target
	// Start is the platform on the first day, On that of the plan, by which it lapses as
	// the forecast says if nobody does anything.
	Start, On timeline.Standing
	// Reached reports whether the target can be reached with the steps.
	Reached bool
	// Steps are those to take, vetoes first, then duties of law, then what gives most
	// for its effort.
	Steps  []Step
	Effort int
	// Least is an effort below which there is no plan: Effort where this one is proved
	// to be the cheapest.
	Least int
	// Looked is how many partial plans were looked at.
	Looked int
	// Best is what the platform is once all is done that can be. Held are the checks of
	// which nobody knows how they end before Defects are gone, Lost those of which
	// something can no longer be made good.
	Best       score.Result
	Held, Lost []*examine.Check
	Defects    []*finding.Finding
}

// Of is the cheapest plan for a platform, from a forecast up to the day of the plan.
// Without a target it is the nearest one.
func Of(book *rulebook.Rulebook, f *timeline.Forecast, by calendar.Date, target *Target) *Plan {
	on := f.First
	if n := len(f.Days); n > 0 {
		on = f.Days[n-1].Standing
	}
	on.On = by
	if target == nil {
		nearest := Nearest(book.Policy, &on.Score)
		target = &nearest
	}
	w := newWork(book, on.Platform, on.Score)
	p := &Plan{Target: *target, Start: f.First, On: on, Best: w.scored(w.steps), Held: w.held, Lost: w.lost, Defects: w.defects()}
	if !p.Target.Reached(book.Policy, &p.Best) {
		return p
	}
	p.Reached = true
	if p.Target.Reached(book.Policy, &on.Score) {
		return p
	}
	steps := w.cheapest(p)
	for i := range steps {
		steps[i].Lapses = lapses(f, &steps[i])
	}
	p.Steps = w.inOrder(steps)
	return p
}

// cheapest are the steps of the cheapest way.
func (w *work) cheapest(p *Plan) (steps []Step) {
	best := choice{cost: math.MaxInt}
	for _, way := range p.Target.ways(w.policy) {
		found, ok := w.cover(way).solve(best.cost)
		if p.Looked += found.steps; ok && found.cost < best.cost {
			best = found
		}
	}
	p.Effort, p.Least = best.cost, best.least
	for _, i := range best.options {
		steps = append(steps, w.steps[i])
	}
	return steps
}

// cover is a way in numbers.
func (w *work) cover(way way) *cover {
	c := &cover{gain: new(big.Rat), floors: map[int]*big.Rat{}}
	if way.raw != nil {
		c.gain = score.Least(way.raw)
		c.gain.Sub(c.gain, w.raw())
	}
	for i := range w.steps {
		c.options = append(c.options, w.option(way, &w.steps[i]))
	}
	for bit, condition := range way.conditions {
		spare := int(condition.AtMost)
		for i := range w.steps {
			if step := &w.steps[i]; step.Check != nil && score.Counts(w.reg, condition, step.Check) {
				c.options[i].mask |= 1 << bit
			}
		}
		for _, check := range w.held {
			if score.Counts(w.reg, condition, check) {
				spare--
			}
		}
		for i := range w.p.Checks {
			if condition.Standing() && score.Counts(w.reg, condition, &w.p.Checks[i]) {
				spare--
			}
		}
		c.spare = append(c.spare, spare)
	}
	for i := range w.reg.Clauses {
		if clause := &w.reg.Clauses[i]; way.floors && !clause.Pending && slices.Contains(w.policy.RequiredClauses, clause.ID) {
			if missing := w.missing(clause.ID); missing.Sign() > 0 {
				c.floors[i] = missing
			}
		}
	}
	return c
}

func (w *work) option(way way, s *Step) option {
	o := option{cost: s.Effort, gain: s.Gain, group: -1, rise: new(big.Rat), must: s.Veto}
	if c := s.Check; c != nil {
		o.must = o.must || way.capped && c.Severity == finding.Blocker && c.ByBase() == finding.Waived
		o.group = slices.IndexFunc(w.reg.Clauses, func(clause rulebook.Clause) bool { return clause.ID == c.Rule.Clauses[0] })
		done := fixed(c)
		o.rise = w.above(&done)
		o.rise.Sub(o.rise, w.above(c))
	}
	return o
}

// raw is the exact raw score.
func (w *work) raw() *big.Rat {
	raw := new(big.Rat)
	if w.now.PointsApplicable.Sign() > 0 {
		raw.Quo(w.now.Gained, w.now.PointsApplicable)
	}
	return raw.Mul(raw, big.NewRat(100, 1))
}

// above is how much a check adds to what its clause has above the floor, by weight:
// a clause reaches the floor when the sum over its checks is not negative.
func (w *work) above(c *examine.Check) *big.Rat {
	share := score.Grounded(c)
	if share == nil {
		return new(big.Rat)
	}
	floor := score.Least(w.policy.ClauseFloor)
	share.Sub(share, floor.Quo(floor, big.NewRat(100, 1)))
	return share.Mul(share, new(big.Rat).SetInt64(score.Weight(w.policy, c)))
}

// missing is how much a clause has below the floor.
func (w *work) missing(clause string) *big.Rat {
	sum := new(big.Rat)
	for i := range w.p.Checks {
		if c := &w.p.Checks[i]; c.Rule.Clauses[0] == clause {
			sum.Sub(sum, w.above(c))
		}
	}
	return sum
}

// inOrder puts steps into the order in which to take them and scores the platform
// after each.
func (w *work) inOrder(steps []Step) []Step {
	first := func(b bool) int {
		if b {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(steps, func(a, b Step) int {
		left, right := new(big.Rat).Mul(a.Gain, big.NewRat(int64(b.Effort), 1)), new(big.Rat).Mul(b.Gain, big.NewRat(int64(a.Effort), 1))
		return cmp.Or(cmp.Compare(first(a.Veto), first(b.Veto)), cmp.Compare(first(a.Duty), first(b.Duty)), right.Cmp(left))
	})
	for i := range steps {
		steps[i].After = w.scored(steps[:i+1])
	}
	return steps
}

// lapses is the day from which a check that holds on the first day fails until that
// of the plan.
func lapses(f *timeline.Forecast, s *Step) (on calendar.Date) {
	if s.Check == nil || fails(f.First.Platform, s.Check.Rule.ID) {
		return on
	}
	failed := false
	for i := range f.Days {
		now := fails(f.Days[i].Platform, s.Check.Rule.ID)
		if now && !failed {
			on = f.Days[i].On
		}
		failed = now
	}
	return on
}

func fails(p *examine.Platform, check string) bool {
	return slices.ContainsFunc(p.Checks, func(c examine.Check) bool {
		return c.Rule.ID == check && (c.Outcome == finding.Fail || c.Outcome == finding.Waived)
	})
}

// defects are the findings that keep checks from being judged, what holds up most
// first.
func (w *work) defects() (out []*finding.Finding) {
	for i := range w.p.Findings {
		if f := &w.p.Findings[i]; len(f.Waiting) > 0 && slices.ContainsFunc(w.held, func(c *examine.Check) bool { return slices.Contains(f.Waiting, c.Rule.ID) }) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *finding.Finding) int { return cmp.Compare(len(b.Waiting), len(a.Waiting)) })
	return out
}
