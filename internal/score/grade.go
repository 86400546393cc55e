package score

import (
	"math/big"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// NotGraded is the id of the grade of a platform of which too little applies.
const NotGraded = "not_graded"

// LostGrade is a grade that a platform's score reaches and whose condition does
// not hold.
type LostGrade struct {
	Grade     rulebook.Grade
	Condition rulebook.Condition
	// Checks are the ids of those that fail, more than the condition allows.
	Checks []string
}

// grade finds the grade of a result whose scores, coverage and blockers stand.
// A veto outranks everything, also that there is too little to grade: else a
// platform could hide one behind facts that make the rest not applicable.
func grade(reg rulebook.Regulation, policy rulebook.Policy, p *examine.Platform, r *Result) (rulebook.Grade, []LostGrade) {
	if len(policy.Grades) == 0 {
		return notGraded(), nil
	}
	place, lost := len(policy.Grades)-1, []LostGrade(nil)
	if r.Raw != nil {
		place, lost = conditions(reg, policy.Grades, placeOf(policy.Grades, r.Raw), p.Checks)
	}
	// Forced grades only ever lower, and an open blocker at least as far as a
	// waived one: fixing a blocker must not cost a grade, whatever the policy.
	if len(r.Vetoes) > 0 {
		place = max(place, find(policy.Grades, policy.OpenBlockerGrade), find(policy.Grades, policy.WaivedBlockerGrade))
		return policy.Grades[place], lost
	}
	if !r.Covered(policy) {
		return notGraded(), nil
	}
	if len(r.Capped) > 0 {
		place = max(place, find(policy.Grades, policy.WaivedBlockerGrade))
	}
	return policy.Grades[place], lost
}

// conditions goes down from the grade that a score reaches to the first whose
// conditions hold. The lowest has none.
func conditions(reg rulebook.Regulation, grades []rulebook.Grade, place int, checks []examine.Check) (int, []LostGrade) {
	var lost []LostGrade
	for ; place < len(grades)-1; place++ {
		held := true
		for _, condition := range grades[place].Conditions {
			if failing := counted(reg, condition, checks); int64(len(failing)) > condition.AtMost {
				lost = append(lost, LostGrade{grades[place], condition, failing})
				held = false
			}
		}
		if held {
			break
		}
	}
	return place, lost
}

// counted are the checks that a condition counts.
func counted(reg rulebook.Regulation, condition rulebook.Condition, checks []examine.Check) []string {
	var out []string
	for i := range checks {
		if Counts(reg, condition, &checks[i]) {
			out = append(out, checks[i].Rule.ID)
		}
	}
	return out
}

// Counts reports whether a condition of a grade counts a check. A waived one is among
// them: a waiver buys no praise.
func Counts(reg rulebook.Regulation, condition rulebook.Condition, check *examine.Check) bool {
	switch {
	case condition.Unconfirmed != "":
		return check.Outcome != finding.NotApplicable && check.Rule.ID == condition.Unconfirmed && !confirmed(check)
	case condition.Early && !check.Early, !condition.Early && !unmet(check.Outcome): // which most are
	case check.Severity == finding.Advisory || check.Severity < condition.Severity:
	case condition.Statutory && !check.Statutory():
	case condition.Chapter != "" && reg.ChapterOf(check.Rule.Clauses[0]) != condition.Chapter:
	default:
		return condition.Early || !condition.Statutory || unmet(check.ByBase())
	}
	return false
}

func notGraded() rulebook.Grade {
	return rulebook.Grade{ID: NotGraded, Title: lang.Say("不评级", "not graded")}
}

// placeOf is the place of the best grade that a score reaches, the lowest if it
// reaches none.
func placeOf(grades []rulebook.Grade, score *big.Rat) int {
	for i, grade := range grades {
		if score.Cmp(orZero(grade.Min)) >= 0 {
			return i
		}
	}
	return len(grades) - 1
}

// find is the place of a grade by its id; one that does not exist is taken for
// the lowest, so that a slip in the policy never raises a grade.
func find(grades []rulebook.Grade, id string) int {
	for i, grade := range grades {
		if grade.ID == id {
			return i
		}
	}
	return len(grades) - 1
}

// Covered tells whether enough of the regulation concerns a platform to grade it.
func (r *Result) Covered(policy rulebook.Policy) bool {
	return r.Raw != nil && r.Coverage.enough(policy.Coverage)
}

// enough tells whether the covered points are at least so many percent.
func (c Coverage) enough(percentage *big.Rat) bool {
	demanded := new(big.Rat).Mul(c.Of, orZero(percentage))
	covered := new(big.Rat).Mul(c.Points, big.NewRat(100, 1))
	return covered.Cmp(demanded) >= 0
}

// blockers names the open and the waived blockers: checks, and findings that no
// check makes, each as often as it stands. A check that only waits for one of
// these findings is not counted again.
func blockers(p *examine.Platform, by *citations) (open, waived []string) {
	var found []string
	holding := map[string]bool{}
	for i := range p.Findings {
		f := &p.Findings[i]
		if f.Severity != finding.Blocker || f.Waived {
			continue
		}
		if _, made := by.checks[f.Check]; !made {
			found, holding[f.Fingerprint] = append(found, f.Check), true
		}
	}
	for i := range p.Checks {
		check := &p.Checks[i]
		if check.Severity != finding.Blocker {
			continue
		}
		waits := !check.FailsItself() && slices.ContainsFunc(check.CausedBy(), func(cause string) bool { return holding[cause] })
		switch outcome := check.ByBase(); {
		case outcome == finding.Waived:
			waived = append(waived, check.Rule.ID)
		case outcome == finding.Fail && !waits:
			open = append(open, check.Rule.ID)
		}
	}
	slices.Sort(found)
	return append(open, found...), waived
}

func distinct(names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	return slices.Compact(out)
}
