package page

import (
	"html/template"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/typeset"
)

// rower writes the rows of claims as a template would, which takes ten times as long for
// them: a card has a thousand. It escapes what it is given; text, label and value have.
type rower struct{ text, label, value func(lang.Text) template.HTML }

// words are the template functions that write rows.
func (w rower) words() template.FuncMap {
	return template.FuncMap{"named": w.named, "claim": w.claim}
}

// named are the claims of a check's items, a row each.
func (w rower) named(claims []claim) template.HTML {
	var b strings.Builder
	for i := range claims {
		put(&b, `<tr><th scope="row">`, isolated(claims[i].Item), `</th>`)
		w.put(&b, &claims[i])
		put(&b, "<td></td></tr>\n")
	}
	return template.HTML(b.String())
}

// claim are the cells of a claim: what has come of it, the values declared and where, and
// the evidence.
func (w rower) claim(c *claim) template.HTML {
	var b strings.Builder
	w.put(&b, c)
	return template.HTML(b.String())
}

func (w rower) put(b *strings.Builder, c *claim) {
	put(b, "<td")
	if c.Outcome.Class != "" {
		put(b, ` class="`, escaped(c.Outcome.Class), `"`)
	}
	put(b, ">", w.outcome(c.Outcome))
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

// outcome is a mark and a word, of what passes the mark alone.
func (w rower) outcome(s sign) template.HTML {
	if s.Class == "good" {
		return "✓"
	}
	return escaped(s.Mark) + " " + w.text(s.Text)
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
