package score

import (
	"cmp"
	"math/big"
)

// Fraction is an exact number. It takes no memory of its own as long as its parts are
// short, which those of a rulebook are; whatever it weighs, it stays exact. Its zero
// value is no number at all.
type Fraction struct {
	num, den int64
	wide     *big.Rat
}

// short is the limit of a fraction's parts: sums of products of two fit an int64.
const short = 1 << 30

// over is num/den in lowest terms; den is above 0.
func over(num, den int64) Fraction {
	for a, b := max(num, -num), den; ; a, b = b, a%b {
		if b == 0 {
			num, den = num/a, den/a
			break
		}
	}
	if isShort(num) && isShort(den) {
		return Fraction{num: num, den: den}
	}
	return Fraction{wide: big.NewRat(num, den)}
}

func isShort(n int64) bool { return -short < n && n < short }

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
	if f.wide != nil || g.wide != nil {
		return f.Rat().Cmp(g.Rat())
	}
	return cmp.Compare(f.num*g.den, g.num*f.den)
}

// Plus adds a number; no number adds nothing.
func (f Fraction) Plus(g Fraction) Fraction {
	switch {
	case g.IsNone():
		return f
	case f.IsNone():
		return g
	case f.wide != nil || g.wide != nil:
		return Fraction{wide: new(big.Rat).Add(f.Rat(), g.Rat())}
	case f.den == g.den:
		return over(f.num+g.num, f.den)
	}
	return over(f.num*g.den+g.num*f.den, f.den*g.den)
}

// Of is so many times the number.
func (f Fraction) Of(times int64) Fraction { return f.times(over(times, 1)) }

func (f Fraction) times(g Fraction) Fraction {
	switch {
	case f.IsNone() || g.IsNone():
		return Fraction{}
	case f.wide != nil || g.wide != nil:
		return Fraction{wide: new(big.Rat).Mul(f.Rat(), g.Rat())}
	}
	return over(f.num*g.num, f.den*g.den)
}

// by divides; what is divided by 0 is no number.
func (f Fraction) by(g Fraction) Fraction {
	switch {
	case f.IsNone() || g.IsNone() || g.isZero():
		return Fraction{}
	case f.wide != nil || g.wide != nil || g.num < 0:
		return Fraction{wide: new(big.Rat).Quo(f.Rat(), g.Rat())}
	}
	return over(f.num*g.den, f.den*g.num)
}
