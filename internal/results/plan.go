package results

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/plan"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/term"
	"hegui/internal/timeline"
)

// Plan is the cheapest way of a platform to a target.
type Plan struct {
	// Target is what is to be reached, in words, Score and Grade which one it is; both
	// are empty for compliance.
	Target lang.Text `json:"target"`
	Score  Number    `json:"target_score,omitempty"`
	Grade  string    `json:"target_grade,omitempty"`
	// By is the day of the plan, Now the platform on the first day, Otherwise on that of
	// the plan if nobody does anything, After once all steps are done.
	By        string  `json:"by"`
	Now       Outlook `json:"now"`
	Otherwise Outlook `json:"otherwise"`
	After     Outlook `json:"after"`
	Reached   bool    `json:"reached"`
	// Obstacles say why the target cannot be reached, and what of a plan that reaches it
	// nobody knows.
	Obstacles []lang.Text `json:"obstacles"`
	// Effort is the sum over the steps, Least one below which there is no plan: the same
	// where the plan is proved to be the cheapest.
	Effort int        `json:"effort"`
	Least  int        `json:"effort_at_least"`
	Steps  []PlanStep `json:"steps"`
	// Together are steps that one action may fix: they miss the same fact, or are about
	// the same place.
	Together []Together `json:"together"`
}

// PlanStep fixes one check wholly, or a finding that no check makes.
type PlanStep struct {
	// Check is the check, or the id of the finding.
	Check    string           `json:"check"`
	Title    lang.Text        `json:"title"`
	Clauses  []string         `json:"clauses"`
	Severity finding.Severity `json:"severity"`
	// Veto and Duty: it lifts a veto, or meets a duty of law.
	Veto bool `json:"veto"`
	Duty bool `json:"duty"`
	// Items are those that fail, none for a check that does not range over items.
	Items  []string  `json:"items"`
	Remedy lang.Text `json:"remedy"`
	Effort string    `json:"effort"`
	Costs  int       `json:"costs"`
	// Gain are the points of the raw score that it gives, four decimals.
	Gain Number `json:"gain"`
	// Lapses is the day from which the check fails, empty where it does already.
	Lapses string `json:"lapses,omitempty"`
	// Unstated is how many facts are to be stated for it; Recheck: the assessor has to
	// look again as well.
	Unstated int  `json:"unstated,omitempty"`
	Recheck  bool `json:"recheck,omitempty"`
	// Location is where the first of it is, After the platform once the step and all
	// before it are done.
	Location *finding.Location `json:"location,omitempty"`
	After    Outlook           `json:"after"`

	redacted []string
}

// Together are steps that one action may fix.
type Together struct {
	// At is the place, nil where the fact is not stated anywhere.
	At     *finding.Location `json:"location,omitempty"`
	About  lang.Text         `json:"about"`
	Checks []string          `json:"checks"`

	redacted lang.Text
}

// Prepare judges the platforms in these folders like Each, as they are on the first day
// and up to that of the plan, and finds the cheapest plan for each.
func Prepare(ctx context.Context, auditor *audit.Auditor, folders []audit.Folder, by calendar.Date, target *plan.Target, hand func(Platform)) []audit.Failure {
	book := auditor.Rulebook
	l := newLayout(book)
	return timeline.Forecasts(ctx, auditor, folders, by, func(f *timeline.Forecast) Platform {
		one := l.lay(f.First.Platform, &f.First.Score, f.First.On, Everything)
		one.Plan = planned(book, plan.Of(book, f, by, target))
		return one
	}, hand)
}

func planned(book *rulebook.Rulebook, p *plan.Plan) *Plan {
	out := &Plan{Target: targeted(book, p.Target), Score: Number(score.Format(p.Target.Score)), Grade: p.Target.Grade, By: p.On.On.String(), Now: outlook(&p.Start), Otherwise: outlook(&p.On),
		Reached: p.Reached, Effort: p.Effort, Least: p.Least, Steps: []PlanStep{}, Obstacles: obstacles(book, p), Together: []Together{}}
	out.After = out.Otherwise
	for i := range p.Steps {
		out.Steps = append(out.Steps, step(&p.On, &p.Steps[i]))
		out.After = out.Steps[i].After
	}
	out.Together = append(out.Together, together(&p.On, p.Steps)...)
	return out
}

func targeted(book *rulebook.Rulebook, t plan.Target) lang.Text {
	switch {
	case t.Score != nil:
		return lang.Say("%s 分", "%s points", score.Format(t.Score))
	case t.Grade != "":
		i := slices.IndexFunc(book.Policy.Grades, func(g rulebook.Grade) bool { return g.ID == t.Grade })
		return lang.Say("等次“%s”", "grade %q", book.Policy.Grades[i].Title)
	}
	return term.Compliance(true)
}

func step(on *timeline.Standing, s *plan.Step) PlanStep {
	out := PlanStep{Check: s.ID(), Veto: s.Veto, Duty: s.Duty, Costs: s.Effort, Gain: Number(score.FormatExact(s.Gain)), Unstated: len(s.Missing), Items: []string{},
		After: outlook(&timeline.Standing{On: on.On, Score: s.After})}
	if s.Lapses != (calendar.Date{}) {
		out.Lapses = s.Lapses.String()
	}
	if f := s.Finding; f != nil {
		at := f.Location
		out.Title, out.Clauses, out.Severity, out.Remedy, out.Location, out.Effort = f.Title, list(f.Clauses), f.Severity, f.Remedy, &at, "small"
		return out
	}
	c := s.Check
	out.Title, out.Clauses, out.Severity, out.Remedy, out.Effort = c.Rule.Title, list(c.Rule.Clauses), c.Severity, c.Rule.Remedy, c.Rule.Effort
	for i := range c.Items {
		item := &c.Items[i]
		if item.Outcome != finding.Fail && item.Outcome != finding.Waived {
			continue
		}
		out.Recheck = out.Recheck || item.State == examine.Rejected
		if item.Name != "" {
			out.Items, out.redacted = append(out.Items, item.Name), append(out.redacted, item.Redacted)
		}
		if out.Location == nil && item.Place.Document() != nil {
			at := finding.At(item.Place)
			out.Location = &at
		}
	}
	return out
}

// together are the steps that miss the same fact or fail at the same place, what fixes
// most first.
func together(on *timeline.Standing, steps []plan.Step) (out []Together) {
	at := map[string]int{}
	add := func(key string, s *plan.Step, t Together) {
		i, known := at[key]
		if !known {
			i = len(out)
			at[key], out = i, append(out, t)
		}
		if !slices.Contains(out[i].Checks, s.ID()) {
			out[i].Checks = append(out[i].Checks, s.ID())
		}
	}
	for i := range steps {
		for _, cause := range steps[i].Missing {
			for j := range on.Platform.Findings {
				if f := &on.Platform.Findings[j]; f.Fingerprint == cause {
					t := Together{At: &f.Location, About: f.Message, redacted: f.Message}
					if f.Redacted != nil {
						t.redacted = f.Redacted.Message
					}
					add(cause, &steps[i], t)
				}
			}
		}
		for _, place := range places(&steps[i]) {
			about := lang.Say("同一处", "the same place")
			add(place.Path+"#"+place.Pointer, &steps[i], Together{At: &place, About: about, redacted: about})
		}
	}
	out = slices.DeleteFunc(out, func(t Together) bool { return len(t.Checks) < 2 })
	slices.SortStableFunc(out, func(a, b Together) int { return cmp.Compare(len(b.Checks), len(a.Checks)) })
	return out
}

// places are where a step's items fail, inside lists and objects of a topic: failures
// at a topic's top have nothing more in common.
func places(s *plan.Step) (out []finding.Location) {
	if s.Check == nil {
		return nil
	}
	for i := range s.Check.Items {
		item := &s.Check.Items[i]
		if item.Place.Document() == nil || len(item.CausedBy) > 0 || item.Outcome != finding.Fail && item.Outcome != finding.Waived {
			continue
		}
		if at := finding.At(item.Place); strings.Count(at.Pointer, "/") > 1 {
			out = append(out, at)
		}
	}
	return out
}

// maxObstacles is how many checks or findings an obstacle names.
const maxObstacles = 3

// obstacles say why a target cannot be reached.
func obstacles(book *rulebook.Rulebook, p *plan.Plan) []lang.Text {
	out := []lang.Text{}
	if len(p.Held) > 0 {
		out = append(out, lang.Say("%d 个检查项判不了，改正以下几处后再做方案：%s", "%d checks cannot be judged before this is put right, then plan again: %s", len(p.Held), few(p.Defects, placeOf)))
	}
	if p.Reached {
		return out
	}
	best, target := &p.Best, p.Target
	switch {
	case best.Raw == nil:
		return append(out, lang.Say("没有任何计分的内容适用于它", "nothing that is scored applies to it"))
	case target.Grade != "" && best.Grade.ID == score.NotGraded:
		out = append(out, lang.Say("适用的只有 %[1]s 分，占 %[2]s 分不到 %[3]s%%，不评级", "only %[1]s of %[2]s points apply, less than %[3]s%%: it is not graded",
			score.Format(best.Coverage.Points), score.Format(best.Coverage.Of), score.Format(book.Policy.Coverage)))
	}
	if len(p.Lost) > 0 {
		out = append(out, lang.Say("%d 个检查项有已无法挽回的失误，已作整改记录，原始得分仍按未通过计：%s", "%d checks have failures on record that can no longer be made good and count as failed in the raw score: %s", len(p.Lost), few(p.Lost, idOf)))
	}
	out = append(out, lang.Say("能改的都改了，也只到 %s 分，等次“%s”", "with all done that can be it comes to %s points, grade %q", score.Format(best.Raw), best.Grade.Title))
	for _, lost := range best.Lost {
		if lost.Grade.ID == target.Grade {
			out = append(out, gradeCondition(lost).Lost())
		}
	}
	return out
}

// few names the first of several things.
func few[T any](all []T, name func(T) lang.Text) (out lang.Text) {
	for i, one := range all[:min(len(all), maxObstacles)] {
		if out = lang.Say("%s、%s", "%s, %s", out, name(one)); i == 0 {
			out = name(one)
		}
	}
	if len(all) > maxObstacles {
		out = lang.Say("%s…", "%s…", out)
	}
	return out
}

func placeOf(f *finding.Finding) lang.Text {
	return lang.Say("%s:%d（%s）", "%s:%d (%s)", f.Location.Path, f.Location.Line, f.Check)
}

func idOf(c *examine.Check) lang.Text { return lang.Same(c.Rule.ID) }

// For is what an audience may see of a plan: the public what it begins and ends with.
func (p *Plan) For(a Audience) *Plan {
	if p == nil || a == Assessor {
		return p
	}
	out := *p
	out.Steps = each(p.Steps, func(s *PlanStep) { s.Items, s.redacted = list(s.redacted), nil })
	out.Together = each(p.Together, func(t *Together) { t.About = t.redacted })
	if a == Public {
		out.Steps, out.Together, out.Obstacles = []PlanStep{}, []Together{}, []lang.Text{}
		for _, o := range []*Outlook{&out.Now, &out.Otherwise, &out.After} {
			o.Grade.Vetoes = []string{}
		}
	}
	return &out
}
