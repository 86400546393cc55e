package handbook

import (
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// decisions is what the city has decided about a check.
func (p *page) decisions(c *rulebook.Check) {
	label := p.Say("本地决定", "decided")
	for _, d := range c.Decisions {
		p.Row(label, p.in(decisionText(d)))
		label = ""
	}
}

// decisionText is one decision in a line.
func decisionText(d *rulebook.Decision) lang.Text {
	return lang.Say("%s%s：%s（%s，%s；%s）", "%s %s: %s (%s, %s; %s)", term.Decisions().Text(d.Effect), d.Subject(), d.Reason, d.By, d.On, d.Basis.Source)
}

// decided is the table of an overlay's decisions.
func (s *sheet) decided(overlay Overlay) {
	var rows [][]string
	for _, c := range overlay.Decided {
		for _, d := range c.Decisions {
			if d.Overlay != overlay.Name {
				continue
			}
			rows = append(rows, []string{s.toCheck(c, typeset.Span(c.ID)) + " " + both(c.Title), both(term.Decisions().Text(d.Effect)), both(d.Subject()), s.changes(d),
				typeset.Markdown(d.By) + "<br>" + typeset.Markdown(d.On), s.ground(d.Basis), both(d.Reason)})
		}
	}
	if len(rows) == 0 {
		return
	}
	s.Table([]string{both(lang.Say("检查项", "check")), both(lang.Say("本地的决定", "local decision")), both(lang.Say("对象", "about")), both(lang.Say("要求", "demand")),
		both(lang.Say("决定岗位", "decided by")), both(lang.Say("依据", "basis")), both(lang.Say("理由", "reason"))}, rows)
}

// changes is what a decision makes of its subject at the levels at which that
// differs; levels that follow each other and fare alike share a line.
func (s *sheet) changes(d *rulebook.Decision) string {
	steps := d.Steps()
	out := ""
	for i, step := range steps.Values {
		text := step.After
		if step.Before != step.After {
			text = lang.Say("%s → %s", "%s → %s", step.Before, step.After)
		}
		if len(steps.Values) > 1 {
			text = lang.Say("%s：%s", "%s: %s", levels(steps, i), text)
		}
		if out != "" {
			out += "<br>"
		}
		out += both(text)
	}
	return out
}

// decisionJSON is a decision as `hegui rules --format json` has it.
type decisionJSON struct {
	Effect  string              `json:"effect"`
	Subject lang.Text           `json:"subject"`
	Limit   string              `json:"limit,omitempty"`
	Levels  map[string]stepJSON `json:"levels"`
	By      string              `json:"by"`
	On      string              `json:"on"`
	Source  lang.Text           `json:"source"`
	Reason  lang.Text           `json:"reason"`
	Overlay string              `json:"overlay"`
}

type stepJSON struct {
	Before lang.Text `json:"before"`
	After  lang.Text `json:"after"`
}

func decisionsOf(c *rulebook.Check) []decisionJSON {
	var out []decisionJSON
	for _, d := range c.Decisions {
		steps := d.Steps()
		one := decisionJSON{Effect: d.Effect, Subject: d.Subject(), Limit: d.Limit, Levels: map[string]stepJSON{}, By: d.By, On: d.On, Source: d.Basis.Source, Reason: d.Reason, Overlay: d.Overlay}
		for level, step := range keyed(steps) {
			one.Levels[level] = stepJSON(step)
		}
		out = append(out, one)
	}
	return out
}
