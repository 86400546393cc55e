package report

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// outOfForce says of each check that nobody is held to on the day why that is.
func (v voice) outOfForce(platform *results.Platform) []string {
	var all []string
	for _, c := range platform.OutOfForce {
		all = append(all, v.Prose(lang.Say("%s（%s）：%s", "%s (%s): %s", c.Title, c.Check, c.Reason)))
	}
	return all
}

// fewer keeps as many lines as a reader with little room takes in, and counts
// the rest.
func (v voice) fewer(all []string) []string {
	if more := len(all) - maxNamed; more > 0 {
		return append(slices.Clone(all[:maxNamed]), v.Say("另有 %d 项，见 JSON 或 HTML 报告", "and %d more, in the JSON and HTML reports", more))
	}
	return all
}
