package plan

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/timeline"
	"hegui/internal/trial"
)

var clauses = []string{"1.1", "1.2", "2.1", "2.2"}

// drawBook makes up a regulation and a policy.
func drawBook(t *rapid.T) *rulebook.Rulebook {
	book := &rulebook.Rulebook{}
	for _, id := range clauses {
		book.Regulation.Clauses = append(book.Regulation.Clauses, rulebook.Clause{ID: id, Chapter: id[:1],
			Points: big.NewRat(rapid.Int64Range(0, 20).Draw(t, "points"), rapid.Int64Range(1, 3).Draw(t, "parts")), Pending: rapid.IntRange(0, 9).Draw(t, "pending") == 0})
	}
	book.Regulation.Chapters = []rulebook.Chapter{{ID: "1"}, {ID: "2"}}
	p := &book.Policy
	p.Weights = map[finding.Severity]int64{finding.Blocker: 10, finding.Major: 5, finding.Minor: 2}
	for i, id := range []string{"excellent", "good", "pass", "fail"} {
		grade := rulebook.Grade{ID: id, Min: big.NewRat([]int64{90, 80, 60, 0}[i], 1)}
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			grade.Conditions = append(grade.Conditions, rulebook.Condition{Statutory: rapid.Bool().Draw(t, "statutory"), Severity: rapid.SampledFrom(finding.Severities()[:3]).Draw(t, "at least"),
				Chapter: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "chapter"), AtMost: rapid.Int64Range(0, 2).Draw(t, "at most")})
		}
		p.Grades = append(p.Grades, grade)
	}
	p.OpenBlockerGrade = rapid.SampledFrom([]string{"pass", "fail", "unknown"}).Draw(t, "open blocker grade")
	p.WaivedBlockerGrade = rapid.SampledFrom([]string{"excellent", "good", "pass", "unknown"}).Draw(t, "waived blocker grade")
	p.RequiredClauses = rapid.SliceOfN(rapid.SampledFrom(clauses), 0, 2).Draw(t, "required")
	p.Minimum, p.ClauseFloor, p.Coverage = big.NewRat(rapid.Int64Range(0, 100).Draw(t, "minimum"), 1), big.NewRat(rapid.Int64Range(0, 1000).Draw(t, "floor"), 10), big.NewRat(30, 1)
	return book
}

// drawPlatform makes up what has been judged of one.
func drawPlatform(t *rapid.T) *examine.Platform {
	p := &examine.Platform{}
	waiting, severest := map[string][]string{}, map[string]finding.Severity{}
	for i := range rapid.IntRange(0, 9).Draw(t, "checks") {
		c := drawCheck(t, fmt.Sprintf("t.c%d", i))
		for _, cause := range c.CausedBy() {
			waiting[cause], severest[cause] = append(waiting[cause], c.Rule.ID), max(severest[cause], c.Severity)
		}
		p.Checks = append(p.Checks, c)
	}
	for cause, id := range map[string]string{"fact": "fact.missing", "defect": "schema.type"} {
		if len(waiting[cause]) > 0 {
			p.Findings = append(p.Findings, finding.Finding{Check: id, Fingerprint: cause, Waiting: waiting[cause], Severity: severest[cause]})
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "finding") == 0 {
		p.Findings = append(p.Findings, finding.Finding{Check: "document.marking", Fingerprint: "m", Severity: finding.Blocker})
	}
	return p
}

func drawCheck(t *rapid.T, id string) examine.Check {
	c := examine.Check{Ruling: &audit.Ruling{Demand: &audit.Demand{
		Rule: &rulebook.Check{ID: id, Clauses: rapid.SliceOfN(rapid.SampledFrom(clauses), 1, 2).Draw(t, "clauses"), Weight: rapid.SampledFrom([]int64{0, 0, 1, 7}).Draw(t, "weight"),
			Effort: rapid.SampledFrom([]string{"small", "medium", "large"}).Draw(t, "effort")},
		Severity: rapid.SampledFrom(finding.Severities()).Draw(t, "severity"),
		Basis:    rulebook.Basis{Kind: rapid.SampledFrom([]string{"law", "standard", "default"}).Draw(t, "kind"), Confidence: "read"},
	}}, Applies: rapid.IntRange(0, 9).Draw(t, "applies") > 0, Outcome: finding.NotApplicable}
	if !c.Applies {
		return c // nothing of it is judged
	}
	for range rapid.IntRange(1, 3).Draw(t, "items") {
		item := examine.Item{Item: &audit.Item{}, Outcome: rapid.SampledFrom([]finding.Outcome{finding.Pass, finding.Fail, finding.Fail, finding.Fail, finding.Waived, finding.Rectified, finding.NotApplicable}).Draw(t, "outcome")}
		if item.Outcome == finding.Fail {
			item.CausedBy = map[int][]string{1: {"fact"}, 2: {"defect"}}[rapid.IntRange(0, 12).Draw(t, "cause")]
			item.Eased = len(item.CausedBy) == 0 && rapid.IntRange(0, 7).Draw(t, "eased") == 0
		}
		c.Items = append(c.Items, item)
	}
	c.Outcome = c.Sum()
	return c
}

func drawTarget(t *rapid.T) Target {
	switch rapid.IntRange(0, 2).Draw(t, "target") {
	case 0:
		return Target{Score: big.NewRat(rapid.Int64Range(0, 1000).Draw(t, "score"), 10)}
	case 1:
		return Target{Grade: rapid.SampledFrom([]string{"excellent", "good", "pass", "fail"}).Draw(t, "grade")}
	}
	return Target{}
}

// A plan is as cheap as the cheapest of all sets of steps that the score finds to
// reach the target; what is said of the platform after it is what the score says.
func TestPlanIsTryingEverySet(t *testing.T) {
	reached, steps := 0, 0
	trial.Check(t, 1500, func(t *rapid.T) {
		book, target := drawBook(t), drawTarget(t)
		on := timeline.Standing{Platform: drawPlatform(t)}
		on.Score = score.Compute(book.Regulation, book.Policy, on.Platform)
		got := Of(book, &timeline.Forecast{First: on}, calendar.Date{}, &target)
		w := newWork(book, on.Platform, on.Score)
		cheapest := -1
		for chosen := range 1 << len(w.steps) {
			var set []Step
			effort := 0
			for i := range w.steps {
				if chosen>>i&1 > 0 {
					set = append(set, w.steps[i])
					effort += w.steps[i].Effort
				}
			}
			if cheapest >= 0 && effort >= cheapest {
				continue
			}
			if after := w.scored(set); target.Reached(book.Policy, &after) {
				cheapest = effort
			}
		}
		if got.Reached != (cheapest >= 0) {
			t.Fatalf("reached %v, the cheapest costs %d", got.Reached, cheapest)
		}
		if !got.Reached {
			return
		}
		reached++
		steps += len(got.Steps)
		if got.Effort != cheapest || got.Least != cheapest {
			t.Fatalf("effort %d, at least %d, want %d", got.Effort, got.Least, cheapest)
		}
		sum := w.raw()
		for i := range got.Steps {
			sum.Add(sum, got.Steps[i].Gain)
		}
		after := on.Score
		if n := len(got.Steps); n > 0 {
			after = got.Steps[n-1].After
		}
		if !target.Reached(book.Policy, &after) || after.Raw != nil && score.Format(after.Raw) != score.Format(sum) {
			t.Fatalf("after it %s, by the sum of the steps %s, reached %v", score.Format(after.Raw), score.Format(sum), target.Reached(book.Policy, &after))
		}
	})
	if reached == 0 || steps == 0 {
		t.Error("no plan was made")
	}
	t.Logf("%d reached with %d steps", reached, steps)
}
