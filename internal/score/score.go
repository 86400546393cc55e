// Package score turns the outcomes of one audit into points, verdicts and a
// grade. It is pure arithmetic in exact rationals: nothing here reads a clock or
// a file, and nothing depends on the order of checks, items or findings.
package score

import (
	"math/big"

	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Result is the score of one platform.
type Result struct {
	// Raw counts waived items as failed, Adjusted leaves them out. Both are
	// rounded to 0.1; nil when nothing was assessed.
	Raw, Adjusted *big.Rat
	// Verified counts only what an assessor has confirmed; nil as long as there
	// are no verdicts.
	Verified *big.Rat
	// PointsApplicable are the points of the clauses that Raw is made of, its
	// denominator.
	PointsApplicable *big.Rat
	// Gained are the points that these clauses earn, the numerator of Raw; exact.
	Gained *big.Rat
	// Coverage decides whether there is enough to grade.
	Coverage Coverage
	Chapters []Chapter // in the regulation's order
	Clauses  []Clause  // in the regulation's order
	// Statutory are the duties of law and normative documents.
	Statutory Statutory
	// Grade is one of the policy's, or has the id NotGraded.
	Grade rulebook.Grade
	// Lost are the conditions that keep the score from a better grade, from the
	// best grade down.
	Lost []LostGrade
	// Vetoes are the ids of open blockers: blocker checks that fail by themselves
	// in the rulebook's order, then the blocker findings that no check makes, by
	// name; those that only wait for one of these are not counted again.
	Vetoes []string
	// Capped are the ids of waived blockers, in the same order.
	Capped    []string
	Compliant bool
	// Conditions are those of compliance, Reasons those of them that do not hold, in
	// words.
	Conditions []Condition
	Reasons    []lang.Text

	places map[string]int // of the clauses, by their ids
}

// Coverage is how much of the regulation concerns a platform: the points of the
// clauses for which a check at home in them applies, of all points that are
// not pending.
type Coverage struct{ Points, Of *big.Rat }

// Chapter is a chapter's part in the raw score.
type Chapter struct {
	ID string
	// Gained are the points that the chapter's clauses earn, exact.
	Gained Fraction
	// Points are the chapter's share of the 100, Applicable those of its
	// clauses that are scored.
	Points, Applicable Fraction
	// Score is exact, in percent of Applicable; none when no clause with points
	// is scored.
	Score Fraction
}

// Clause is what became of one clause.
type Clause struct {
	ID     string
	Points Fraction
	// Score is the raw one, exact, in percent of Points, Gained the points that it
	// makes; none when the clause is not scored.
	Score, Gained Fraction

	Verdict Verdict
	// Waived says that a waived check was counted as failed in the verdict.
	Waived bool
	// Vetoed says that a blocker which cites the clause fails.
	Vetoed bool
	// Grounded is the adjusted score of those checks at home that rest on law,
	// normative documents or standards, exact, in percent; none when there are none.
	Grounded Fraction
	// Weight is the sum of the weights of the checks that Score is made of,
	// Attained that of weight times attainment; none with Score.
	Weight, Attained Fraction
	// Checks are the ids of all checks that cite the clause, Home of those that
	// make its score, both in the rulebook's order.
	Checks, Home []string
	// Reason says why the clause is not applicable, informative or pending.
	Reason lang.Text
}

// Compute scores one audited platform.
//
// Compliance and grade are two questions. A platform is compliant when it has no
// open blocker, no required clause that fails by more than our defaults and a raw
// score that reaches the minimum, so that one of which too little applies to be graded may well
// be. A platform without a raw score never is.
func Compute(reg rulebook.Regulation, policy rulebook.Policy, p *examine.Platform) Result {
	places, cited, home := cite(reg.Clauses, p.Checks)
	r := Result{Clauses: make([]Clause, len(reg.Clauses)), places: places}
	var raw, adjusted, verified, covered sum
	chapters := make(map[string]*chapter, len(reg.Chapters))
	for _, one := range reg.Chapters {
		chapters[one.ID] = &chapter{}
	}
	for i := range reg.Clauses {
		rule, clause := &reg.Clauses[i], &r.Clauses[i]
		*clause = judge(rule, cited[i])
		clause.Home = ids(home[i])
		in, points := chapters[rule.Chapter], clause.Points
		in.count(points)
		if !rule.Pending {
			s := attained(policy, home[i])
			clause.Score, clause.Grounded = percent(s.raw), percent(s.grounded)
			clause.Weight, clause.Attained = s.weight, s.attained
			if !clause.Score.IsNone() {
				clause.Gained = points.times(s.raw)
				if clause.Verdict == PartlyMet && belowFloor(policy, clause.Score) {
					clause.Verdict = NotMet
				}
			}
			raw.add(points, s.raw)
			adjusted.add(points, s.adjusted)
			verified.add(points, s.verified)
			in.add(points, s.raw)
			covered.add(points, coverage(home[i]))
		}
	}
	for _, one := range reg.Chapters {
		r.Chapters = append(r.Chapters, chapters[one.ID].result(one.ID))
	}
	r.Raw, r.Adjusted = rounded(raw.mean()), rounded(adjusted.mean())
	if p.Examined && r.Raw != nil {
		r.Verified = rounded(verified.mean())
	}
	applicable, gained := raw.parts()
	r.PointsApplicable, r.Gained = applicable.Rat(), gained.Rat()
	of, points := covered.parts()
	r.Coverage = Coverage{Points: points.Rat(), Of: of.Rat()}
	r.Vetoes, r.Capped = blockers(p)
	r.Statutory = statutory(p.Checks)
	r.Grade, r.Lost = grade(reg, policy, p, &r)
	r.Conditions = compliance(reg, policy, p, &r)
	r.Reasons = reasons(r.Conditions)
	r.Compliant = len(r.Reasons) == 0
	return r
}

// cite sorts the checks by the clauses that they cite and by their home, each in the
// rulebook's order, for every place of a clause.
func cite(clauses []rulebook.Clause, checks []examine.Check) (places map[string]int, cited, home [][]*examine.Check) {
	places = make(map[string]int, len(clauses))
	for i := range clauses {
		places[clauses[i].ID] = i
	}
	cited, home = make([][]*examine.Check, len(clauses)), make([][]*examine.Check, len(clauses))
	for i := range checks {
		check := &checks[i]
		for j, clause := range check.Rule.Clauses {
			at, known := places[clause]
			if !known {
				continue
			}
			if j == 0 {
				home[at] = append(home[at], check)
			}
			// A clause that a check cites twice is cited once.
			if had := cited[at]; len(had) == 0 || had[len(had)-1] != check {
				cited[at] = append(had, check)
			}
		}
	}
	return places, cited, home
}

func ids(checks []*examine.Check) []string {
	names := make([]string, len(checks))
	for i, check := range checks {
		names[i] = check.Rule.ID
	}
	return names
}

// rounded is a share as it is printed, in percent.
func rounded(share Fraction) *big.Rat { return Round(percent(share).Rat()) }

// coverage is 1 for a clause that a check at home in it applies to.
func coverage(home []*examine.Check) Fraction {
	for _, check := range home {
		if check.Applies {
			return over(1, 1)
		}
	}
	return over(0, 1)
}
