package score

import (
	"cmp"
	"math/big"
	"math/bits"
)

// Fraction is an exact number. It takes no memory of its own as long as its parts are
// short, which those of a rulebook are; whatever it weighs, it stays exact. Its zero
// value is no number at all.
type Fraction struct {
	num, den int64
	wide     *big.Rat
}

// short is the limit of a fraction's parts: ten thousand times one fits an int64. Sums of
// dozens of clauses have parts of forty bits.
const short = 1 << 48

// over is num/den in lowest terms; den is above 0.
func over(num, den int64) Fraction {
	if den == 1 && isShort(num) {
		return Fraction{num: num, den: 1}
	}
	common := divisor(num, den)
	if num, den := num/common, den/common; isShort(num) && isShort(den) {
		return Fraction{num: num, den: den}
	}
	return Fraction{wide: big.NewRat(num, den)}
}

func isShort(n int64) bool { return -short < n && n < short }

// divisor is the greatest one of two numbers, of which the second is above 0.
func divisor(a, b int64) int64 {
	for a = max(a, -a); b > 0; {
		a, b = b, a%b
	}
	return a
}

// product is that of two numbers, where it and its like sum to an int64.
func product(a, b int64) (int64, bool) {
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	if high > 0 || low >= 1<<62 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// exactly is a number that is read often; nil is 0.
func exactly(r *big.Rat) Fraction {
	if r == nil {
		return Fraction{den: 1}
	}
	den := int64(1)
	if !r.IsInt() {
		if den = short; r.Denom().IsInt64() {
			den = r.Denom().Int64()
		}
	}
	if num := r.Num(); num.IsInt64() && isShort(num.Int64()) && isShort(den) {
		return Fraction{num: num.Int64(), den: den}
	}
	return Fraction{wide: r}
}

// IsNone reports whether there is no number.
func (f Fraction) IsNone() bool { return f.den == 0 && f.wide == nil }

func (f Fraction) isZero() bool { return f.num == 0 && (f.wide == nil || f.wide.Sign() == 0) }

// Rat is nil for no number.
func (f Fraction) Rat() *big.Rat {
	switch {
	case f.wide != nil:
		return f.wide
	case f.den == 0:
		return nil
	}
	return big.NewRat(f.num, f.den)
}

// Sign is -1, 0 or 1; 0 for no number.
func (f Fraction) Sign() int {
	if f.wide != nil {
		return f.wide.Sign()
	}
	return cmp.Compare(f.num, 0)
}

// Cmp compares two numbers.
func (f Fraction) Cmp(g Fraction) int {
	if f.wide == nil && g.wide == nil {
		a, fits := product(f.num, g.den)
		if b, also := product(g.num, f.den); fits && also {
			return cmp.Compare(a, b)
		}
	}
	return f.Rat().Cmp(g.Rat())
}

// Plus adds a number; no number adds nothing.
func (f Fraction) Plus(g Fraction) Fraction {
	switch {
	case g.IsNone():
		return f
	case f.IsNone():
		return g
	case f.wide == nil && f.den == g.den:
		return over(f.num+g.num, f.den)
	case f.wide == nil && g.wide == nil:
		common := divisor(f.den, g.den)
		a, one := product(f.num, g.den/common)
		b, other := product(g.num, f.den/common)
		if den, fits := product(f.den, g.den/common); one && other && fits {
			return over(a+b, den)
		}
	}
	return Fraction{wide: new(big.Rat).Add(f.Rat(), g.Rat())}
}

// Of is so many times the number.
func (f Fraction) Of(times int64) Fraction { return f.times(over(times, 1)) }

func (f Fraction) times(g Fraction) Fraction {
	switch {
	case f.IsNone() || g.IsNone():
		return Fraction{}
	case f.wide == nil && g.wide == nil:
		num, fits := product(f.num, g.num)
		if den, also := product(f.den, g.den); fits && also {
			return over(num, den)
		}
	}
	return Fraction{wide: new(big.Rat).Mul(f.Rat(), g.Rat())}
}

// by divides; what is divided by 0 is no number.
func (f Fraction) by(g Fraction) Fraction {
	switch {
	case f.IsNone() || g.IsNone() || g.isZero():
		return Fraction{}
	case f.wide == nil && g.wide == nil && g.num > 0:
		return f.times(Fraction{num: g.den, den: g.num})
	}
	return Fraction{wide: new(big.Rat).Quo(f.Rat(), g.Rat())}
}
