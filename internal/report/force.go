package report

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
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

// stricter says what a change of the rulebook asks for that was not asked for before.
func (v voice) stricter(i *results.Impact) []string {
	var all []string
	for _, s := range i.Stricter {
		all = append(all, v.Say("%s 收紧：%s", "%s asks for more: %s", place(s.Location), v.Prose(s.Message)))
	}
	return all
}

// amended says of each article that a change touches what rests on it.
func (v voice) amended(i *results.Impact) []string {
	var all []string
	for _, a := range i.Articles {
		rests := v.List(a.Rests, maxNamed)
		if len(a.Rests) == 0 {
			rests = v.Say("没有要求引用它", "no demand names it")
		}
		all = append(all, v.Say("%s %s（%s）：%s", "%s %s (%s): %s", v.Prose(term.Changes().Text(a.Change)), v.Prose(a.Cite), typeset.Inert(a.ID), rests))
	}
	return all
}
