package report

import (
	"io"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// forecastMarkdown writes a table of days for a page, an issue or a step's summary.
type forecastMarkdown struct{}

func (forecastMarkdown) Name() string { return "markdown" }

func (forecastMarkdown) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &forecastComment{voice: newVoice(o), w: w, run: run}, nil
}

type forecastComment struct {
	nothing
	voice
	w   io.Writer
	run *results.Results
}

func (d *forecastComment) Platform(p *results.Platform) error {
	f := p.Forecast
	text := d.opens(p, &f.Now)
	if len(f.Days) == 0 {
		text += d.Say("到 %s 为止没有任何变化。", "Nothing changes until %s.", f.Until) + "\n\n"
		_, err := io.WriteString(d.w, text)
		return err
	}
	text += typeset.Head(5, d.Say("日期", "date"), d.Say("得分", "score"), d.Say("等次", "grade"), d.Say("结论", "verdict"), d.Say("变化", "change"))
	for i := range f.Days {
		day := &f.Days[i]
		score, grade, verdict := d.standsAt(&day.Outlook)
		text += typeset.Cells(day.On, score, said(grade), said(verdict), d.changes(day))
	}
	_, err := io.WriteString(d.w, text+"\n")
	return err
}

// opens is the first line of a platform's forecast or plan: what it is on the first
// day.
func (v voice) opens(p *results.Platform, now *results.Outlook) string {
	score, grade, verdict := v.standsAt(now)
	return "### " + said(v.title(p)) + "\n\n" + v.Say("%s：%s 分；%s；%s", "%s: %s points; %s; %s", now.On, score, said(grade), said(verdict+p.ByProfile().In(v.Language))) + "\n\n"
}

// failed is what went wrong in a run, nothing for nothing.
func (v voice) failed(run *results.Results) (text string) {
	for _, err := range run.Errors {
		text += v.Say("运行出错：%s", "Run failed: %s", said(v.Prose(err))) + "\n\n"
	}
	return text
}

// changes are those of one day in one cell.
func (d *forecastComment) changes(day *results.ForecastDay) string {
	text := ""
	turns := turns(day)
	for i, t := range turns[:min(len(turns), maxTurns)] {
		if i > 0 {
			text += "<br>"
		}
		text += said(d.Prose(t.Severity.Text())) + " " + said(d.subject(t)) + " (" + typeset.Span(t.Check) + ")"
		if !t.Cause.IsZero() {
			text += " " + said(d.caused(t.Lapse))
		}
		if t.Worse() {
			text += d.Say("，%s 前动手：%s", ", begin by %s: %s", t.Begin, said(d.Prose(t.Remedy)))
		} else {
			text += " " + said(d.becomes(t.Lapse))
		}
	}
	if more := len(turns) - maxTurns; more > 0 {
		text += "<br>" + d.Say("另有 %d 项", "and %d more", more)
	}
	return text
}

func (d *forecastComment) End(run *results.Results) error {
	text := d.whatIf(run.WhatIf)
	text += d.failed(run)
	_, err := io.WriteString(d.w, text+d.basis(d.run)+"\n")
	return err
}
