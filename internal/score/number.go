package score

import (
	"math/big"
	"strconv"
	"strings"
)

// Round rounds half away from zero to one decimal. Nil stays nil.
func Round(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return exactly(r).rounded().Rat()
}

// rounded is the number to one decimal; none where there is none.
func (f Fraction) rounded() Fraction {
	switch {
	case f.IsNone():
		return f
	case f.wide == nil:
		return over(f.scaled(10), 10)
	}
	rounded, _ := new(big.Rat).SetString(f.wide.FloatString(1)) // nothing but decimals
	return Fraction{wide: rounded}
}

// Least is the smallest number that rounds to at least this one.
func Least(r *big.Rat) *big.Rat {
	tenths := new(big.Rat).Mul(orZero(r), big.NewRat(10, 1))
	up, rest := new(big.Int).DivMod(tenths.Num(), tenths.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		up.Add(up, big.NewInt(1))
	}
	least := new(big.Rat).SetFrac(up, big.NewInt(10))
	return least.Sub(least, big.NewRat(1, 20))
}

// scaled is how many parts a short fraction has of which so many are one, rounded half
// away from zero.
func (f Fraction) scaled(parts int64) int64 {
	n, half := f.num*parts, f.den/2
	if n < 0 {
		half = -half
	}
	return (n + half) / f.den
}

// Format writes a number with exactly one decimal, rounded as Round does:
// "92.3"; "" for nil.
func Format(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return exactly(r).Format()
}

// Format writes the number as the function does; "" for none.
func (f Fraction) Format() string {
	switch {
	case f.IsNone():
		return ""
	case f.wide != nil:
		return f.rounded().wide.FloatString(1)
	}
	n := f.scaled(10)
	return decimal(n, 10, n < 0) // no sign stands before nothing
}

// FormatExact writes a number with so many decimals that a reader can redo the
// arithmetic: four, rounded half away from zero; "" for nil.
func FormatExact(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return exactly(r).FormatExact()
}

// FormatExact writes the number as the function does; "" for none.
func (f Fraction) FormatExact() string {
	switch {
	case f.IsNone():
		return ""
	case f.wide != nil:
		return f.wide.FloatString(4)
	}
	return decimal(f.scaled(10_000), 10_000, f.num < 0)
}

// FormatShort writes the number with up to four decimals, rounded as FormatExact
// does, and at least one: "1.0", "0.3333"; "" for none.
func (f Fraction) FormatShort() string {
	if f.den == 1 && f.num >= 0 && f.num < 10 {
		return digits[3*f.num : 3*f.num+3]
	}
	text := f.FormatExact()
	for strings.HasSuffix(text, "0") && !strings.HasSuffix(text, ".0") {
		text = text[:len(text)-1]
	}
	return text
}

// digits are the numbers that weights and attainments mostly are.
const digits = "0.01.02.03.04.05.06.07.08.09.0"

// decimal writes so many parts, of which one has a power of ten.
func decimal(n, parts int64, negative bool) string {
	var room [24]byte
	out := room[:0]
	if negative {
		out = append(out, '-')
	}
	n = max(n, -n)
	out = append(strconv.AppendInt(out, n/parts, 10), '.')
	for parts /= 10; parts > 0; parts /= 10 {
		out = append(out, byte('0'+n/parts%10))
	}
	return string(out)
}

func percent(share Fraction) Fraction {
	if share.IsNone() {
		return share
	}
	return share.times(over(100, 1))
}

// orZero reads a number that was never set as 0.
func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}
