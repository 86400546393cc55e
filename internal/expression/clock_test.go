package expression_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/calendar"
	"hegui/internal/expression"
	"hegui/internal/trial"
)

// The clock's functions at their edges, with the days on which they change.
func TestClock(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ expr, yaml, asOf, want string }{
		// Both ends of the period count.
		{"recent(t.d, t.p)", "{d: 2026-12-01, p: P30D}", "2026-12-01", "true [2027-01-01]"},
		{"recent(t.d, t.p)", "{d: 2026-11-01, p: P30D}", "2026-12-01", "true [2026-12-02]"},
		{"recent(t.d, t.p)", "{d: 2026-10-31, p: P30D}", "2026-12-01", "false []"},
		{"recent(t.d, t.p)", "{d: 2026-12-01, p: P0D}", "2026-12-01", "true [2026-12-02]"},
		// A future date has not happened.
		{"recent(t.d, t.p)", "{d: 2026-12-02, p: P30D}", "2026-12-01", "false [2026-12-02]"},
		// Months end on their last day.
		{"recent(t.d, t.p)", "{d: 2026-01-31, p: P1M}", "2026-02-28", "true [2026-03-01]"},
		{"recent(t.d, t.p)", "{d: 2026-01-31, p: P1M}", "2026-03-01", "false []"},
		{"recent(t.d, t.p)", "{d: 2024-02-29, p: P1Y}", "2025-02-28", "true [2025-03-01]"},
		{"recent(t.d, t.p)", "{d: 2024-02-29, p: P4Y}", "2028-02-29", "true [2028-03-01]"},
		// An instant counts by its day in Shanghai; hours fill days.
		{"recent(t.i, t.p)", "{i: '2026-11-30T23:59:00Z', p: P1D}", "2026-12-02", "true [2026-12-03]"},
		{"recent(t.i, t.p)", "{i: '2026-12-01T23:59:00+08:00', p: P1D}", "2026-12-01", "true [2026-12-03]"},
		{"recent(t.d, t.p)", "{d: 2026-11-30, p: PT4H}", "2026-12-01", "true [2026-12-02]"},
		{"past(t.d)", "d: 2026-12-01", "2026-12-01", "true []"},
		{"past(t.d)", "d: 2026-12-02", "2026-12-01", "false [2026-12-02]"},
		{"past(t.i)", "i: '2026-12-01T23:00:00+08:00'", "2026-12-01", "true []"},
		{"!past(t.d)", "d: 2027-01-31", "2026-12-01", "true [2027-01-31]"},
		{"unexpired(t.d)", "d: 2026-12-01", "2026-12-01", "true [2026-12-02]"},
		{"unexpired(t.d)", "d: 2026-11-30", "2026-12-01", "false []"},
		{"unexpired(t.i)", "i: '2026-12-01T01:00:00+08:00'", "2026-12-01", "true [2026-12-02]"},
		{"before(t.d, t.d2)", "{d: 2026-01-01, d2: 2026-01-02}", "2026-12-01", "true []"},
		{"before(t.d, t.d2)", "{d: 2026-01-01, d2: 2026-01-01}", "2026-12-01", "false []"},
		{"before(t.i, t.i2)", "{i: '2026-01-01T10:00:00+08:00', i2: '2026-01-01T02:00:01Z'}", "2026-12-01", "true []"},
		{"before(t.d, t.i)", "{d: 2026-01-01, i: '2026-01-01T10:00:00+08:00'}", "2026-12-01", "false []"},
		{"before(t.d, t.i)", "{d: 2026-01-01, i: '2026-01-01T17:00:00Z'}", "2026-12-01", "true []"},
		{"not_after(t.d, t.d2)", "{d: 2026-01-01, d2: 2026-01-01}", "2026-12-01", "true []"},
		{"not_after(t.d, t.d2)", "{d: 2026-01-02, d2: 2026-01-01}", "2026-12-01", "false []"},
		{"not_after(t.i, t.i2)", "{i: '2026-01-01T10:00:01+08:00', i2: '2026-01-01T02:00:00Z'}", "2026-12-01", "false []"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-01-31, d2: 2026-02-28, p: P1M}", "2026-12-01", "true []"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-01-31, d2: 2026-03-01, p: P1M}", "2026-12-01", "false []"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-01-31, d2: 2026-01-31, p: P0D}", "2026-12-01", "true []"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-01-31, d2: 2026-01-30, p: P1M}", "2026-12-01", "false []"},
		{"within(t.i, t.i2, t.p)", "{i: '2026-01-01T10:00:00+08:00', i2: '2026-01-01T14:00:00+08:00', p: PT4H}", "2026-12-01", "true []"},
		{"within(t.i, t.i2, t.p)", "{i: '2026-01-01T10:00:00+08:00', i2: '2026-01-01T14:00:01+08:00', p: PT4H}", "2026-12-01", "false []"},
		{"within(t.i, t.i2, t.p)", "{i: '2026-01-01T10:00:00+08:00', i2: '2026-01-01T09:59:59+08:00', p: PT4H}", "2026-12-01", "false []"},
		{"within(t.d, t.i, t.p)", "{d: 2026-01-01, i: '2026-01-02T14:00:00+08:00', p: PT4H}", "2026-12-01", "true []"},
		// Without a gap: each within the period of the one before, the newest recent.
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-11-01, 2026-10-02, 2026-11-30], p: P30D}", "2026-12-01", "true [2026-12-31]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-11-01, 2026-10-01, 2026-11-30], p: P30D}", "2026-12-01", "false [2027-11-02]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2025-10-01, 2025-12-01, 2025-12-31], p: P30D}", "2026-01-01", "false [2026-12-02]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2025-10-01, 2025-12-01, 2026-12-01], p: P1Y}", "2026-12-02", "true [2027-12-02]"},
		{"unbroken(t.dates, t.p, period('P1M'))", "{dates: [2026-08-01, 2026-10-31, 2026-11-30], p: P30D}", "2026-12-01", "true [2026-12-31]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-10-31], p: P30D}", "2026-12-01", "false []"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-11-20, 2026-12-20], p: P30D}", "2026-12-01", "true [2026-12-20 2026-12-21]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-12-20], p: P30D}", "2026-12-01", "false [2026-12-20]"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [], p: P30D}", "2026-12-01", "empty t.dates in the root []"},
		// Every call that was made is recorded, once and in order.
		{"recent(t.d, t.p) && unexpired(t.d2) && past(t.d)", "{d: 2026-11-20, p: P30D, d2: 2026-12-10}", "2026-12-01", "true [2026-12-11 2026-12-21]"},
		{"past(t.d) || past(t.d2)", "{d: 2026-12-05, d2: 2026-12-05}", "2026-12-01", "false [2026-12-05]"},
		{"t.dates.exists(d, recent(d, t.p))", "{dates: [2026-11-01, 2026-11-20], p: P30D}", "2026-12-01", "true [2026-12-02]"},
	} {
		f := w.frame(t, c.yaml, c.asOf)
		got := write(w.compile(t, c.expr, expression.Condition).True(f)) + " " + fmt.Sprint(f.Flips())
		if got != c.want {
			t.Errorf("%s on %s at %s gives %s, want %s", c.expr, c.yaml, c.asOf, got, c.want)
		}
		f.Reset()
		if len(f.Flips()) > 0 {
			t.Error("a reset keeps the flips")
		}
	}
}

// The recorded flips are exact: until the first of them nothing changes, and a
// single call changes on that very day.
func TestFlipsAreExact(t *testing.T) {
	w := newWorld(t)
	calls := []string{"recent(t.d, t.p)", "recent(t.d2, t.p2)", "past(t.d)", "past(t.d3)", "unexpired(t.d2)", "!past(t.d2)", "!unexpired(t.d)", "before(t.d, t.d2)", "t.dates.exists(d, recent(d, t.p))", "t.dates.all(d, past(d))", "unbroken(t.dates, t.p, period('P1Y'))"}
	programs := map[string]*expression.Program{}
	trial.Check(t, 100, func(t *rapid.T) {
		start := day(2024, rapid.IntRange(0, 800).Draw(t, "as of"))
		date := func(name string) string {
			return start.Add(calendar.Period{Days: rapid.IntRange(0, 120).Draw(t, name)}).Add(calendar.Period{}).String()
		}
		back := func(name string) string {
			return day(2024, rapid.IntRange(0, 900).Draw(t, name)).String()
		}
		period := rapid.SampledFrom([]string{"P0D", "P1D", "P30D", "P1M", "P2M", "P1Y", "PT4H", "P1M1D"})
		text := rapid.SampledFrom(calls).Draw(t, "call")
		single := true
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			text = fmt.Sprintf(rapid.SampledFrom([]string{"(%s && %s)", "(%s || %s)"}).Draw(t, "join"), text, rapid.SampledFrom(calls).Draw(t, "call"))
			single = false
		}
		if programs[text] == nil {
			programs[text] = w.compile(t, text, expression.Condition)
		}
		yaml := fmt.Sprintf("{d: %s, d2: %s, d3: %s, p: %s, p2: %s, dates: [%s, %s]}", back("d"), date("d2"), date("d3"), period.Draw(t, "p"), period.Draw(t, "p2"), back("first"), date("second"))
		at := func(on calendar.Date) (string, []calendar.Date) {
			f := w.frame(t, yaml, on.String())
			answer := write(programs[text].True(f))
			return answer, f.Flips()
		}
		before, flips := at(start)
		last := start.Add(calendar.Period{Days: 200})
		if len(flips) > 0 {
			last = flips[0]
		}
		for on := start.NextDay(); on.Before(last); on = on.NextDay() {
			if answer, _ := at(on); answer != before {
				t.Fatalf("%s on %s: %s at %s, already %s at %s; flips %v", text, yaml, before, start, answer, on, flips)
			}
		}
		for _, flip := range flips {
			if !start.Before(flip) {
				t.Fatalf("%s on %s flips at %s, which is not after %s", text, yaml, flip, start)
			}
		}
		// Where a gap leaves the window, another may stay.
		if answer, _ := at(last); single && len(flips) > 0 && text[0] != 't' && text[0] != 'u' && answer == before {
			t.Fatalf("%s on %s: does not change at %s", text, yaml, last)
		}
	})
}

func day(year, days int) calendar.Date {
	d, err := calendar.ParseDate(fmt.Sprintf("%d-01-01", year))
	if err != nil {
		panic(err)
	}
	return d.Add(calendar.Period{Days: days})
}

func TestPeriodsAndSums(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.p < t.p2", "{p: P30D, p2: P1M}", "true"}, {"t.p >= t.p2", "{p: P12M, p2: P1Y}", "true"}, {"t.p <= t.p2", "{p: P366D, p2: P1Y}", "true"},
		{"t.p > t.p2", "{p: PT25H, p2: P1D}", "true"}, {"t.p == t.p2", "{p: P12M, p2: P1Y}", "true"}, {"t.p != t.p2", "{p: P365D, p2: P1Y}", "true"},
		{"t.p == period('P7D')", "p: P1W", "true"}, {"t.periods.all(p, p < period('P1Y'))", "periods: [P1D, P11M]", "true"}, {"t.p in t.periods", "{p: P12M, periods: [P1D, P1Y]}", "true"},
		{"period(t.s) < t.p", "{s: soon, p: P1D}", `error: "soon" is not a period: want an ISO 8601 duration such as P90D, P1Y or PT4H`},
		{"sum(t.nums) == 6.0", "nums: [1, 2, 3]", "true"}, {"sum(t.nums) > 5", "nums: [1, 2, 3]", "true"}, {"sum(t.decimals) > 1.9", "decimals: [1, 0.95]", "true"},
		{"sum(t.nums) == 0.0", "nums: []", "empty t.nums in the root"}, {"sum(t.adverse.map(i, i.num)) == 0.0", "adverse: []", "true"}, {"sum(t.must.map(i, i.num)) == 5.0", "must: [{id: a, num: 2}, {id: b, num: 3}]", "true"}, {"sum([1, 2]) == 3.0", "n: 1", "true"},
		{"t.x > 1", "x: 1.5", "true"}, {"t.n > 1.5", "n: 2", "true"}, {"t.x == 2.0", "x: 2", "true"}, {"t.n / 0 > 1", "n: 2", "error: division by zero"},
	} {
		if got := w.value(t, c.expr, c.yaml, "2026-12-01"); got != c.want {
			t.Errorf("%s on %s gives %s, want %s", c.expr, c.yaml, got, c.want)
		}
	}
}
