package results

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/trial"
)

// Findings that are more than advice are each in the one problem of its kind; the problems
// are in the order of the first of them, and a room that was used before adds nothing.
func TestProblems(t *testing.T) {
	random := trial.Random(t)
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	var used room
	for range trial.Tries(t, 300) {
		p := &Platform{Clauses: []Clause{{ID: "1"}, {ID: "2"}}}
		for i := range random.IntN(30) {
			f := finding.Finding{Check: one("a", "b", "c"), Item: one("x", "y"), Severity: finding.Severity(random.IntN(4)), Waived: random.IntN(3) == 0,
				Clauses: [][]string{nil, {"1"}, {"2"}}[random.IntN(3)], Fingerprint: fmt.Sprint(i), Message: lang.Same(one("this", "that"))}
			if f.Check != "c" {
				f.Title = lang.Same("check")
			}
			f.Location.Line = random.IntN(3)
			p.Findings = append(p.Findings, f)
		}
		if random.IntN(2) == 0 {
			p.Verdicts = []examine.Verdict{{Check: one("a", "b"), Item: one("x", "y"), Record: examine.Record{Risk: one("high", "low"), Deadline: "2026-12-31"}}}
		}
		var kinds, want, got []string // what is dealt with as one, and by it the findings
		for _, i := range inOrder(p) {
			f := &p.Findings[i.at]
			var q Problem
			q.assess(p.Verdicts, f)
			kind := fmt.Sprint(f.Check, f.Severity, f.Waived, q.Risk, q.Deadline)
			if f.Title.IsZero() {
				kind += f.Message.EN
			}
			at := slices.Index(kinds, kind)
			if at < 0 {
				at, kinds, want = len(kinds), append(kinds, kind), append(want, fmt.Sprintf("%d %s:", len(kinds)+1, f.Check))
			}
			want[at] += fmt.Sprintf(" %s@%d", f.Fingerprint, i.at)
		}
		for _, q := range used.listProblems(p) {
			said := fmt.Sprintf("%d %s:", q.Number, q.Check)
			for i, name := range q.Findings {
				said += fmt.Sprintf(" %s@%d", name, q.At[i])
			}
			got = append(got, said)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("the problems are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// What a problem costs is said with one problem of those that keep the same check from
// passing; the others say with which, and none says that it costs nothing.
func TestProblemsCost(t *testing.T) {
	found := func(check, fingerprint string, waived bool, waiting ...string) finding.Finding {
		f := finding.Finding{Check: check, Severity: finding.Major, Fingerprint: fingerprint, Waived: waived, Waiting: waiting, Message: lang.Same(fingerprint)}
		if len(waiting) == 0 {
			f.Title = lang.Same(check)
		}
		return f
	}
	p := &Platform{
		Findings: []finding.Finding{
			found("fact.missing", "heavy", false, "c1", "c2"), found("fact.missing", "light", false, "c1"), found("fact.missing", "beside", false, "c3"),
			found("c3", "one", false), found("c3", "two", true), found("c5", "idle", false), found("fact.missing", "harmless", false, "c6"),
		},
		Losses: []Loss{{Check: "fact.missing", Cause: "heavy", Checks: []string{"c1", "c2"}, Lost: "1.5000"}, {Check: "c3", Lost: "0.2500"}},
	}
	p.Problems = new(room).listProblems(p)
	numbers, got := map[string]int{}, map[string]string{}
	for _, row := range p.ProblemRows() {
		name := p.Findings[row.At[0]].Fingerprint
		numbers[name], got[name] = row.Number, row.Bears.EN
	}
	for name, want := range map[string]string{
		"heavy": "1.5000 points lost", "light": fmt.Sprint("points counted under no. ", numbers["heavy"]), "beside": fmt.Sprint("points counted under no. ", numbers["one"]),
		"one": "0.2500 points lost", "two": fmt.Sprint("points counted under no. ", numbers["one"]), "idle": "no effect on the score", "harmless": "no effect on the score",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
}
