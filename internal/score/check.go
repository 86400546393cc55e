package score

import (
	"math/big"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// Weight is what a check weighs in the clause it is at home in: its own weight,
// else that of its severity at the platform's level. An advisory check weighs
// nothing, whatever its rule says: it advises.
func Weight(policy rulebook.Policy, check *examine.Check) int64 {
	switch {
	case check.Severity == finding.Advisory:
		return 0
	case check.Rule.Weight > 0:
		return check.Rule.Weight
	default:
		return max(policy.Weights[check.Severity], 0)
	}
}

// Outcome is what became of a check as a whole: fail if any item fails, else
// waived if any is, else rectified if any is, else pass if any passes, else not
// applicable. Where a check has no items its own outcome stands.
func Outcome(check *examine.Check) finding.Outcome {
	if check.CausedBy != "" {
		return finding.Fail
	}
	if !check.Applies {
		return finding.NotApplicable
	}
	n := count(check)
	switch {
	case n.failed > 0:
		return finding.Fail
	case n.waived > 0:
		return finding.Waived
	case n.rectified > 0:
		return finding.Rectified
	case n.passed > 0:
		return finding.Pass
	default:
		return finding.NotApplicable
	}
}

// Attainment is a check's share in the raw score, where a waived or rectified
// item counts as failed: 1 when every item passes, ½ when some do, 0 when none does; nil when
// the check is not applicable.
func Attainment(check *examine.Check) *big.Rat {
	if h, ok := count(check).raw(); ok {
		return big.NewRat(h, 2)
	}
	return nil
}

// applies tells whether a check's condition holds. A check that a broken topic
// fails was found to apply.
func applies(check *examine.Check) bool { return check.Applies || check.CausedBy != "" }

// tally counts the items of a check that count.
type tally struct{ passed, failed, waived, rectified int }

func count(check *examine.Check) tally {
	var n tally
	switch {
	case check.CausedBy != "":
		n.failed = 1 // no item was looked at
	case !check.Applies:
	case len(check.Items) == 0:
		n.add(check.Outcome)
	default:
		for _, item := range check.Items {
			n.add(item.Outcome)
		}
	}
	return n
}

func (n *tally) add(outcome finding.Outcome) {
	switch outcome {
	case finding.Pass:
		n.passed++
	case finding.Fail:
		n.failed++
	case finding.Waived:
		n.waived++
	case finding.Rectified:
		n.rectified++
	}
}

// raw is the attainment in halves with waived and rectified items as failed
// ones; ok is false when no item counts.
func (n tally) raw() (halves int64, ok bool) {
	return attainment(n.passed, n.failed+n.waived+n.rectified)
}

// adjusted is the attainment in halves without the waived and rectified items.
func (n tally) adjusted() (halves int64, ok bool) {
	return attainment(n.passed, n.failed)
}

// verified is the attainment in halves of what an assessor has confirmed: a
// claim that nobody has confirmed counts 0, one that is partly met ½, and one
// that does not apply is left out. It is never above the raw one.
func verified(check *examine.Check) (halves int64, ok bool) {
	if check.CausedBy != "" || !check.Applies || len(check.Items) == 0 {
		_, ok := count(check).raw()
		return 0, ok // nobody has looked at any item
	}
	full, none, some := 0, 0, 0
	for _, item := range check.Items {
		switch {
		case item.Outcome == finding.NotApplicable, item.Outcome == finding.Pass && item.State == examine.Excluded:
		case item.Outcome == finding.Pass && item.State == examine.Verified:
			full++
		case item.Outcome == finding.Pass && item.State == examine.Partly:
			some++
		default:
			none++
		}
	}
	if some > 0 {
		return 1, true
	}
	return attainment(full, none)
}

func attainment(passed, failed int) (halves int64, ok bool) {
	switch {
	case passed+failed == 0:
		return 0, false
	case failed == 0:
		return 2, true
	case passed > 0:
		return 1, true
	default:
		return 0, true
	}
}
