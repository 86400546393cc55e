package score

import (
	"hegui/internal/examine"
	"hegui/internal/finding"
)

// Statutory counts the duties that laws and normative documents impose at the
// platform's level, as far as their texts are known. They stand beside the
// verdict: a platform without an open veto may still owe some.
type Statutory struct {
	// Applicable is the number of checks of such duties that are applicable.
	Applicable int
	// Unmet are the ids of those that fail, waived ones included: a waiver
	// dispenses from no duty of law.
	Unmet []string
}

func statutory(checks []examine.Check) Statutory {
	var s Statutory
	for i := range checks {
		check := &checks[i]
		if check.Severity == finding.Advisory || !check.Statutory() || check.Outcome == finding.NotApplicable {
			continue
		}
		s.Applicable++
		if unmet(check.ByBase()) {
			s.Unmet = append(s.Unmet, check.Rule.ID)
		}
	}
	return s
}

// unmet tells whether a check fails, waived or not.
func unmet(outcome finding.Outcome) bool {
	return outcome == finding.Fail || outcome == finding.Waived
}
