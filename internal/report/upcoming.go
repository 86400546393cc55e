package report

import (
	"hegui/internal/results"
	"hegui/internal/typeset"
)

// upcoming says of each demand that fails and is only announced what it is, and by
// when to begin.
func (v voice) upcoming(platform *results.Platform) []string {
	var all []string
	for i := range platform.Upcoming {
		u := &platform.Upcoming[i]
		text := v.Say("%s 起：%s %s", "from %s on: %s %s", u.On, v.Prose(u.Severity.Text()), v.Prose(u.Title))
		if u.Item != "" {
			text += v.Say("：%s", ": %s", typeset.Inert(u.Item))
		}
		all = append(all, text+v.Say("（%s）；%s 前动手：%s", " (%s); begin by %s: %s", typeset.Inert(u.Check), u.Begin, v.Prose(u.Remedy)))
	}
	return all
}
