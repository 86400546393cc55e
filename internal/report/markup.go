package report

import (
	"html"
	"strings"
	"unicode"
)

// markdown makes a text that is already inert say itself in CommonMark and
// GitHub's dialect: no tag, link, image, emphasis, table cell, mention or
// reference comes out of it.
func markdown(s string) string {
	return escapeMarkup(s, func(b *strings.Builder, r rune) {
		switch {
		case strings.ContainsRune("<>&", r):
			b.WriteString(html.EscapeString(string(r)))
		case strings.ContainsRune("\\`*_[]!|~^{}$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	})
}

// markup is markdown within an HTML element, where backslashes mean nothing.
func markup(s string) string {
	return escapeMarkup(s, func(b *strings.Builder, r rune) { b.WriteString(html.EscapeString(string(r))) })
}

// zeroWidth parts what GitHub would take for a name after it is all rendered;
// nothing that is escaped before would hold it back.
const zeroWidth = "\u200b"

func escapeMarkup(s string, write func(*strings.Builder, rune)) string {
	var b strings.Builder
	runes := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		next := at(i + 1)
		switch {
		case r == '@' && !unicode.IsSpace(next), r == '#' && unicode.IsDigit(next):
			// A mention calls people, a reference writes into another issue.
			b.WriteRune(r)
			b.WriteString(zeroWidth)
		case r == ':' && !unicode.IsSpace(next) && !unicode.IsDigit(next):
			b.WriteString("&#58;") // https:, mailto:, :emoji:
		case r == '.' && unicode.ToLower(at(i-1)) == 'w' && unicode.ToLower(at(i-2)) == 'w':
			b.WriteString("&#46;") // www.
		case r == '#' && i == 0:
			b.WriteString("&#35;") // a heading
		default:
			write(&b, r)
		}
	}
	return b.String()
}
