package score

import (
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/trial"
)

// examined gives items the states that follow a bar: v(erified), l (partly),
// x (not applicable), r(eview); any other letter is no verdict.
func examined(c examine.Check, states string) examine.Check {
	for i, letter := range states {
		c.Items[i].State = map[rune]examine.State{'v': examine.Verified, 'l': examine.Partly, 'x': examine.Excluded, 'r': examine.NeedsReview}[letter]
	}
	return c
}

func TestVerified(t *testing.T) {
	for _, c := range []struct{ items, states, want string }{
		{"pp", "", "0"},
		{"pp", "vv", "100"},
		{"pp", "v", "25"},
		{"pp", "vr", "25"},
		{"p", "l", "50"},
		{"pp", "vl", "50"},
		{"pp", "ll", "50"},
		{"pp", "vx", "100"},
		{"pf", "v", "25"},
		{"pf", "x", "0"},
		{"pw", "vv", "25"},
		{"ppp", "vl", "333/10"},
		{"f", "v", "0"},
		{"p", "x", "null"},
		{"!", "", "0"},
		{"-", "", "null"},
		{"n", "v", "null"},
		{"pn", "v", "25"},
		{"pn", "vv", "100"},
		{"pn", "vr", "25"},
	} {
		p := platform(examined(check("t.c", finding.Major, "1.1", c.items), c.states))
		p.Examined = true
		if got := exact(Compute(regulation(t, "1.1 10"), city(), p).Verified); got != c.want {
			t.Errorf("items %q examined %q: %s, want %s", c.items, c.states, got, c.want)
		}
	}
	// A check that is said not to apply counts as failed until that is confirmed.
	for states, want := range map[string]string{"": "50", "v": "100"} {
		out := check("t.n", finding.Major, "1.1", "n")
		out.Applies = false
		p := platform(examined(check("t.c", finding.Major, "1.1", "p"), "v"), examined(out, states))
		p.Examined = true
		if got := exact(Compute(regulation(t, "1.1 10"), city(), p).Verified); got != want {
			t.Errorf("not applicable, examined %q: %s, want %s", states, got, want)
		}
	}
	if got := Compute(regulation(t, "1.1 10"), city(), platform(check("t.c", finding.Major, "1.1", "p"))); got.Verified != nil {
		t.Errorf("without verdicts: %s", exact(got.Verified))
	}
}

// Verdicts that reject nothing change no score but the verified one, which is
// never above the raw one.
func TestLawVerdictsOnlyVerify(t *testing.T) {
	states := []examine.State{"", examine.Verified, examine.Partly, examine.Excluded, examine.Unexamined, examine.NeedsReview}
	trial.Check(t, 100, func(t *rapid.T) {
		w := draw(t)
		before := render(w.compute())
		w.p.Examined = true
		for i := range w.p.Checks {
			for j := range w.p.Checks[i].Items {
				w.p.Checks[i].Items[j].State = rapid.SampledFrom(states).Draw(t, "state")
			}
		}
		r := w.compute()
		if after := render(r); after != before {
			t.Errorf("verdicts change\n%s\ninto\n%s", before, after)
		}
		if r.Verified != nil && (r.Raw == nil || r.Verified.Cmp(r.Raw) > 0) {
			t.Errorf("verified %s, raw %s", exact(r.Verified), exact(r.Raw))
		}
	})
}

// A grade may want a check confirmed: it is no ground for praise before an assessor has
// found all of it as it is stated.
func TestGradeWaitsForAnAssessor(t *testing.T) {
	policy := city()
	policy.Grades[0].Conditions = []rulebook.Condition{{Unconfirmed: "t.c"}}
	for _, c := range []struct {
		id, items, states string
		praised           bool
	}{
		{"t.c", "p", "", false},
		{"t.c", "p", "v", true},
		{"t.c", "p", "r", false},
		{"t.c", "pp", "v", false},
		{"t.c", "n", "", true},
		{"t.other", "p", "", true},
	} {
		p := platform(examined(check(c.id, finding.Major, "1.1", c.items), c.states), check("t.more", finding.Major, "1.1", "p"))
		if got := Compute(regulation(t, "1.1 10"), policy, p).Grade.ID; (got == policy.Grades[0].ID) != c.praised {
			t.Errorf("%s with items %q examined %q is %s", c.id, c.items, c.states, got)
		}
	}
}
