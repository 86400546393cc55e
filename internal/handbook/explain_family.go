package handbook

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/term"
)

// explainOwn is the page of a finding that no check makes, or of a family of
// them, named with or without what stands for its kinds. It reports whether
// there is such.
func (p *page) explainOwn(id string) bool {
	if f, k, found := term.Find(id); found {
		p.explainKind(f, k)
		return true
	}
	name := strings.TrimSuffix(id, ".*")
	f := term.FamilyOf(name)
	if f.ID == "" || f.ID != name {
		return false
	}
	p.explainFamily(f)
	return true
}

// explainFamily is the page of a family of findings that no check makes.
func (p *page) explainFamily(f term.Family) {
	p.Paragraph(p.in(f.Title))
	p.Line(f.ID + ".*")
	p.Line()
	p.family(f)
	p.Line()
	var rows [][]string
	for _, k := range f.Kinds {
		rows = append(rows, []string{f.ID + "." + k.ID, p.in(severityOf(f, k)), p.in(k.Title)})
	}
	p.Table(p.Say("种类", "kinds"), rows)
}

// explainKind is the page of one finding that no check makes.
func (p *page) explainKind(f term.Family, k term.Kind) {
	p.Paragraph(p.in(k.Title))
	p.Line(f.ID + "." + k.ID)
	p.Line()
	p.Row(p.Say("类别", "family"), p.in(f.Title)+p.Say("（%s.*）", " (%s.*)", f.ID))
	p.family(f)
	p.Line()
	p.Row(p.Say("严重程度", "severity"), p.in(severityOf(f, k)))
}

// family is what all findings of a family share.
func (p *page) family(f term.Family) {
	p.Row(p.Say("说明", "about"), p.in(f.About))
	p.Row(p.Say("整改", "fix"), p.in(f.Remedy))
	p.Row(p.Say("豁免", "waiver"), p.in(f.Release.Text()))
}

// severityOf is how heavy a kind of finding is.
func severityOf(f term.Family, k term.Kind) lang.Text {
	severity := term.Severities().Text(k.Severity)
	switch {
	case k.Severity == "":
		return lang.Say("由政策决定", "as the policy says")
	case f.Waits:
		return lang.Say("至少%s；有更严的检查项等它时，与其中最严的相同", "at least %s; as the severest check that waits for it", severity)
	}
	return severity
}
