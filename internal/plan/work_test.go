package plan_test

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"hegui"
	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/plan"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/source"
	"hegui/internal/timeline"
)

// Where every check of the whole rulebook fails, the cheapest plan for each target is
// found, and proved, after few partial ones.
func TestWorstCaseIsBounded(t *testing.T) {
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tree.Close() }()
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: day, Jobs: 1}
	var first *timeline.Forecast
	failures := timeline.Forecasts(context.Background(), auditor, audit.Discover(tree, []string{"platforms/government-services"}), day, func(f *timeline.Forecast) *timeline.Forecast { return f }, func(f *timeline.Forecast) { first = f })
	if len(failures) > 0 || first == nil {
		t.Fatal(failures)
	}
	failing := 0
	p := *first.First.Platform
	p.Checks = slices.Clone(p.Checks)
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Applies && len(c.Items) > 0 {
			c.Items = []examine.Item{{Item: &audit.Item{}, Outcome: finding.Fail}}
			failing++
		}
		c.Outcome = c.Sum()
	}
	on := timeline.Standing{On: day, Platform: &p, Score: score.Compute(book.Regulation, book.Policy, &p)}
	for _, target := range []plan.Target{{}, {Grade: "good"}, {Score: big.NewRat(775, 10)}} {
		got := plan.Of(book, &timeline.Forecast{First: on}, day, &target)
		if !got.Reached || got.Effort == 0 || got.Least != got.Effort {
			t.Errorf("%+v: reached %v, effort %d, at least %d", target, got.Reached, got.Effort, got.Least)
		}
		if got.Looked > 1_000_000 {
			t.Errorf("%+v: %d partial plans were looked at", target, got.Looked)
		}
		t.Logf("%+v: %d failing checks, %d steps, effort %d, %d partial plans", target, failing, len(got.Steps), got.Effort, got.Looked)
	}
}
