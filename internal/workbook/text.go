package workbook

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"hegui/internal/lang"
)

// maxCell is how many UTF-16 units a cell holds; programs cut what is longer
// without a word.
const maxCell = 32767

// clean makes text fit for a cell. What XML cannot hold, what is invisible and
// what turns the reading direction is spelt out, and what is too long is cut
// with a note that says so.
func clean(s string, l lang.Language) string {
	if !strings.ContainsFunc(s, unusual) {
		return cut(s, l)
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case hidden(r):
			b.WriteString(spelt(r))
		default:
			b.WriteRune(r)
		}
	}
	return cut(b.String(), l)
}

// unusual runes are those that may have to be spelt out; nearly all text has
// none.
func unusual(r rune) bool {
	return (r < ' ' || r > '~') && (r < 0x3001 || r > 0x9fff) && r != '\n' && (r == utf8.RuneError || hidden(r))
}

func hidden(r rune) bool {
	return unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) && r != '\u200d' || r&0xfffe == 0xfffe
}

func spelt(r rune) string {
	if r < 0x10000 {
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

func cut(s string, l lang.Language) string {
	if len(s) <= maxCell {
		return s
	}
	units := units(s)
	if units <= maxCell {
		return s
	}
	note := lang.Say(" …〔已截断，原长 %d〕", " … [cut, it had %d characters]", units).In(l)
	room := maxCell - 64
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + note
		}
	}
	return s
}

func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
