package handbook

import (
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// announced is a limit that becomes another on a day that is set.
type announced struct {
	from calendar.Date
	rule rulebook.LimitRule
}

// announcements are the limits of a check that are announced, the next day first.
func announcements(book *rulebook.Rulebook, c *rulebook.Check) []announced {
	var out []announced
	last := c
	for _, version := range book.Announced(c.ID, calendar.Date{}) {
		for i, rule := range version.Check.Limits {
			if !slices.EqualFunc(rule.Values, last.Limits[i].Values, func(a, b rulebook.Limit) bool { return a.Value == b.Value }) || !slices.Equal(rule.Levels, last.Limits[i].Levels) {
				out = append(out, announced{version.From, rule})
			}
		}
		last = version.Check
	}
	return out
}

// name is the limit's with its first day.
func (a announced) name() lang.Text {
	return lang.Say("%s，自 %s 起", "%s, from %s on", a.rule.Name, a.from)
}

// effectiveOn says from which day a check is asked for, zero for one that always is.
func effectiveOn(c *rulebook.Check) lang.Text {
	if c.Effective == nil {
		return lang.Text{}
	}
	return lang.Say("自 %s 起施行，之前只预告、不计分", "from %s on; before that it is announced and not scored", c.Effective)
}
