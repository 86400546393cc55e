package score

import (
	"math/big"
	"strings"
)

// Round rounds half away from zero to one decimal. Nil stays nil.
func Round(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
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

// Format writes a number with exactly one decimal, rounded as Round does:
// "92.3"; "" for nil.
func Format(r *big.Rat) string {
	if r == nil {
		return ""
	}
	// Rounding first keeps a sign from standing before nothing ("-0.0").
	return Round(r).FloatString(1)
}

// FormatExact writes a number with so many decimals that a reader can redo the
// arithmetic: four, rounded half away from zero; "" for nil.
func FormatExact(r *big.Rat) string {
	if r == nil {
		return ""
	}
	return r.FloatString(4)
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

func percent(share *big.Rat) *big.Rat {
	if share == nil {
		return nil
	}
	return new(big.Rat).Mul(share, big.NewRat(100, 1))
}

// orZero reads a number that was never set as 0.
func orZero(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat)
	}
	return r
}
