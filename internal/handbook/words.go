package handbook

import (
	"math/big"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// basisText is a basis in one line.
func basisText(b rulebook.Basis) lang.Text {
	return lang.Say("%s（%s）：%s", "%s (%s): %s", term.BasisKinds().Long(b.Kind), term.Confidences().Text(b.Confidence), b.Cited())
}

// levels says for which protection levels the i-th value holds: from its own
// level up to the next stated one.
func levels[T any](b rulebook.ByLevel[T], i int) lang.Text {
	from, to := max(b.Levels[i], 1), rulebook.MaxLevel
	if i+1 < len(b.Levels) {
		to = b.Levels[i+1] - 1
	}
	switch {
	case from == 1 && to == rulebook.MaxLevel:
		return lang.Say("各级", "all levels")
	case to < from:
		return lang.Say("默认", "default")
	case from == to:
		return lang.Say("等保%s级", "level %s", ordinal(from))
	case to == rulebook.MaxLevel:
		return lang.Say("等保%s级及以上", "level %s and up", ordinal(from))
	}
	return lang.Say("等保%s至%s级", "levels %s to %s", ordinal(from), ordinal(to))
}

func ordinal(level int) lang.Text {
	names := [...]lang.Text{lang.Say("一", "1"), lang.Say("二", "2"), lang.Say("三", "3"), lang.Say("四", "4"), lang.Say("五", "5")}
	return names[level-1]
}

// severities is how severity grows with the level, in one word or two.
func severities(c *rulebook.Check) lang.Text {
	var zh, en []string
	for _, s := range c.Severity.Values {
		text := s.Text()
		if n := len(en); n > 0 && en[n-1] == text.EN {
			continue
		}
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "→"), EN: strings.Join(en, "→")}
}

// weight is how much the check counts in its clause at a severity.
func weight(book *rulebook.Rulebook, c *rulebook.Check, s finding.Severity) int64 {
	if c.Weight > 0 {
		return c.Weight
	}
	return book.Policy.Weights[s]
}

// bound is a limit with the direction that its name gives it.
func bound(l rulebook.Limit) lang.Text {
	return lang.Say("%s %s", "%s %s", term.Bound(l.Name), l.Text())
}

// ranges says what a check ranges over.
func ranges(c *rulebook.Check) lang.Text {
	if len(c.Each) == 0 {
		return lang.Say("整个平台，只判一次", "the platform as a whole, once")
	}
	var zh, en []string
	for _, step := range c.Each {
		text := lang.Say("%[2]s 里的每个 %[1]s%[3]s", "each %[1]s in %[2]s%[3]s", step.Name, step.List, since(step))
		zh, en = append(zh, text.ZH), append(en, text.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}

// since says how far back a range looks, and by which date.
func since(step rulebook.Range) lang.Text {
	switch step.Within {
	case "":
		return lang.Text{}
	case rulebook.History:
		return lang.Say("（按 %s，只看政策定的期限之内%s）", " (by %s, as far back as the policy looks%s)", step.Dated, open(step))
	}
	return lang.Say("（按 %s，只看 %s之内%s）", " (by %s, within %s%s)", step.Dated, period(step.Within), open(step))
}

// open says what is looked at however old it is.
func open(step rulebook.Range) lang.Text {
	if step.Settled == "" {
		return lang.Text{}
	}
	return lang.Say("，%s 未填的不限", ", without limit while %s is not stated", step.Settled)
}

// period is an ISO 8601 duration for people.
func period(text string) lang.Text {
	if p, err := calendar.ParsePeriod(text); err == nil {
		return p.Text()
	}
	return lang.Same(text)
}

// decimal writes a number as it was written: all of them come from decimals.
func decimal(r *big.Rat) string {
	digits, exact := r.FloatPrec()
	if !exact {
		return r.RatString()
	}
	return r.FloatString(digits)
}

// pointsText is a number of points.
func pointsText(r *big.Rat) lang.Text {
	if decimal(r) == "1" {
		return lang.Say("1 分", "1 point")
	}
	return lang.Say("%s 分", "%s points", decimal(r))
}

// gradeText is a grade with the scores that earn it.
func gradeText(grades []rulebook.Grade, i int) lang.Text {
	if i > 0 && i == len(grades)-1 {
		return lang.Say("%s < %s", "%s < %s", grades[i].Title, decimal(grades[i-1].Min))
	}
	return lang.Say("%s ≥ %s", "%s ≥ %s", grades[i].Title, decimal(grades[i].Min))
}

// gradeTitle is the name of a grade, its id where the policy has no such.
func gradeTitle(book *rulebook.Rulebook, id string) lang.Text {
	for _, grade := range book.Policy.Grades {
		if grade.ID == id {
			return grade.Title
		}
	}
	return lang.Same(id)
}

// topicTitle is what a topic's schema calls it.
func topicTitle(book *rulebook.Rulebook, name string) lang.Text {
	if s := book.Schemas.Find(name); s != nil && !s.Root.Title.IsZero() {
		return s.Root.Title
	}
	return lang.Same(name)
}
