package score

import (
	"math/big"
	"strings"
	"testing"

	"hegui/internal/examine"
)

func TestScores(t *testing.T) {
	weighted := check("t.w", minor, "1.1", "p")
	weighted.Rule.Weight = 15
	for name, c := range map[string]struct {
		clauses       []string
		checks        []examine.Check
		raw, adjusted string
		applicable    string
	}{
		"nothing at all":     {nil, nil, "null", "null", "0"},
		"nothing assessed":   {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "-")}, "null", "null", "0"},
		"no points":          {[]string{"1.1 0"}, []examine.Check{check("t.a", major, "1.1", "p")}, "null", "null", "0"},
		"only advice":        {[]string{"1.1 10"}, []examine.Check{check("t.a", advisory, "1.1", "p")}, "null", "null", "0"},
		"pending alone":      {[]string{"1.1 10 pending"}, []examine.Check{check("t.a", major, "1.1", "p")}, "null", "null", "0"},
		"passes":             {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "p")}, "100", "100", "10"},
		"zero is not null":   {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "f")}, "0", "0", "10"},
		"broken topic":       {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "!")}, "0", "0", "10"},
		"weights":            {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "p"), check("t.b", minor, "1.1", "f")}, "357/5", "357/5", "10"}, // 5/7 = 71.43
		"own weight":         {[]string{"1.1 10"}, []examine.Check{weighted, check("t.b", major, "1.1", "f")}, "75", "75", "10"},
		"half":               {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "pf")}, "25", "25", "10"},
		"never above half":   {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", strings.Repeat("p", 999)+"f")}, "50", "50", "10"},
		"each failure costs": {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "ppppp"+strings.Repeat("f", 40))}, "28/5", "28/5", "10"},
		"advice has no say":  {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "p"), check("t.b", advisory, "1.1", "f")}, "100", "100", "10"},
		"points, not the number of checks": {[]string{"1.1 30", "1.2 10"}, []examine.Check{
			check("t.a", major, "1.1", "p"),
			check("t.b", major, "1.2", "f"), check("t.c", major, "1.2", "f"), check("t.d", major, "1.2", "f"),
		}, "75", "75", "40"},
		"a clause leaves when not applicable": {[]string{"1.1 30", "1.2 10", "1.3 60"}, []examine.Check{
			check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f"), check("t.c", major, "1.3", "-"),
		}, "75", "75", "40"},
		"a clause leaves when pending": {[]string{"1.1 30", "1.2 10", "1.3 60 pending"}, []examine.Check{
			check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f"), check("t.c", major, "1.3", "p"),
		}, "75", "75", "40"},
		"a clause leaves when only advice applies": {[]string{"1.1 30", "1.2 70"}, []examine.Check{
			check("t.a", major, "1.1", "f"), check("t.b", advisory, "1.2", "p"),
		}, "0", "0", "30"},
		"citing is not being at home": {[]string{"1.1 50", "1.2 50"}, []examine.Check{
			check("t.a", major, "1.1 1.2", "f"), check("t.b", major, "1.2", "p"),
		}, "50", "50", "100"},
		"waived check":      {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "w"), check("t.b", major, "1.1", "p")}, "50", "100", "10"},
		"waived item":       {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "pw")}, "25", "100", "10"},
		"waived and failed": {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "fw"), check("t.b", major, "1.1", "p")}, "50", "50", "10"},
		"everything waived": {[]string{"1.1 10"}, []examine.Check{check("t.a", major, "1.1", "ww")}, "0", "null", "10"},
		"waived clause leaves": {[]string{"1.1 60", "1.2 40"}, []examine.Check{
			check("t.a", major, "1.1", "pf"), check("t.b", major, "1.2", "w"),
		}, "15", "25", "100"},
		"fractions of points": {[]string{"1.1 0.5", "1.2 1"}, []examine.Check{
			check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f"),
		}, "333/10", "333/10", "3/2"}, // 1/3
		// 1999 of 2000 points: 99.95, and 1/2000: 0.05.
		"0.05 rounds away from zero": {[]string{"1.1 1999", "1.2 1"}, []examine.Check{
			check("t.a", major, "1.1", "f"), check("t.b", major, "1.2", "p"),
		}, "1/10", "1/10", "2000"},
		"99.95 rounds away from zero": {[]string{"1.1 1999", "1.2 1"}, []examine.Check{
			check("t.a", major, "1.1", "p"), check("t.b", major, "1.2", "f"),
		}, "100", "100", "2000"},
		"just below 0.05": {[]string{"1.1 2000", "1.2 1"}, []examine.Check{
			check("t.a", major, "1.1", "f"), check("t.b", major, "1.2", "p"),
		}, "0", "0", "2001"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Compute(regulation(t, c.clauses...), city(), platform(c.checks...))
			if got := exact(r.Raw); got != c.raw {
				t.Errorf("raw %s, want %s", got, c.raw)
			}
			if got := exact(r.Adjusted); got != c.adjusted {
				t.Errorf("adjusted %s, want %s", got, c.adjusted)
			}
			if got := exact(r.PointsApplicable); got != c.applicable {
				t.Errorf("points applicable %s, want %s", got, c.applicable)
			}
		})
	}
}

func TestChapters(t *testing.T) {
	r := Compute(regulation(t, "1.1 6", "1.2 2", "1.3 4 pending", "2.1 3", "3.1 5", "4.1 0"), city(), platform(
		check("t.a", major, "1.1", "pf"), check("t.b", major, "1.2", "f"), check("t.c", major, "2.1", "-"),
		check("t.d", minor, "3.1", "p"), check("t.e", major, "4.1", "p"),
	))
	for i, want := range []struct{ id, points, applicable, score string }{
		{"1", "12", "8", "75/4"}, // (6·¼ + 2·0) / 8
		{"2", "3", "0", "null"},
		{"3", "5", "5", "100"},
		{"4", "0", "0", "null"},
	} {
		got := r.Chapters[i]
		if got.ID != want.id || exact(got.Points) != want.points || exact(got.Applicable) != want.applicable || exact(got.Score) != want.score {
			t.Errorf("chapter %s: points %s, applicable %s, score %s; want %+v",
				got.ID, exact(got.Points), exact(got.Applicable), exact(got.Score), want)
		}
	}
	// (1.5 + 0 + 5) / 13 = 50
	if got := Format(r.Raw); got != "50.0" {
		t.Errorf("raw %s, want 50.0", got)
	}
}

func TestHugeWeightsStayExact(t *testing.T) {
	a, b := check("t.a", major, "1.1", "p"), check("t.b", major, "1.1", "f")
	a.Rule.Weight, b.Rule.Weight = 1<<62, 1<<62
	c := a
	r := Compute(regulation(t, "1.1 10"), city(), platform(a, b, c))
	if got := exact(r.Clauses[0].Score); got != "200/3" {
		t.Errorf("score %s, want 200/3", got)
	}
}

func TestRoundAndFormat(t *testing.T) {
	for _, c := range []struct{ number, rounded, text string }{
		{"0", "0", "0.0"}, {"0.05", "1/10", "0.1"}, {"-0.05", "-1/10", "-0.1"},
		{"0.04999", "0", "0.0"}, {"-0.04999", "0", "0.0"},
		{"0.25", "3/10", "0.3"}, {"0.35", "2/5", "0.4"}, {"-0.25", "-3/10", "-0.3"},
		{"92.25", "923/10", "92.3"}, {"92.249999999999999999", "461/5", "92.2"},
		{"99.95", "100", "100.0"}, {"100", "100", "100.0"}, {"1/3", "3/10", "0.3"}, {"2/3", "7/10", "0.7"},
		{"89.95", "90", "90.0"}, {"89.9499", "899/10", "89.9"},
	} {
		if got := exact(Round(rat(t, c.number))); got != c.rounded {
			t.Errorf("Round(%s) = %s, want %s", c.number, got, c.rounded)
		}
		if got := Format(rat(t, c.number)); got != c.text {
			t.Errorf("Format(%s) = %q, want %q", c.number, got, c.text)
		}
	}
	if Round(nil) != nil || Format(nil) != "" {
		t.Error("nil does not stay nil")
	}
	given := big.NewRat(1, 20)
	Round(given)
	if exact(given) != "1/20" {
		t.Error("Round changes its argument")
	}
}
