package results_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

func checked(outcomes ...finding.Outcome) []results.Check {
	var out []results.Check
	for i, o := range outcomes {
		out = append(out, results.Check{Demand: &results.Demand{ID: string(rune('a' + i)), Severity: finding.Minor}, Outcome: o})
	}
	return out
}

func TestFleet(t *testing.T) {
	good := results.Grade{ID: "good"}
	heavy := checked(finding.NotApplicable, finding.Fail, finding.Waived)
	heavy[1].Severity = finding.Blocker
	r := &results.Results{
		Rulebook: results.Rulebook{Grades: []results.GradeRange{{ID: "good", Title: lang.Say("良好", "good")}, {ID: "fail"}}},
		Platforms: []results.Platform{
			{ID: "b/x/one", Kind: "office", Grade: good, Compliant: true, Score: results.Score{Raw: "100.0"}, Checks: checked(finding.Pass, finding.Fail, finding.Fail)},
			{ID: "b/x/two", Kind: "site", Grade: results.Grade{ID: "fail", Open: 1}, Score: results.Score{Raw: "9.9"}, Checks: heavy,
				Findings: []finding.Finding{{Severity: finding.Blocker}, {Severity: finding.Blocker, Waived: true}}},
			{ID: "three", Kind: "office", Grade: results.Grade{ID: "not_graded"}, Checks: checked(finding.Pass)},
		},
	}
	f := results.NewFleet(r.Rulebook)
	for i := range r.Platforms {
		f.Add(&r.Platforms[i], false)
	}
	f.Sum()
	if got := []int{f.Grades[0].Platforms, f.Grades[1].Platforms, f.Grades[2].Platforms}; !reflect.DeepEqual(got, []int{1, 1, 1}) || f.Grades[2].ID != "not_graded" {
		t.Errorf("grades %+v", f.Grades)
	}
	if f.Bins != [10]int{0: 1, 9: 1} || f.Unscored != 1 {
		t.Errorf("bins %v, %d unscored", f.Bins, f.Unscored)
	}
	if len(f.Failing) != 2 || f.Failing[0].ID != "b" || f.Failing[0].Failing != 2 || f.Failing[0].Applying != 2 || f.Failing[0].Severity != finding.Blocker ||
		f.Failing[1].ID != "c" || f.Failing[1].Failing != 1 || f.Failing[1].Applying != 2 {
		t.Errorf("failing %+v", f.Failing)
	}
	if len(f.Bureaus) != 2 || f.Bureaus[0].ID != "" || f.Bureaus[1].ID != "b/x" || f.Bureaus[1].Platforms != 2 || f.Bureaus[1].Compliant != 1 ||
		f.Bureaus[1].Lowest != "9.9" || f.Bureaus[1].Highest != "100.0" || f.Bureaus[1].Blockers != 1 || f.Bureaus[0].Lowest != "" {
		t.Errorf("bureaus %+v", f.Bureaus)
	}
	if len(f.Kinds) != 2 || f.Kinds[0].ID != "office" || f.Kinds[0].Platforms != 2 || f.Kinds[0].Lowest != "100.0" {
		t.Errorf("kinds %+v", f.Kinds)
	}
}

// Means, clauses, changes and what runs out are counted for the fleet and for bureaus,
// which the policy may name.
func TestFleetForLeaders(t *testing.T) {
	verdicts := func(all ...string) (out []results.Clause) {
		for i, v := range all {
			out = append(out, results.Clause{ID: string(rune('1' + i)), Verdict: v})
		}
		return out
	}
	was := func(raw results.Number, compliant bool) *results.Previous {
		return &results.Previous{Score: results.Score{Raw: raw}, Compliant: compliant}
	}
	waiver := func(expires string, state examine.WaiverState) examine.Waiver {
		return examine.Waiver{Check: "a.b", Expires: expires, State: state}
	}
	platforms := []results.Platform{
		{ID: "x/1", Score: results.Score{Raw: "70.0"}, Previous: was("80.0", true), Clauses: verdicts("not_met", "met", "partly_met", "not_applicable"),
			Orders:       []results.Order{{Deadline: "2026-12-05"}, {Deadline: "2026-11-05", Overdue: true}},
			Waivers:      []examine.Waiver{waiver("2027-03-02", examine.WaiverActive), waiver("2027-02-01", examine.WaiverActive), waiver("2026-12-20", examine.WaiverExpired)},
			Verification: &results.Verification{Claims: 9, Verified: 3}},
		{ID: "x/2", Score: results.Score{Raw: "80.3"}, Previous: was("80.2", false), Clauses: verdicts("not_met", "partly_met", "met", "not_applicable"),
			Orders: []results.Order{{Deadline: "2026-10-05", Overdue: true}}, Waivers: []examine.Waiver{waiver("2027-03-01", examine.WaiverActive)}},
		{ID: "y/3", Score: results.Score{}, Previous: was("50.0", false), Clauses: verdicts("met", "met", "partly_met", "not_applicable")},
		{ID: "y/4", Score: results.Score{Raw: "60.0"}, Clauses: verdicts("met", "met", "met", "not_applicable")},
	}
	f := results.NewFleet(results.Rulebook{Bureaus: []results.Bureau{{ID: "x", Title: lang.Say("市甲局", "bureau x")}}})
	for i := range platforms {
		f.Add(&platforms[i], false)
	}
	f.Sum()
	x, y := f.Bureaus[0], f.Bureaus[1]
	if x.Title.EN != "bureau x" || y.Title != lang.Same("y") || x.Mean != "75.2" || y.Mean != "60.0" || x.Change != "-5.0" || y.Change != "" || x.Overdue != 2 || x.Claims != 9 || x.Verified != 3 {
		t.Errorf("bureaus %+v", f.Bureaus)
	}
	if f.Compared != 2 || f.Better != 1 || f.Worse != 1 || f.Examined != 1 || f.Overdue != 2 {
		t.Errorf("%d compared, %d better, %d worse; %d examined; %d overdue", f.Compared, f.Better, f.Worse, f.Examined, f.Overdue)
	}
	var worst, due, soon []string
	for _, c := range f.Worst() {
		worst = append(worst, c.ID)
	}
	for _, o := range f.Orders {
		due = append(due, o.Deadline)
	}
	for _, w := range f.Soon("2026-12-01") {
		soon = append(soon, w.Expires)
	}
	for _, c := range []struct{ got, want []string }{
		{worst, []string{"1", "3", "2"}}, {due, []string{"2026-10-05", "2026-11-05", "2026-12-05"}}, {soon, []string{"2027-02-01", "2027-03-01"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
	if c := f.Clauses[0]; c.NotMet != 2 || c.Met != 2 || c.Applying() != 4 || f.Clauses[3].Applying() != 0 {
		t.Errorf("clauses %+v", f.Clauses)
	}
}

// There is one number of open blockers: that of the grade, of the counts, of the
// fleet and of the run is the number of findings, and what only waits is in none.
func TestOneVetoNumber(t *testing.T) {
	book := tiny(t)
	header := platform("one", "internal")
	const more = "  - name: more\n    keep: 60\n    copies: [{ site: east, medium: disk }]\n    records: [{ id: run, date: 2026-11-01, evidence: evidence/run.md }]\n"
	lonely := strings.NewReplacer("      - { site: west, medium: tape }\n", "", "faults:", more+"faults:").Replace(good)
	for name, c := range map[string]struct {
		header, stores string
		want           int
	}{
		"none":                  {header, good, 0},
		"one check, two sets":   {header, lonely, 2},
		"unreadable":            {header + "\tx: 1\n", lonely, 1},
		"no description at all": {header, "", 1},
	} {
		r := assessed(t, book, "2026-12-01", c.header, c.stores, "")
		p := &r.Platforms[0]
		f := results.NewFleet(r.Rulebook)
		f.Add(p, false)
		f.Sum()
		vetoes := 0
		for i := range p.Findings {
			if p.Findings[i].Severity == finding.Blocker && !p.Findings[i].Waived {
				vetoes++
			}
		}
		got := []int{p.Grade.Open, p.Open().Blocker, r.Summary.Blockers, r.Summary.Findings.Blocker, f.Bureaus[0].Blockers, vetoes}
		if !reflect.DeepEqual(got, slices.Repeat([]int{c.want}, len(got))) || (c.want > 0) != (len(p.Grade.Vetoes) > 0) {
			t.Errorf("%s: %v, want %d each; %v", name, got, c.want, p.Grade.Vetoes)
		}
	}
}
