package rulebook

import (
	"iter"

	"hegui/internal/calendar"
	"hegui/internal/expression"
	"hegui/internal/lang"
)

// force is what the day of a check and those of the articles behind it say of it on
// one day.
type force struct {
	// since is the first day on which all of them were in force; nil where the
	// check has no day and rests on no article.
	since *calendar.Date
	// out says why the check cannot be held against anyone, zero if it can.
	out lang.Text
	// from is the day on which it can be, nil where it can already or no longer.
	from *calendar.Date
}

// force looks at the day of the check and at what carries it and its limits at a
// level; what only supports them decides nothing. Of a platform that does not state
// its level one level is enough to judge by, and the earliest day counts.
func (c *Check) force(f *Frame, level int) force {
	if level != NoLevel {
		return c.forceAt(f, level)
	}
	all := c.forceAt(f, MaxLevel)
	for level := 1; level < MaxLevel; level++ {
		at := c.forceAt(f, level)
		switch {
		case !at.out.IsZero():
		case !all.out.IsZero(), at.since == nil, all.since != nil && at.since.Before(*all.since):
			all = at
		}
	}
	return all
}

func (c *Check) forceAt(f *Frame, level int) force {
	var all force
	if c.unbound {
		return all
	}
	ended := false
	if day := c.Effective; day != nil {
		all.since = day
		if f.AsOf().Before(*day) {
			f.Foretell(*day)
			all.out, all.from = lang.Say("自 %s 起施行", "is asked for only from %s on", day), day
		}
	}
	for article := range c.carriers(level) {
		span := article.InForce
		ended = ended || span.ended(f.AsOf())
		if f.AsOf().Before(span.From) {
			all.from = later(all.from, span.From)
		}
		if why := article.outOfForce(f); all.out.IsZero() {
			all.out = why
		}
	}
	// What a stricter limit rests on is no reason to forget what its laxer one judged.
	for article := range c.oldest().carriers(level) {
		all.since = later(all.since, article.InForce.From)
	}
	if ended {
		all.from = nil
	}
	return all
}

// later is the later of two days, of which there may be only one.
func later(day *calendar.Date, other calendar.Date) *calendar.Date {
	if day == nil || other.After(*day) {
		return &other
	}
	return day
}

// oldest is the check before any of its limits was tightened on a day.
func (c *Check) oldest() *Check {
	for c.earlier != nil {
		c = c.earlier
	}
	return c
}

// carriers are the articles that a check and its limits rest on at a level.
func (c *Check) carriers(level int) iter.Seq[*Article] {
	return func(yield func(*Article) bool) {
		if carrier := c.Basis.At(level).carrier; carrier != nil && !yield(carrier) {
			return
		}
		for _, rule := range c.Limits {
			if carrier := rule.At(level).Basis.carrier; carrier != nil && !yield(carrier) {
				return
			}
		}
	}
}

// outOfForce says why an article cannot be held against anyone on the frame's
// day, and notes on which day that changes.
func (a *Article) outOfForce(f *expression.Frame) lang.Text {
	today, span := f.AsOf(), a.InForce
	switch {
	case today.Before(span.From):
		f.Foretell(span.From)
		return lang.Say("所依据的“%s”自 %s 起才有效", "rests on %s, which is in force only from %s", a.Text(), span.From)
	case span.ended(today):
		return lang.Say("所依据的“%s”只到 %s 有效", "rests on %s, which was in force only until %s", a.Text(), span.To)
	case span.To != nil:
		f.Foretell(span.To.NextDay())
	}
	return lang.Text{}
}
