package score

import (
	"hegui/internal/examine"
	"hegui/internal/rulebook"
)

// share is a clause's attainment, from 0 to 1; none when no check with weight is
// applicable. weight and attained are the sums that raw is the quotient of.
// grounded is adjusted over the checks that rest on more than our defaults.
type share struct{ raw, adjusted, verified, grounded, weight, attained Fraction }

// attained is the mean of the attainments of the checks at home in a clause, by
// weight; what is confirmed counts where an assessor has looked.
func attained(policy rulebook.Policy, home []*examine.Check, examined bool) share {
	var raw, adjusted, confirmed, grounded sum
	same := true // the adjusted one is the raw one where nothing is waived
	for _, check := range home {
		weight, n := over(Weight(policy, check), 1), count(check)
		before, after := attainment(n.raw()), attainment(n.adjusted())
		raw.add(weight, before)
		if same = same && before == after; same {
			adjusted = raw
		} else {
			adjusted.add(weight, after)
		}
		grounded.add(weight, grounds(check))
		if examined {
			confirmed.add(weight, verified(check))
		}
	}
	s := share{raw: raw.mean(), adjusted: adjusted.mean(), verified: confirmed.mean(), grounded: grounded.mean()}
	if !s.raw.IsNone() {
		s.weight, s.attained = raw.parts()
	}
	return s
}

// sum is a mean under way: of attainments by weight, or of clauses by their points.
type sum struct{ whole, gained Fraction }

// add counts a check or a clause; one without a share is left out.
func (s *sum) add(weight, share Fraction) {
	if share.IsNone() {
		return
	}
	whole, gained := s.parts()
	s.whole, s.gained = whole.Plus(weight), gained.Plus(weight.times(share))
}

// parts are what there is to gain and what is gained, 0 at first.
func (s *sum) parts() (whole, gained Fraction) {
	if s.whole.IsNone() {
		return Fraction{den: 1}, Fraction{den: 1}
	}
	return s.whole, s.gained
}

func (s *sum) mean() Fraction { return s.gained.by(s.whole) }

// chapter is a chapter's score while its clauses are counted.
type chapter struct {
	sum
	all sum
}

// count adds a clause's points to the chapter's, scored or not. A clause of a
// chapter that the regulation does not name counts in the total alone.
func (c *chapter) count(points Fraction) {
	if c != nil {
		c.all.add(points, over(1, 1))
	}
}

func (c *chapter) add(points, share Fraction) {
	if c != nil {
		c.sum.add(points, share)
	}
}

func (c *chapter) result(id string) Chapter {
	all, _ := c.all.parts()
	applicable, gained := c.parts()
	return Chapter{ID: id, Points: all, Applicable: applicable, Gained: gained, Score: percent(c.mean())}
}
