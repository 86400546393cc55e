package handbook

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/reference"
	"hegui/internal/typeset"
)

// The places of the reference of the check language, relative to the folder of
// the pages.
const (
	languagePage   = "language.md"
	languagePageZH = "language.zh.md"
)

// explainEntry is the page of a function, a part or a keyword of the check
// language. It reports whether there is such.
func (p *page) explainEntry(name string) bool {
	e, found := reference.Find(name)
	if !found {
		return false
	}
	p.Line(e.Name)
	p.Line()
	if e.Form != "" {
		p.Code(p.Say("写法", "written"), e.Form)
	}
	p.Row(p.Say("说明", "about"), p.in(e.About))
	for _, x := range e.Examples {
		p.Line()
		p.Row(p.Say("例", "example"), p.in(shownAs(x)))
		p.Line()
		p.Block(strings.Split(strings.TrimSpace(x.Check+x.Text), "\n"))
		if !x.Says.IsZero() {
			p.Line()
			p.Row("", "→ "+p.in(x.Says))
		}
	}
	return true
}

// shownAs says what an example is.
func shownAs(x reference.Example) lang.Text {
	switch {
	case x.File != "":
		return lang.Say("%s 写成这样时，hegui %s 会说：", "With this as %s, hegui %s says:", x.File, x.Run)
	case !x.Says.IsZero():
		return lang.Say("加载时被拒绝的检查项（节选）：", "A check (excerpt) that is refused when it is loaded:")
	}
	return lang.Say("检查项（节选）和它的正反例：", "A check (excerpt) with what passes and what fails:")
}

func languagePages() []Page {
	return []Page{{languagePage, languageIn(lang.English, languagePageZH)}, {languagePageZH, languageIn(lang.Chinese, languagePage)}}
}

// languageIn is the reference of the check language in one language.
func languageIn(l lang.Language, other string) []byte {
	g := &glossary{generated(lang.Say("由 internal/reference 生成，请勿手改", "generated from internal/reference, not to be edited")), l}
	g.Line("# ", g.say("检查语言", "The check language"))
	g.Gap()
	g.Line("[", languageNames()[0], " / ", languageNames()[1], "](", other, ") · ",
		g.say("每一条也可以用 hegui explain 查看，例如 hegui explain recent。例子都有测试照做：它们改的是一部虚构规定的规则库，在 docs/examples/public-wifi。",
			"hegui explain prints each entry, as in hegui explain recent. A test runs every example: they change the rulebook of a made-up regulation, in docs/examples/public-wifi."))
	g.Gap()
	for _, s := range reference.Sections() {
		var names []string
		for _, e := range s.Entries {
			names = append(names, "["+typeset.Span(e.Name)+"](#"+e.Name+")")
		}
		g.Line("- ", g.link(g.in(s.Title), s.ID+"-"), " · ", strings.Join(names, " "))
	}
	g.Gap()
	for _, s := range reference.Sections() {
		g.Heading(2, s.ID+"-", g.in(s.Title))
		g.Line(g.in(s.About))
		g.Gap()
		for _, e := range s.Entries {
			g.entry(e)
		}
	}
	return g.Bytes()
}

func (g *glossary) entry(e reference.Entry) {
	title := e.Name
	if e.Form != "" {
		title = e.Form
	}
	g.Heading(3, e.Name, typeset.Span(title))
	g.Line(g.in(e.About))
	g.Gap()
	for _, x := range e.Examples {
		g.Line(g.in(shownAs(x)))
		g.Gap()
		g.Fence("yaml", strings.Split(strings.TrimSpace(x.Check+x.Text), "\n"))
		if !x.Says.IsZero() {
			g.Line("→ ", g.in(x.Says))
			g.Gap()
		}
	}
}
