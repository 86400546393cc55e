package score

import (
	"math/big"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// city is a policy as DESIGN §6 has it.
func city() rulebook.Policy {
	grade := func(id string, min int64) rulebook.Grade {
		return rulebook.Grade{ID: id, Min: big.NewRat(min, 1), Title: lang.Same(id)}
	}
	return rulebook.Policy{
		Weights: map[finding.Severity]int64{
			finding.Blocker: 10, finding.Major: 5, finding.Minor: 2, finding.Advisory: 0,
		},
		Grades:             []rulebook.Grade{grade("excellent", 90), grade("good", 80), grade("pass", 60), grade("fail", 0)},
		OpenBlockerGrade:   "fail",
		WaivedBlockerGrade: "pass",
		Coverage:           big.NewRat(60, 1),
		ClauseFloor:        big.NewRat(60, 1),
		Minimum:            big.NewRat(60, 1),
	}
}

// regulation makes clauses of "id points" with an optional mark, pending or
// informative; the digit before the point is the chapter.
func regulation(t *testing.T, clauses ...string) rulebook.Regulation {
	t.Helper()
	var reg rulebook.Regulation
	for _, line := range clauses {
		fields := strings.Fields(line)
		chapter, _, _ := strings.Cut(fields[0], ".")
		clause := rulebook.Clause{ID: fields[0], Chapter: chapter, Points: rat(t, fields[1])}
		if len(fields) > 2 {
			clause.Pending = fields[2] == "pending"
			if fields[2] == "informative" {
				clause.Informative = lang.Say("本条只说明目的", "it states a purpose")
			}
		}
		if n := len(reg.Chapters); n == 0 || reg.Chapters[n-1].ID != chapter {
			reg.Chapters = append(reg.Chapters, rulebook.Chapter{ID: chapter})
		}
		reg.Clauses = append(reg.Clauses, clause)
	}
	return reg
}

// check makes a check at home in the first clause with one item per letter:
// p(ass), f(ail), w(aived), n(ot applicable). "-" is a check whose condition does not
// hold, "" one that applies to no item, "!" one that waits for the finding with the
// fingerprint cause.
func check(id string, severity finding.Severity, clauses, items string) examine.Check {
	c := examine.Check{Applies: items != "-", Ruling: &audit.Ruling{Demand: &audit.Demand{Rule: &rulebook.Check{ID: id, Clauses: strings.Fields(clauses)}, Severity: severity}}}
	for _, letter := range strings.Trim(items, "-!") {
		c.Items = append(c.Items, examine.Item{Item: &audit.Item{}, Outcome: map[rune]finding.Outcome{
			'p': finding.Pass, 'f': finding.Fail, 'w': finding.Waived, 'r': finding.Rectified, 'n': finding.NotApplicable,
		}[letter]})
	}
	if items == "!" {
		c.Items = []examine.Item{{Item: &audit.Item{}, Outcome: finding.Fail, CausedBy: []string{"cause"}}}
	}
	c.Outcome = finding.NotApplicable
	c.Outcome = c.Sum()
	return c
}

func platform(checks ...examine.Check) *examine.Platform { return &examine.Platform{Checks: checks} }

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

// exact writes a number as a fraction, "null" for none.
func exact[N *big.Rat | Fraction](n N) string {
	r, is := any(n).(*big.Rat)
	if !is {
		r = any(n).(Fraction).Rat()
	}
	if r == nil {
		return "null"
	}
	return r.RatString()
}
