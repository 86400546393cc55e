package plan

import (
	"math/big"
	"slices"

	"hegui/internal/rulebook"
	"hegui/internal/score"
)

// Target is what a plan is to reach: compliance for the zero value, else a grade or a
// raw score. None is reached while a veto stands.
type Target struct {
	// Grade is the id of one of the policy's grades; a better one will do too.
	Grade string
	// Score is a raw score from 0 to 100.
	Score *big.Rat
}

// Nearest is the target of a platform of which nobody has said what to aim at: to
// comply, then the next better grade, and the best one for who has it.
func Nearest(policy rulebook.Policy, now *score.Result) Target {
	place := placeOf(policy.Grades, now.Grade.ID)
	if !now.Compliant || now.Grade.ID == score.NotGraded || place < 0 {
		return Target{}
	}
	return Target{Grade: policy.Grades[max(place-1, 0)].ID}
}

// Reached reports whether a platform with this score has reached the target.
func (t Target) Reached(policy rulebook.Policy, r *score.Result) bool {
	switch {
	case t.Score != nil:
		return r.Raw != nil && r.Raw.Cmp(t.Score) >= 0 && len(r.Vetoes) == 0
	case t.Grade != "":
		place := placeOf(policy.Grades, r.Grade.ID)
		return place >= 0 && place <= placeOf(policy.Grades, t.Grade) && len(r.Vetoes) == 0
	}
	return r.Compliant
}

// way is one of the ways to a target: all that it asks for holds together, and no
// veto stands.
type way struct {
	// raw is the least raw score, nil for any.
	raw *big.Rat
	// conditions are those of a grade.
	conditions []rulebook.Condition
	// floors asks for the floor of each required clause.
	floors bool
	// capped forbids waived vetoes.
	capped bool
}

// ways are those to the target, the nearest first: a grade is also reached by way of
// a better one, of which the conditions may be others.
func (t Target) ways(policy rulebook.Policy) (all []way) {
	switch {
	case t.Score != nil:
		return []way{{raw: t.Score}}
	case t.Grade == "":
		return []way{{raw: orZero(policy.Minimum), floors: true}}
	}
	last := len(policy.Grades) - 1
	asked, cap := placeOf(policy.Grades, t.Grade), placeOf(policy.Grades, policy.WaivedBlockerGrade)
	if cap < 0 {
		cap = last
	}
	for place := asked; place >= 0; place-- {
		w := way{capped: cap > asked}
		if place < last { // the lowest grade asks for nothing
			w.raw, w.conditions = orZero(policy.Grades[place].Min), policy.Grades[place].Conditions
		}
		all = append(all, w)
	}
	return all
}

func placeOf(grades []rulebook.Grade, id string) int {
	return slices.IndexFunc(grades, func(g rulebook.Grade) bool { return g.ID == id })
}

func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}
