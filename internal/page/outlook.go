package page

import (
	"cmp"
	"html/template"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// maxAhead is how many items are named that lapse on a day, or that are announced.
const maxAhead = 5

// outlook is what a card says of the year ahead.
type outlook struct {
	Until string
	// Next is the first day on which something lapses, with the first of what does; nil
	// for none.
	Next   *results.ForecastDay
	More   int
	Months []results.Month
	// Hidden: the audience learns the verdicts to come, not what lapses.
	Hidden bool
}

// Outlook is nil where nobody has looked ahead.
func (c *card) Outlook() *outlook {
	f := c.Forecast
	if f == nil {
		return nil
	}
	o := &outlook{Until: f.Until, Months: f.Months(), Hidden: c.Hidden()}
	if days := f.Within(calendar.Period{Months: len(o.Months)}); len(days) > 0 {
		o.Next = &days[0]
		slices.SortStableFunc(o.Next.Changes, func(a, b results.Lapse) int { return cmp.Compare(b.Severity, a.Severity) })
		o.More = max(len(o.Next.Changes)-maxAhead, 0)
		o.Next.Changes = o.Next.Changes[:len(o.Next.Changes)-o.More]
	}
	return o
}

// ahead are the first items that fail what is announced, and how many more do.
type ahead struct {
	Shown []results.Upcoming
	More  int
}

// Ahead is nil where nothing is announced that fails.
func (c *card) Ahead() *ahead {
	all := c.Upcoming
	if len(all) == 0 {
		return nil
	}
	shown := all[:min(len(all), maxAhead)]
	return &ahead{shown, len(all) - len(shown)}
}

// lapsing is one item of a platform that lapses within a month.
type lapsing struct {
	Day, Link, Item, Check, Begin string
	Title                         template.HTML // of the platform
	What, Severity                lang.Text
}

// lapses are the first of them in the order of their days, how many there are in all
// and of how many platforms.
type lapses struct {
	Rows                 []lapsing
	All, Platforms, More int
}

// add adds what lapses of a platform and returns how many items do. Of all platforms
// the first maxDue are kept.
func (l *lapses) add(p *results.Platform, link string) int {
	n := 0
	for _, day := range p.Forecast.Within(calendar.Period{Months: 1}) {
		n += len(day.Changes)
		for _, c := range day.Changes[:min(len(day.Changes), maxDue)] {
			l.Rows = append(l.Rows, lapsing{day.On, link, c.Item, c.Check, c.Begin, platformTitle(p.ID, p.Name), c.Title, c.Severity.Text()})
		}
	}
	if n > 0 {
		l.Platforms++
	}
	l.All += n
	slices.SortStableFunc(l.Rows, func(a, b lapsing) int { return cmp.Compare(a.Day, b.Day) })
	l.Rows = l.Rows[:min(len(l.Rows), maxDue)]
	l.More = l.All - len(l.Rows)
	return n
}
