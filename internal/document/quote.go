package document

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxQuoted is how many runes of somebody else's text a message repeats.
const maxQuoted = 60

// Quote puts text from a file into double quotes so that a message may repeat
// it: what is not printable is escaped, Chinese stays readable, and what is
// longer than 60 runes ends in an ellipsis.
func Quote(s string) string {
	n := 0
	for i := range s {
		if n == maxQuoted {
			return quote(s[:i] + "…")
		}
		n++
	}
	return quote(s)
}

// quote is strconv.Quote with the ideographic space left as it is: it is
// ordinary in Chinese text and visible between quotes.
func quote(s string) string {
	q := strconv.Quote(s)
	if !strings.ContainsRune(s, '\u3000') || !utf8.ValidString(s) {
		return q
	}
	parts := strings.Split(s, "\u3000")
	for i, part := range parts {
		q := strconv.Quote(part)
		parts[i] = q[1 : len(q)-1]
	}
	return `"` + strings.Join(parts, "\u3000") + `"`
}
