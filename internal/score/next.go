package score

import (
	"cmp"
	"math/big"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// cheap is how many of the cheapest fixes are offered: what fits a sentence, and a
// morning.
const cheap = 2

// Next is what to do first about a platform.
type Next struct {
	// Lift is how many findings keep the open blockers open; Complies reports whether
	// the platform complies once they are fixed.
	Lift     int
	Complies bool
	// Cheapest are the ids of the checks that earn points with least effort, Gain the
	// points of the raw score that they give together.
	Cheapest []string
	Gain     *big.Rat
}

// FirstSteps says what to do first about a platform of which r is the score. It
// counts only what is known: nobody knows how a check ends that waits for
// something else.
func FirstSteps(reg rulebook.Regulation, policy rulebook.Policy, p *examine.Platform, r *Result) Next {
	var n Next
	for i := range p.Findings {
		if f := &p.Findings[i]; !f.Waived && slices.Contains(r.Vetoes, f.Check) {
			n.Lift++
		}
	}
	if n.Lift > 0 {
		n.Complies = compute(reg, policy, fixed(p, r.Vetoes), r.citations).Compliant
	}
	if r.Raw == nil {
		return n
	}
	n.Cheapest = cheapest(policy, p, r)
	if n.Gain = gain(policy, p, r, n.Cheapest); n.Gain.Sign() <= 0 {
		n.Cheapest, n.Gain = nil, nil
	}
	return n
}

// gain is by how much the raw score rises, as it is printed, once these checks pass.
func gain(policy rulebook.Policy, p *examine.Platform, r *Result, checks []string) *big.Rat {
	gained := exactly(r.Gained)
	for i := range p.Checks {
		if c := &p.Checks[i]; slices.Contains(checks, c.Rule.ID) {
			after := corrected(c)
			gained = gained.Plus(Lost(policy, c, r)).Plus(Lost(policy, &after, r).Of(-1))
		}
	}
	after := rounded(gained.by(exactly(r.PointsApplicable)))
	return after.Sub(after, r.Raw)
}

// fixed is a platform once the checks with these ids pass wherever they fail by
// themselves, and the findings with these ids that no check makes are gone.
func fixed(p *examine.Platform, checks []string) *examine.Platform {
	after := *p
	after.Findings = nil
	for i := range p.Findings { // no score looks at any other
		if f := &p.Findings[i]; f.Severity == finding.Blocker && !slices.Contains(checks, f.Check) {
			after.Findings = append(after.Findings, *f)
		}
	}
	after.Checks = slices.Clone(p.Checks)
	for i := range after.Checks {
		if c := &after.Checks[i]; slices.Contains(checks, c.Rule.ID) {
			*c = corrected(c)
		}
	}
	return &after
}

// corrected is a check once it passes wherever it fails by itself.
func corrected(c *examine.Check) examine.Check {
	after := *c
	after.Items = slices.Clone(c.Items)
	for i := range after.Items {
		if item := &after.Items[i]; item.Outcome == finding.Fail && len(item.CausedBy) == 0 {
			item.Outcome = finding.Pass
		}
	}
	after.Outcome = after.Sum()
	return after
}

// cheapest are the checks that fail by themselves and earn most with least effort.
func cheapest(policy rulebook.Policy, p *examine.Platform, r *Result) []string {
	type fix struct {
		id     string
		effort int
		gain   Fraction
	}
	var all []fix
	efforts := term.Efforts().Words
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Outcome != finding.Fail || !c.FailsItself() {
			continue
		}
		if gain := Lost(policy, c, r); gain.Sign() > 0 {
			effort := slices.IndexFunc(efforts, func(w term.Word) bool { return w.ID == c.Rule.Effort })
			all = append(all, fix{c.Rule.ID, effort, gain})
		}
	}
	slices.SortStableFunc(all, func(a, b fix) int { return cmp.Or(cmp.Compare(a.effort, b.effort), b.gain.Cmp(a.gain)) })
	var ids []string
	for _, f := range all[:min(cheap, len(all))] {
		ids = append(ids, f.id)
	}
	return ids
}

// Lost are the points that a check leaves in the clause it is at home in, and that
// it would add if it passed: exact; none where it is not scored. Over all checks
// they sum to the points that are applicable less those that are gained.
func Lost(policy rulebook.Policy, c *examine.Check, r *Result) Fraction {
	attained := Attainment(c)
	at, known := r.places[c.Rule.Clauses[0]]
	if attained.IsNone() || !known || r.Clauses[at].Weight.Sign() == 0 {
		return Fraction{}
	}
	if attained == over(1, 1) {
		return over(0, 1)
	}
	clause := &r.Clauses[at]
	lacking := over(1, 1).Plus(attained.Of(-1))
	return lacking.times(over(Weight(policy, c), 1).by(clause.Weight)).times(clause.Points)
}
