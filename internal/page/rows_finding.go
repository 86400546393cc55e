package page

import (
	"html/template"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// finding is a finding with its cause, its fix and its basis.
func (w rower) finding(f *listed) template.HTML {
	var b strings.Builder
	b.Grow(usualRow)
	put(&b, `<article class="finding `, escaped(f.Class), `" id="`, escaped(f.Anchor), `" data-f="`, escaped(f.Facets()), "\">\n",
		`<h3><a class="self no" href="#`, escaped(f.Anchor), `">`, template.HTML(strconv.Itoa(f.No)), `</a> `)
	w.tags(&b, f.Class, f.Severity.Text(), f.Waived)
	if f.Repeated {
		put(&b, ` <span class="tag bad">`, spoken(lang.Say("屡查屡犯", "repeated")), `</span>`)
	}
	put(&b, ` `, w.text(f.Said()), "</h3>\n", `<p class="place"><code>`, escaped(f.Place()), `</code>`)
	for _, clause := range f.Clauses {
		put(&b, ` · `, spoken(lang.Say("条款", "clause")), ` `, escaped(typeset.OrDash(clause)))
	}
	put(&b, ` · `)
	if link := f.CheckLink(); link != "" {
		put(&b, `<a href="`, escaped(link), `">`, w.text(f.CheckTitle), `</a> `)
	}
	put(&b, `<code>`, escaped(typeset.OrDash(f.Check)), "</code></p>\n")
	if f.Marked != "" {
		put(&b, `<pre><span class="ln" aria-hidden="true">`, template.HTML(strconv.Itoa(f.Location.Line)), `</span>`,
			escaped(f.Before), `<mark>`, escaped(f.Marked), `</mark>`, escaped(f.After), `</pre>`)
	}
	put(&b, "\n<dl>")
	w.help(&b, f)
	put(&b, "</dl>\n</article>")
	return template.HTML(b.String())
}

// tags are a severity, and that it is waived.
func (w rower) tags(b *strings.Builder, class string, severity lang.Text, waived bool) {
	put(b, `<span class="tag `, escaped(class), `">`, w.text(severity), `</span>`)
	if waived {
		put(b, ` <span class="tag">`, spoken(lang.Say("已豁免", "waived")), `</span>`)
	}
}

// help is why a finding is one, what to do and what it rests on.
func (w rower) help(b *strings.Builder, f *listed) {
	if why := f.Why(); !why.IsZero() {
		put(b, `<div><dt>`, spoken(lang.Say("原因", "Because")), `</dt><dd>`, w.text(why), "</dd></div>\n")
	}
	if !f.Remedy.IsZero() {
		put(b, `<div><dt>`, spoken(lang.Say("整改", "Fix")), `</dt><dd>`, w.text(f.Remedy))
		if f.Effort != "" {
			put(b, ` <span class="soft">`, both(term.Efforts().Long(f.Effort)), `</span>`)
		}
		put(b, `</dd></div>`)
	}
	put(b, "\n")
	if !f.Grounded() {
		return
	}
	put(b, `<div><dt>`, spoken(lang.Say("依据", "Basis")), `</dt><dd>`)
	if f.Basis.Kind != "" {
		put(b, w.basis(f.Basis))
	} else {
		put(b, w.text(f.Source))
	}
	for i := range f.Limits {
		put(b, `<br>`)
		w.limit(b, &f.Limits[i])
	}
	put(b, `</dd></div>`)
}

// limit is a limit with what it rests on.
func (w rower) limit(b *strings.Builder, l *rulebook.Limit) {
	put(b, spoken(lang.Say("限值", "limit")), ` <code>`, escaped(typeset.OrDash(l.Name)), `</code> `, both(term.Bound(l.Name)), ` `, w.text(l.Text()),
		spoken(lang.Say("：", ": ")), w.basis(l.Basis))
	if l.Overlay != "" {
		put(b, spoken(lang.Say("，叠加 ", ", overlay ")), `<code>`, escaped(typeset.OrDash(l.Overlay)), `</code>`)
	}
}

// problem is a row of the list of problems.
func (w rower) problem(p *problem) template.HTML {
	var b strings.Builder
	put(&b, `<tr><td class="n">`, template.HTML(strconv.Itoa(p.Number)), `</td><td>`)
	if len(p.Shown) > 0 {
		put(&b, objects(p.Shown, p.More), ` `)
	}
	put(&b, `<small><code>`, escaped(p.Place), `</code>`)
	if p.Others > 0 {
		put(&b, spoken(lang.Say("，另有 %d 处", " and %d more", p.Others)))
	}
	put(&b, `</small></td><th scope="row">`)
	w.tags(&b, p.Class, p.Severity.Text(), p.Waived)
	if p.Link != "" {
		put(&b, ` <a href="`, escaped(p.Link), `">`, w.text(p.Said), `</a></th><td>`)
	} else {
		put(&b, ` `, w.text(p.Said), `</th><td>`)
	}
	put(&b, w.text(p.Basis))
	if !p.Clause.IsZero() {
		put(&b, `<small>`, w.text(p.Clause), `</small>`)
	}
	put(&b, `</td><td>`, w.text(p.Bears), `</td><td>`, w.text(p.Advice))
	if p.Effort != "" {
		put(&b, `<small>`, both(term.Efforts().Long(p.Effort)), `</small>`)
	}
	put(&b, `</td><td>`, escaped(typeset.OrDash(p.Deadline)))
	if p.Post != "" {
		put(&b, `<small>`, isolated(p.Post), `</small>`)
	}
	put(&b, `</td></tr>`)
	return template.HTML(b.String())
}
