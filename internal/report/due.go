package report

import (
	"slices"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// due are the days on which something lapses, with what does.
func due(f *results.Forecast) (days []dueDay) {
	if f == nil {
		return nil
	}
	for i := range f.Days {
		turning := slices.DeleteFunc(turns(&f.Days[i]), func(t turn) bool { return !t.Worse() })
		if len(turning) > 0 {
			days = append(days, dueDay{&f.Days[i], turning})
		}
	}
	return days
}

// dueDay is a day on which checks turn for the worse.
type dueDay struct {
	*results.ForecastDay
	turns []turn
}

// due lists below a card what lapses in the days that the run looks ahead.
func (p *page) due(platform *results.Platform, quiet bool) {
	days := due(platform.Forecast)
	if len(days) == 0 {
		return
	}
	p.Line(p.Paint(typeset.Warning, p.Say("到 %s 为止将到期的（现在不算，也不影响退出码）", "lapses until %s (none of it counts today, nor changes the exit code)", platform.Forecast.Until)))
	for _, day := range days[:min(len(days), maxDays)] {
		p.Line(margin, p.Paint(typeset.Strong, day.On))
		for _, t := range day.turns[:min(len(day.turns), maxTurns)] {
			p.turned(t, quiet)
		}
		if more := len(day.turns) - maxTurns; more > 0 {
			p.Line(margin, margin, p.Paint(typeset.Faint, p.Say("这天另有 %d 项", "and %d more that day", more)))
		}
	}
	if more := len(days) - maxDays; more > 0 {
		p.Line(margin, p.Paint(typeset.Faint, p.Say("另有 %s：见 hegui forecast", "and %s: see hegui forecast", p.Count(more, "天", "more day", "more days"))))
	}
	p.Line()
}

// turned writes one change: what lapses, why, and what to do by when.
func (p *page) turned(t turn, quiet bool) {
	check := p.Paint(typeset.Faint, " ["+t.Check+"]")
	if !t.Worse() {
		p.Line(margin, margin, p.Paint(typeset.Good, "+ "), p.subject(t), check, " ", p.becomes(t.Lapse), p.caused(t.Lapse))
		return
	}
	p.Line(margin, margin, p.Paint(severityRole(t.Severity), "- "+p.Prose(t.Severity.Text())+" "), p.subject(t), check)
	if quiet {
		return
	}
	var said []string
	if !t.Cause.IsZero() {
		said = append(said, p.Prose(t.Cause))
	}
	if !t.Message.IsZero() && len(t.items) <= 1 {
		said = append(said, p.Prose(t.Message))
	}
	for _, text := range append(said, p.Say("%s 前动手：%s", "begin by %s: %s", t.Begin, p.Prose(t.Remedy))) {
		for _, line := range typeset.Fill(text, p.Width-len(margin)*3, true) {
			p.Line(margin, margin, margin, line)
		}
	}
}

// noteDue keeps what lapses of a platform as rows of a table.
func (d *comment) noteDue(p *results.Platform) {
	for _, day := range due(p.Forecast) {
		for _, t := range day.turns {
			d.due = append(d.due, typeset.Cells(day.On, said(d.Prose(p.Name)), said(d.Prose(t.Severity.Text())), said(d.subject(t)),
				d.Say("%s 前动手：%s", "begin by %s: %s", t.Begin, said(d.Prose(t.Remedy))), typeset.Span(t.Check)))
		}
	}
}

// lapses lists what lapses of all platforms, day after day.
func (d *comment) lapses() {
	slices.Sort(d.due)
	open, end := folded(d.Count(len(d.due), "项将到期（现在不算，不影响结论）", "lapse to come (counts in no verdict)", "lapses to come (count in no verdict)"))
	d.section(open+table(6, d.Say("日期", "date"), d.Say("平台", "platform"), d.Say("严重程度", "severity"), d.Say("到期的", "lapses"), d.Say("怎么办", "what to do"), d.Say("检查项", "check")), d.due, end)
}
