package audit

import (
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// decided lists what the city has decided about a check and concerns the
// platform.
func (r *reading) decided(c *Check, rule *rulebook.Check) error {
	if len(rule.Decisions) == 0 || !r.Profile.Has(rule) {
		return nil
	}
	concerned := c.Applies
	if rule.Drop() != nil {
		var err error
		if concerned, err = rule.Concerns(r.frame); err != nil {
			return err
		}
	}
	for _, d := range rule.Decisions {
		if concerned && d.Concerns(max(c.Level, 0)) {
			c.Decisions = append(c.Decisions, d)
		}
	}
	return nil
}

// breaks tells of a failed item whether it fails the base's demand too. Where
// overlays ask more of a grounded check than the base does, only that breaks a
// veto or a duty: no city can make one of its own.
func (r *reading) breaks(c *Check, rule *rulebook.Check, judgement *rulebook.Judgement) (func(*rulebook.Judged) bool, error) {
	failed := func(j rulebook.Judged) bool { return j.Outcome == finding.Fail }
	if !slices.ContainsFunc(judgement.Items, failed) || !rule.Tightened(c.Level) || !c.Basis.Grounded() {
		return func(*rulebook.Judged) bool { return true }, nil
	}
	base, err := rule.Before().Judge(r.frame, r.level)
	if err != nil {
		return nil, err
	}
	judgement.Flips = append(slices.Clip(judgement.Flips), base.Flips...)
	names := map[string]bool{}
	for _, judged := range base.Items {
		if failed(judged) {
			names[strings.Join(judged.Keys, "\x00")] = true
		}
	}
	return func(j *rulebook.Judged) bool { return base.TooCostly || names[strings.Join(j.Keys, "\x00")] }, nil
}
