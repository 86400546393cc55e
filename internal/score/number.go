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
	if f := exactly(r); f.wide == nil {
		return big.NewRat(f.scaled(10), 10)
	}
	rounded, ok := new(big.Rat).SetString(r.FloatString(1))
	if !ok {
		return nil // FloatString writes nothing but decimals
	}
	return rounded
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
func (f fraction) scaled(parts int64) int64 {
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
	// Rounding first keeps a sign from standing before nothing ("-0.0").
	return decimal(Round(r), 1)
}

// FormatExact writes a number with so many decimals that a reader can redo the
// arithmetic: four, rounded half away from zero; "" for nil.
func FormatExact(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return decimal(r, 4)
}

// decimal is r.FloatString(places), without its detours where the number is short.
func decimal(r *big.Rat, places int) string {
	f := exactly(r)
	if f.wide != nil {
		return r.FloatString(places)
	}
	parts := int64(1)
	for range places {
		parts *= 10
	}
	n := f.scaled(parts)
	text := strconv.FormatInt(max(n, -n)+parts, 10) // one before the point keeps the zeros behind it
	whole, sign := strconv.FormatInt(max(n, -n)/parts, 10), ""
	if f.num < 0 {
		sign = "-"
	}
	return sign + whole + "." + text[len(text)-places:]
}

// FormatShort writes a number with up to four decimals, rounded as FormatExact
// does, and at least one: "1.0", "0.3333"; "" for nil.
func FormatShort(r *big.Rat) string {
	text := strings.TrimRight(FormatExact(r), "0")
	if strings.HasSuffix(text, ".") {
		text += "0"
	}
	return text
}

func percent(share fraction) fraction {
	if share.isNone() {
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
