package results

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/plan"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/timeline"
)

// A plan shows each audience what it may see: the public no step, internal readers no
// sensitive name.
func TestPlanForAudiences(t *testing.T) {
	shown := func() Outlook { return Outlook{On: "2026-12-01", Grade: Grade{Vetoes: []string{"a.veto"}, Open: 1}} }
	p := &Plan{Now: shown(), Otherwise: shown(), After: shown(), Effort: 3, Obstacles: []lang.Text{lang.Same("why")},
		Steps:    []PlanStep{{Check: "a.b", Items: []string{"10.0.0.1"}, redacted: []string{"item 1"}}},
		Together: []Together{{About: lang.Same("10.0.0.1 is missing"), redacted: lang.Same("it is missing"), Checks: []string{"a.b", "c.d"}}}}
	if got := p.For(Assessor); got.Steps[0].Items[0] != "10.0.0.1" {
		t.Errorf("the assessor sees %+v", got)
	}
	if got := p.For(Internal); !slices.Equal(got.Steps[0].Items, []string{"item 1"}) || got.Together[0].About != lang.Same("it is missing") || len(got.Obstacles) != 1 || len(got.Now.Grade.Vetoes) != 1 {
		t.Errorf("internal readers see %+v", got)
	}
	if got := p.For(Public); len(got.Steps)+len(got.Together)+len(got.Obstacles) > 0 || got.Effort != 3 || len(got.Now.Grade.Vetoes)+len(got.Otherwise.Grade.Vetoes)+len(got.After.Grade.Vetoes) > 0 {
		t.Errorf("the public sees %+v", got)
	}
	if p.Steps[0].Items[0] != "10.0.0.1" || len(p.Now.Grade.Vetoes) != 1 {
		t.Error("the plan itself is changed")
	}
}

// Two steps that miss the same fact are told together, one alone is not.
func TestStepsTogether(t *testing.T) {
	on := &timeline.Standing{Platform: &examine.Platform{}}
	on.Platform.Findings = []finding.Finding{{Fingerprint: "shared", Message: lang.Same("no owner")}, {Fingerprint: "own", Message: lang.Same("no day")}}
	steps := []plan.Step{
		{Finding: &finding.Finding{Check: "a.b"}, Missing: []string{"shared"}},
		{Finding: &finding.Finding{Check: "c.d"}, Missing: []string{"shared", "own"}},
	}
	got := together(on, steps)
	if len(got) != 1 || got[0].About.EN != "no owner" || !slices.Equal(got[0].Checks, []string{"a.b", "c.d"}) {
		t.Errorf("together %+v", got)
	}
}

// Where a condition keeps a platform from the grade that is aimed at, whatever it fixes,
// the plan names the condition: only an assessor's word may be missing.
func TestObstaclesNameTheCondition(t *testing.T) {
	good := rulebook.Grade{ID: "good", Title: lang.Same("good")}
	p := &plan.Plan{Target: plan.Target{Grade: "good"}, Best: score.Result{Raw: big.NewRat(99, 1), Lost: []score.LostGrade{
		{Grade: rulebook.Grade{ID: "excellent"}, Condition: rulebook.Condition{Early: true}, Checks: []string{"a.early"}},
		{Grade: good, Condition: rulebook.Condition{Unconfirmed: "a.provided"}, Checks: []string{"a.provided"}}}}}
	got := obstacles(&rulebook.Rulebook{}, p)
	if last := got[len(got)-1].EN; len(got) != 2 || !strings.Contains(last, "a.provided that no assessor has confirmed") {
		t.Errorf("the obstacles are %v", got)
	}
}
