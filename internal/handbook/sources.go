package handbook

import (
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// register is what demands rest on, with the demands and what would show a risk.
type register struct {
	book    *rulebook.Rulebook
	resting map[string][]rulebook.Rest
}

func registerOf(book *rulebook.Rulebook) register {
	r := register{book, book.Resting()}
	for id, shown := range book.Showing() {
		r.resting[id] = append(r.resting[id], shown...)
	}
	return r
}

// known counts the bases of all checks and limits by what is known of them.
func (r register) known() lang.Text {
	count, all := map[string]int{}, 0
	add := func(b rulebook.Basis) {
		count[b.Confidence]++
		all++
	}
	for _, check := range r.book.Checks {
		for _, b := range check.Basis.Values {
			add(b)
		}
		for _, rule := range check.Limits {
			for _, limit := range rule.Values {
				add(limit.Basis)
			}
		}
	}
	text := lang.Say("依据共 %d 处", "bases: %d", all)
	for _, word := range term.Confidences().Words {
		text = lang.Say("%s，%s %d", "%s, %s %d", text, word.Text, count[word.ID])
	}
	return text
}

// used counts an instrument's articles that a demand names.
func (r register) used(in *rulebook.Instrument) int {
	n := 0
	for _, article := range in.Articles {
		if len(r.resting[article.ID]) > 0 {
			n++
		}
	}
	return n
}

// instrumentFacts are what can be said of an instrument, a row each.
func instrumentFacts(in *rulebook.Instrument) []named {
	rows := []named{
		{lang.Say("种类", "kind"), term.BasisKinds().Long(in.Kind)},
		{lang.Say("简称", "cited as"), in.Cite},
		{lang.Say("文号", "number"), in.Number},
		{lang.Say("制定机关", "issuer"), in.Issuer},
		{lang.Say("生效", "in force"), spanText(in.InForce)},
		{lang.Say("被取代", "followed"), lang.Same(in.SupersededBy)},
		{lang.Say("说明", "note"), in.Note},
	}
	var out []named
	for _, row := range rows {
		if !row.text.IsZero() {
			out = append(out, row)
		}
	}
	return out
}

// spanText is the time in force.
func spanText(s rulebook.Span) lang.Text {
	if s.To == nil {
		return lang.Say("自 %s 起", "from %s", s.From)
	}
	return lang.Say("%s 至 %s", "%s to %s", s.From, s.To)
}

// bindsText is whom an article binds.
func bindsText(a *rulebook.Article) lang.Text {
	if a.Binds.IsZero() {
		return lang.Say("各方", "everyone")
	}
	return a.Binds
}

// levelsText is at which protection levels an article binds.
func levelsText(a *rulebook.Article) lang.Text {
	if len(a.Levels) == 0 {
		return lang.Say("各级", "all levels")
	}
	var zh, en []string
	for _, level := range a.Levels {
		zh, en = append(zh, ordinal(level).ZH), append(en, ordinal(level).EN)
	}
	if len(en) == 1 {
		return lang.Say("等保%s级", "level %s", ordinal(a.Levels[0]))
	}
	return lang.Say("等保%s级", "levels %s", lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")})
}

// aboutRest is what of a check rests on an article.
func aboutRest(r rulebook.Rest) lang.Text {
	switch {
	case r.Risk:
		return lang.Say("不合格时可能构成", "a failure may be it")
	case r.Limit == "":
		return lang.Say("检查项", "check")
	}
	return lang.Say("限值 %s", "limit %s", r.Limit)
}

func restMark(r rulebook.Rest) string {
	switch {
	case r.Risk:
		return "△"
	case r.Carried:
		return "●"
	}
	return "○"
}
