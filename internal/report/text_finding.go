package report

import (
	"cmp"
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/typeset"
)

// margin is what every line but the first of a block begins with.
const margin = "   "

// finding writes one finding as a block: where and what, the source line, and
// how to go on.
func (p *page) finding(f *finding.Finding) { p.findingWith(f, "") }

// findingWith writes a finding with a line on its equals, empty for none.
func (p *page) findingWith(f *finding.Finding, equals string) {
	tint := severityRole(f.Severity)
	severity := p.severities[f.Severity]
	if f.Waived {
		tint = typeset.Faint
		severity += p.Say("（已豁免）", " (waived)")
	}
	p.Line(p.Paint(typeset.Strong, place(f.Location)), ": ", p.Paint(tint, severity), ": ",
		p.Prose(f.Said()), " ", p.Paint(typeset.Faint, "["+typeset.Inert(f.Check)+"]"))
	if f.Excerpt != "" && f.Location.Line > 0 && !p.tight() {
		p.excerpt(f, tint)
	}
	if equals != "" {
		p.Line(margin, p.Paint(typeset.Strong, equals))
	}
	if why := f.Why(); !why.IsZero() {
		p.Line(margin, p.Say("原因：%s", "because: %s", p.Prose(why)))
	}
	if foot := p.foot(f); foot != "" {
		p.Line(margin, foot)
	}
	p.Line()
}

// place is where a finding points.
func place(at finding.Location) string { return typeset.Place(at.Path, at.Line, at.Column) }

func (p *page) excerpt(f *finding.Finding, tint typeset.Role) {
	number := strconv.Itoa(f.Location.Line)
	gutter := margin + strings.Repeat(" ", max(0, 2-len(number))) + number
	shown, mark := typeset.Excerpt(f.Excerpt, f.Location.Column, f.Location.EndInLine(), p.Width-len(gutter)-len(" | "))
	p.Line(p.Paint(typeset.Faint, gutter+" |"), " ", shown)
	if mark != "" {
		p.Line(p.Paint(typeset.Faint, strings.Repeat(" ", len(gutter))+" |"), " ", p.Paint(tint, mark))
	}
}

// foot says what a finding rests on, where there is room for that, and what to do
// about it.
func (p *page) foot(f *finding.Finding) string {
	var parts []string
	if !p.tight() {
		parts = p.basisOf(f)
	}
	if !f.Remedy.IsZero() {
		parts = append(parts, p.Say("整改：%s", "fix: %s", p.Prose(f.Remedy)))
	}
	// What cites clauses can be explained, best of all the field that it is about.
	if id := cmp.Or(f.Field, f.Check); len(f.Clauses) > 0 || f.Field != "" {
		parts = append(parts, p.Paint(typeset.Faint, "hegui explain "+typeset.Inert(id)))
	}
	return strings.Join(parts, " · ")
}

// basisOf are the clauses and the source that a finding rests on.
func (p *page) basisOf(f *finding.Finding) (parts []string) {
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
	return parts
}
