package form

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"hegui/internal/lang"
)

// digits is a number as people write it: with thousands in groups, a fraction. An
// underscore parts groups in many languages, YAML before 1.2 among them.
var digits = pattern(`^[-+]?(?:\d{1,3}(?:[,_ ]\d{3})+|\d+)(?:\.\d+)?`)

// decimalComma is a percentage whose fraction stands behind a comma: no percentage
// has thousands.
var decimalComma = pattern(`^\d{1,3},\d{1,2} ?%?$`)

// powers are the words for powers of ten that multiply a number.
func powers() []power {
	return []power{{lang.Say("亿", "hundred million"), 100_000_000}, {lang.Say("千万", "ten million"), 10_000_000}, {lang.Say("百万", "million"), 1_000_000}, {lang.Say("万", "ten thousand"), 10_000}, {lang.Say("千", "thousand"), 1_000}, {lang.Say("百", "hundred"), 100}}
}

// letters are those that people type for a power of ten behind a number.
func letters() map[string]int64 {
	return map[string]int64{"w": 10_000, "W": 10_000, "k": 1_000, "K": 1_000}
}

type power struct {
	word lang.Text
	n    int64
}

// Number is a number without its unit, thousands' commas, full-width digits and
// words: 99.7% is 99.7, 320万 is 3200000. A unit must be the one in which the
// number is stated; in ten thousands of something (万元) they are taken out.
func Number(text string, unit lang.Text) (right string, ok bool) {
	text = bare(plain(text), unit)
	if unit.ZH == "%" && decimalComma().MatchString(text) {
		text = strings.Replace(text, ",", ".", 1)
	}
	figure := digits().FindString(text)
	value, ok := new(big.Rat).SetString(strings.NewReplacer(",", "", "_", "", " ", "").Replace(figure))
	if !ok {
		value, text, ok = chinese(text)
	} else {
		text = text[len(figure):]
	}
	if !ok {
		return "", false
	}
	base, scale := unitOf(unit)
	times, text := multiplier(strings.TrimSpace(text))
	multiplied := times != 1
	value.Mul(value, new(big.Rat).SetInt64(times))
	switch {
	case isUnit(text, base) && (scale.IsInt64() && scale.Int64() == 1 || text != "" || multiplied):
		value.Quo(value, new(big.Rat).SetInt(scale))
	case text != "" || multiplied:
		return "", false
	}
	return decimal(value)
}

// multiplier is the power of ten that a text begins with, and what follows it; 1 where
// it begins with none.
func multiplier(text string) (n int64, rest string) {
	for _, p := range powers() {
		if rest, found := strings.CutPrefix(text, p.word.ZH); found {
			return p.n, strings.TrimSpace(rest)
		}
	}
	for letter, n := range letters() {
		if rest, found := strings.CutPrefix(text, letter); found {
			return n, strings.TrimSpace(rest)
		}
	}
	return 1, text
}

// Within is the number that stands before its unit in a longer text, as in 三级等保;
// ok is false where there is none, or more than one.
func Within(text string, unit lang.Text) (right string, ok bool) {
	if unit.IsZero() {
		return "", false
	}
	parts := strings.Split(plain(text), plain(unit.ZH))
	for _, before := range parts[:len(parts)-1] {
		figure, found := Number(figureAtEnd(before), unit)
		if found && ok {
			return "", false
		}
		if found {
			right, ok = figure, true
		}
	}
	return right, ok
}

// figureAtEnd is the number that a text ends with: in digits, or in words.
func figureAtEnd(text string) string {
	ofNumber := func(r rune) bool { return numeral(r) >= 0 || strings.ContainsRune(magnitudes().ZH, r) }
	if last, _ := utf8.DecodeLastRuneInString(text); isDigit(last) {
		ofNumber = func(r rune) bool { return isDigit(r) || r == '.' || r == ',' }
	}
	return text[len(strings.TrimRightFunc(text, ofNumber)):]
}

// bare is a number without what stands before it: 第 before a level, 百分之 before
// a percentage.
func bare(text string, unit lang.Text) string {
	before := lang.Say("第", "no. ").ZH
	if unit.ZH == "%" {
		before = lang.Say("百分之", "percent ").ZH
	}
	return strings.TrimSpace(strings.TrimPrefix(text, before))
}

// unitOf divides a unit such as 万元 into the plain one and how many it counts.
func unitOf(unit lang.Text) (base lang.Text, scale *big.Int) {
	for _, p := range powers() {
		if rest, found := strings.CutPrefix(unit.ZH, p.word.ZH); found {
			return lang.Same(rest), big.NewInt(p.n)
		}
	}
	return unit, big.NewInt(1)
}

func isUnit(text string, unit lang.Text) bool {
	if text == "" {
		return true
	}
	for _, word := range []string{unit.ZH, unit.EN, strings.TrimSuffix(unit.EN, "s")} {
		if strings.EqualFold(text, plain(word)) {
			return true
		}
	}
	return false
}

// maxDecimals is how many decimals a right form may have.
const maxDecimals = 6

// decimal writes a number without loss, or not at all; no fact is as large as 64
// bits.
func decimal(value *big.Rat) (string, bool) {
	if value.IsInt() {
		return value.Num().String(), value.Num().IsInt64()
	}
	text := strings.TrimRight(value.FloatString(maxDecimals), "0")
	if again, ok := new(big.Rat).SetString(text); !ok || again.Cmp(value) != 0 {
		return "", false
	}
	return text, true
}

// chinese reads the numeral at the beginning of a text: 二, 十二, 三百二十.
func chinese(text string) (value *big.Rat, rest string, ok bool) {
	total, section, last := int64(0), int64(0), int64(-1)
	places := map[rune]int64{'十': 10, '百': 100, '千': 1000}
	below := int64(10_000)
	for i, r := range text {
		digit := numeral(r)
		place, isPlace := places[r]
		switch {
		case digit >= 0 && last <= 0:
			last = digit
		case isPlace && place < below && (last > 0 || place == 10 && last < 0 && i == 0):
			section, below = section+max(last, 1)*place, place
			last = -1
		default:
			return finish(total+section, last, text[i:], i > 0)
		}
	}
	return finish(total+section, last, "", text != "")
}

func finish(sum, last int64, rest string, read bool) (*big.Rat, string, bool) {
	return new(big.Rat).SetInt64(sum + max(last, 0)), rest, read
}

// numeral is the digit that a character stands for, -1 for none.
func numeral(r rune) int64 {
	switch string(r) {
	case lang.Say("两", "two").ZH:
		return 2
	case lang.Say("〇", "zero").ZH:
		return 0
	}
	return int64(slices.Index([]rune(numerals().ZH), r))
}

// numerals are the words for the digits from 0 to 9.
func numerals() lang.Text { return lang.Say("零一二三四五六七八九", "0123456789") }

// magnitudes are the words that multiply the digit before them.
func magnitudes() lang.Text { return lang.Say("十百千万亿", "ten, hundred, thousand …") }

// Percent is a share of one in percent: 0.997 is 99.7.
func Percent(text string) (right string, ok bool) {
	share, ok := new(big.Rat).SetString(plain(text))
	if !ok || share.Sign() <= 0 || share.Cmp(big.NewRat(1, 1)) >= 0 {
		return "", false
	}
	return decimal(share.Mul(share, big.NewRat(100, 1)))
}
