package results

import (
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/timeline"
)

// cause says why an outcome changes on a day: what comes into or goes out of force, or
// that the check had waited for another finding. It is zero where time alone changes
// the outcome.
func cause(c *timeline.Change) lang.Text {
	was, is := c.Was, c.Check
	switch {
	case c.From == c.To:
		return lang.Say("此前等候另一项问题，现自身不符合", "it had waited for another finding, and now fails by itself")
	case !is.OutOfForce.IsZero():
		if was.OutOfForce.IsZero() {
			return is.OutOfForce
		}
	case !was.OutOfForce.IsZero():
		return lang.Say("当天施行：%s", "comes into force on this day: %s", is.Source())
	case was.Rule != is.Rule:
		return amended(was.Rule, is.Rule, is.Level)
	}
	return lang.Text{}
}

// amended says what a check asks for that it did not the day before.
func amended(was, is *rulebook.Check, level int) lang.Text {
	if level == rulebook.NoLevel {
		level = rulebook.MaxLevel
	}
	var all []lang.Text
	if drop := is.Drop(); drop != nil {
		all = append(all, lang.Say("不采用（%s，%s）", "dropped (%s, %s)", drop.By, drop.On))
	}
	for i, rule := range is.Limits {
		if now, before := rule.At(level), was.Limits[i].At(level); now.Value != before.Value {
			all = append(all, lang.Say("限值 %s：%s → %s", "limit %s: %s → %s", rule.Name, before.Text(), now.Text()))
		}
	}
	if now, before := is.Severity.At(level), was.Severity.At(level); now != before {
		all = append(all, lang.Say("严重程度：%s → %s", "severity: %s → %s", before.Text(), now.Text()))
	}
	if len(all) == 0 {
		return lang.Text{}
	}
	said := all[0]
	for _, one := range all[1:] {
		said = lang.Say("%s；%s", "%s; %s", said, one)
	}
	return lang.Say("当天施行：%s", "comes into force on this day: %s", said)
}
