package timeline_test

import (
	"context"
	"fmt"
	"testing"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/timeline"
	"hegui/internal/trial"
)

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A forecast is what judging every single day would find: on the days around each
// change, and on others drawn at random; in make long on every day of two years.
func TestForecastIsJudgingEachDay(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	from, until := date(t, "2026-12-01"), date(t, "2027-12-01")
	if trial.Long(t) {
		until = date(t, "2028-12-01")
	}
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: from, Jobs: 2}
	for _, folder := range audit.Discover(tree, nil) {
		var f *timeline.Forecast
		failures := timeline.Forecasts(context.Background(), auditor, []audit.Folder{folder}, until, func(f *timeline.Forecast) *timeline.Forecast { return f }, func(made *timeline.Forecast) { f = made })
		if len(failures) > 0 || len(f.Days) == 0 {
			t.Fatalf("%s: %d days, %v", folder.ID, len(f.Days), failures)
		}
		t.Logf("%s: %d days with changes", folder.ID, len(f.Days))
		compared := 0
		for _, on := range daysAround(t, f, from, until) {
			now := f.First
			for _, day := range f.Days {
				if !day.On.After(on) {
					now = day.Standing
				}
			}
			again := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: on, Jobs: 1}
			judged, failures := again.Judge(context.Background(), []audit.Folder{folder})
			if len(failures) > 0 {
				t.Fatal(failures)
			}
			p := examine.Apply(book, judged[0], nil, on)
			if got, want := said(now.Platform, now.Score), said(p, score.Compute(book.Regulation, book.Policy, p)); got != want {
				t.Errorf("%s on %s is foretold as\n%s\njudged as\n%s", folder.ID, on, got, want)
			}
			compared++
		}
		t.Logf("%d days compared", compared)
	}
}

func daysAround(t *testing.T, f *timeline.Forecast, from, until calendar.Date) (days []calendar.Date) {
	if trial.Long(t) {
		for on := from; !on.After(until); on = on.NextDay() {
			days = append(days, on)
		}
		return days
	}
	random := trial.Random(t)
	chosen := map[calendar.Date]bool{}
	for range trial.Tries(t, 30) {
		chosen[from.Add(calendar.Period{Days: random.IntN(365)})] = true
	}
	for _, day := range f.Days {
		chosen[day.On], chosen[day.On.PreviousDay()] = true, true
	}
	for on := from; !on.After(until); on = on.NextDay() {
		if chosen[on] {
			days = append(days, on)
		}
	}
	return days
}

// said is all that a reader learns of a day.
func said(p *examine.Platform, s score.Result) string {
	text := fmt.Sprintln(score.Format(s.Raw), score.Format(s.Adjusted), s.Grade.ID, s.Compliant, s.Vetoes, s.Statutory)
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			if item.Outcome != finding.Pass {
				text += fmt.Sprintln(p.Checks[i].Rule.ID, item.Name, item.Outcome, item.CausedBy)
			}
		}
	}
	for _, f := range p.Findings {
		if f.Severity > finding.Advisory {
			text += fmt.Sprintln(f.Check, f.Item, f.Severity, f.Waived, f.Clauses)
		}
	}
	return text
}
