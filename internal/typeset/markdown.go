package typeset

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown makes a text say itself in CommonMark and GitHub's dialect: no tag,
// link, image, emphasis, heading, list, table cell, mention or reference comes
// out of it. It is one line, whatever the text was.
func Markdown(s string) string { return opening(escapeMarkup(oneLine(s), markdownMarks)) }

// Markup is Markdown within an HTML element, where backslashes mean nothing.
func Markup(s string) string { return escapeMarkup(s, markupMarks) }

// What is looked at, all of it ASCII: what is escaped wherever it is, and what means
// something beside something else.
const (
	markdownMarks = "<>&" + backslashed + beside
	markupMarks   = `<>&'"` + beside
	backslashed   = "\\`*_[]!|~^{}$"
	beside        = "@#:."
)

// zeroWidth parts what GitHub would take for a name after it is all rendered;
// nothing that is escaped before would hold it back.
const zeroWidth = "\u200b"

// escapeMarkup escapes these marks where they mean something.
func escapeMarkup(s, marks string) string {
	if !utf8.ValidString(s) {
		s = string([]rune(s)) // every byte that is no UTF-8 is a replacement character
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	from := 0
	for i := strings.IndexAny(s, marks); i >= 0; {
		escaped := escapedThere(s, i)
		if escaped == "" {
			escaped = escapedAnywhere(s[i])
		}
		b.WriteString(s[from:i])
		b.WriteString(escaped)
		from = i + 1
		if i = strings.IndexAny(s[from:], marks); i >= 0 {
			i += from
		}
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// escapedThere is what a character is written as for what stands beside it, empty where
// that makes it nothing special.
func escapedThere(s string, i int) string {
	next := ' '
	if i+1 < len(s) {
		next, _ = utf8.DecodeRuneInString(s[i+1:])
	}
	switch c := s[i]; {
	case c == '@' && !unicode.IsSpace(next), c == '#' && unicode.IsDigit(next):
		// A mention calls people, a reference writes into another issue.
		return string(rune(c)) + zeroWidth
	case c == ':' && !unicode.IsSpace(next) && !unicode.IsDigit(next):
		return "&#58;" // https:, mailto:, :emoji:
	case c == '.' && i >= 2 && strings.EqualFold(s[i-2:i], "ww"):
		return "&#46;" // www.
	case c == '#' && i == 0:
		return "&#35;" // a heading
	}
	return ""
}

// escapedAnywhere is what a character is written as that stands beside nothing special.
func escapedAnywhere(c byte) string {
	if strings.IndexByte(backslashed, c) >= 0 {
		return `\` + string(rune(c))
	}
	return html.EscapeString(string(rune(c)))
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
