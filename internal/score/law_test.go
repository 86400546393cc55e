package score

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/trial"
)

// world is a made-up rulebook with a platform.
type world struct {
	reg    rulebook.Regulation
	policy rulebook.Policy
	p      *examine.Platform
}

func (w world) compute() Result { return Compute(w.reg, w.policy, w.p) }

var clauseIDs = []string{"1.1", "1.2", "2.1", "2.2", "3.1"}

// draw makes up any world, also such as a loader would refuse.
func draw(t *rapid.T) world {
	w := world{policy: city(), p: &examine.Platform{}}
	for _, id := range clauseIDs {
		w.reg.Clauses = append(w.reg.Clauses, rulebook.Clause{
			ID: id, Chapter: id[:1],
			Points:  big.NewRat(rapid.Int64Range(0, 20).Draw(t, "points"), rapid.Int64Range(1, 3).Draw(t, "parts")),
			Pending: rapid.IntRange(0, 9).Draw(t, "pending") == 0,
		})
	}
	w.reg.Chapters = []rulebook.Chapter{{ID: "1"}, {ID: "2"}, {ID: "3"}}
	grades := rapid.SampledFrom([]string{"excellent", "good", "pass", "fail", "unknown"})
	w.policy.OpenBlockerGrade = grades.Draw(t, "open blocker grade")
	w.policy.WaivedBlockerGrade = grades.Draw(t, "waived blocker grade")
	w.policy.RequiredClauses = rapid.SliceOfN(rapid.SampledFrom(clauseIDs), 0, 2).Draw(t, "required")
	w.policy.Minimum = big.NewRat(rapid.Int64Range(0, 100).Draw(t, "minimum"), 1)
	w.policy.ClauseFloor = big.NewRat(rapid.Int64Range(0, 100).Draw(t, "floor"), 1)
	for i := range w.policy.Grades[:3] {
		for range rapid.IntRange(0, 2).Draw(t, "conditions") {
			w.policy.Grades[i].Conditions = append(w.policy.Grades[i].Conditions, rulebook.Condition{
				Statutory: rapid.Bool().Draw(t, "statutory"), Severity: rapid.SampledFrom(finding.Severities()[:3]).Draw(t, "at least"),
				Chapter: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "chapter"), AtMost: rapid.Int64Range(0, 2).Draw(t, "at most"),
			})
		}
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "checks") {
		w.p.Checks = append(w.p.Checks, drawCheck(t, fmt.Sprintf("t.c%d", i)))
	}
	if rapid.IntRange(0, 5).Draw(t, "finding") == 0 {
		w.p.Findings = []finding.Finding{{Check: "schema.type", Severity: finding.Blocker}}
	}
	return w
}

func drawCheck(t *rapid.T, id string) examine.Check {
	c := examine.Check{Ruling: &audit.Ruling{Demand: &audit.Demand{
		Rule: &rulebook.Check{
			ID:      id,
			Clauses: rapid.SliceOfN(rapid.SampledFrom(clauseIDs), 1, 3).Draw(t, "clauses"),
			Weight:  rapid.SampledFrom([]int64{0, 0, 0, 1, 7}).Draw(t, "weight"),
		},
		Severity: rapid.SampledFrom(finding.Severities()).Draw(t, "severity"),
		Basis: rulebook.Basis{
			Kind:       rapid.SampledFrom([]string{"law", "normative", "standard", "default"}).Draw(t, "kind"),
			Confidence: rapid.SampledFrom([]string{"read", "secondary", "unverified"}).Draw(t, "confidence"),
		},
	}}, Applies: rapid.IntRange(0, 9).Draw(t, "applies") > 0}
	outcomes := []finding.Outcome{finding.Pass, finding.Fail, finding.Waived, finding.Rectified, finding.NotApplicable}
	if !c.Applies {
		outcomes = []finding.Outcome{finding.NotApplicable}
	}
	for range rapid.IntRange(1, 4).Draw(t, "items") {
		c.Items = append(c.Items, examine.Item{Item: &audit.Item{}, Outcome: rapid.SampledFrom(outcomes).Draw(t, "outcome")})
	}
	c.Outcome = c.Sum()
	return c
}

// turn makes a world that differs in one item, which had the outcome from and
// now has the outcome to.
func turn(t *rapid.T, w world, from, to finding.Outcome) world {
	type place struct{ check, item int }
	var places []place
	for i, check := range w.p.Checks {
		for j, item := range check.Items {
			if item.Outcome == from {
				places = append(places, place{i, j})
			}
		}
	}
	if len(places) == 0 {
		t.Skip("there is no such item")
	}
	at := rapid.SampledFrom(places).Draw(t, "turned")
	changed := *w.p
	changed.Checks = slices.Clone(w.p.Checks)
	check := &changed.Checks[at.check]
	check.Items = slices.Clone(check.Items)
	check.Items[at.item].Outcome = to
	check.Outcome = check.Sum()
	w.p = &changed
	return w
}

// below tells whether a score is worse; one that vanishes is.
func below(a, b *big.Rat) bool {
	return b != nil && (a == nil || a.Cmp(b) < 0)
}

// rank of a grade, higher is better. Not being graded is better than a veto's
// grade alone, and never trades with another one.
func rank(policy rulebook.Policy, grade rulebook.Grade) int {
	if grade.ID == NotGraded {
		return len(policy.Grades) + 1
	}
	return len(policy.Grades) - find(policy.Grades, grade.ID)
}

// wantNoWorse holds the law for score, grade, compliance and open blockers.
func wantNoWorse(t *rapid.T, policy rulebook.Policy, before, after Result) {
	if below(after.Raw, before.Raw) {
		t.Errorf("raw falls from %s to %s", Format(before.Raw), Format(after.Raw))
	}
	if rank(policy, after.Grade) < rank(policy, before.Grade) {
		t.Errorf("grade falls from %s to %s", before.Grade.ID, after.Grade.ID)
	}
	if before.Compliant && !after.Compliant {
		t.Errorf("no longer compliant: %v", after.Reasons)
	}
	for _, veto := range after.Vetoes {
		if !slices.Contains(before.Vetoes, veto) {
			t.Errorf("%s is a new open blocker", veto)
		}
	}
	for _, duty := range after.Statutory.Unmet {
		if !slices.Contains(before.Statutory.Unmet, duty) {
			t.Errorf("%s is a new unmet duty", duty)
		}
	}
	for i, clause := range after.Clauses {
		if below(clause.Score.Rat(), before.Clauses[i].Score.Rat()) {
			t.Errorf("score of clause %s falls", clause.ID)
		}
	}
}

func TestLawMendingAnItemNeverWorsens(t *testing.T) {
	for _, from := range []finding.Outcome{finding.Fail, finding.Waived, finding.Rectified} {
		t.Run(string(from), func(t *testing.T) {
			trial.Check(t, 100, func(t *rapid.T) {
				w := draw(t)
				mended := turn(t, w, from, finding.Pass)
				before, after := w.compute(), mended.compute()
				wantNoWorse(t, w.policy, before, after)
				if below(after.Adjusted, before.Adjusted) {
					t.Errorf("adjusted falls from %s to %s", Format(before.Adjusted), Format(after.Adjusted))
				}
			})
		})
	}
}

// An item added to a list never lifts a failed check above half, and one that
// fails never lifts anything.
func TestLawAddedItemsBuyNoMoreThanHalf(t *testing.T) {
	half := big.NewRat(1, 2)
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		var failed []int
		for i := range w.p.Checks {
			if c := &w.p.Checks[i]; c.Applies && c.Outcome == finding.Fail {
				failed = append(failed, i)
			}
		}
		if len(failed) == 0 {
			t.Skip("no check fails")
		}
		at := rapid.SampledFrom(failed).Draw(t, "check")
		with := func(outcome finding.Outcome) world {
			changed, grown := *w.p, w
			changed.Checks = slices.Clone(w.p.Checks)
			check := &changed.Checks[at]
			check.Items = append(slices.Clone(check.Items), examine.Item{Item: &audit.Item{}, Outcome: outcome})
			check.Outcome = check.Sum()
			grown.p = &changed
			return grown
		}
		passing := with(finding.Pass)
		if got := Attainment(&passing.p.Checks[at]).Rat(); got.Cmp(half) > 0 || passing.p.Checks[at].Outcome != finding.Fail {
			t.Errorf("a failed check with one more passing item attains %s", exact(got))
		}
		wantNoWorse(t, w.policy, with(finding.Fail).compute(), w.compute())
	})
}

// A waiver buys no points: it only takes a veto away and lifts the adjusted
// score.
func TestLawWaivingNeverWorsensAndBuysNothing(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		waived := turn(t, w, finding.Fail, finding.Waived)
		before, after := w.compute(), waived.compute()
		wantNoWorse(t, w.policy, before, after)
		if exact(before.Raw) != exact(after.Raw) {
			t.Errorf("raw goes from %s to %s", exact(before.Raw), exact(after.Raw))
		}
		if after.Adjusted != nil && below(after.Adjusted, before.Adjusted) {
			t.Errorf("adjusted falls from %s to %s", exact(before.Adjusted), exact(after.Adjusted))
		}
	})
}

// Leaving waived items out takes zeros out of means, so that the adjusted score
// is never the lower one, unless nothing is left to score.
func TestLawRawIsAtMostAdjusted(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		r := draw(t).compute()
		if r.Adjusted != nil && (r.Raw == nil || r.Raw.Cmp(r.Adjusted) > 0) {
			t.Errorf("raw %s, adjusted %s", exact(r.Raw), exact(r.Adjusted))
		}
	})
}

func TestLawScoresLieBetween0And100(t *testing.T) {
	hundred := big.NewRat(100, 1)
	trial.Check(t, 100, func(t *rapid.T) {
		r := draw(t).compute()
		all := []*big.Rat{r.Raw, r.Adjusted}
		for _, chapter := range r.Chapters {
			all = append(all, chapter.Score.Rat())
		}
		for _, clause := range r.Clauses {
			all = append(all, clause.Score.Rat())
		}
		for _, score := range all {
			if score != nil && (score.Sign() < 0 || score.Cmp(hundred) > 0) {
				t.Errorf("score %s", exact(score))
			}
		}
	})
}

// What checks lose is what the score lacks, to the last fraction; and a platform is
// compliant if every condition holds.
func TestLawLossesAreWhatIsNotGained(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		r := w.compute()
		sum := new(big.Rat).Set(r.Gained)
		for i := range w.p.Checks {
			lost := Lost(w.policy, &w.p.Checks[i], &r).Rat()
			switch {
			case lost == nil:
			case lost.Sign() < 0 || lost.Sign() > 0 && w.p.Checks[i].Outcome == finding.Pass:
				t.Errorf("%s loses %s for the outcome %s", w.p.Checks[i].Rule.ID, exact(lost), w.p.Checks[i].Outcome)
			default:
				sum.Add(sum, lost)
			}
		}
		if sum.Cmp(r.PointsApplicable) != 0 {
			t.Errorf("gained and lost are %s of %s", exact(sum), exact(r.PointsApplicable))
		}
		unheld := 0
		for _, c := range r.Conditions {
			if c.Held != c.Reason.IsZero() || c.Demand.IsZero() || c.Found.IsZero() {
				t.Errorf("condition %s: %+v", c.ID, c)
			}
			if !c.Held {
				unheld++
			}
		}
		if unheld != len(r.Reasons) || r.Compliant != (unheld == 0) {
			t.Errorf("%d conditions do not hold, for the reasons %v", unheld, r.Reasons)
		}
	})
}

// render writes a result without what follows the order of the checks.
func render(r Result) string {
	slices.Sort(r.Vetoes)
	slices.Sort(r.Capped)
	out := fmt.Sprint(exact(r.Raw), exact(r.Adjusted), exact(r.PointsApplicable), exact(r.Coverage.Points),
		exact(r.Coverage.Of), r.Grade.ID, r.Vetoes, r.Capped, r.Compliant, len(r.Reasons))
	for _, c := range r.Chapters {
		out += fmt.Sprint("\n", c.ID, exact(c.Points), exact(c.Applicable), exact(c.Score))
	}
	for _, c := range r.Clauses {
		slices.Sort(c.Checks)
		slices.Sort(c.Home)
		out += fmt.Sprint("\n", c.ID, exact(c.Points), exact(c.Score), c.Verdict, c.Waived, c.Checks, c.Home)
	}
	return out + fmt.Sprint("\n", r.Statutory.Applicable, slices.Sorted(slices.Values(r.Statutory.Unmet)), len(r.Lost))
}

func TestLawOrderChangesNothing(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		shuffled := w
		changed := *w.p
		changed.Checks = rapid.Permutation(w.p.Checks).Draw(t, "checks")
		for i := range changed.Checks {
			changed.Checks[i].Items = rapid.Permutation(changed.Checks[i].Items).Draw(t, "items")
		}
		shuffled.p = &changed
		if a, b := render(w.compute()), render(shuffled.compute()); a != b {
			t.Errorf("order matters:\n%s\n\n%s", a, b)
		}
	})
}

func TestComputeChangesNoneOfItsInput(t *testing.T) {
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		before := fmt.Sprintf("%+v", w.reg.Clauses)
		first := render(w.compute())
		if second := render(w.compute()); first != second || before != fmt.Sprintf("%+v", w.reg.Clauses) {
			t.Error("the second time differs")
		}
	})
}
