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
}

// Coverage is how much of the regulation concerns a platform: the points of the
// clauses for which a check at home in them applies, of all points that are
// not pending.
type Coverage struct{ Points, Of *big.Rat }

// Chapter is a chapter's part in the raw score.
type Chapter struct {
	ID string
	// Gained are the points that the chapter's clauses earn, exact.
	Gained *big.Rat
	// Points are the chapter's share of the 100, Applicable those of its
	// clauses that are scored.
	Points, Applicable *big.Rat
	// Score is exact, in percent of Applicable; nil when no clause with points
	// is scored.
	Score *big.Rat
}

// Clause is what became of one clause.
type Clause struct {
	ID     string
	Points *big.Rat
	// Score is the raw one, exact, in percent of Points; nil when the clause is
	// not scored.
	Score   *big.Rat
	Verdict Verdict
	// Waived says that a waived check was counted as failed in the verdict.
	Waived bool
	// Vetoed says that a blocker which cites the clause fails.
	Vetoed bool
	// Grounded is the adjusted score of those checks at home that rest on law,
	// normative documents or standards, exact, in percent; nil when there are none.
	Grounded *big.Rat
	// Weight is the sum of the weights of the checks that Score is made of,
	// Attained that of weight times attainment; both nil with Score.
	Weight, Attained *big.Rat
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
	cited, home := index(p.Checks)
	var r Result
	var raw, adjusted, verified sum
	chapters := make(map[string]*chapter, len(reg.Chapters))
	for _, one := range reg.Chapters {
		chapters[one.ID] = &chapter{}
	}
	var covered sum
	r.Clauses = make([]Clause, 0, len(reg.Clauses))
	for i := range reg.Clauses {
		rule := &reg.Clauses[i]
		clause := judge(rule, cited[rule.ID])
		clause.Home = ids(home[rule.ID])
		in, points := chapters[rule.Chapter], exactly(rule.Points)
		in.count(points)
		if !rule.Pending {
			s := attained(policy, home[rule.ID])
			clause.Score, clause.Grounded = percent(s.raw).rat(), percent(s.grounded).rat()
			clause.Weight, clause.Attained = s.weight.rat(), s.attained.rat()
			if clause.Score != nil && belowFloor(policy, clause.Score) && clause.Verdict == PartlyMet {
				clause.Verdict = NotMet
			}
			raw.add(points, s.raw)
			adjusted.add(points, s.adjusted)
			verified.add(points, s.verified)
			in.add(points, s.raw)
			covered.add(points, coverage(home[rule.ID]))
		}
		r.Clauses = append(r.Clauses, clause)
	}
	for _, one := range reg.Chapters {
		r.Chapters = append(r.Chapters, chapters[one.ID].result(one.ID))
	}
	r.Raw, r.Adjusted = rounded(raw), rounded(adjusted)
	if p.Examined && r.Raw != nil {
		r.Verified = rounded(verified)
	}
	applicable, gained := raw.parts()
	r.PointsApplicable, r.Gained = applicable.rat(), gained.rat()
	of, points := covered.parts()
	r.Coverage = Coverage{Points: points.rat(), Of: of.rat()}
	r.Vetoes, r.Capped = blockers(p)
	r.Statutory = statutory(p.Checks)
	r.Grade, r.Lost = grade(reg, policy, p, &r)
	r.Conditions = compliance(reg, policy, p, &r)
	r.Reasons = reasons(r.Conditions)
	r.Compliant = len(r.Reasons) == 0
	return r
}

// index sorts the checks by the clauses that they cite and by their home, each
// in the rulebook's order.
func index(checks []examine.Check) (cited, home map[string][]*examine.Check) {
	cited = make(map[string][]*examine.Check)
	home = make(map[string][]*examine.Check)
	for i := range checks {
		check := &checks[i]
		for j, clause := range check.Rule.Clauses {
			if j == 0 {
				home[clause] = append(home[clause], check)
			}
			// A clause that a check cites twice is cited once.
			if had := cited[clause]; len(had) == 0 || had[len(had)-1] != check {
				cited[clause] = append(had, check)
			}
		}
	}
	return cited, home
}

func ids(checks []*examine.Check) []string {
	names := make([]string, len(checks))
	for i, check := range checks {
		names[i] = check.Rule.ID
	}
	return names
}

// rawScore is Raw alone.
func rawScore(reg rulebook.Regulation, policy rulebook.Policy, checks []examine.Check) *big.Rat {
	_, home := index(checks)
	var total sum
	for i := range reg.Clauses {
		if rule := &reg.Clauses[i]; !rule.Pending {
			var clause sum
			for _, check := range home[rule.ID] {
				clause.add(over(Weight(policy, check), 1), attainment(count(check).raw()))
			}
			total.add(exactly(rule.Points), clause.mean())
		}
	}
	return rounded(total)
}

// rounded is a mean as it is printed.
func rounded(of sum) *big.Rat { return Round(percent(of.mean()).rat()) }

// coverage is 1 for a clause that a check at home in it applies to.
func coverage(home []*examine.Check) fraction {
	for _, check := range home {
		if check.Applies {
			return over(1, 1)
		}
	}
	return over(0, 1)
}
