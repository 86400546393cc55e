package handbook

import (
	"fmt"
	"io"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// The places of the pages of sources, relative to the folder of the reference.
const (
	SourcesPage = "sources.md"
	SourcesDir  = "sources"
)

func sourcesTitle() lang.Text { return lang.Say("要求依据什么", "What the demands rest on") }

// writeSourcesMarkdown is every instrument on one page, in both languages.
func writeSourcesMarkdown(w io.Writer, book *rulebook.Rulebook, _ Options) error {
	s := &sheet{}
	s.Line(generatedMark, " -->")
	s.Gap()
	s.Line("# ", both(sourcesTitle()))
	s.Gap()
	r := registerOf(book)
	s.sourcesIndex(r)
	for _, in := range book.Sources {
		s.instrument(r, in, nil)
	}
	_, err := w.Write(s.Bytes())
	return err
}

// sourcesPages are an index of the instruments and a page for each kind; none
// where the demands name no article.
func sourcesPages(book *rulebook.Rulebook) []Page {
	if len(book.Sources) == 0 {
		return nil
	}
	r := registerOf(book)
	index := generated(fromRulebook())
	index.sources = SourcesDir + "/"
	index.Line("# ", both(sourcesTitle()))
	index.Gap()
	index.Line("[← ", both(referenceTitle()), "](", IndexPage, ")")
	index.Gap()
	index.sourcesIndex(r)
	pages := []Page{{SourcesPage, index.Bytes()}}
	for _, kind := range term.BasisKinds().Words {
		if page := sourcesOfKind(r, kind); page != nil {
			pages = append(pages, Page{SourcesDir + "/" + kind.ID + ".md", page})
		}
	}
	return pages
}

// sourcesOfKind is the page of one kind of instruments, nil if there are none.
func sourcesOfKind(r register, kind term.Word) []byte {
	s := generated(fromRulebook())
	s.Line("# ", both(term.BasisKinds().Long(kind.ID)))
	s.Gap()
	s.Line("[← ", both(sourcesTitle()), "](../", SourcesPage, ")")
	s.Gap()
	found := false
	for _, in := range r.book.Sources {
		if in.Kind == kind.ID {
			found = true
			s.instrument(r, in, func(c *rulebook.Check) string { return "../" + PagesDir + "/" + c.Topic + ".md#" + c.ID })
		}
	}
	if !found {
		return nil
	}
	return s.Bytes()
}

// sourcesIndex is a line for each instrument.
func (s *sheet) sourcesIndex(r register) {
	for _, t := range []lang.Text{
		lang.Say("每项要求引用一条条文，种类和可信度由它而来；“已读原文”指读过公开文本，不等于律师意见。", "Each demand names an article, which gives it kind and confidence; text read means that a public copy was read, not that counsel confirmed it."),
		lang.Say("评定日期不在效力期间内的条文，不对任何人作要求；在它施行之前发生的事，也不按它判断。", "An article that is not in force on the day of the run binds nobody, and what happened before its first day is not held to it."),
		r.known(),
	} {
		s.Line("- ", t.ZH, "<br>", t.EN)
	}
	s.Gap()
	var rows [][]string
	for _, in := range r.book.Sources {
		rows = append(rows, []string{"[" + typeset.Span(in.ID) + "](" + s.pageOfKind(in.Kind) + "#" + in.ID + ")", both(in.Title), both(term.BasisKinds().Text(in.Kind)),
			both(spanText(in.InForce)), fmt.Sprint(len(in.Articles)), fmt.Sprint(r.used(in))})
	}
	s.Table([]string{both(lang.Say("编号", "id")), both(lang.Say("名称", "title")), both(lang.Say("种类", "kind")), both(lang.Say("生效", "in force")),
		both(lang.Say("条文", "articles")), both(lang.Say("引用", "named"))}, rows)
}

// pageOfKind is the page of a kind of instruments, empty for this page.
func (s *sheet) pageOfKind(kind string) string {
	if s.sources == "" {
		return ""
	}
	return s.sources + kind + ".md"
}

// instrument is one instrument with its articles and the checks that name them,
// which lead to where there is a page of them.
func (s *sheet) instrument(r register, in *rulebook.Instrument, to func(*rulebook.Check) string) {
	s.Heading(2, in.ID, both(in.Title))
	var facts []string
	for _, row := range instrumentFacts(in) {
		facts = append(facts, both(row.name)+": "+both(row.text))
	}
	s.Line(typeset.Span(in.ID), " · ", strings.Join(facts, " · "))
	s.Gap()
	var rows [][]string
	for _, a := range in.Articles {
		rows = append(rows, []string{`<a id="` + articleAnchor(a.ID) + `"></a>` + both(a.Number), both(a.Duty) + "<br>" + both(s.scope(a)),
			both(term.Confidences().Text(a.Confidence)), s.rests(r.resting[a.ID], a.Unchecked, to)})
	}
	s.Table([]string{both(lang.Say("条文", "article")), both(lang.Say("要求；约束谁", "duty; whom it binds")), both(lang.Say("可信度", "confidence")),
		both(lang.Say("据此的检查项", "what rests on it"))}, rows)
}

// scope is whom and when an article binds, as far as that differs from its
// instrument's.
func (s *sheet) scope(a *rulebook.Article) lang.Text {
	text := bindsText(a)
	if len(a.Levels) > 0 {
		text = lang.Say("%s；%s", "%s; %s", text, levelsText(a))
	}
	if a.InForce != a.Instrument.InForce {
		text = lang.Say("%s；%s", "%s; %s", text, spanText(a.InForce))
	}
	return text
}

// rests are the demands that name an article, or the checks that would show it;
// why none does for a risk that none would.
func (s *sheet) rests(all []rulebook.Rest, none lang.Text, to func(*rulebook.Check) string) string {
	var out []string
	if !none.IsZero() {
		out = append(out, both(none))
	}
	for _, r := range all {
		name := typeset.Span(r.Check.ID)
		if to != nil {
			name = "[" + name + "](" + to(r.Check) + ")"
		}
		if r.Limit != "" {
			name += " " + typeset.Span(r.Limit)
		}
		out = append(out, restMark(r)+" "+name)
	}
	return strings.Join(out, "<br>")
}

// articleAnchor is the anchor of an article.
func articleAnchor(id string) string { return strings.ReplaceAll(id, "/", "-") }
