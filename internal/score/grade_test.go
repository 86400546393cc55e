package score

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// scoring makes a platform that scores points of 1000 in one clause at home in
// 1.1 and 1.2, with further checks in 9.9, which has no points.
func scoring(t *testing.T, tenths int, more ...examine.Check) Result {
	t.Helper()
	reg := regulation(t, fmt.Sprintf("1.1 %d", tenths), fmt.Sprintf("1.2 %d", 1000-tenths), "9.9 0")
	checks := append([]examine.Check{check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f")}, more...)
	return Compute(reg, city(), platform(checks...))
}

func TestGrades(t *testing.T) {
	open, waived := check("t.open", blocker, "9.9", "f"), check("t.waived", blocker, "9.9", "w")
	part, broken := check("t.part", blocker, "9.9", "pfw"), check("t.broken", blocker, "9.9", "!")
	partWaived, passed := check("t.part-waived", blocker, "9.9", "pw"), check("t.passed", blocker, "9.9", "p")
	absent := check("t.absent", blocker, "9.9", "-")
	for _, c := range []struct {
		tenths        int
		more          []examine.Check
		grade         string
		vetoes        string
		capped        string
		wantCompliant bool
	}{
		{1000, nil, "excellent", "", "", true},
		{900, nil, "excellent", "", "", true},
		{899, nil, "good", "", "", true},
		{800, nil, "good", "", "", true},
		{799, nil, "pass", "", "", true},
		{600, nil, "pass", "", "", true},
		{599, nil, "fail", "", "", false},
		{0, nil, "fail", "", "", false},
		{923, []examine.Check{passed, absent}, "excellent", "", "", true},
		{923, []examine.Check{open}, "fail", "t.open", "", false},
		{923, []examine.Check{part}, "fail", "t.part", "", false},
		{923, []examine.Check{broken}, "fail", "t.broken", "", false},
		{923, []examine.Check{waived}, "pass", "", "t.waived", true},
		{923, []examine.Check{partWaived}, "pass", "", "t.part-waived", true},
		{599, []examine.Check{waived}, "fail", "", "t.waived", false},
		{923, []examine.Check{waived, open, part}, "fail", "t.open t.part", "t.waived", false},
	} {
		r := scoring(t, c.tenths, c.more...)
		if r.Grade.ID != c.grade || r.Compliant != c.wantCompliant {
			t.Errorf("%d: grade %s, compliant %v; want %+v", c.tenths, r.Grade.ID, r.Compliant, c)
		}
		if !slices.Equal(r.Vetoes, strings.Fields(c.vetoes)) || !slices.Equal(r.Capped, strings.Fields(c.capped)) {
			t.Errorf("%d: vetoes %v, capped %v; want %+v", c.tenths, r.Vetoes, r.Capped, c)
		}
		if r.Compliant != (len(r.Reasons) == 0) {
			t.Errorf("%d: compliant %v for the reasons %v", c.tenths, r.Compliant, r.Reasons)
		}
		for _, reason := range r.Reasons {
			wantBilingual(t, reason)
		}
	}
}

// The score that is graded is the one that is printed.
func TestGradeAndMinimumUseTheRoundedScore(t *testing.T) {
	for _, c := range []struct {
		passed, failed int
		score, grade   string
		compliant      bool
	}{
		{1799, 201, "90.0", "excellent", true}, // 89.95
		{1798, 202, "89.9", "good", true},
		{1199, 801, "60.0", "pass", true}, // 59.95
		{11989, 8011, "59.9", "fail", false},
	} {
		reg := regulation(t, fmt.Sprintf("1.1 %d", c.passed), fmt.Sprintf("1.2 %d", c.failed))
		r := Compute(reg, city(), platform(check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f")))
		if Format(r.Raw) != c.score || r.Grade.ID != c.grade || r.Compliant != c.compliant {
			t.Errorf("%s, %s, compliant %v; want %+v", Format(r.Raw), r.Grade.ID, r.Compliant, c)
		}
	}
}

func TestFindingsThatNoCheckMakesAreVetoes(t *testing.T) {
	p := platform(check("schema.own", blocker, "1.1", "p"))
	p.Findings = []finding.Finding{
		{Check: "schema.required", Severity: blocker}, {Check: "document.syntax", Severity: blocker},
		{Check: "schema.required", Severity: blocker}, {Check: "fact.missing", Severity: blocker, Waived: true},
		{Check: "evidence.missing", Severity: major}, {Check: "waiver.unused", Severity: advisory},
		// A finding of a check is the check's: its outcome speaks.
		{Check: "schema.own", Severity: blocker},
	}
	r := Compute(regulation(t, "1.1 10"), city(), p)
	if want := []string{"document.syntax", "schema.required", "schema.required"}; !slices.Equal(r.Vetoes, want) {
		t.Errorf("vetoes %v, want %v", r.Vetoes, want)
	}
	if r.Compliant || r.Grade.ID != "fail" || Format(r.Raw) != "100.0" {
		t.Errorf("compliant %v, grade %s, raw %s", r.Compliant, r.Grade.ID, Format(r.Raw))
	}
}

// A check that waits for a blocker is counted with it; one that also fails by
// itself is a veto of its own.
func TestWaitingChecksAreCountedOnce(t *testing.T) {
	both := check("t.both", blocker, "1.1", "f")
	both.Items = append(both.Items, check("t.x", blocker, "1.1", "!").Items...)
	p := platform(check("t.waits", blocker, "1.1", "!"), check("t.waits-too", blocker, "1.1", "!"), both, check("t.lighter", major, "1.1", "!"))
	p.Findings = []finding.Finding{{Check: "fact.missing", Severity: blocker, Fingerprint: "cause"}}
	r := Compute(regulation(t, "1.1 10"), city(), p)
	if want := []string{"t.both", "fact.missing"}; !slices.Equal(r.Vetoes, want) || r.Compliant {
		t.Errorf("vetoes %v, want %v", r.Vetoes, want)
	}
	p.Findings = nil // whatever they wait for, nobody vetoes it
	if r := Compute(regulation(t, "1.1 10"), city(), p); len(r.Vetoes) != 3 {
		t.Errorf("vetoes %v", r.Vetoes)
	}
}

func TestCoverage(t *testing.T) {
	pass := check("t.a", major, "1.1", "p")
	for name, c := range map[string]struct {
		clauses []string
		more    []examine.Check
		graded  bool
		points  string
		of      string
	}{
		"exactly 60 %":    {[]string{"1.1 60", "1.2 40"}, nil, true, "60", "100"},
		"just below":      {[]string{"1.1 59.99", "1.2 40.01"}, nil, false, "5999/100", "100"},
		"all":             {[]string{"1.1 10"}, nil, true, "10", "10"},
		"pending is out":  {[]string{"1.1 6", "1.2 4", "1.3 90 pending"}, nil, true, "6", "10"},
		"condition fails": {[]string{"1.1 10", "1.2 90"}, []examine.Check{check("t.b", major, "1.2", "-")}, false, "10", "100"},
		"condition holds, no items": {[]string{"1.1 10", "1.2 90"},
			[]examine.Check{check("t.b", major, "1.2", "-"), check("t.c", major, "1.2", "n")}, true, "100", "100"},
		"cited is not at home": {[]string{"1.1 10", "1.2 90"},
			[]examine.Check{check("t.b", major, "1.1 1.2", "p")}, false, "10", "100"},
		"broken topic covers": {[]string{"1.1 90", "1.2 90"}, []examine.Check{check("t.b", minor, "1.2", "!")}, true, "180", "180"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Compute(regulation(t, c.clauses...), city(), platform(append(c.more, pass)...))
			if graded := r.Grade.ID != NotGraded; graded != c.graded {
				t.Errorf("grade %s, want graded %v", r.Grade.ID, c.graded)
			}
			if exact(r.Coverage.Points) != c.points || exact(r.Coverage.Of) != c.of {
				t.Errorf("coverage %s of %s, want %s of %s", exact(r.Coverage.Points), exact(r.Coverage.Of), c.points, c.of)
			}
			if !r.Compliant && r.Raw.Cmp(rat(t, "60")) >= 0 {
				t.Error("too little to grade makes a platform not compliant")
			}
			wantBilingual(t, r.Clauses[0].Reason)
		})
	}
}

// A veto is not hidden behind facts that leave too little to grade.
func TestVetoOutranksNotGraded(t *testing.T) {
	r := Compute(regulation(t, "1.1 10", "1.2 90"), city(), platform(check("t.a", blocker, "1.1", "f")))
	if r.Grade.ID != "fail" || r.Compliant {
		t.Errorf("grade %s, compliant %v", r.Grade.ID, r.Compliant)
	}
	r = Compute(regulation(t, "1.1 0"), city(), platform(check("t.a", blocker, "1.1", "f")))
	if r.Grade.ID != "fail" || r.Raw != nil {
		t.Errorf("without a score: grade %s, raw %s", r.Grade.ID, exact(r.Raw))
	}
}

func TestNothingAssessedIsNeverCompliant(t *testing.T) {
	policy := city()
	policy.Minimum = nil
	for name, p := range map[string]*examine.Platform{
		"no checks":      platform(),
		"not applicable": platform(check("t.a", blocker, "1.1", "-")),
		"only advice":    platform(check("t.a", advisory, "1.1", "p")),
	} {
		r := Compute(regulation(t, "1.1 10"), policy, p)
		if r.Raw != nil || r.Compliant || r.Grade.ID != NotGraded || len(r.Reasons) != 1 {
			t.Errorf("%s: raw %s, compliant %v, grade %s, reasons %v", name, exact(r.Raw), r.Compliant, r.Grade.ID, r.Reasons)
		}
	}
}

func TestRequiredClauses(t *testing.T) {
	policy := city()
	policy.RequiredClauses = []string{"1.2", "1.3", "7.7"}
	for _, c := range []struct {
		kind, confidence, items string
		want                    bool
	}{
		{"standard", "read", "f", false}, {"law", "secondary", "f", false}, {"normative", "read", "pf", false},
		{"standard", "read", "p", true}, {"standard", "read", "-", true},
		// The floor looks at the adjusted score: a waiver answers for what it waives.
		{"standard", "read", "w", true}, {"standard", "read", "pfw", false},
		// Our defaults and what nobody has read make nobody non-compliant.
		{"default", "unverified", "f", true}, {"assessor", "secondary", "f", true}, {"law", "unverified", "f", true},
	} {
		asked := check("t.b", major, "1.2", c.items)
		asked.Basis = rulebook.Basis{Kind: c.kind, Confidence: c.confidence}
		r := Compute(regulation(t, "1.1 90", "1.2 10"), policy, platform(check("t.a", major, "1.1", "p"), asked))
		if r.Compliant != c.want {
			t.Errorf("%+v in a required clause: compliant %v (%v)", c, r.Compliant, r.Reasons)
		}
		for _, reason := range r.Reasons {
			wantBilingual(t, reason)
		}
	}
}

// A score below the floor is what the reason shows beside the clause.
func TestRequiredClauseSaysItsScore(t *testing.T) {
	policy := city()
	policy.RequiredClauses = []string{"1.2"}
	standard := func(c examine.Check) examine.Check {
		c.Basis = rulebook.Basis{Kind: "standard", Confidence: "read"}
		return c
	}
	r := Compute(regulation(t, "1.1 90", "1.2 10"), policy, platform(check("t.a", major, "1.1", "p"),
		standard(check("t.b", major, "1.2", "p")), standard(check("t.c", major, "1.2", "pf")), check("t.d", major, "1.2", "f")))
	if exact(r.Clauses[1].Grounded) != "125/2" || !r.Compliant || r.Clauses[1].Verdict != NotMet {
		t.Errorf("grounded %s, compliant %v, verdict %s: a failing default lowers the verdict and costs no compliance", exact(r.Clauses[1].Grounded), r.Compliant, r.Clauses[1].Verdict)
	}
	r = Compute(regulation(t, "1.1 90", "1.2 10"), policy, platform(check("t.a", major, "1.1", "p"),
		standard(check("t.b", major, "1.2", "p")), standard(check("t.c", major, "1.2", "f"))))
	want := "required clauses not met: 1.2 (its checks on law, normative documents and standards score 50.0, below 60.0)"
	if len(r.Reasons) != 1 || r.Reasons[0].EN != want {
		t.Errorf("reasons %v, want %q", r.Reasons, want)
	}
	policy.RequiredClauses = []string{"1.1", "1.2"}
	r = Compute(regulation(t, "1.1 90", "1.2 10"), policy, platform(standard(check("t.a", major, "1.1", "f")), standard(check("t.b", major, "1.2", "f"))))
	want = "required clauses not met: 1.1 (its checks on law, normative documents and standards score 0.0, below 60.0), 1.2 (likewise 0.0)"
	if len(r.Reasons) == 0 || r.Reasons[0].EN != want {
		t.Errorf("reasons %v, want %q", r.Reasons, want)
	}
	asked := slices.IndexFunc(r.Conditions, func(c Condition) bool { return c.ID == "required_clauses" })
	if want := "none of the required clauses has the verdict not met (1.1, 1.2)"; asked < 0 || r.Conditions[asked].Demand.EN != want {
		t.Errorf("asked for %v, want %q", r.Conditions, want)
	}
}

func TestGradeConditions(t *testing.T) {
	policy := city()
	policy.Grades[0].Conditions = []rulebook.Condition{{Severity: minor, Statutory: true}, {Severity: major, Chapter: "4"}}
	policy.Grades[1].Conditions = []rulebook.Condition{{Severity: minor, Statutory: true, AtMost: 1}}
	reg := regulation(t, "1.1 1000", "4.1 1")
	based := func(kind, confidence string, c examine.Check) examine.Check {
		c.Basis = rulebook.Basis{Kind: kind, Confidence: confidence}
		return c
	}
	duty := func(id, items string) examine.Check { return based("law", "read", check(id, minor, "4.1", items)) }
	for name, c := range map[string]struct {
		checks []examine.Check
		grade  string
		lost   string
	}{
		"nothing fails":               {nil, "excellent", ""},
		"a duty fails":                {[]examine.Check{duty("t.b", "f")}, "good", "excellent: t.b"},
		"a duty is waived":            {[]examine.Check{duty("t.b", "w")}, "good", "excellent: t.b"},
		"a duty waits":                {[]examine.Check{duty("t.b", "!")}, "good", "excellent: t.b"},
		"a duty does not apply":       {[]examine.Check{duty("t.b", "-")}, "excellent", ""},
		"its text is not known":       {[]examine.Check{based("law", "unverified", check("t.b", minor, "4.1", "f"))}, "excellent", ""},
		"a standard's fails":          {[]examine.Check{based("standard", "read", check("t.b", minor, "4.1", "f"))}, "excellent", ""},
		"two duties fail":             {[]examine.Check{duty("t.b", "f"), duty("t.c", "pf")}, "pass", "excellent: t.b t.c; good: t.b t.c"},
		"a major fails in chapter 4":  {[]examine.Check{check("t.b", major, "4.1", "pf")}, "good", "excellent: t.b"},
		"a blocker waived there":      {[]examine.Check{check("t.b", blocker, "4.1", "w")}, "pass", "excellent: t.b"},
		"a major passes in chapter 4": {[]examine.Check{check("t.b", major, "4.1", "p")}, "excellent", ""},
		"a major fails in chapter 1":  {[]examine.Check{check("t.b", major, "1.1 4.1", "pppppf")}, "pass", ""},
		"a minor fails in chapter 4":  {[]examine.Check{check("t.b", minor, "4.1", "f")}, "excellent", ""},
		"advice fails in chapter 4":   {[]examine.Check{based("law", "read", check("t.b", advisory, "4.1", "f"))}, "excellent", ""},
		"many findings, one check":    {[]examine.Check{duty("t.b", strings.Repeat("f", 40))}, "good", "excellent: t.b"},
		"the score is too low anyway": {[]examine.Check{check("t.b", major, "1.1", "f"), duty("t.c", "f")}, "fail", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := Compute(reg, policy, platform(append([]examine.Check{check("t.a", major, "1.1", "p")}, c.checks...)...))
			var lost []string
			for _, l := range r.Lost {
				lost = append(lost, l.Grade.ID+": "+strings.Join(l.Checks, " "))
			}
			if r.Grade.ID != c.grade || strings.Join(lost, "; ") != c.lost {
				t.Errorf("grade %s, lost %q; want %s, %q", r.Grade.ID, lost, c.grade, c.lost)
			}
		})
	}
}

func TestStatutoryDuties(t *testing.T) {
	based := func(kind, confidence string, c examine.Check) examine.Check {
		c.Basis = rulebook.Basis{Kind: kind, Confidence: confidence}
		return c
	}
	r := Compute(regulation(t, "1.1 10"), city(), platform(
		based("law", "read", check("t.a", major, "1.1", "p")), based("normative", "secondary", check("t.b", minor, "1.1", "pf")),
		based("law", "read", check("t.c", blocker, "1.1", "w")), based("law", "read", check("t.d", major, "1.1", "-")),
		based("law", "unverified", check("t.e", major, "1.1", "f")), based("standard", "read", check("t.f", major, "1.1", "f")),
		based("law", "read", check("t.g", advisory, "1.1", "f")),
	))
	if r.Statutory.Applicable != 3 || !slices.Equal(r.Statutory.Unmet, []string{"t.b", "t.c"}) {
		t.Errorf("%+v, want 3 applicable, t.b and t.c unmet", r.Statutory)
	}
}

func TestReasons(t *testing.T) {
	policy := city()
	policy.RequiredClauses = []string{"1.1", "1.2"}
	r := Compute(regulation(t, "1.1 50", "1.2 50"), policy, platform(
		check("t.a", blocker, "1.1", "f"), check("t.b", blocker, "1.2", "f")))
	var en []string
	for _, reason := range r.Reasons {
		wantBilingual(t, reason)
		en = append(en, reason.EN)
	}
	want := []string{
		"open blockers: t.a, t.b", "required clauses not met: 1.1, 1.2", "score 0.0 is below the minimum of 60.0",
	}
	if !slices.Equal(en, want) {
		t.Errorf("reasons %q, want %q", en, want)
	}
}
