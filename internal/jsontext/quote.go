package jsontext

import "unicode/utf8"

// quote appends a text in quotes.
func quote(to []byte, s string) []byte {
	to = append(to, '"')
	from := 0
	for i := 0; i < len(s); {
		if n := plain(s, i); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape := escaped(r, size); escape != "" {
			to = append(append(to, s[from:i]...), escape...)
			from = i + size
		}
		i += size
	}
	return append(append(to, s[from:]...), '"')
}

// plain is how many bytes a character takes that needs no second look: nearly all of
// ASCII, and what three bytes write from U+3000 on to U+CFFF; 0 for any other.
func plain(s string, i int) int {
	switch c := s[i]; {
	case c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\':
		return 1
	case c >= 0xE3 && c <= 0xEC && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
		return 3
	}
	return 0
}

const hex = "0123456789abcdef"

// escaped is what a character is written as, empty for as it is. What is no UTF-8 is
// the replacement character, and what JavaScript takes for the end of a line is escaped.
func escaped(r rune, size int) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return `\ufffd`
	case r == '"', r == '\\':
		return `\` + string(r)
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
