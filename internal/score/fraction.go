package score

import "math/big"

// fraction is an exact number. It takes no memory of its own as long as its parts are
// short, which those of a rulebook are; whatever it weighs, it stays exact. Its zero
// value is no number at all.
type fraction struct {
	num, den int64
	wide     *big.Rat
}

// short is the limit of a fraction's parts: sums of products of two fit an int64.
const short = 1 << 30

// over is num/den in lowest terms; den is above 0.
func over(num, den int64) fraction {
	for a, b := max(num, -num), den; ; a, b = b, a%b {
		if b == 0 {
			num, den = num/a, den/a
			break
		}
	}
	if isShort(num) && isShort(den) {
		return fraction{num: num, den: den}
	}
	return fraction{wide: big.NewRat(num, den)}
}

func isShort(n int64) bool { return -short < n && n < short }

// exactly is a number that is read often; nil is 0.
func exactly(r *big.Rat) fraction {
	if r == nil {
		return fraction{den: 1}
	}
	den := int64(1)
	if !r.IsInt() {
		if den = short; r.Denom().IsInt64() {
			den = r.Denom().Int64()
		}
	}
	if num := r.Num(); num.IsInt64() && isShort(num.Int64()) && isShort(den) {
		return fraction{num: num.Int64(), den: den}
	}
	return fraction{wide: r}
}

func (f fraction) isNone() bool { return f.den == 0 && f.wide == nil }

func (f fraction) isZero() bool { return f.num == 0 && (f.wide == nil || f.wide.Sign() == 0) }

// rat is nil for no number.
func (f fraction) rat() *big.Rat {
	switch {
	case f.wide != nil:
		return f.wide
	case f.den == 0:
		return nil
	}
	return big.NewRat(f.num, f.den)
}

func (f fraction) plus(g fraction) fraction {
	switch {
	case f.wide != nil || g.wide != nil:
		return fraction{wide: new(big.Rat).Add(f.rat(), g.rat())}
	case f.den == g.den:
		return over(f.num+g.num, f.den)
	}
	return over(f.num*g.den+g.num*f.den, f.den*g.den)
}

func (f fraction) times(g fraction) fraction {
	if f.wide != nil || g.wide != nil {
		return fraction{wide: new(big.Rat).Mul(f.rat(), g.rat())}
	}
	return over(f.num*g.num, f.den*g.den)
}

// by divides; what is divided by 0 is no number.
func (f fraction) by(g fraction) fraction {
	switch {
	case f.isNone() || g.isNone() || g.isZero():
		return fraction{}
	case f.wide != nil || g.wide != nil || g.num < 0:
		return fraction{wide: new(big.Rat).Quo(f.rat(), g.rat())}
	}
	return over(f.num*g.den, f.den*g.num)
}
