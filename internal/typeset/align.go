package typeset

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Role is what a piece of text is for; the painter knows how it looks.
type Role int

// The roles that a text can have.
const (
	Plain Role = iota
	Strong
	Faint
	Good
	Bad
	Warning
	Note
)

// Painter colours text for a terminal; the zero value leaves it alone.
type Painter struct{ On bool }

// Paint colours a text.
func (p Painter) Paint(r Role, s string) string {
	if !p.On || r == Plain || s == "" {
		return s
	}
	style := lipgloss.NewStyle()
	switch r {
	case Strong:
		return style.Bold(true).Render(s)
	case Faint:
		return style.Faint(true).Render(s)
	}
	// The sixteen basic colours, so that each terminal's own scheme applies.
	hue := map[Role]color.Color{Good: lipgloss.Green, Bad: lipgloss.Red, Warning: lipgloss.Yellow, Note: lipgloss.Cyan}[r]
	return style.Bold(r != Note).Foreground(hue).Render(s)
}

// Field is one field of a table: its text before colour, so that the width of
// a column is that of what is seen.
type Field struct {
	Text  string
	Role  Role
	Right bool
}

// maxColumn is how wide a column may grow; one endless name must not push the
// others out of sight. The last field of a row needs no bound.
const maxColumn = 60

// Align lays rows out in columns, two spaces apart.
func (p Painter) Align(rows [][]Field) []string {
	var widths []int
	for _, row := range rows {
		for i := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i < len(row)-1 {
				row[i].Text = Truncate(row[i].Text, maxColumn)
			}
			widths[i] = max(widths[i], Width(row[i].Text))
		}
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		var b strings.Builder
		for i, f := range row {
			gap := strings.Repeat(" ", widths[i]-Width(f.Text))
			if i > 0 {
				b.WriteString("  ")
			}
			if f.Right {
				b.WriteString(gap)
			}
			b.WriteString(p.Paint(f.Role, f.Text))
			if !f.Right {
				b.WriteString(gap)
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}
