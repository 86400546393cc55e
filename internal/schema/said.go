package schema

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hegui/internal/lang"
)

// says reports whether a text has at least one letter, digit or sign, such as the
// unit %, that a reader sees. White space of any script does not count, nor does
// other punctuation, which people write where they have nothing to write.
func says(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return isLetter(r) || r == '%' || r == '‰' || unicode.Is(unicode.S, r) && drawn(r)
	})
}

// isLetter reports whether a character is a letter or digit that a reader sees.
func isLetter(r rune) bool {
	switch {
	case isHan(r):
		return true
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return drawn(r) && unicode.In(r, unicode.L, unicode.N)
}

// isHan reports the characters that nearly all of a Chinese text is written in.
func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// drawn reports whether a reader sees a character at all.
func drawn(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0x1D159:
		return false // fillers, the empty braille pattern, the null notehead
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

// refers reports whether a text could be the number of a document, or the name
// of who keeps it: two letters or digits at least, and no word for nothing.
func refers(text string) bool {
	return !hollow(text) && !same(text)
}

// hollow reports whether a text is a word for nothing. One with more Chinese
// characters than any of these has, or more letters, is none, whatever else it holds.
func hollow(text string) bool {
	han, latin := 0, 0
	for _, r := range text {
		if isHan(r) {
			han++
		} else if isLetter(r) && r < utf8.RuneSelf {
			latin++
		}
	}
	return han <= maxHan && latin <= maxLatin && nothing()[Spelt(text)]
}

// maxHan and maxLatin are how long words for nothing are.
const maxHan, maxLatin = 3, 13

// Nothing reports whether a text is what people write where they have nothing to
// write: a word for it, or signs alone.
func Nothing(text string) bool {
	said := Spelt(text)
	return said == "" || nothing()[said]
}

// nothing are the words that people write where they have nothing to write.
var nothing = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, word := range []lang.Text{
		lang.Say("无", "none"), lang.Say("没有", "nil"), lang.Say("暂无", "null"), lang.Say("待定", "tbd"), lang.Say("待补", "todo"), lang.Say("待补充", "tba"),
		lang.Say("不详", "nan"), lang.Say("未知", "unknown"), lang.Say("不适用", "not applicable"), lang.Say("没这项", "na"), lang.Say("略", "no"), lang.Say("测试", "test"),
		lang.Say("待填", "to be done"), lang.Say("不涉及", "tbc"), lang.Say("见附件", "see attached"), lang.Say("附件", "attached"), lang.Say("暂缺", "none yet"),
		lang.Say("同上", "ditto"), lang.Say("无编号", "no number"), lang.Say("示例", "example"),
	} {
		words[word.ZH], words[strings.ReplaceAll(word.EN, " ", "")] = true, true
	}
	return words
})

// same reports whether a text is one letter or digit again and again, or none.
func same(text string) bool {
	return alike(text, isHan) && alike(Spelt(text), func(rune) bool { return true })
}

// alike reports whether all characters of a text that count are the same.
func alike(text string, counts func(rune) bool) bool {
	first := rune(0)
	for _, r := range text {
		if !counts(r) {
			continue
		}
		if first != 0 && r != first {
			return false
		}
		first = r
	}
	return true
}

// SameName reports whether two texts say the same to a reader: blanks, invisible
// characters, width and case make no other of it.
func SameName(a, b string) bool {
	return a == b || (!plain(a) || !plain(b)) && folded(a) == folded(b)
}

// plain reports whether a text is written as keys are, with nothing to fold.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if !drawn(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
}

// SamePost reports whether two texts could be taken for the name of one post:
// neither punctuation nor letters, digits and characters that look or read the same
// make another of it.
func SamePost(a, b string) bool { return !beginOtherwise(a, b) && post(a) == post(b) }

// beginOtherwise reports whether two texts differ in one of the Chinese characters that
// both begin with: each of these stands for itself alone.
func beginOtherwise(a, b string) bool {
	for {
		x, n := utf8.DecodeRuneInString(a)
		y, _ := utf8.DecodeRuneInString(b)
		if x != y || !isHan(x) {
			return isHan(x) && isHan(y)
		}
		a, b = a[n:], b[n:]
	}
}

// post is what tells the names of posts apart, with or without a word for post at the
// end.
func post(text string) string {
	name := strings.Map(func(r rune) rune {
		switch r {
		case 'i', '1':
			return 'l'
		case '0', '〇':
			return 'o'
		}
		return r
	}, Spelt(text))
	word := lang.Say("岗位", "post")
	if short := strings.TrimSuffix(name, word.EN); short != "" {
		name = short
	}
	// Of what the word is made, its last character may be left out.
	_, last := utf8.DecodeLastRuneInString(word.ZH)
	if strings.HasSuffix(name, word.ZH) {
		name = name[:len(name)-last]
	}
	return name
}

// Spelt is the letters and digits of a text as a reader tells them apart.
func Spelt(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case !isLetter(r):
			return -1
		case r >= utf8.RuneSelf && !isHan(r) && lookAlike()[r] != 0:
			r = lookAlike()[r]
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
}

// lookAlike is the Latin letter that a Cyrillic or Greek one looks like.
var lookAlike = sync.OnceValue(func() map[rune]rune {
	latin := []rune("ABEKMHOPCTXYaeopcyxisjkmtABEZHIKMNOPTYXovaikpux")
	out := map[rune]rune{}
	for i, r := range []rune("АВЕКМНОРСТХУаеорсухіѕјкмтΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναικρυχ") {
		out[r] = latin[i]
	}
	return out
})

// names reports whether a text could name a post or a unit: it says something, is
// no word for nothing, stands in no quotes, and carries neither a telephone number nor
// an address, which belong to persons.
func names(text string) bool {
	return says(text) && !inQuotes(text) && !hollow(text) && !rings(text) && !strings.ContainsAny(text, "@＠")
}

// inQuotes reports whether all of a text stands in one pair of Chinese quotes, which
// are no YAML and part of the name: “互联网+”办公室 does not.
func inQuotes(text string) bool {
	if text[0] < utf8.RuneSelf {
		return false
	}
	for _, pair := range []string{"“ ”", "「 」", "『 』"} {
		open, shut, _ := strings.Cut(pair, " ")
		if strings.HasPrefix(text, open) {
			return strings.Index(text, shut) == len(text)-len(shut)
		}
	}
	return false
}

// rings reports whether a text holds a telephone number.
func rings(text string) bool { return digits(text) >= minPhone && phone.MatchString(text) }

// minPhone is how many digits a telephone number has at least.
const minPhone = 7

func digits(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= utf8.RuneSelf && !isHan(r) && unicode.Is(unicode.N, r) {
			n++
		}
	}
	return n
}

// phone is a run of seven digits, a mobile number in groups, or an area code with
// a number; two years with a dash between are none.
var phone = regexp.MustCompile(`\pN{7}|1[\s-]*[3-9]\pN[\s.-]*\pN{4}[\s.-]*\pN{4}|[(（]?[0０]\pN{2,3}[)）\s.－-]+\pN{3,4}[\s.－-]*\pN{4}`)
