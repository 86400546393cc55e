package report

import (
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/typeset"
)

// margin is what every line but the first of a block begins with.
const margin = "   "

// finding writes one finding as a block: where and what, the source line, and
// how to go on.
func (p *page) finding(f *finding.Finding) {
	tint := severityRole(f.Severity)
	severity := f.Severity.Text().In(p.Language)
	if f.Waived {
		tint = typeset.Faint
		severity += p.Say("（已豁免）", " (waived)")
	}
	p.Line(p.Paint(typeset.Strong, place(f.Location)), ": ", p.Paint(tint, severity), ": ",
		p.Prose(f.Message), " ", p.Paint(typeset.Faint, "["+typeset.Inert(f.Check)+"]"))
	if f.Excerpt != "" && f.Location.Line > 0 {
		p.excerpt(f, tint)
	}
	if foot := p.foot(f); foot != "" {
		p.Line(margin, foot)
	}
	p.Line()
}

// place is path:line:column, as editors and log viewers make it a link; a
// finding on a whole file has its path alone.
func place(at finding.Location) string {
	path := typeset.Inert(at.Path)
	if at.Line < 1 {
		return path
	}
	return path + ":" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(max(at.Column, 1))
}

func (p *page) excerpt(f *finding.Finding, tint typeset.Role) {
	number := strconv.Itoa(f.Location.Line)
	gutter := margin + strings.Repeat(" ", max(0, 2-len(number))) + number
	shown, mark := typeset.Excerpt(f.Excerpt, f.Location.Column, markEnd(f.Location), p.Width-len(gutter)-len(" | "))
	p.Line(p.Paint(typeset.Faint, gutter+" |"), " ", shown)
	if mark != "" {
		p.Line(p.Paint(typeset.Faint, strings.Repeat(" ", len(gutter))+" |"), " ", p.Paint(tint, mark))
	}
}

// markEnd is the column at which the mark below a source line ends, 0 where it
// reaches to the line's end. Without an end the mark is one character.
func markEnd(at finding.Location) int {
	switch {
	case at.EndLine > at.Line:
		return 0
	case at.EndColumn <= at.Column:
		return at.Column + 1
	}
	return at.EndColumn
}

// foot says what a finding rests on and what to do about it.
func (p *page) foot(f *finding.Finding) string {
	var parts []string
	switch len(f.Clauses) {
	case 0:
	case 1:
		parts = append(parts, p.Say("条款 %s", "clause %s", p.List(f.Clauses, 1)))
	default:
		parts = append(parts, p.Say("条款 %s", "clauses %s", p.List(f.Clauses, maxNamed)))
	}
	if !f.Source.IsZero() {
		parts = append(parts, p.Prose(f.Source))
	}
	if !f.Remedy.IsZero() {
		parts = append(parts, p.Say("整改：%s", "fix: %s", p.Prose(f.Remedy)))
	}
	// Only checks of the rulebook cite clauses and can be explained.
	if len(f.Clauses) > 0 {
		parts = append(parts, p.Paint(typeset.Faint, "hegui explain "+typeset.Inert(f.Check)))
	}
	return strings.Join(parts, " · ")
}
