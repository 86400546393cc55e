package results_test

import (
	"testing"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// Why an item does not pass stands beside it: what is found, what it waits for, or why
// its check does not apply.
func TestAgainst(t *testing.T) {
	found, broken := lang.Say("旧了", "too old"), lang.Say("读不了", "cannot be read")
	p := results.Platform{Findings: []finding.Finding{{Check: "stores.fresh", Item: "files", Message: found, Fingerprint: "1"}, {Check: "document.syntax", Message: broken, Fingerprint: "2"}}}
	c := results.Check{Demand: &results.Demand{ID: "stores.fresh"}, Reason: lang.Say("没有这项业务", "no such business")}
	against := p.Against()
	for _, one := range []struct {
		item results.Item
		want lang.Text
	}{
		{results.Item{Item: "files", Outcome: finding.Fail}, found},
		{results.Item{Item: "files", Outcome: finding.Waived}, found},
		{results.Item{Item: "files", Outcome: finding.Pass}, lang.Text{}},
		{results.Item{Item: "files", Outcome: finding.Fail, CausedBy: []string{"2"}}, broken},
		{results.Item{Outcome: finding.NotApplicable}, c.Reason},
	} {
		if got := against(&c, &one.item); got != one.want {
			t.Errorf("%+v: %q, want %q", one.item, got.EN, one.want.EN)
		}
	}
}

// What assessors have made of claims is said in full, and what there is none of is not.
func TestVerificationIsSaid(t *testing.T) {
	for want, n := range map[string]results.Verification{
		"5 claims (what passes or does not apply by the description): 1 verified, 2 partly met, 1 rejected, 1 in need of review":                                                               {Claims: 5, Verified: 1, Partly: 2, Rejected: 1, NeedsReview: 1},
		"9 claims (what passes or does not apply by the description): 1 verified, 0 partly met, 0 rejected, 0 in need of review, 3 found not to apply; assessor and description disagree on 2": {Claims: 9, Verified: 1, NotApplicable: 3, Disagreements: 2},
	} {
		if got := n.Said().EN; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
