// Package score turns the outcomes of one audit into points, verdicts and a
// grade. It is pure arithmetic in exact rationals: nothing here reads a clock or
// a file, and nothing depends on the order of checks, items or findings.
package score

import (
	"math/big"
	"sync/atomic"

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

	*citations
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
	return compute(reg, policy, p, cite(reg.Clauses, p.Checks))
}

// Scale scores the platforms of one run, which are held to the same checks: who cites what
// is found once.
type Scale struct {
	Regulation rulebook.Regulation
	Policy     rulebook.Policy

	known atomic.Pointer[citations]
}

// Compute is Compute by the rulebook of the scale.
func (s *Scale) Compute(p *examine.Platform) Result {
	by := s.known.Load()
	if by == nil || !by.are(p.Checks) {
		by = cite(s.Regulation.Clauses, p.Checks)
		s.known.Store(by)
	}
	return compute(s.Regulation, s.Policy, p, by)
}

func compute(reg rulebook.Regulation, policy rulebook.Policy, p *examine.Platform, by *citations) Result {
	r := Result{Clauses: make([]Clause, len(reg.Clauses)), citations: by}
	var raw, adjusted, verified, covered sum
	same := true // the adjusted one is the raw one where nothing is waived
	cited, home := make([]*examine.Check, 0, by.most), make([]*examine.Check, 0, by.most)
	chapters := make(map[string]*chapter, len(reg.Chapters))
	for _, one := range reg.Chapters {
		chapters[one.ID] = &chapter{}
	}
	for i := range reg.Clauses {
		rule, clause := &reg.Clauses[i], &r.Clauses[i]
		cited, home = by.cited[i].among(p.Checks, cited[:0]), by.home[i].among(p.Checks, home[:0])
		*clause = judge(rule, cited)
		clause.Checks, clause.Home = by.cited[i].ids, by.home[i].ids
		in, points := chapters[rule.Chapter], clause.Points
		in.count(points)
		if !rule.Pending {
			s := attained(policy, home, p.Examined)
			clause.Score, clause.Grounded = percent(s.raw), percent(s.grounded)
			clause.Weight, clause.Attained = s.weight, s.attained
			if !clause.Score.IsNone() {
				clause.Gained = points.times(s.raw)
				if clause.Verdict == PartlyMet && belowFloor(policy, clause.Score) {
					clause.Verdict = NotMet
				}
			}
			raw.add(points, s.raw)
			if same = same && s.adjusted == s.raw; same {
				adjusted = raw
			} else {
				adjusted.add(points, s.adjusted)
			}
			verified.add(points, s.verified)
			in.add(points, s.raw)
			covered.add(points, coverage(home))
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
	r.Vetoes, r.Capped = blockers(p, by)
	r.Statutory = statutory(p.Checks)
	r.Grade, r.Lost = grade(reg, policy, p, &r)
	r.Conditions = compliance(reg, policy, p, &r)
	r.Reasons = reasons(r.Conditions)
	r.Compliant = len(r.Reasons) == 0
	return r
}

// rounded is a share as it is printed, in percent.
func rounded(share Fraction) *big.Rat { return percent(share).rounded().Rat() }

// coverage is 1 for a clause that a check at home in it applies to.
func coverage(home []*examine.Check) Fraction {
	for _, check := range home {
		if check.Applies {
			return over(1, 1)
		}
	}
	return over(0, 1)
}
