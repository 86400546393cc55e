package typeset

import (
	"html"
	"strings"
	"unicode"
)

// Markdown makes a text say itself in CommonMark and GitHub's dialect: no tag,
// link, image, emphasis, heading, list, table cell, mention or reference comes
// out of it. It is one line, whatever the text was.
func Markdown(s string) string {
	return opening(escapeMarkup(oneLine(s), func(b *strings.Builder, r rune) {
		switch {
		case strings.ContainsRune("<>&", r):
			b.WriteString(html.EscapeString(string(r)))
		case strings.ContainsRune("\\`*_[]!|~^{}$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}))
}

// Markup is Markdown within an HTML element, where backslashes mean nothing.
func Markup(s string) string {
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

// opening escapes what would make a line a list or underline a heading.
func opening(s string) string {
	digits := strings.TrimLeft(s, "0123456789")
	switch {
	case s == "":
	case strings.ContainsAny(s[:1], "+-="):
		return `\` + s
	case digits != s && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ")):
		return s[:len(s)-len(digits)] + `\` + digits
	}
	return s
}

// Span is a code span. Inside a table its bars are escaped.
func Span(s string) string {
	tick := "`"
	for strings.Contains(s, tick) {
		tick += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return tick + strings.ReplaceAll(s, "|", `\|`) + tick
}

// Cells is one row of a table; its cells are Markdown already.
func Cells(texts ...string) string { return "| " + strings.Join(texts, " | ") + " |\n" }

// Head is the head of a table, of which the first left columns hold text and
// the others numbers.
func Head(left int, titles ...string) string {
	rules := make([]string, len(titles))
	for i := range titles {
		rules[i] = "---"
		if i >= left {
			rules[i] = "--:"
		}
	}
	return Cells(titles...) + Cells(rules...)
}

// Sheet is a Markdown document on its way.
type Sheet struct{ text strings.Builder }

// Bytes are the document; no terminal and no log obeys it.
func (s *Sheet) Bytes() []byte {
	return []byte(InertLines(strings.TrimRight(s.text.String(), "\n") + "\n"))
}

// Line writes a line that is Markdown already.
func (s *Sheet) Line(parts ...string) {
	s.text.WriteString(strings.Join(parts, ""))
	s.text.WriteByte('\n')
}

// Gap ends a block.
func (s *Sheet) Gap() { s.Line() }

// Heading is a heading with an anchor that does not depend on its text.
func (s *Sheet) Heading(level int, anchor, text string) {
	s.Line(`<a id="`, html.EscapeString(anchor), `"></a>`)
	s.Gap()
	s.Line(strings.Repeat("#", level), " ", text)
	s.Gap()
}

// Table writes rows of cells that are Markdown already.
func (s *Sheet) Table(head []string, rows [][]string) {
	s.text.WriteString(Head(len(head), head...))
	for _, row := range rows {
		s.text.WriteString(Cells(row...))
	}
	s.Gap()
}

// Fence writes lines as they are; the fence is longer than any in them.
func (s *Sheet) Fence(language string, lines []string) {
	fence := "```"
	for strings.Contains(strings.Join(lines, "\n"), fence) {
		fence += "`"
	}
	s.Line(fence, language)
	for _, line := range lines {
		s.Line(line)
	}
	s.Line(fence)
	s.Gap()
}
