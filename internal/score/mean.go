package score

import (
	"math/big"

	"hegui/internal/examine"
	"hegui/internal/rulebook"
)

// share is a clause's attainment, from 0 to 1; nil when no check with weight is
// applicable. weight and attained are the sums that raw is the quotient of.
type share struct{ raw, adjusted, verified, weight, attained *big.Rat }

// attained is the mean of the attainments of the checks at home in a clause, by
// weight.
func attained(policy rulebook.Policy, home []*examine.Check) share {
	var raw, adjusted, confirmed weighted
	for _, check := range home {
		weight, n := Weight(policy, check), count(check)
		if h, ok := n.raw(); ok {
			raw.add(weight, h)
		}
		if h, ok := n.adjusted(); ok {
			adjusted.add(weight, h)
		}
		if h, ok := verified(check); ok {
			confirmed.add(weight, h)
		}
	}
	s := share{raw: raw.mean(), adjusted: adjusted.mean(), verified: confirmed.mean()}
	if s.raw != nil {
		s.weight = new(big.Rat).SetInt(&raw.weight)
		s.attained = new(big.Rat).Mul(s.raw, s.weight)
	}
	return s
}

// weighted is a mean of attainments in halves. Integers keep it cheap, big ones
// keep it exact whatever a rulebook weighs.
type weighted struct{ sum, weight, term big.Int }

func (m *weighted) add(weight, halves int64) {
	m.term.SetInt64(weight)
	m.weight.Add(&m.weight, &m.term)
	for range halves {
		m.sum.Add(&m.sum, &m.term)
	}
}

func (m *weighted) mean() *big.Rat {
	if m.weight.Sign() == 0 {
		return nil
	}
	return new(big.Rat).SetFrac(&m.sum, new(big.Int).Lsh(&m.weight, 1))
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
