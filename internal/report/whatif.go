package report

import (
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// whatIf shows who would fare differently with the overlays that were named.
func (p *page) whatIf(w *results.WhatIf) {
	if w == nil {
		return
	}
	for i, day := range w.Days {
		title := p.Say("假设启用叠加 %s，%s", "with overlay %s, on %s", p.List(w.Overlays, maxNamed), day.On)
		if i > 0 {
			title = p.Say("%s 起（叠加里预告的要求施行）", "from %s on, when what it announces comes into force", day.On)
		}
		p.Line(p.Paint(typeset.Strong, title))
		p.affected(day.Platforms)
		p.Line(margin, p.Say("结论会变的平台 %d 个，不变的 %d 个", "platforms that fare differently with it: %d, others: %d", len(day.Platforms), day.Unaffected))
		p.Line()
	}
}

// whatIf is the same as tables.
func (d *forecastComment) whatIf(w *results.WhatIf) (text string) {
	if w == nil {
		return ""
	}
	for i, day := range w.Days {
		title := d.Say("假设启用叠加 %s，%s", "With overlay %s, on %s", d.List(w.Overlays, maxNamed), day.On)
		if i > 0 {
			title = d.Say("%s 起（叠加里预告的要求施行）", "From %s on, when what it announces comes into force", day.On)
		}
		text += "### " + said(title) + "\n\n"
		if len(day.Platforms) > 0 {
			text += typeset.Head(6, d.Say("平台", "platform"), d.Say("得分", "score"), d.Say("等次", "grade"), d.Say("结论", "verdict"), d.Say("问题", "findings"), d.Say("翻转的检查项", "checks that turn"))
		}
		for i := range day.Platforms {
			p := &day.Platforms[i]
			verdict := func(compliant bool) string { return said(d.Prose(term.Compliance(compliant))) }
			text += typeset.Cells(said(d.title(&results.Platform{ID: p.ID, Name: p.Name})), number(p.ScoreBefore)+" → "+number(p.ScoreAfter), said(d.Prose(p.GradeBefore))+" → "+said(d.Prose(p.GradeAfter)),
				verdict(p.CompliantBefore)+" → "+verdict(p.CompliantAfter), strconv.Itoa(p.FindingsBefore)+" → "+strconv.Itoa(p.FindingsAfter), d.turning(p.Turns))
		}
		if len(day.Platforms) > 0 {
			text += "\n"
		}
		text += d.Say("结论不变的平台 %d 个。", "Platforms that fare the same: %d.", day.Unaffected) + "\n\n"
	}
	return text
}

// whatIf adds a row for each check that turns.
func (d *lapseTable) whatIf(w *results.WhatIf) error {
	if w == nil {
		return nil
	}
	overlays := strings.Join(w.Overlays, " ")
	cause := lang.Say("假设启用叠加 %s", "with overlay %s", overlays)
	for _, day := range w.Days {
		for i := range day.Platforms {
			p := &day.Platforms[i]
			platform := &results.Platform{ID: p.ID, Name: p.Name}
			then := &results.ForecastDay{Outlook: p.Then()}
			then.On = day.On
			for _, t := range p.Turns {
				lapse := &results.Lapse{Check: t.Check, Title: t.Title, Clauses: t.Clauses, Severity: t.Severity, From: finding.Pass, To: t.To, Cause: cause}
				if t.To == finding.Pass {
					lapse.From = finding.Fail
				}
				if err := d.row(platform, then, lapse); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
