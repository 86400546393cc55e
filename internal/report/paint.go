package report

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/clipperhouse/displaywidth"

	"hegui/internal/finding"
)

// role is what a piece of text is for; the painter knows how it looks.
type role int

const (
	plain role = iota
	strong
	faint
	good
	bad
	warning
	note
)

// painter colours text for a terminal, or leaves it alone.
type painter struct{ on bool }

func (p painter) paint(r role, s string) string {
	if !p.on || r == plain || s == "" {
		return s
	}
	style := lipgloss.NewStyle()
	switch r {
	case strong:
		return style.Bold(true).Render(s)
	case faint:
		return style.Faint(true).Render(s)
	}
	// The sixteen basic colours, so that each terminal's own scheme applies.
	hue := map[role]color.Color{good: lipgloss.Green, bad: lipgloss.Red, warning: lipgloss.Yellow, note: lipgloss.Cyan}[r]
	return style.Bold(r != note).Foreground(hue).Render(s)
}

func severityRole(s finding.Severity) role {
	return map[finding.Severity]role{finding.Blocker: bad, finding.Major: warning, finding.Minor: note}[s]
}

// field is one field of a table: its text before colour, so that the width of
// a column is that of what is seen.
type field struct {
	text  string
	role  role
	right bool
}

// maxColumn is how wide a column may grow; one endless name must not push the
// others out of sight. What stands last in its row needs no bound.
const maxColumn = 60

// align lays rows out in columns, two spaces apart.
func (p painter) align(rows [][]field) []string {
	var widths []int
	for _, row := range rows {
		for i := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i < len(row)-1 {
				row[i].text = displaywidth.TruncateString(row[i].text, maxColumn, "…")
			}
			widths[i] = max(widths[i], displaywidth.String(row[i].text))
		}
	}
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		var b strings.Builder
		for i, f := range row {
			gap := strings.Repeat(" ", widths[i]-displaywidth.String(f.text))
			if i > 0 {
				b.WriteString("  ")
			}
			if f.right {
				b.WriteString(gap)
			}
			b.WriteString(p.paint(f.role, f.text))
			if !f.right {
				b.WriteString(gap)
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}
