package score

import (
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Verdict is the verdict on one clause.
type Verdict string

// The verdicts.
const (
	Met           Verdict = "met"
	PartlyMet     Verdict = "partly_met"
	NotMet        Verdict = "not_met"
	NotApplicable Verdict = "not_applicable"
	Informative   Verdict = "informative"
	Pending       Verdict = "pending"
)

// belowFloor tells whether a clause scores too little to be met in part. The
// score that is held to the floor is the one that is printed.
func belowFloor(policy rulebook.Policy, score Fraction) bool {
	return score.rounded().Cmp(exactly(policy.ClauseFloor)) < 0
}

// judge reaches the verdict on a clause from all checks that cite it.
func judge(rule *rulebook.Clause, cited []*examine.Check) Clause {
	clause := Clause{ID: rule.ID, Points: exactly(rule.Points)}
	judged, advisory := relevant(cited)
	switch {
	case rule.Pending:
		clause.Verdict = Pending
		clause.Reason = lang.Say("检查项尚待编写", "its checks are still to be written")
	case judged:
		clause.Verdict, clause.Vetoed, clause.Waived = verdict(cited)
	case advisory:
		clause.Verdict = Informative
		clause.Reason = lang.Say("适用的检查项均为提示，不计分", "only advisory checks apply, and these do not score")
	case len(cited) == 0 && !rule.Informative.IsZero():
		clause.Verdict, clause.Reason = Informative, rule.Informative
	default:
		clause.Verdict, clause.Reason = NotApplicable, whyNot(cited)
	}
	return clause
}

// relevant tells whether any check is applicable and more than advice, and whether any
// advisory one is applicable.
func relevant(cited []*examine.Check) (judged, advisory bool) {
	for _, check := range cited {
		advises := check.Severity == finding.Advisory
		judged = judged || isJudged(check)
		advisory = advisory || advises && check.Outcome != finding.NotApplicable
	}
	return judged, advisory
}

// isJudged reports whether a check is applicable and more than advice.
func isJudged(check *examine.Check) bool {
	return check.Outcome != finding.NotApplicable && check.Severity != finding.Advisory
}

// verdict weighs those that are judged, at least one. A waived check counts as failed
// and marks the verdict, and so, unmarked, does a rectified one; only an
// unwaived blocker decides it alone.
func verdict(checks []*examine.Check) (v Verdict, veto, waived bool) {
	all, none := true, true
	for _, check := range checks {
		if !isJudged(check) {
			continue
		}
		outcome := check.Outcome
		veto = veto || check.Severity == finding.Blocker && check.ByBase() == finding.Fail
		waived = waived || outcome == finding.Waived
		all = all && outcome == finding.Pass
		none = none && count(check).passed == 0
	}
	switch {
	case veto || none:
		return NotMet, veto, waived
	case all:
		return Met, veto, waived
	default:
		return PartlyMet, veto, waived
	}
}

// whyNot names what makes every check of a clause not applicable.
func whyNot(cited []*examine.Check) lang.Text {
	if len(cited) == 0 {
		return lang.Say("没有检查项引用本条款", "no check cites it")
	}
	var zh, en []string
	for _, check := range cited {
		why := WhyNotApplicable(check)
		if !slices.Contains(en, why.EN) {
			zh, en = append(zh, why.ZH), append(en, why.EN)
		}
	}
	return lang.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// WhyNotApplicable names the fact that puts a check out of a platform's scope.
func WhyNotApplicable(check *examine.Check) lang.Text {
	rule := check.Rule
	switch {
	case !check.Unjudged.IsZero():
		return check.Unjudged
	case !check.OutOfForce.IsZero():
		return check.OutOfForce
	case !check.Beside.IsZero():
		return check.Beside
	case !check.Applies && rule.When != "":
		return lang.Say("条件不成立：%s", "does not hold: %s", rule.When)
	case check.Applies && len(rule.Each) > 0:
		lists := make([]string, len(rule.Each))
		for i, each := range rule.Each {
			lists[i] = each.List
		}
		return lang.Say("没有可检查的对象：%s", "nothing to check in %s", list(lists))
	default:
		return lang.Say("检查项 %s 不适用", "check %s is not applicable", rule.ID)
	}
}
