package results

import (
	"strings"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// Risks counts the risks that failing checks may be. What they come to, others
// judge.
type Risks struct {
	// Applicable counts the risks that some check looks for, Open those that it
	// cannot rule out.
	Applicable int `json:"applicable"`
	Open       int `json:"open"`
	// Named are the open ones, in the order of the sources.
	Named []Risk `json:"named"`
}

// Risk is one that is open, with the checks that cannot rule it out, waived ones
// included.
type Risk struct {
	// ID is that of the article, Number how it is cited.
	ID     string    `json:"id"`
	Number lang.Text `json:"number"`
	Text   lang.Text `json:"text"`
	Checks []string  `json:"checks"`
}

// risks are those that the checks of a platform look for; nil for none.
func risks(book *rulebook.Rulebook, p *examine.Platform) *Risks {
	looked, open := map[*rulebook.Article]bool{}, map[*rulebook.Article][]string{}
	for i := range p.Checks {
		c := &p.Checks[i]
		if c.Outcome == finding.NotApplicable {
			continue
		}
		for _, article := range c.Risks {
			looked[article] = true
			if c.Outcome == finding.Fail || c.Outcome == finding.Waived {
				open[article] = append(open[article], c.Rule.ID)
			}
		}
	}
	if len(looked) == 0 {
		return nil
	}
	out := &Risks{Applicable: len(looked), Open: len(open), Named: []Risk{}}
	for _, in := range book.Sources {
		for _, a := range in.Articles {
			if open[a] != nil {
				out.Named = append(out.Named, Risk{ID: a.ID, Number: a.Number, Text: a.Duty, Checks: open[a]})
			}
		}
	}
	return out
}

// Said names the open risks, zero where nothing was looked for. It is no verdict,
// and says so.
func (r *Risks) Said() lang.Text {
	switch {
	case r == nil:
		return lang.Text{}
	case r.Open == 0:
		return lang.Say("没有可能的重大风险隐患（核对 %d 项）", "no possible major risk found (%d looked for)", r.Applicable)
	}
	var zh, en []string
	for _, risk := range r.Named {
		zh, en = append(zh, risk.Number.ZH), append(en, risk.Number.EN)
	}
	names := lang.Text{}
	if len(zh) > 0 {
		names = lang.Text{ZH: "：" + strings.Join(zh, "、"), EN: " (" + strings.Join(en, ", ") + ")"}
	}
	return lang.Say("可能的重大风险隐患 %d 项%s；是否成立以等级测评为准", "possible major risks: %d%s; only an MLPS assessment can tell", r.Open, names)
}

// publish leaves the numbers.
func (r *Risks) publish() *Risks {
	if r == nil {
		return nil
	}
	return &Risks{Applicable: r.Applicable, Open: r.Open, Named: []Risk{}}
}
