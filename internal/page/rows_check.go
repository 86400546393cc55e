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

// usualRow is how many bytes most checks and findings take.
const usualRow = 2 << 10

// check is a check with its claims and what was recorded of them, a row each.
func (w rower) check(k *check) template.HTML {
	var b strings.Builder
	b.Grow(usualRow)
	put(&b, `<tbody id="`, escaped(k.Anchor), `" data-f="`, escaped(k.Facets()), `"`)
	if k.Idle() {
		put(&b, ` class="idle"`)
	}
	put(&b, `><tr><th scope="row">`, w.text(k.Title), `<small>`, w.self(k.Anchor, k.ID), `<br>`, w.grounds(k.Basis))
	for i := range k.Limits {
		put(&b, `<br>`)
		w.held(&b, &k.Limits[i])
	}
	if !k.Reason.IsZero() {
		put(&b, `<br>`, w.text(k.Reason))
	}
	if n := len(k.CausedBy); n > 0 {
		put(&b, `<br>`, spoken(lang.Say("要等 %d 个问题改正后才有结论", "waits for findings to be fixed: %d", n)))
	}
	put(&b, `</small></th>`)
	if k.Only != nil {
		w.claim(&b, k.Only)
	} else {
		w.begin(&b, k.Outcome)
		put(&b, `</td><td>`)
		for i, title := range k.Fields {
			if i > 0 {
				put(&b, ` · `)
			}
			put(&b, w.text(title))
		}
		put(&b, `</td><td></td>`)
	}
	put(&b, `<td class="n">`)
	if k.Idle() {
		put(&b, `–`)
	} else {
		put(&b, template.HTML(strconv.FormatInt(k.Weight, 10)), ` × `, escaped(number(k.Attainment)), ` = `, escaped(number(k.Attained)))
	}
	put(&b, "</td></tr>\n")
	for i := range k.Named {
		put(&b, `<tr><th scope="row">`, isolated(k.Named[i].Item), `</th>`)
		w.claim(&b, &k.Named[i])
		put(&b, "<td></td></tr>\n")
	}
	for _, r := range k.Records {
		put(&b, w.record(r))
	}
	put(&b, "</tbody>\n")
	return template.HTML(b.String())
}

// held is a limit that a check holds values to.
func (w rower) held(b *strings.Builder, l *rulebook.Limit) {
	put(b, `<code>`, escaped(typeset.OrDash(l.Name)), `</code> `, escaped(term.Sense(l.Name)), ` `, w.text(l.Text()))
	if l.Overlay != "" {
		put(b, ` `, spoken(lang.Say("叠加", "overlay")), ` <code>`, escaped(typeset.OrDash(l.Overlay)), `</code>`)
	}
}

// record is what an assessor has recorded.
func (w rower) record(r record) template.HTML {
	var b strings.Builder
	put(&b, `<tr class="record"><td colspan="5"><b class="`, escaped(r.State.Class), `">`, w.text(r.Verdict), `</b>`)
	if r.State.Class != "" {
		put(&b, ` `, spoken(lang.Say("（", "(")), w.text(r.State.Text), spoken(lang.Say("）", ")")))
	}
	if r.Item != "" {
		put(&b, ` · `, isolated(r.Item))
	}
	for _, p := range r.Parts {
		put(&b, ` · `, w.label(p.Name), w.text(p.Text))
	}
	put(&b, ` · `, isolated(r.By), ` `, dated(r.On, lang.Same(r.On)), `</td></tr>`)
	return template.HTML(b.String())
}
