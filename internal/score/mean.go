package score

import (
	"math/big"

	"hegui/internal/examine"
	"hegui/internal/rulebook"
)

// share is a clause's attainment, from 0 to 1; nil when no check with weight is
// applicable. weight and attained are the sums that raw is the quotient of.
// grounded is adjusted over the checks that rest on more than our defaults.
type share struct{ raw, adjusted, verified, grounded, weight, attained *big.Rat }

// attained is the mean of the attainments of the checks at home in a clause, by
// weight.
func attained(policy rulebook.Policy, home []*examine.Check) share {
	var raw, adjusted, confirmed, grounded weighted
	for _, check := range home {
		weight, n := Weight(policy, check), count(check)
		raw.add(weight, attainment(n.raw()))
		unwaived := attainment(n.adjusted())
		adjusted.add(weight, unwaived)
		grounded.add(weight, Grounded(check))
		confirmed.add(weight, verified(check))
	}
	s := share{raw: raw.mean(), adjusted: adjusted.mean(), verified: confirmed.mean(), grounded: grounded.mean()}
	if s.raw != nil {
		s.weight, s.attained = &raw.weight, &raw.sum
	}
	return s
}

// weighted is a mean of attainments by weight, exact whatever a rulebook weighs.
type weighted struct{ sum, weight, term big.Rat }

// add counts a check; one without an attainment is left out.
func (m *weighted) add(weight int64, attainment *big.Rat) {
	if attainment == nil {
		return
	}
	m.weight.Add(&m.weight, m.term.SetInt64(weight))
	if attainment.Sign() > 0 {
		m.sum.Add(&m.sum, m.term.Mul(attainment, &m.term))
	}
}

func (m *weighted) mean() *big.Rat {
	if m.weight.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(&m.sum, &m.weight)
}

// sum is a mean of clauses by their points.
type sum struct{ points, gained, term big.Rat }

// add counts a clause; one without a share is left out.
func (s *sum) add(points, share *big.Rat) {
	if share == nil {
		return
	}
	s.points.Add(&s.points, points)
	s.gained.Add(&s.gained, s.term.Mul(points, share))
}

func (s *sum) mean() *big.Rat {
	if s.points.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(&s.gained, &s.points)
}

// chapter is a chapter's score while its clauses are counted.
type chapter struct {
	sum
	whole big.Rat
}

// count adds a clause's points to the chapter's, scored or not. A clause of a
// chapter that the regulation does not name counts in the total alone.
func (c *chapter) count(points *big.Rat) {
	if c != nil {
		c.whole.Add(&c.whole, points)
	}
}

func (c *chapter) add(points, share *big.Rat) {
	if c != nil {
		c.sum.add(points, share)
	}
}

func (c *chapter) result(id string) Chapter {
	return Chapter{ID: id, Points: &c.whole, Applicable: &c.points, Gained: &c.gained, Score: percent(c.mean())}
}
