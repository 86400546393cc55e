package schema

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"hegui/internal/lang"
)

// says reports whether a text has at least one character that a reader sees.
// White space of any script, control and format characters do not count, nor do
// letters and symbols that are drawn as nothing.
func says(text string) bool { return strings.ContainsFunc(text, visible) }

func visible(r rune) bool {
	switch r {
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0:
		return false // fillers, joiners, the empty braille pattern
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

// refers reports whether a text could be the number of a document, or the name
// of who keeps it: two letters or digits at least, and no word for nothing.
func refers(text string) bool {
	var said []rune
	for _, r := range strings.ToLower(text) {
		if unicode.IsLetter(r) && visible(r) || unicode.IsDigit(r) {
			said = append(said, r)
		}
	}
	return len(said) >= 2 && !nothing()[string(said)] && !same(said)
}

// nothing are the words that people write where they have nothing to write.
var nothing = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, word := range []lang.Text{
		lang.Say("无", "none"), lang.Say("没有", "nil"), lang.Say("暂无", "null"), lang.Say("待定", "tbd"), lang.Say("待补", "todo"), lang.Say("待补充", "tba"),
		lang.Say("不详", "nan"), lang.Say("未知", "unknown"), lang.Say("不适用", "not applicable"), lang.Say("没这项", "na"), lang.Say("略", "no"), lang.Say("测试", "test"),
	} {
		words[word.ZH], words[strings.ReplaceAll(word.EN, " ", "")] = true, true
	}
	return words
})

// same reports whether a text is one character again and again.
func same(said []rune) bool {
	for _, r := range said {
		if r != said[0] {
			return false
		}
	}
	return true
}

// SameName reports whether two texts name the same post to a reader: blanks,
// invisible characters, width and case make no other of it.
func SameName(a, b string) bool {
	return a == b || !(plain(a) && plain(b)) && folded(a) == folded(b)
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
		if !visible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
}

// names reports whether a text could name a post or a unit: it says something
// and carries no telephone number, which belongs to persons.
func names(text string) bool { return says(text) && !phone.MatchString(text) }

// phone is a run of seven digits, a mobile number in groups, or an area code with
// a number; two years with a dash between are none.
var phone = regexp.MustCompile(`\pN{7}|1[\s-]*[3-9]\pN[\s.-]*\pN{4}[\s.-]*\pN{4}|[(（]?[0０]\pN{2,3}[)）\s.－-]+\pN{3,4}[\s.－-]*\pN{4}`)
