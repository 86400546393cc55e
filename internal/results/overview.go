package results

import (
	"cmp"
	"math/big"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
)

// Condition is one of those that a platform satisfies together to be compliant.
type Condition struct {
	// ID is vetoes, required_clauses or minimum.
	ID   string `json:"id"`
	Held bool   `json:"held"`
	// Demand says what is asked for, Found what there is; those who may not know of
	// single checks read no Found.
	Demand lang.Text `json:"demand"`
	Found  lang.Text `json:"found"`
}

// Loss is the points lost through one cause: a check that fails for what is stated, or
// a finding that checks wait for. All losses of a platform sum to the applicable points
// less the gained ones.
type Loss struct {
	// Check is the id of the check that fails, or of the finding that is waited for.
	Check string `json:"check"`
	// Cause is the fingerprint of that finding, Checks those that lose their points
	// for it; none where the check fails by itself. One that waits for several
	// findings counts with the one that most wait for.
	Cause  string   `json:"cause,omitempty"`
	Checks []string `json:"checks,omitempty"`
	// Lost are the points, four decimals.
	Lost   Number `json:"lost"`
	Effort string `json:"effort,omitempty"`
}

// Elsewhere is a failing check that cites this clause but counts in the score of
// another one, its home.
type Elsewhere struct {
	Check  string `json:"check"`
	Clause string `json:"clause"`
}

func conditions(s score.Result) []Condition {
	out := make([]Condition, len(s.Conditions))
	for i, c := range s.Conditions {
		out[i] = Condition{ID: c.ID, Held: c.Held, Demand: c.Demand, Found: c.Found}
	}
	return out
}

// losses are what keeps points from being gained, what costs most first.
func (r *room) losses(policy rulebook.Policy, p *examine.Platform, s *score.Result, held []Waiting) []Loss {
	all := r.lost[:0]
	rank := make(map[string]int, len(held))
	for i := range held {
		rank[held[i].Cause] = i
	}
	at := make([]int, len(held)) // by rank, from 1
	for i := range p.Checks {
		c := &p.Checks[i]
		lost := score.Lost(policy, c, s)
		if lost.Sign() == 0 {
			continue
		}
		first, waits := heaviest(rank, c)
		if !waits {
			all = append(all, loss{c, -1, nil, lost})
			continue
		}
		if at[first] == 0 {
			all = append(all, loss{cause: first})
			at[first] = len(all)
		}
		to := &all[at[first]-1]
		to.waiting, to.sum = append(to.waiting, c.Rule.ID), to.sum.Plus(lost)
	}
	out := costliest(all, waitedFor(p, rank))
	clear(all)
	r.lost = all
	return out
}

// waitedFor are the findings that checks wait for, by rank.
func waitedFor(p *examine.Platform, rank map[string]int) []*finding.Finding {
	out := make([]*finding.Finding, len(rank))
	for i := range p.Findings {
		if f := &p.Findings[i]; len(f.Waiting) > 0 {
			out[rank[f.Fingerprint]] = f
		}
	}
	return out
}

// loss is a loss while it is summed up: that of a check, or of the cause of a rank and
// the checks that wait for it.
type loss struct {
	check   *examine.Check
	cause   int
	waiting []string
	sum     score.Fraction
}

// costliest are the losses, what costs most first.
func costliest(all []loss, causes []*finding.Finding) []Loss {
	slices.SortStableFunc(all, func(a, b loss) int { return b.sum.Cmp(a.sum) })
	out := make([]Loss, len(all))
	for i := range all {
		one := &all[i]
		if out[i] = (Loss{Checks: one.waiting, Lost: Number(one.sum.FormatExact())}); one.check != nil {
			out[i].Check, out[i].Effort = one.check.Rule.ID, one.check.Rule.Effort
		} else {
			out[i].Check, out[i].Cause = causes[one.cause].Check, causes[one.cause].Fingerprint
		}
	}
	return out
}

// heaviest is the rank of the first cause that a check waits for; waits is false where
// the check fails by itself.
func heaviest(rank map[string]int, c *examine.Check) (first int, waits bool) {
	if c.FailsItself() {
		return 0, false
	}
	for i := range c.Items {
		for _, cause := range c.Items[i].CausedBy {
			if at, held := rank[cause]; held && (!waits || at < first) {
				first, waits = at, true
			}
		}
	}
	return first, waits
}

// LostBy are the points that the first so many losses cost together.
func (p *Platform) LostBy(first int) Number { return sum(p.Losses[:min(first, len(p.Losses))]) }

func sum(losses []Loss) Number {
	all := new(big.Rat)
	for _, l := range losses {
		if n, ok := new(big.Rat).SetString(string(l.Lost)); ok {
			all.Add(all, n)
		}
	}
	return Number(score.FormatExact(all))
}

// elsewhere are the failing checks that cite a clause but count in another one.
func elsewhere(p *examine.Platform, clause string, citing []int) []Elsewhere {
	var out []Elsewhere
	for _, i := range citing {
		check := &p.Checks[i]
		if home := check.Rule.Clauses[0]; home != clause && check.Severity > finding.Advisory &&
			check.Outcome != finding.Pass && check.Outcome != finding.NotApplicable {
			out = append(out, Elsewhere{check.Rule.ID, home})
		}
	}
	return out
}

// Blocked is a finding that checks wait for.
type Blocked struct {
	Finding *finding.Finding
	// Checks are those that wait, Lost the points that they lose for it, null for none.
	Checks []string
	Lost   Number
}

// Unread are the places that cannot be read, or hold what cannot be used, with what
// waits for them; what is merely not stated is not among them.
func (p *Platform) Unread() []Blocked { return p.blocked((*finding.Finding).Defect) }

// Unstated are the facts that are not stated, with what waits for them.
func (p *Platform) Unstated() []Blocked {
	return p.blocked(func(f *finding.Finding) bool { return !f.Defect() })
}

func (p *Platform) blocked(keep func(*finding.Finding) bool) []Blocked {
	var out []Blocked
	for _, w := range p.Waiting {
		i := slices.IndexFunc(p.Findings, func(f finding.Finding) bool { return f.Fingerprint == w.Cause })
		if i < 0 || !keep(&p.Findings[i]) {
			continue
		}
		one := Blocked{Finding: &p.Findings[i], Checks: w.Checks}
		if j := slices.IndexFunc(p.Losses, func(l Loss) bool { return l.Cause == w.Cause }); j >= 0 {
			one.Lost = p.Losses[j].Lost
		}
		out = append(out, one)
	}
	return out
}

// Find is a check by its id, nil where the audience does not see it.
func (p *Platform) Find(id string) *Check {
	if i := slices.IndexFunc(p.Checks, func(c Check) bool { return c.ID == id }); i >= 0 {
		return &p.Checks[i]
	}
	return nil
}

// waits reports whether a check fails only for what it waits for: it has no finding
// of its own.
func (p *Platform) waits(c *Check) bool {
	return len(c.CausedBy) > 0 && !slices.ContainsFunc(p.Findings, func(f finding.Finding) bool { return f.Check == c.ID })
}

// Duties are the statutory duties that are not met for what is stated; waiting is
// how many more nobody can judge yet.
func (p *Platform) Duties() (unmet []*Check, waiting int) {
	if p.Statutory == nil {
		return nil, 0
	}
	for _, id := range p.Statutory.Checks {
		switch c := p.Find(id); {
		case c == nil:
		case p.waits(c):
			waiting++
		default:
			unmet = append(unmet, c)
		}
	}
	return unmet, waiting
}

// Idle are the checks that do not apply, by the clause that they are at home in.
func (p *Platform) Idle() []*Check {
	place := func(c *Check) int {
		return slices.IndexFunc(p.Clauses, func(clause Clause) bool { return len(c.Clauses) > 0 && clause.ID == c.Clauses[0] })
	}
	var out []*Check
	for i := range p.Checks {
		if p.Checks[i].Outcome == finding.NotApplicable {
			out = append(out, &p.Checks[i])
		}
	}
	slices.SortStableFunc(out, func(a, b *Check) int { return cmp.Compare(place(a), place(b)) })
	return out
}
