package handbook

import (
	"hegui/internal/lang"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// The places of the glossary, relative to the folder of the reference.
const (
	glossaryPage   = "glossary.md"
	glossaryPageZH = "glossary.zh.md"
)

// glossary is a page of every word that hegui's readers meet, told in one
// language and naming each in both.
type glossary struct {
	*sheet
	lang lang.Language
}

func glossaries() []Page {
	return []Page{{glossaryPage, glossaryIn(lang.English, glossaryPageZH)}, {glossaryPageZH, glossaryIn(lang.Chinese, glossaryPage)}}
}

func glossaryIn(l lang.Language, other string) []byte {
	g := &glossary{generated(lang.Say("由 hegui 的词表生成，请勿手改", "generated from hegui's vocabulary, not to be edited")), l}
	g.Line("# ", g.say("词汇表", "Glossary"))
	g.Gap()
	g.Line("[", languageNames()[0], " / ", languageNames()[1], "](", other, ") · ", g.say("一物一词：报告、网页、表格和本手册都用这里的词。",
		"One word for one thing: reports, pages, spreadsheets and this handbook use the words below."))
	g.Gap()
	g.Heading(2, "things", g.say("事物", "Things"))
	var rows [][]string
	for _, n := range term.Nouns() {
		rows = append(rows, append(g.words(n.Text), g.in(n.About)))
	}
	g.Table([]string{g.say("中文", "Chinese"), g.say("英文", "English"), g.say("含义", "meaning")}, rows)
	g.Heading(2, "values", g.say("取值", "Values"))
	for _, e := range term.Enumerations() {
		g.enumeration(e)
	}
	g.Heading(2, "findings", g.say("不属于任何检查项的问题", "Findings that no check makes"))
	for _, f := range term.Families() {
		g.family(f)
	}
	return g.Bytes()
}

func (g *glossary) say(zh, en string) string { return g.in(lang.Say(zh, en)) }

func (g *glossary) in(t lang.Text) string { return typeset.Markdown(t.In(g.lang)) }

// words are a word in both languages, a cell each.
func (g *glossary) words(t lang.Text) []string {
	return []string{typeset.Markdown(t.ZH), typeset.Markdown(t.EN)}
}

func (g *glossary) enumeration(e term.Enumeration) {
	g.Line("### ", g.in(e.Title))
	g.Gap()
	var rows [][]string
	for _, w := range e.Words {
		if w.ID != "" {
			rows = append(rows, append([]string{typeset.Span(w.ID)}, g.words(e.Long(w.ID))...))
			continue
		}
		rows = append(rows, append([]string{"–"}, g.words(w.Text)...))
	}
	g.Table([]string{g.say("写法", "written"), g.say("中文", "Chinese"), g.say("英文", "English")}, rows)
}

func (g *glossary) family(f term.Family) {
	g.Heading(3, f.ID, typeset.Span(f.ID+".*")+" "+g.in(f.Title))
	g.Line(g.in(f.About))
	g.Gap()
	g.Line(g.in(lang.Say("%s；整改：%s。", "A waiver: %s. Fix: %s.", f.Release.Text(), f.Remedy)))
	g.Gap()
	var rows [][]string
	for _, k := range f.Kinds {
		rows = append(rows, append([]string{typeset.Span(f.ID + "." + k.ID)}, append(g.words(k.Title), g.in(severityOf(f, k)))...))
	}
	g.Table([]string{g.say("编号", "id"), g.say("中文", "Chinese"), g.say("英文", "English"), g.say("严重程度", "severity")}, rows)
}
