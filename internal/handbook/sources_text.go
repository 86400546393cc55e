package handbook

import (
	"fmt"
	"io"

	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// writeSourcesText is every instrument with a line for each article.
func writeSourcesText(w io.Writer, book *rulebook.Rulebook, o Options) error {
	p, r := newPage(o), registerOf(book)
	for _, in := range book.Sources {
		p.Line(in.ID + "  " + p.in(in.Cite) + " · " + p.in(term.BasisKinds().Text(in.Kind)) + " · " + p.in(spanText(in.InForce)))
		p.Indented(p.articleRows(r, in))
		p.Line()
	}
	articles, used := 0, 0
	for _, in := range book.Sources {
		articles, used = articles+len(in.Articles), used+r.used(in)
	}
	p.Paragraph(p.Say("文件 %d，条文 %d，其中 %d 条有要求引用；%s", "%d instruments, %d articles, %d of them named by demands; %s",
		len(book.Sources), articles, used, r.known()))
	_, err := io.WriteString(w, p.String())
	return err
}

// articleRows are a line for each article: how it is cited, how well it is known,
// how many demands name it and what it demands.
func (p *page) articleRows(r register, in *rulebook.Instrument) [][]string {
	var rows [][]string
	for _, a := range in.Articles {
		rows = append(rows, []string{"  " + a.ID[len(in.ID)+1:], p.in(a.Number), p.in(term.Confidences().Text(a.Confidence)), fmt.Sprint(len(r.resting[a.ID])), p.in(a.Duty)})
	}
	return rows
}

// explainInstrument is the page of one instrument.
func (p *page) explainInstrument(book *rulebook.Rulebook, in *rulebook.Instrument) {
	p.Paragraph(p.in(in.Title))
	p.Line(in.ID)
	p.Line()
	for _, row := range instrumentFacts(in) {
		p.Row(p.in(row.name), p.in(row.text))
	}
	p.Line()
	p.Line(p.Say("条文：编号、条号、可信度、引用它的要求数、要求什么", "articles: id, number, confidence, demands that name it, what it demands"))
	p.Indented(p.articleRows(registerOf(book), in))
	p.Line()
	p.Row("", p.Say("详见 hegui explain %s", "more: hegui explain %s", in.Articles[0].ID))
}

// explainArticle is the page of one article with what rests on it.
func (p *page) explainArticle(book *rulebook.Rulebook, a *rulebook.Article) {
	p.Paragraph(p.in(a.Text()))
	p.Line(a.ID, " · ", p.in(term.Confidences().Text(a.Confidence)))
	p.Line()
	p.Row(p.Say("义务", "duty"), p.in(a.Duty))
	p.Row(p.Say("约束", "binds"), p.in(bindsText(a)))
	p.Row(p.Say("级别", "levels"), p.in(levelsText(a)))
	p.Row(p.Say("生效", "in force"), p.in(spanText(a.InForce)))
	p.Row(p.Say("文件", "from"), a.Instrument.ID+" "+p.in(a.Instrument.Title))
	p.Line()
	var rows [][]string
	for _, r := range registerOf(book).resting[a.ID] {
		rows = append(rows, []string{restMark(r) + " " + r.Check.ID, p.in(aboutRest(r)), p.in(r.Check.Title)})
	}
	switch {
	case !a.Unchecked.IsZero():
		p.Row(p.Say("检查项", "checks"), p.Say("没有：%s", "none: %s", p.in(a.Unchecked)))
		return
	case len(rows) == 0:
		p.Row(p.Say("检查项", "checks"), p.Say("没有要求引用它", "no demand names it"))
		return
	}
	p.Table(p.Say("检查项", "checks"), rows)
	p.Line()
	p.Row("", p.Say("● 由它承担要求  ○ 引用它作旁证  △ 它是风险，不合格时可能构成", "● carried by it  ○ supported by it  △ it is a risk that a failure may be"))
}
