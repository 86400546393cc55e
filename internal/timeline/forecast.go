// Package timeline looks at platforms over time: what an unchanged description is
// judged to be on the days to come.
package timeline

import (
	"context"
	"slices"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/stopwatch"
)

// Forecast is what becomes of one platform if nobody changes anything.
type Forecast struct {
	// First is the platform on the first day, with its score.
	First Standing
	// Days are those on which an outcome changes, in their order.
	Days []Day
}

// Standing is what a platform is judged to be on one day.
type Standing struct {
	On       calendar.Date
	Platform *examine.Platform
	Score    score.Result
}

// Day is one on which something changes.
type Day struct {
	Standing
	Changes []Change
}

// Change is an item of a check, or a finding that no check makes, with another
// outcome than on the day before. An item that fails by itself where it had waited for
// another finding changes too.
type Change struct {
	Check *examine.Check // nil for a finding that no check makes
	Was   *examine.Check // what it was before
	Item  *examine.Item  // nil for a check that applies no longer
	// From and To are the outcomes before and after.
	From, To finding.Outcome
	// Finding says why it fails, nil where it does not or only waits for another.
	Finding *finding.Finding
}

// Worse reports whether the change is one for the worse.
func (c *Change) Worse() bool { return c.To == finding.Fail }

// Forecasts hands over what finish makes of what becomes of each of these platforms up
// to a day.
func Forecasts[T any](ctx context.Context, a *audit.Auditor, folders []audit.Folder, until calendar.Date, finish func(*Forecast) T, hand func(T)) []audit.Failure {
	return audit.Along(ctx, a, folders, func(c *audit.Course) (told T, err error) {
		var f Forecast
		room := func() *examine.Room { return new(examine.Room) }
		err = follow(ctx, a, c, until, room, func(first *Standing) { f.First = *first }, func(d *Day) { f.Days = append(f.Days, *d) })
		if err == nil {
			told = finish(&f)
		}
		return told, err
	}, hand)
}

// Follow judges the platforms in these folders on every day from the auditor's up to
// another on which an answer may change. Of each it hands over what begin makes of the
// first day once then has added every day on which an outcome changes; no day is kept.
func Follow[T any](ctx context.Context, a *audit.Auditor, folders []audit.Folder, until calendar.Date, begin func(*Standing) T, then func(T, *Day), hand func(T)) []audit.Failure {
	return audit.Along(ctx, a, folders, func(c *audit.Course) (told T, err error) {
		err = follow(ctx, a, c, until, twoRooms(), func(first *Standing) { told = begin(first) }, func(d *Day) { then(told, d) })
		return told, err
	}, hand)
}

// twoRooms are for those who look at two days at a time.
func twoRooms() func() *examine.Room {
	this, other := new(examine.Room), new(examine.Room)
	return func() *examine.Room {
		this, other = other, this
		return this
	}
}

// follow goes with a platform from day to day, each of which is examined in a room.
func follow(ctx context.Context, a *audit.Auditor, c *audit.Course, until calendar.Date, room func() *examine.Room, begin func(*Standing), then func(*Day)) error {
	last, err := stand(a.Rulebook, c, a.AsOf, room())
	if err != nil {
		return err
	}
	stop := a.Watch.Time(stopwatch.Score)
	last.weigh(a.Rulebook)
	stop()
	begin(&last)
	for ctx.Err() == nil {
		on, ahead := c.Next()
		if !ahead || on.After(until) {
			return nil
		}
		now, err := stand(a.Rulebook, c, on, room())
		if err != nil {
			return err
		}
		if changes := Compare(last.Platform, now.Platform); len(changes) > 0 {
			now.weigh(a.Rulebook)
			then(&Day{now, changes})
		}
		last = now
	}
	return ctx.Err()
}

func stand(book *rulebook.Rulebook, c *audit.Course, on calendar.Date, room *examine.Room) (Standing, error) {
	judged, err := c.On(on)
	if err != nil {
		return Standing{}, err
	}
	return Standing{On: on, Platform: room.Apply(book.On(on), judged, nil, on)}, nil
}

// weigh computes the score, which is the same as long as no outcome changes.
func (s *Standing) weigh(book *rulebook.Rulebook) {
	s.Score = score.Compute(book.Regulation, book.Policy, s.Platform)
}

// Compare tells what differs between one platform on two days: first what no check
// makes, then the checks in the rulebook's order.
func Compare(before, after *examine.Platform) []Change {
	changes := findings(before, after)
	for i := range after.Checks {
		was, is := &before.Checks[i], &after.Checks[i]
		if !same(was.Items, is.Items) {
			changes = append(changes, items(was, is, after)...)
		}
	}
	return changes
}

// same reports whether items are those of the day before with the same outcomes, as nearly
// all are.
func same(before, after []examine.Item) bool {
	return slices.EqualFunc(before, after, func(was, is examine.Item) bool {
		return was.Name == is.Name && was.Outcome == is.Outcome && (len(was.CausedBy) > 0) == (len(is.CausedBy) > 0)
	})
}

// told is the last finding of a fingerprint, nil where there is none.
func told(p *examine.Platform, fingerprint string) *finding.Finding {
	for i := len(p.Findings) - 1; i >= 0; i-- {
		if p.Findings[i].Fingerprint == fingerprint {
			return &p.Findings[i]
		}
	}
	return nil
}

// findings are those that no check makes and that only one of two days has.
func findings(before, after *examine.Platform) (changes []Change) {
	stood := map[string]int{}
	for i := range before.Findings {
		if f := &before.Findings[i]; f.Title.IsZero() && f.Severity > finding.Advisory {
			stood[f.Fingerprint]++
		}
	}
	for i := range after.Findings {
		f := &after.Findings[i]
		if !f.Title.IsZero() || f.Severity == finding.Advisory {
			continue
		}
		if stood[f.Fingerprint]--; stood[f.Fingerprint] < 0 {
			changes = append(changes, Change{From: finding.Pass, To: finding.Fail, Finding: f})
		}
	}
	for i := range before.Findings {
		f := &before.Findings[i]
		if f.Title.IsZero() && stood[f.Fingerprint] > 0 {
			stood[f.Fingerprint]--
			changes = append(changes, Change{From: finding.Fail, To: finding.Pass, Finding: f})
		}
	}
	return changes
}

// items are those of a check that only one of two days has, or that have another
// outcome on each.
func items(was, is *examine.Check, after *examine.Platform) (changes []Change) {
	stood := map[string]*examine.Item{}
	for i := range was.Items {
		stood[was.Items[i].Name] = &was.Items[i]
	}
	for i := range is.Items {
		item := &is.Items[i]
		from, waited := finding.NotApplicable, false
		if old := stood[item.Name]; old != nil {
			from, waited = old.Outcome, len(old.CausedBy) > 0
			delete(stood, item.Name)
		}
		if from == item.Outcome && (!waited || len(item.CausedBy) > 0) {
			continue
		}
		c := Change{Check: is, Was: was, Item: item, From: from, To: item.Outcome}
		if c.Worse() {
			c.Finding = told(after, finding.Fingerprint(is.Rule.ID, after.Code, item.Keys...))
		}
		changes = append(changes, c)
	}
	for i := range was.Items {
		if item := &was.Items[i]; stood[item.Name] == item && item.Judged() {
			changes = append(changes, Change{Check: is, Was: was, Item: item, From: item.Outcome, To: finding.NotApplicable})
		}
	}
	return changes
}
