package handbook

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// check is the reference of one check.
func (s *sheet) check(book *rulebook.Rulebook, c *rulebook.Check, level int) {
	s.Heading(level, c.ID, both(c.Title))
	s.Line(strings.Join(s.facts(book, c), " · "))
	s.Gap()
	var rows [][]string
	for _, r := range []named{
		{lang.Say("理由", "why"), c.Rationale},
		{lang.Say("整改", "fix"), c.Remedy},
		{lang.Say("报告", "message"), c.Message},
	} {
		rows = append(rows, []string{both(r.name), typeset.Markdown(r.text.ZH), typeset.Markdown(r.text.EN)})
	}
	s.Table(append([]string{""}, languageNames()...), rows)
	s.demand(book, c)
	s.Fence("yaml", condition(c))
}

// facts are what can be said of a check in a word or two.
func (s *sheet) facts(book *rulebook.Rulebook, c *rulebook.Check) []string {
	out := []string{typeset.Span(c.ID)}
	for i, id := range c.Clauses {
		role := "○ "
		if i == 0 {
			role = "● "
		}
		out = append(out, role+s.toClause(id)+" "+both(book.Clause(id).Title))
	}
	out = append(out, both(term.Efforts().Long(c.Effort)))
	for _, a := range c.Risks {
		out = append(out, "△ "+both(a.Number))
	}
	if c.Weight > 0 {
		out = append(out, both(lang.Say("权重 %d", "weight %d", c.Weight)))
	}
	if from := effectiveOn(c); !from.IsZero() {
		out = append(out, both(from))
	}
	if !c.Waivable {
		out = append(out, both(lang.Say("不可豁免", "not waivable")))
	}
	if mark := overlayMark(c); !mark.IsZero() {
		out = append(out, both(mark))
	}
	return out
}

// demand is how hard the check is by level, and what that rests on.
func (s *sheet) demand(book *rulebook.Rulebook, c *rulebook.Check) {
	var severity []statement
	stated := statedLevels(c)
	for i, at := range stated.Levels {
		severity = append(severity, statement{levels(stated, i), c.Severity.At(at).Text(), c.Basis.At(at)})
	}
	rows := s.grounded(both(lang.Say("严重程度", "severity")), severity)
	for _, rule := range c.Limits {
		rows = append(rows, s.grounded(typeset.Span(rule.Name), limitStatements(rule))...)
	}
	for _, a := range announcements(book, c) {
		rows = append(rows, s.grounded(both(a.name()), limitStatements(a.rule))...)
	}
	s.Table([]string{"", both(lang.Say("要求", "demand")), both(lang.Say("依据", "basis"))}, rows)
}

// statement is a demand from some level upwards.
type statement struct {
	level, value lang.Text
	basis        rulebook.Basis
}

func (s statement) equal(o statement) bool {
	return s.level == o.level && s.value == o.value && s.basis.Equal(o.basis)
}

func limitStatements(rule rulebook.LimitRule) []statement {
	var out []statement
	for i, limit := range rule.Values {
		out = append(out, statement{levels(rule.ByLevel, i), bound(limit), limit.Basis})
	}
	return out
}

// grounded are rows of demands with their ground. Those that follow each other
// on the same ground share a row.
func (s *sheet) grounded(name string, all []statement) [][]string {
	var rows [][]string
	for from, to := 0, 0; from < len(all); from = to {
		for to = from; to < len(all) && all[to].basis.Equal(all[from].basis); {
			to++
		}
		rows = append(rows, []string{name, demands(all[from:to], len(all) == 1), s.ground(all[from].basis)})
	}
	return rows
}

// demands are statements one below the other. The only one of its kind holds
// at every level and need not say so.
func demands(all []statement, only bool) string {
	var lines []string
	for _, d := range all {
		text := d.value
		if !only {
			text = lang.Say("%s：%s", "%s: %s", d.level, d.value)
		}
		lines = append(lines, both(text))
	}
	return strings.Join(lines, "<br>")
}

// ground is what a demand rests on, with what no law sets said first; it leads to
// the article that carries it.
func (s *sheet) ground(b rulebook.Basis) string {
	said := both(lang.Say("%s（%s）", "%s (%s)", term.BasisKinds().Long(b.Kind), term.Confidences().Text(b.Confidence)))
	if s.sources == "" || len(b.Articles) == 0 {
		return said + "<br>" + both(b.Cited())
	}
	return said + "<br>[" + both(b.Cited()) + "](" + s.pageOfKind(b.Kind) + "#" + articleAnchor(b.Articles[0]) + ")"
}

// statedLevels are the levels at which severity or basis changes.
func statedLevels(c *rulebook.Check) rulebook.ByLevel[struct{}] {
	all := slices.Concat(c.Severity.Levels, c.Basis.Levels)
	slices.Sort(all)
	all = slices.Compact(all)
	return rulebook.ByLevel[struct{}]{Levels: all, Values: make([]struct{}, len(all))}
}
