package results

import (
	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// decisions are those of the city that concern a platform, in the rulebook's
// order.
func decisions(p *examine.Platform) []Decision {
	var out []Decision
	for i := range p.Checks {
		rule := p.Checks[i].Rule
		for _, d := range p.Checks[i].Decisions {
			before, after := d.Demand(max(p.Checks[i].Level, 0))
			out = append(out, Decision{Check: rule.ID, Title: rule.Title, Effect: d.Effect, Subject: d.Subject(), Limit: d.Limit, Before: before, After: after,
				Overlay: d.Overlay, By: d.By, On: d.On, Reason: d.Reason, Source: d.Basis.Source})
		}
	}
	return out
}

// Decided counts the local decisions by their effect, nothing for none:
// "2 replaced, 1 dropped".
func (p *Platform) Decided() lang.Text {
	var all lang.Text
	for _, effect := range []string{rulebook.Replaced, rulebook.Dropped, rulebook.Confirmed} {
		n := 0
		for i := range p.Decisions {
			if p.Decisions[i].Effect == effect {
				n++
			}
		}
		if n == 0 {
			continue
		}
		part := lang.Say("%[2]s %[1]d 项", "%[1]d %[2]s", n, term.Decisions().Text(effect))
		if all.IsZero() {
			all = part
		} else {
			all = lang.Say("%s，%s", "%s, %s", all, part)
		}
	}
	return all
}

// Decision is what a city has decided about a check.
type Decision struct {
	Check  string    `json:"check"`
	Title  lang.Text `json:"title"`
	Effect string    `json:"effect"` // replace, confirm or drop
	// Subject is what is decided about: the check, its severity or a limit.
	Subject lang.Text `json:"subject"`
	Limit   string    `json:"limit,omitempty"`
	// Before and After are what is demanded at the platform's level without and
	// with the decision.
	Before  lang.Text `json:"before"`
	After   lang.Text `json:"after"`
	Overlay string    `json:"overlay"`
	By      string    `json:"by"`
	On      string    `json:"on"`
	Reason  lang.Text `json:"reason"`
	Source  lang.Text `json:"source"`
}

// Demand is what is demanded with the decision, and without it where that
// differs.
func (d *Decision) Demand() lang.Text {
	if d.Before == d.After {
		return d.After
	}
	return lang.Say("%s → %s", "%s → %s", d.Before, d.After)
}
