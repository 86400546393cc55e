package jsontext

import (
	"encoding/binary"
	"unicode/utf8"
)

// atOnce is how much of a text is copied before it is looked through.
const atOnce = 256

// quote appends a text in quotes.
func quote(to []byte, s string) []byte {
	to = append(to, '"')
	for s != "" {
		piece := min(len(s), atOnce)
		to = append(to, s[:piece]...)
		n := plain(to[len(to)-piece:])
		if s = s[n:]; n == piece {
			continue
		}
		to = to[:len(to)-piece+n]
		r, size := utf8.DecodeRuneInString(s)
		if escape := escaped(r, size); escape != "" {
			to = append(to, escape...)
		} else {
			to = append(to, s[:size]...)
		}
		s = s[size:]
	}
	return append(to, '"')
}

// plain is how many bytes a text begins with that need no second look: nearly all of
// ASCII, eight characters at a time, and nearly all that three bytes write; not U+2028 and
// U+2029, E2 80 A8 and A9.
func plain(text []byte) (n int) {
	for n < len(text) {
		if len(text)-n >= 8 && plainEight(binary.LittleEndian.Uint64(text[n:])) {
			n += 8
			continue
		}
		switch c := text[n]; {
		case c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\':
			n++
		case c > 0xE0 && c != 0xED && c < 0xF0 && len(text)-n > 2 && text[n+1]&0xC0 == 0x80 && text[n+2]&0xC0 == 0x80 && (c > 0xE2 || text[n+2]|1 != 0xA9):
			n += 3
		default:
			return n
		}
	}
	return n
}

// plainEight reports whether eight bytes are all ASCII from the blank on, but for quotes
// and backslashes: none has its highest bit, nor gets it when something is subtracted of
// which it is less.
func plainEight(b uint64) bool {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	return (b|(b-' '*each)|(b^'"'*each-each)|(b^'\\'*each-each))&highest == 0
}

const hex = "0123456789abcdef"

// escaped is what a character is written as, empty for as it is. What is no UTF-8 is
// the replacement character, and what JavaScript takes for the end of a line is escaped.
func escaped(r rune, size int) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return `\ufffd`
	case r == '"':
		return `\"`
	case r == '\\':
		return `\\`
	case r == '\b':
		return `\b`
	case r == '\f':
		return `\f`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < ' ':
		return `\u00` + string(hex[r>>4]) + string(hex[r&0xF])
	case r == '\u2028', r == '\u2029':
		return `\u202` + string(hex[r&0xF])
	}
	return ""
}
