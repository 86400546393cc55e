package handbook

import "strings"

// escape makes a text stand in Markdown, also in a table, as it is.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		switch {
		case r == '<':
			b.WriteString("&lt;")
			continue
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_[]|~$>", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return opening(b.String())
}

// opening escapes what would make a line a heading, a list or a quotation.
func opening(s string) string {
	digits := strings.TrimLeft(s, "0123456789")
	switch {
	case s == "":
	case strings.ContainsAny(s[:1], "#+-="):
		return `\` + s
	case digits != s && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ")):
		return s[:len(s)-len(digits)] + `\` + digits
	}
	return s
}
