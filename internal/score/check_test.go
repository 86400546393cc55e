package score

import (
	"testing"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

func TestAttainmentAndOutcome(t *testing.T) {
	for _, c := range []struct {
		items         string
		raw, adjusted string
		outcome       finding.Outcome
	}{
		{"p", "1", "1", finding.Pass},
		{"ppp", "1", "1", finding.Pass},
		{"f", "0", "0", finding.Fail},
		{"ff", "0", "0", finding.Fail},
		{"pf", "1/4", "1/4", finding.Fail},
		{"pffffffff", "1/18", "1/18", finding.Fail},
		{"ppppppppf", "4/9", "4/9", finding.Fail},
		{"w", "0", "null", finding.Waived},
		{"ww", "0", "null", finding.Waived},
		{"pw", "1/4", "1", finding.Waived},
		{"fw", "0", "0", finding.Fail},
		{"pfw", "1/6", "1/4", finding.Fail},
		{"r", "0", "null", finding.Rectified},
		{"pr", "1/4", "1", finding.Rectified},
		{"rw", "0", "null", finding.Waived},
		{"fr", "0", "0", finding.Fail},
		{"rn", "0", "null", finding.Rectified},
		{"n", "null", "null", finding.NotApplicable},
		{"nn", "null", "null", finding.NotApplicable},
		{"pn", "1", "1", finding.Pass},
		{"fn", "0", "0", finding.Fail},
		{"wn", "0", "null", finding.Waived},
		{"", "null", "null", finding.NotApplicable},
		{"-", "null", "null", finding.NotApplicable},
		{"!", "0", "0", finding.Fail},
	} {
		one := check("t.x", finding.Major, "1.1", c.items)
		if got := exact(Attainment(&one)); got != c.raw {
			t.Errorf("%q: raw attainment %s, want %s", c.items, got, c.raw)
		}
		if adjusted := exact(attainment(count(&one).adjusted())); adjusted != c.adjusted {
			t.Errorf("%q: adjusted attainment %s, want %s", c.items, adjusted, c.adjusted)
		}
		if got := one.Sum(); got != c.outcome {
			t.Errorf("%q: outcome %s, want %s", c.items, got, c.outcome)
		}
	}
}

func TestOutcomeStandsWhereThereAreNoItems(t *testing.T) {
	for outcome, want := range map[finding.Outcome]string{
		finding.Pass: "1", finding.Fail: "0", finding.Waived: "0", finding.Rectified: "0", finding.NotApplicable: "null",
	} {
		one := examine.Check{Ruling: &audit.Ruling{Demand: &audit.Demand{Rule: &rulebook.Check{ID: "t.x"}}}, Applies: true, Outcome: outcome}
		if got := exact(Attainment(&one)); got != want {
			t.Errorf("%s: attainment %s, want %s", outcome, got, want)
		}
		if got := one.Sum(); got != outcome {
			t.Errorf("%s becomes %s", outcome, got)
		}
	}
}

func TestWeight(t *testing.T) {
	for _, c := range []struct {
		severity finding.Severity
		own      int64
		want     int64
	}{
		{finding.Blocker, 0, 10}, {finding.Major, 0, 5}, {finding.Minor, 0, 2}, {finding.Advisory, 0, 0},
		{finding.Blocker, 7, 7}, {finding.Major, 1, 1}, {finding.Minor, 30, 30}, {finding.Advisory, 3, 0},
	} {
		one := check("t.x", c.severity, "1.1", "p")
		one.Rule.Weight = c.own
		if got := Weight(city(), &one); got != c.want {
			t.Errorf("%s with own weight %d weighs %d, want %d", c.severity, c.own, got, c.want)
		}
	}
}
