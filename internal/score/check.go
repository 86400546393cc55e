package score

import (
	"slices"

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

// Attainment is a check's share in the raw score, where a waived or rectified
// item counts as failed: 1 when every item passes, else half the share of items that do, so
// that a check with a failed item never earns more than half and each further
// failure costs; none when the check is not applicable.
func Attainment(check *examine.Check) Fraction { return attainment(count(check).raw()) }

// Grounded is a check's share in what compliance asks of a required clause: that of
// the items which are not waived, by the base's demand; nil where there are none, or
// where the check rests on our defaults alone.
func Grounded(check *examine.Check) *big.Rat { return grounds(check).Rat() }

func grounds(check *examine.Check) Fraction {
	if !check.Basis.Grounded() {
		return Fraction{}
	}
	return attainment(countByBase(check).adjusted())
}

// tally counts the items of a check that count.
type tally struct{ passed, failed, waived, rectified int }

func count(check *examine.Check) tally {
	return tallied(check, func(i *examine.Item) finding.Outcome { return i.Outcome })
}

// countByBase counts what fails only by an overlay's demand as passed.
func countByBase(check *examine.Check) tally { return tallied(check, (*examine.Item).ByBase) }

func tallied(check *examine.Check, outcome func(*examine.Item) finding.Outcome) tally {
	var n tally
	switch {
	case !check.Applies:
	case len(check.Items) == 0:
		n.add(check.Outcome)
	default:
		for i := range check.Items {
			n.add(outcome(&check.Items[i]))
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

// raw counts the items that pass and those that are judged, waived and rectified
// ones as failed.
func (n tally) raw() (passed, judged int) {
	return n.passed, n.passed + n.failed + n.waived + n.rectified
}

// adjusted leaves the waived and rectified items out.
func (n tally) adjusted() (passed, judged int) { return n.passed, n.passed + n.failed }

// verified is the attainment of what an assessor has confirmed: a claim that
// nobody has confirmed counts as failed, be it that something holds or that it does
// not apply. What does not apply by the assessor's word is left out, and what is
// partly met keeps the check at half. It is never above the raw one.
func verified(check *examine.Check) Fraction {
	if len(check.Items) == 0 {
		_, judged := count(check).raw()
		return attainment(0, judged) // nobody has looked at any item
	}
	confirmed, partly, judged := 0, 0, 0
	for i := range check.Items {
		item := &check.Items[i]
		if isLeftOut(item) {
			continue
		}
		judged++
		switch {
		case item.Outcome != finding.Pass:
		case item.State == examine.Verified:
			confirmed++
		case item.State == examine.Partly:
			partly++
		}
	}
	if partly > 0 {
		return over(int64(confirmed+partly), 2*int64(judged))
	}
	return attainment(confirmed, judged)
}

// confirmed reports whether an assessor has looked at every item, and found it as it is stated.
func confirmed(check *examine.Check) bool {
	return check.Outcome == finding.Pass && len(check.Items) > 0 && !slices.ContainsFunc(check.Items, func(item examine.Item) bool { return item.State != examine.Verified })
}

// isLeftOut reports whether an item does not apply, by the assessor's word.
func isLeftOut(item *examine.Item) bool {
	switch item.Outcome {
	case finding.NotApplicable:
		return item.State == examine.Verified
	case finding.Pass:
		return item.State == examine.Excluded
	}
	return false
}

// attainment is that of a check of which so many of the judged items pass; none
// when none is judged.
func attainment(passed, judged int) Fraction {
	switch {
	case judged == 0:
		return Fraction{}
	case passed == judged:
		return over(1, 1)
	default:
		return over(int64(passed), 2*int64(judged))
	}
}
