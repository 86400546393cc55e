package handbook

import (
	"slices"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// overlays is what each overlay asks for beyond the base.
func (s *sheet) overlays(book *rulebook.Rulebook, overlays []Overlay) {
	intro := lang.Say("叠加是一个地方的补充要求：收紧限值，增加检查项；只有默认值或评估惯例可依的要求，还可以改用、确认或不采用。用 `--overlay 名称` 启用，或写进 `checks/policy.yaml` 的 `overlays`。",
		"An overlay is what one place demands beyond the base: it tightens limits and adds checks, and may replace, confirm or drop what rests only on defaults or assessors' practice. `--overlay NAME` switches one on, as does `overlays` in `checks/policy.yaml`.")
	s.Line(intro.ZH)
	s.Gap()
	s.Line(intro.EN)
	s.Gap()
	for _, o := range overlays {
		s.Heading(3, "overlay-"+o.Name, both(o.Title)+" · "+typeset.Span(o.Name))
		if slices.Contains(book.Overlays, o.Name) {
			s.Line("**", both(lang.Say("已启用，各页已按它写", "in force, and the pages show it")), "**")
			s.Gap()
		}
		s.Line(typeset.Markdown(o.Note.ZH))
		s.Gap()
		s.Line(typeset.Markdown(o.Note.EN))
		s.Gap()
		s.tightened(o.Tightened)
		s.added(book, o.Added)
		s.decided(o)
	}
}

func (s *sheet) tightened(all []Tightening) {
	if len(all) == 0 {
		return
	}
	var rows [][]string
	for _, t := range all {
		was := "–"
		if values := limitStatements(t.Before); !slices.EqualFunc(values, limitStatements(t.After), statement.equal) && len(values) > 0 {
			was = demands(values, len(values) == 1)
		}
		rows = append(rows, s.tightenedRows(s.toCheck(t.Check, typeset.Span(t.Check.ID))+" "+both(t.Check.Title), was, t)...)
	}
	s.Table([]string{both(lang.Say("收紧的检查项", "tightened check")), both(lang.Say("限值", "limit")), both(lang.Say("原为", "was")),
		both(lang.Say("现为", "is now")), both(lang.Say("依据", "basis"))}, rows)
}

// tightenedRows are the values of one limit; the former value is beside the
// first.
func (s *sheet) tightenedRows(check, was string, t Tightening) [][]string {
	var rows [][]string
	name := typeset.Span(t.After.Name)
	if t.From != "" {
		name += "<br>" + both(lang.Say("自 %s 起", "from %s on", t.From))
	}
	for _, row := range s.grounded(name, limitStatements(t.After)) {
		rows = append(rows, []string{check, row[0], was, row[1], row[2]})
		check, was = "", ""
	}
	return rows
}

func (s *sheet) added(book *rulebook.Rulebook, checks []*rulebook.Check) {
	if len(checks) == 0 {
		return
	}
	var rows [][]string
	for _, c := range checks {
		name := typeset.Span(c.ID)
		if book.Check(c.ID) != nil {
			name = s.toCheck(c, name)
		}
		rows = append(rows, []string{name, both(c.Title), both(severities(c)), s.toClause(c.Clauses[0]), s.ground(c.Basis.At(rulebook.MaxLevel))})
	}
	s.Table([]string{both(lang.Say("增加的检查项", "added check")), both(lang.Say("标题", "title")), both(lang.Say("严重程度", "severity")),
		both(lang.Say("条款", "clause")), both(lang.Say("依据", "basis"))}, rows)
}
