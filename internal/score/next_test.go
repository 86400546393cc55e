package score

import (
	"math/big"
	"slices"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
)

// What is said of the first steps is what becomes of the score once they are done.
func TestFirstSteps(t *testing.T) {
	reg := regulation(t, "1.1 40", "1.2 30", "1.3 30")
	policy := city()
	effort := func(c examine.Check, effort string) examine.Check {
		c.Rule.Effort = effort
		return c
	}
	p := platform(
		effort(check("a.large", finding.Major, "1.1", "f"), "large"),
		effort(check("b.little", finding.Minor, "1.1", "f"), "small"),
		effort(check("c.more", finding.Major, "1.2", "fp"), "small"),
		effort(check("d.medium", finding.Major, "1.2", "f"), "medium"),
		effort(check("e.waits", finding.Blocker, "1.3", "!"), "small"),
		effort(check("f.veto", finding.Blocker, "1.3", "ff"), "large"),
		effort(check("g.waived", finding.Major, "1.3", "w"), "small"),
	)
	p.Findings = []finding.Finding{{Check: "f.veto", Severity: finding.Blocker}, {Check: "f.veto", Severity: finding.Blocker}, {Check: "a.large", Severity: finding.Major}}
	r := Compute(reg, policy, p)
	n := FirstSteps(reg, policy, p, &r)
	if want := []string{"b.little", "c.more"}; !slices.Equal(n.Cheapest, want) {
		t.Errorf("the cheapest are %v, want %v", n.Cheapest, want)
	}
	after := platform(slices.Clone(p.Checks)...)
	after.Checks[1], after.Checks[2] = check("b.little", finding.Minor, "1.1", "p"), check("c.more", finding.Major, "1.2", "pp")
	if want := new(big.Rat).Sub(Compute(reg, policy, after).Raw, r.Raw); n.Gain.Cmp(want) != 0 || want.Sign() == 0 {
		t.Errorf("they give %s, want %s", n.Gain, want)
	}
	if n.Lift != 2 || n.Complies {
		t.Errorf("%d fixes lift the veto, complies %v: a check that waits may fail", n.Lift, n.Complies)
	}
	if again := Compute(reg, policy, p); again.Raw.Cmp(r.Raw) != 0 {
		t.Error("the platform itself is changed")
	}
}

// A platform that complies but for its vetoes is told so; one without a fault has
// nothing to do.
func TestFirstStepsOfOneFault(t *testing.T) {
	reg, policy := regulation(t, "1.1 100"), city()
	p := platform(check("a.veto", finding.Blocker, "1.1", "f"), check("b.good", finding.Blocker, "1.1", "p"))
	p.Findings = []finding.Finding{{Check: "a.veto", Severity: finding.Blocker}}
	r := Compute(reg, policy, p)
	if n := FirstSteps(reg, policy, p, &r); n.Lift != 1 || !n.Complies || Format(n.Gain) != "50.0" {
		t.Errorf("%+v", n)
	}
	good := platform(check("b.good", finding.Blocker, "1.1", "p"))
	r = Compute(reg, policy, good)
	if n := FirstSteps(reg, policy, good, &r); n.Lift != 0 || n.Complies || n.Cheapest != nil || n.Gain != nil {
		t.Errorf("%+v", n)
	}
}
