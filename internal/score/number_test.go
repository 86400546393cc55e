package score

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/trial"
)

// drawn is a number of either kind, short and long.
func drawn(t *rapid.T, name string) *big.Rat {
	limit := rapid.SampledFrom([]int64{3, 100, 1 << 30, short, 1 << 62}).Draw(t, name+" limit")
	r := big.NewRat(rapid.Int64Range(-limit, limit).Draw(t, name), rapid.Int64Range(1, limit).Draw(t, name+" below"))
	if rapid.IntRange(0, 9).Draw(t, name+" wide") == 0 {
		r.Mul(r, big.NewRat(1<<62, 3))
	}
	return r
}

// Short or long, a fraction counts and is written as big.Rat does.
func TestFractionsAreExact(t *testing.T) {
	trial.Check(t, 2000, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		for name, c := range map[string]struct {
			got  Fraction
			want *big.Rat
		}{
			"+": {exactly(a).Plus(exactly(b)), new(big.Rat).Add(a, b)},
			"×": {exactly(a).times(exactly(b)), new(big.Rat).Mul(a, b)},
		} {
			if c.got.Rat().Cmp(c.want) != 0 {
				t.Errorf("%s %s %s = %s, not %s", a, name, b, c.got.Rat(), c.want)
			}
		}
		if got, want := exactly(a).Cmp(exactly(b)), a.Cmp(b); got != want || exactly(a).Sign() != a.Sign() {
			t.Errorf("%s and %s compare as %d, not %d", a, b, got, want)
		}
		switch quotient := exactly(a).by(exactly(b)); {
		case b.Sign() == 0 && !quotient.IsNone():
			t.Errorf("%s / 0 = %s", a, quotient.Rat())
		case b.Sign() != 0 && quotient.Rat().Cmp(new(big.Rat).Quo(a, b)) != 0:
			t.Errorf("%s / %s = %s", a, b, quotient.Rat())
		}
		for places, got := range map[int]string{1: Format(a), 4: FormatExact(a)} {
			want := a.FloatString(places)
			if want == "-0.0" {
				want = "0.0" // no sign stands before nothing
			}
			if got != want {
				t.Errorf("%s is written %s, not %s", a, got, want)
			}
		}
		for _, n := range []*big.Rat{a, big.NewRat(a.Num().Int64()%20, 1)} {
			want := strings.TrimRight(n.FloatString(4), "0")
			if strings.HasSuffix(want, ".") {
				want += "0"
			}
			if got := exactly(n).FormatShort(); got != want {
				t.Errorf("%s is written %s for short, not %s", n, got, want)
			}
		}
		if got, want := Round(a).FloatString(3), a.FloatString(1)+"00"; got != want && a.Sign() > 0 {
			t.Errorf("%s is rounded to %s, not %s", a, got, want)
		}
	})
}
