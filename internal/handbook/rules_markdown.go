package handbook

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// writeMarkdown is the reference of all checks, in both languages side by side.
func writeMarkdown(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	s := &sheet{}
	s.line("<!-- hegui rules --format md -->")
	s.gap()
	s.line("# ", both(lang.Say("规则参考", "Check reference")))
	s.gap()
	for _, t := range []lang.Text{book.Regulation.Title, book.Regulation.Note} {
		s.line(escape(t.ZH))
		s.gap()
		s.line(escape(t.EN))
		s.gap()
	}
	s.contents(book)
	s.policy(book)
	s.clauses(book)
	for _, topic := range book.Schemas.Topics() {
		s.topic(book, topic.Name)
	}
	_, err := io.WriteString(w, inert(strings.TrimRight(s.text.String(), "\n")+"\n"))
	return err
}

// contents is the table of contents: the parts, then the checks by topic.
func (s *sheet) contents(book *rulebook.Rulebook) {
	s.heading(2, "contents", both(lang.Say("目录", "Contents")))
	s.line("- ", link(both(policyTitle()), "policy"))
	s.line("- ", link(both(clausesTitle()), "clauses"))
	for _, topic := range book.Schemas.Topics() {
		checks := ofTopic(book, topic.Name)
		if len(checks) == 0 {
			continue
		}
		s.line("- ", link(both(topicTitle(book, topic.Name)), topicAnchor(topic.Name)), fmt.Sprintf(" (%d)", len(checks)))
		for _, c := range checks {
			s.line("  - ", link(span(c.ID), c.ID), " ", both(c.Title))
		}
	}
	s.gap()
}

func policyTitle() lang.Text  { return lang.Say("评分规则", "Policy") }
func clausesTitle() lang.Text { return lang.Say("条款与规则", "Clauses and checks") }

func topicAnchor(name string) string    { return "topic-" + name }
func clauseAnchor(clause string) string { return "clause-" + clause }

func ofTopic(book *rulebook.Rulebook, topic string) []*rulebook.Check {
	return slices.DeleteFunc(slices.Clone(book.Checks), func(c *rulebook.Check) bool { return c.Topic != topic })
}

// policy is what the city has decided, one line each.
func (s *sheet) policy(book *rulebook.Rulebook) {
	s.heading(2, "policy", both(policyTitle()))
	var rows [][]string
	for _, row := range policyRows(book) {
		rows = append(rows, []string{both(row.name), escape(row.text.ZH), escape(row.text.EN)})
	}
	s.table([]string{"", languageName(lang.Chinese), languageName(lang.English)}, rows)
}

func languageName(l lang.Language) string { return lang.Say("中文", "English").In(l) }

// clauses is the clause × check matrix: each clause with the checks at home in
// it and the others that cite it.
func (s *sheet) clauses(book *rulebook.Rulebook) {
	s.heading(2, "clauses", both(clausesTitle()))
	s.line(both(lang.Say("● 计分归属，○ 另行引用", "● home in the score, ○ cited too")))
	s.gap()
	head := []string{both(lang.Say("条款", "clause")), both(lang.Say("标题", "title")), both(lang.Say("性质", "kind")),
		both(lang.Say("分值", "points")), both(lang.Say("规则", "checks"))}
	for _, chapter := range book.Regulation.Chapters {
		s.line("### ", escape(chapter.ID), " ", both(chapter.Title), " (", decimal(chapterPoints(book, chapter.ID)), ")")
		s.gap()
		var rows [][]string
		for i := range book.Regulation.Clauses {
			if c := &book.Regulation.Clauses[i]; c.Chapter == chapter.ID {
				rows = append(rows, clauseRow(book, c))
			}
		}
		s.table(head, rows)
	}
}

func clauseRow(book *rulebook.Rulebook, c *rulebook.Clause) []string {
	var cited []string
	home, other := citing(book, c.ID)
	for _, check := range home {
		cited = append(cited, "● "+link(span(check.ID), check.ID))
	}
	for _, check := range other {
		cited = append(cited, "○ "+link(span(check.ID), check.ID))
	}
	switch {
	case c.Pending:
		cited = append(cited, both(lang.Say("待编写", "pending")))
	case !c.Informative.IsZero():
		cited = append(cited, both(c.Informative))
	}
	return []string{`<a id="` + clauseAnchor(c.ID) + `"></a>` + escape(c.ID), both(c.Title), both(clauseKind(c.Kind)), decimal(c.Points), strings.Join(cited, "<br>")}
}

func (s *sheet) topic(book *rulebook.Rulebook, name string) {
	checks := ofTopic(book, name)
	if len(checks) == 0 {
		return
	}
	s.heading(2, topicAnchor(name), both(topicTitle(book, name)))
	for _, c := range checks {
		s.check(book, c)
	}
}

// check is the reference of one check.
func (s *sheet) check(book *rulebook.Rulebook, c *rulebook.Check) {
	s.heading(3, c.ID, span(c.ID))
	var rows [][]string
	for _, r := range []named{
		{lang.Say("标题", "title"), c.Title},
		{lang.Say("理由", "why"), c.Rationale},
		{lang.Say("整改", "fix"), c.Remedy},
		{lang.Say("报告", "message"), c.Message},
	} {
		rows = append(rows, []string{both(r.name), escape(r.text.ZH), escape(r.text.EN)})
	}
	s.table([]string{"", languageName(lang.Chinese), languageName(lang.English)}, rows)
	s.line(s.cited(book, c), " · ", both(lang.Say("工作量%s", "effort %s", effortText(c.Effort))), " · ", both(waivableText(c)))
	s.gap()
	s.demand(book, c)
	s.fence("yaml", yaml{}.lines(written(c)))
}

func waivableText(c *rulebook.Check) lang.Text {
	if c.Waivable {
		return lang.Say("可豁免", "waivable")
	}
	return lang.Say("不可豁免", "not waivable")
}

func (s *sheet) cited(book *rulebook.Rulebook, c *rulebook.Check) string {
	var out []string
	for i, id := range c.Clauses {
		mark := "○ "
		if i == 0 {
			mark = "● "
		}
		out = append(out, mark+link(escape(id), clauseAnchor(id))+" "+both(book.Clause(id).Title))
	}
	return strings.Join(out, " · ")
}

// demand is how hard the check is by level, and what that rests on.
func (s *sheet) demand(book *rulebook.Rulebook, c *rulebook.Check) {
	level := both(lang.Say("等级", "level"))
	ground := []string{both(lang.Say("依据", "basis")), both(lang.Say("可信度", "confidence"))}
	grounds := func(b rulebook.Basis) []string {
		return []string{both(basisKind(b)) + ": " + both(b.Source), both(confidence(b))}
	}
	var demands, limits [][]string
	stated := statedLevels(c)
	for i, at := range stated.Levels {
		severity := c.Severity.At(at)
		row := []string{both(levels(stated, i)), both(severity.Text()), fmt.Sprint(weight(book, c, severity))}
		demands = append(demands, append(row, grounds(c.Basis.At(at))...))
	}
	for _, rule := range c.Limits {
		for i, limit := range rule.Values {
			row := []string{span(rule.Name), both(levels(rule.ByLevel, i)), both(bound(limit))}
			limits = append(limits, append(row, grounds(limit.Basis)...))
		}
	}
	s.table(append([]string{level, both(lang.Say("严重程度", "severity")), both(lang.Say("权重", "weight"))}, ground...), demands)
	if len(limits) > 0 {
		s.table(append([]string{both(lang.Say("限值", "limit")), level, both(lang.Say("值", "value"))}, ground...), limits)
	}
}

// statedLevels are the levels at which severity or basis changes.
func statedLevels(c *rulebook.Check) rulebook.ByLevel[struct{}] {
	all := slices.Concat(c.Severity.Levels, c.Basis.Levels)
	slices.Sort(all)
	all = slices.Compact(all)
	return rulebook.ByLevel[struct{}]{Levels: all, Values: make([]struct{}, len(all))}
}

// written is the part of a check that runs, examples and all, as its file
// writes it. The page has no room for more: what the examples come to, and how
// it looks, is for explain.
func written(c *rulebook.Check) *document.Value {
	v := mapping()
	put(v, "when", c.When)
	if len(c.Each) > 0 {
		each := &document.Value{Kind: document.List}
		for _, step := range c.Each {
			item := mapping()
			put(item, step.Name, step.List)
			each.Items = append(each.Items, item)
		}
		v.Fields = append(v.Fields, document.Field{Key: "each", Value: each})
	}
	put(v, "assert", c.Assert)
	put(v, "at", c.At)
	examples := &document.Value{Kind: document.List}
	for _, e := range c.Examples {
		examples.Items = append(examples.Items, writtenExample(e))
	}
	v.Fields = append(v.Fields, document.Field{Key: "examples", Value: examples})
	return v
}

func writtenExample(e rulebook.Example) *document.Value {
	patch, set, removed := mapping(), mapping(), &document.Value{Kind: document.List}
	for _, pointer := range e.Remove {
		removed.Items = append(removed.Items, text(pointer))
	}
	for _, s := range e.Set {
		set.Fields = append(set.Fields, document.Field{Key: s.Pointer, Value: s.Value})
	}
	for _, f := range []document.Field{{Key: "remove", Value: removed}, {Key: "set", Value: set}} {
		if nested(f.Value) {
			patch.Fields = append(patch.Fields, f)
		}
	}
	put(patch, "at", e.At)
	name := "bad"
	if e.Good {
		name = "good"
	}
	out := mapping()
	out.Fields = []document.Field{{Key: name, Value: patch}}
	return out
}

func mapping() *document.Value { return &document.Value{Kind: document.Map} }

// put adds a text to a mapping unless there is none.
func put(v *document.Value, key, s string) {
	if s = strings.TrimSpace(s); s != "" {
		v.Fields = append(v.Fields, document.Field{Key: key, Value: text(s)})
	}
}
