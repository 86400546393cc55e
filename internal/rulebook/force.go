package rulebook

import (
	"iter"
	"sync"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/lang"
)

// force is whether a check can be held against a platform on one day, by its own day
// and those of the articles behind it.
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
	if c.unbound {
		return force{}
	}
	at := c.at(level)
	if at.settled(f.AsOf()) {
		return force{since: at.since}
	}
	all := force{since: at.since}
	ended := false
	if day := c.Effective; day != nil && f.AsOf().Before(*day) {
		f.Foretell(*day)
		all.out, all.from = lang.Say("自 %s 起施行", "is asked for only from %s on", day), day
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
	if ended {
		all.from = nil
	}
	return all
}

// atLevel is what a check comes to at a level on any platform.
type atLevel struct {
	// binds is the day from which all that it rests on does, where it has a day or rests
	// on an article, and so is bound. ends is set where something of that does not hold for
	// ever.
	binds       calendar.Date
	bound, ends bool
	// since is the first day on which it bound anyone, nil where nothing binds it.
	since *calendar.Date
	// limits are its limits, nil for none.
	limits *document.Value
}

// settled reports whether the check's force will never change again after a day.
func (a *atLevel) settled(today calendar.Date) bool {
	return !a.ends && (!a.bound || !today.Before(a.binds))
}

// levels are a check at every level, each worked out when it is first judged by. Each
// copy of a check has its own.
type levels [MaxLevel + 1]struct {
	once sync.Once
	atLevel
}

// at is the check at a level.
func (c *Check) at(level int) *atLevel {
	at := &c.compiled.levels[min(max(level, 0), MaxLevel)]
	at.once.Do(func() { at.atLevel = c.atLevel(min(max(level, 0), MaxLevel)) })
	return &at.atLevel
}

func (c *Check) atLevel(level int) atLevel {
	at, binds := atLevel{since: c.Effective}, c.Effective
	for article := range c.carriers(level) {
		binds = later(binds, article.InForce.From)
		at.ends = at.ends || article.InForce.To != nil
	}
	if at.bound = binds != nil; at.bound {
		at.binds = *binds
	}
	// What a stricter limit rests on is no reason to forget what its laxer one judged.
	for article := range c.oldest().carriers(level) {
		at.since = later(at.since, article.InForce.From)
	}
	if c.compiled.limits != nil {
		at.limits = &document.Value{Kind: document.Map}
		for _, rule := range c.Limits {
			at.limits.SetFields(append(at.limits.Fields(), document.Field{Key: rule.Name, Value: rule.At(level).value}))
		}
	}
	return at
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
