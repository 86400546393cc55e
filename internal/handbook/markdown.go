package handbook

import (
	"html"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// sheet is a Markdown page on its way. Without the links it is the one page
// that holds everything.
type sheet struct {
	text strings.Builder
	// index leads to the page of the clauses, folder to those of the topics;
	// empty where that is this page.
	index, folder string
}

// bytes are the page, inert.
func (s *sheet) bytes() []byte {
	return []byte(inert(strings.TrimRight(s.text.String(), "\n") + "\n"))
}

func (s *sheet) line(parts ...string) {
	s.text.WriteString(strings.Join(parts, ""))
	s.text.WriteByte('\n')
}

func (s *sheet) gap() { s.line() }

// heading is a heading that links can name whatever a reader makes of its text.
func (s *sheet) heading(level int, anchor, text string) {
	s.line(`<a id="`, html.EscapeString(anchor), `"></a>`)
	s.gap()
	s.line(strings.Repeat("#", level), " ", text)
	s.gap()
}

// table writes rows of cells that are Markdown already.
func (s *sheet) table(head []string, rows [][]string) {
	s.line("| ", strings.Join(head, " | "), " |")
	s.line("|", strings.Repeat(" --- |", len(head)))
	for _, row := range rows {
		s.line("| ", strings.Join(row, " | "), " |")
	}
	s.gap()
}

// fence writes lines as they are; the fence is longer than any in them.
func (s *sheet) fence(language string, lines []string) {
	fence := "```"
	for strings.Contains(strings.Join(lines, "\n"), fence) {
		fence += "`"
	}
	s.line(fence, language)
	for _, line := range lines {
		s.line(line)
	}
	s.line(fence)
	s.gap()
}

// both is a text in both languages on one line.
func both(t lang.Text) string {
	if t.ZH == t.EN {
		return escape(t.EN)
	}
	return escape(t.ZH) + " / " + escape(t.EN)
}

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

// span is a code span. Inside a table its bars are escaped.
func span(s string) string {
	tick := "`"
	for strings.Contains(s, tick) {
		tick += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return tick + strings.ReplaceAll(s, "|", `\|`) + tick
}

// link leads to an anchor of this page.
func (s *sheet) link(text, anchor string) string { return "[" + text + "](#" + anchor + ")" }

// toClause leads to a clause by its number.
func (s *sheet) toClause(id string) string {
	return "[" + escape(id) + "](" + s.index + "#" + clauseAnchor(id) + ")"
}

// toCheck leads to a check in full.
func (s *sheet) toCheck(c *rulebook.Check, text string) string {
	return "[" + text + "](" + s.pageOf(c.Topic) + "#" + c.ID + ")"
}

// toTopic leads to the checks of a topic in full.
func (s *sheet) toTopic(t topic) string {
	target := s.pageOf(t.name)
	if target == "" {
		target = "#" + topicAnchor(t.name)
	}
	return "[" + both(t.title) + "](" + target + ")"
}

// pageOf is where the checks of a topic stand, empty for this page.
func (s *sheet) pageOf(topic string) string {
	if s.folder == "" {
		return ""
	}
	return s.folder + topic + ".md"
}

func languageNames() []string {
	return []string{lang.Say("中文", "English").ZH, lang.Say("中文", "English").EN}
}
