package report

import (
	"strconv"
	"strings"

	"hegui/internal/finding"
)

// margin is what every line but the first of a block begins with.
const margin = "   "

// finding writes one finding as a block: where and what, the source line, and
// how to go on.
func (p *page) finding(f *finding.Finding) {
	tint := severityRole(f.Severity)
	severity := f.Severity.Text().In(p.lang)
	if f.Waived {
		tint = faint
		severity += p.say("（豁免）", " (waived)")
	}
	p.line(p.paint(strong, place(f.Location)), ": ", p.paint(tint, severity), ": ",
		p.prose(f.Message), " ", p.paint(faint, "["+inert(f.Check)+"]"))
	if f.Excerpt != "" && f.Location.Line > 0 {
		p.excerpt(f, tint)
	}
	if foot := p.foot(f); foot != "" {
		p.line(margin, foot)
	}
	p.line()
}

// place is path:line:column, as editors and log viewers make it a link; a
// finding on a whole file has its path alone.
func place(at finding.Location) string {
	path := inert(at.Path)
	if at.Line < 1 {
		return path
	}
	return path + ":" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(max(at.Column, 1))
}

func (p *page) excerpt(f *finding.Finding, tint role) {
	number := strconv.Itoa(f.Location.Line)
	gutter := margin + strings.Repeat(" ", max(0, 2-len(number))) + number
	end := f.Location.EndColumn
	if f.Location.EndLine > f.Location.Line {
		end = 0
	} else if end <= f.Location.Column {
		// Without an end the mark is one character.
		end = f.Location.Column + 1
	}
	shown, mark := excerpt(f.Excerpt, f.Location.Column, end, p.width-len(gutter)-len(" | "))
	p.line(p.paint(faint, gutter+" |"), " ", shown)
	if mark != "" {
		p.line(p.paint(faint, strings.Repeat(" ", len(gutter))+" |"), " ", p.paint(tint, mark))
	}
}

// foot says what a finding rests on and what to do about it.
func (p *page) foot(f *finding.Finding) string {
	var parts []string
	switch len(f.Clauses) {
	case 0:
	case 1:
		parts = append(parts, p.say("条款 %s", "clause %s", p.list(f.Clauses, 1)))
	default:
		parts = append(parts, p.say("条款 %s", "clauses %s", p.list(f.Clauses, maxNamed)))
	}
	if !f.Source.IsZero() {
		parts = append(parts, p.prose(f.Source))
	}
	if !f.Remedy.IsZero() {
		parts = append(parts, p.say("整改：%s", "fix: %s", p.prose(f.Remedy)))
	}
	// Only checks of the rulebook cite clauses and can be explained.
	if len(f.Clauses) > 0 {
		parts = append(parts, p.paint(faint, "hegui explain "+inert(f.Check)))
	}
	return strings.Join(parts, " · ")
}
