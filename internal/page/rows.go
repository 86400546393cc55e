package page

import (
	"html/template"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/typeset"
)

// rower writes what a card has hundreds of as a template would, which takes ten times as
// long for it. It escapes what it is given; what its functions return is escaped.
type rower struct {
	text, label, value func(lang.Text) template.HTML
	basis, grounds     func(rulebook.Basis) template.HTML
	self               func(anchor, id string) template.HTML
}

// inFull writes everything as it is, where a package names phrases by their numbers.
func inFull() rower {
	return rower{both, label, valueText, func(b rulebook.Basis) template.HTML { return both(basisText(b)) },
		func(b rulebook.Basis) template.HTML { return both(groundsText(b)) }, self}
}

// words are the template functions that write rows, and what their parts are written with.
func (w rower) words() template.FuncMap {
	return template.FuncMap{"text": w.text, "label": w.label, "value": w.value, "self": w.self,
		"check": w.check, "record": w.record, "finding": w.finding, "problem": w.problem}
}

// claim writes the cells of a claim: what has come of it, the values declared and where,
// and the evidence.
func (w rower) claim(b *strings.Builder, c *claim) {
	w.begin(b, c.Outcome)
	if c.State.Class != "" {
		put(b, `<br><span class="`, escaped(c.State.Class), `">`, w.text(c.State.Text), `</span>`)
	}
	if !c.Against.IsZero() {
		put(b, `<small>`, spoken(lang.Say("描述：", "by the description: ")), w.text(c.Against), `</small>`)
	}
	put(b, `</td><td>`)
	for i, v := range c.Values {
		between, label := template.HTML(" · "), template.HTML("")
		if !v.Title.IsZero() {
			between, label = "<br>", w.label(v.Title)
		}
		if i > 0 {
			put(b, between)
		}
		put(b, label, w.value(v.Text))
	}
	if len(c.Places) > 0 {
		put(b, `<small>`)
		putSpots(b, c.Places)
		put(b, `</small>`)
	}
	put(b, `</td><td>`)
	for i, e := range c.Evidence {
		if i > 0 {
			put(b, "<br>")
		}
		if e.Anchor != "" {
			put(b, `<a href="#`, escaped(e.Anchor), `">`, escaped(typeset.Inert(e.Name)), `</a>`)
		} else {
			put(b, isolated(e.Name))
		}
	}
	put(b, `</td>`)
}

// begin begins the cell of an outcome: a mark and a word, of what passes the mark alone.
func (w rower) begin(b *strings.Builder, s sign) {
	put(b, "<td")
	if s.Class != "" {
		put(b, ` class="`, escaped(s.Class), `"`)
	}
	if s.Class == "good" {
		put(b, ">✓")
		return
	}
	put(b, ">", escaped(s.Mark), " ", w.text(s.Text))
}

// putSpots writes places one after the other. Only what is https is a link.
func putSpots(b *strings.Builder, all []spot) {
	for i, s := range all {
		if i > 0 {
			put(b, "; ")
		}
		text := escaped(typeset.Inert(s.Text))
		if strings.HasPrefix(s.Link, "https://") {
			put(b, `<a rel="noreferrer noopener" href="`, escaped(s.Link), `">`, text, `</a>`)
		} else {
			put(b, text)
		}
	}
}

func put(b *strings.Builder, pieces ...template.HTML) {
	for _, piece := range pieces {
		b.WriteString(string(piece))
	}
}

// escaped is a text as html/template writes it into a page or an attribute.
func escaped(s string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;"))
}
