package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hegui/internal/lang"
)

// ColonHint explains why a value is text where a map was meant: a colon that is
// full-width or lacks its space makes `name:value` one plain scalar. It is zero
// where that is not the likely cause.
func (v *Value) ColonHint() lang.Text {
	if v == nil || v.Kind != String || !v.plain {
		return lang.Text{}
	}
	return colonHint(v.Text)
}

// colonHint looks for the first word of a text that reads like key:value.
func colonHint(text string) lang.Text {
	for _, word := range strings.Fields(text) {
		key, colon, rest := cutColon(word)
		switch {
		case !isKeyLike(key):
		case colon == '：':
			return lang.Say("键 %s 后面应是半角冒号加空格（“: ”），此处是全角冒号“：”",
				`after the key %s write ": " (a colon and a space); this is the full-width colon U+FF1A`, Quote(key))
		case rest != "" && !strings.HasPrefix(rest, "//") && !isClock(key, rest):
			return lang.Say("键 %s 的冒号后面要加一个空格", "put a space after the colon of the key %s", Quote(key))
		}
	}
	return lang.Text{}
}

func cutColon(word string) (key string, colon rune, rest string) {
	i := strings.IndexAny(word, ":：")
	if i < 0 {
		return "", 0, ""
	}
	colon, size := utf8.DecodeRuneInString(word[i:])
	return word[:i], colon, word[i+size:]
}

// isKeyLike accepts a word, not a sentence with its punctuation.
func isKeyLike(key string) bool {
	for _, r := range key {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' {
			return false
		}
	}
	return key != ""
}

// isClock tells 10:30 and sha256:0f… from key:value.
func isClock(key, rest string) bool {
	return unicode.IsDigit(rune(key[len(key)-1])) && unicode.IsDigit(rune(rest[0]))
}
