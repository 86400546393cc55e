package typeset

import (
	"bytes"
	"io"
	"strings"
)

// UsualWidth is the line width where the output is not a terminal.
const UsualWidth = 100

const (
	// leastColumn is how much of a line a text needs to be read with ease.
	leastColumn = 32
	// Labels is how wide the column of labels is.
	Labels = 10
)

// Page is a text on its way to a terminal or a log.
type Page struct {
	Painter
	Width int
	// Most is how many rows of the screen a line may take on a page that is short of
	// room and has no empty lines; 0 for any other.
	Most int
	text []byte
}

// String is the page as far as it is written.
func (p *Page) String() string { return string(p.text) }

// Flush writes what is on the page to w, and empties it.
func (p *Page) Flush(w io.Writer) error {
	_, err := w.Write(p.text)
	p.text = p.text[:0]
	return err
}

// Line ends a line; blanks at its end would only disturb who copies it.
func (p *Page) Line(parts ...string) {
	from := len(p.text)
	for _, part := range parts {
		p.text = append(p.text, part...)
	}
	p.text = p.text[:from+len(bytes.TrimRight(p.text[from:], " "))]
	if p.Most > 0 {
		line := string(p.text[from:])
		if line == "" {
			return
		}
		p.text = append(p.text[:from], cutLine(line, p.Most*p.Width)...)
	}
	p.text = append(p.text, '\n')
}

// Paragraph writes prose from the left margin.
func (p *Page) Paragraph(s string) {
	for _, line := range Fill(s, p.Width, true) {
		p.Line(line)
	}
}

// Row writes one text beside a label.
func (p *Page) Row(label, text string) { p.Table(label, [][]string{{text}}) }

// Table writes rows of cells beside a label; columns are as wide as they must
// be, and the last one folds. On a narrow page it is below the others.
func (p *Page) Table(label string, rows [][]string) { p.table(Labels, label, rows) }

// Indented writes rows of cells as Table does, from the left margin.
func (p *Page) Indented(rows [][]string) { p.table(0, "", rows) }

func (p *Page) table(labels int, label string, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(cell))
		}
	}
	for _, row := range rows {
		lead, last := pad(label, labels), len(row)-1
		for i, cell := range row[:last] {
			lead += pad(cell, widths[i]) + "  "
		}
		margin := Width(lead)
		if last > 0 && p.Width-margin < leastColumn && Width(row[last]) > p.Width-margin {
			p.Line(lead)
			margin = labels + 2
			lead = strings.Repeat(" ", margin)
		}
		for _, line := range Fill(row[last], p.Width-margin, true) {
			p.Line(lead, line)
			lead = strings.Repeat(" ", margin)
		}
		label = ""
	}
}

// Code writes an expression beside a label, broken only at its blanks.
func (p *Page) Code(label, expression string) {
	lead := pad(label, Labels)
	for line := range strings.Lines(strings.TrimSpace(expression)) {
		parts := []string{strings.TrimSpace(line)}
		if Width(parts[0]) > p.Width-Labels {
			parts = Fill(parts[0], p.Width-Labels, false)
		}
		for _, part := range parts {
			p.Line(lead, part)
			lead = strings.Repeat(" ", Labels)
		}
	}
}

// Block writes lines as they are, beside the labels.
func (p *Page) Block(lines []string) {
	for _, line := range lines {
		p.Line(strings.Repeat(" ", Labels), line)
	}
}

// pad fills a text up to a width; one that is wider keeps two blanks behind it.
func pad(s string, width int) string {
	missing := width - Width(s)
	if missing < 0 {
		missing = 2
	}
	return s + strings.Repeat(" ", missing)
}
