package handbook

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"

	"hegui/internal/lang"
)

const (
	usualWidth = 100
	leastWidth = 48
	// leastColumn is how much of a line a text needs to be read with ease.
	leastColumn = 32
	// labels is how wide the column of labels is.
	labels = 10
)

// page is a text on its way to a terminal: labels at the left, what they stand
// for beside them.
type page struct {
	lang  lang.Language
	width int
	text  strings.Builder
}

func newPage(o Options) *page {
	p := &page{lang: o.Language, width: usualWidth}
	if o.Width > 0 {
		p.width = max(min(o.Width, usualWidth), leastWidth)
	}
	return p
}

// String is the page, safe for a terminal.
func (p *page) String() string { return inert(p.text.String()) }

// say is one of our own texts in the reader's language.
func (p *page) say(zh, en string, args ...any) string { return lang.Say(zh, en, args...).In(p.lang) }

// in is one of the rulebook's texts in the reader's language, folded lines
// joined.
func (p *page) in(t lang.Text) string { return strings.Join(strings.Fields(t.In(p.lang)), " ") }

// join lists names the way the reader's language does.
func (p *page) join(names []string) string { return strings.Join(names, p.say("、", ", ")) }

func (p *page) line(s string) {
	p.text.WriteString(strings.TrimRight(s, " "))
	p.text.WriteByte('\n')
}

func (p *page) gap() { p.line("") }

// prose writes a paragraph from the left margin.
func (p *page) prose(s string) {
	for _, line := range fill(s, p.width, true) {
		p.line(line)
	}
}

// row writes one text beside a label.
func (p *page) row(label, text string) { p.table(label, [][]string{{text}}) }

// table writes rows of cells beside a label; columns are as wide as they must
// be, and the last one folds. On a narrow page it stands below the others.
func (p *page) table(label string, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], displaywidth.String(cell))
		}
	}
	for _, row := range rows {
		lead, last := pad(label, labels), len(row)-1
		for i, cell := range row[:last] {
			lead += pad(cell, widths[i]) + "  "
		}
		margin := displaywidth.String(lead)
		if last > 0 && p.width-margin < leastColumn && displaywidth.String(row[last]) > p.width-margin {
			p.line(lead)
			margin = labels + 2
			lead = strings.Repeat(" ", margin)
		}
		for _, line := range fill(row[last], p.width-margin, true) {
			p.line(lead + line)
			lead = strings.Repeat(" ", margin)
		}
		label = ""
	}
}

// code writes an expression beside a label, broken only at its blanks.
func (p *page) code(label, expression string) {
	lead := pad(label, labels)
	for line := range strings.Lines(strings.TrimSpace(expression)) {
		parts := []string{strings.TrimSpace(line)}
		if displaywidth.String(parts[0]) > p.width-labels {
			parts = fill(parts[0], p.width-labels, false)
		}
		for _, part := range parts {
			p.line(lead + part)
			lead = strings.Repeat(" ", labels)
		}
	}
}

// block writes lines as they are, beside the labels.
func (p *page) block(lines []string) {
	for _, line := range lines {
		p.line(strings.Repeat(" ", labels) + line)
	}
}

// pad fills a text up to a width; one that is wider keeps two blanks behind it.
func pad(s string, width int) string {
	missing := width - displaywidth.String(s)
	if missing < 0 {
		missing = 2
	}
	return s + strings.Repeat(" ", missing)
}

// inert spells out whatever would move a terminal's cursor, turn the writing
// around or be obeyed by a CI log as a command. Rulebooks come from files, and
// files from strangers.
func inert(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, "::") {
			line = strings.Replace(line, "::", `\x3a:`, 1)
		}
		for _, command := range []string{"##[", "##vso[", "##teamcity["} {
			line = strings.ReplaceAll(line, command, `\x23`+command[1:])
		}
		for _, r := range line {
			if r == '\n' || unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) {
				b.WriteRune(r)
				continue
			}
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
