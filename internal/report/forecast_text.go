package report

import (
	"io"
	"strconv"

	"hegui/internal/results"
	"hegui/internal/typeset"
)

// maxDays is how many days the text lists of a platform, maxTurns how many changes
// of each; the rest is counted.
const maxDays, maxTurns = 12, 3

// forecastText is what an owner reads: a strip of twelve months, then day after day.
type forecastText struct{}

func (forecastText) Name() string { return "text" }

func (forecastText) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &forecastReport{page: newPage(o), w: w, run: run, options: o}, nil
}

type forecastReport struct {
	nothing
	*page
	w       io.Writer
	run     *results.Results
	options Options
	lapse   int // platforms of which something lapses
}

func (d *forecastReport) Platform(p *results.Platform) error {
	f := p.Forecast
	d.Line(d.Paint(typeset.Strong, "── "+d.title(p)+" ──"))
	d.Line(margin, f.Now.On, d.Say("：", ": "), d.stands(p, &f.Now))
	d.Line()
	for _, row := range d.Align(d.strip(f)) {
		d.Line(margin, row)
	}
	d.Line()
	d.days(f)
	return d.Flush(d.w)
}

// strip shows at a glance in which months something lapses.
func (d *forecastReport) strip(f *results.Forecast) [][]typeset.Field {
	names, worse, verdicts := []typeset.Field{{Text: d.Say("月份", "month"), Role: typeset.Faint}}, []typeset.Field{{Text: d.Say("到期", "lapse"), Role: typeset.Faint}}, []typeset.Field{{Text: d.Say("合规", "compliant"), Role: typeset.Faint}}
	for _, m := range f.Months() {
		names = append(names, typeset.Field{Text: m.Name[2:], Right: true})
		count := typeset.Field{Text: typeset.OrDash(""), Right: true, Role: typeset.Faint}
		if m.Worse > 0 {
			count = typeset.Field{Text: strconv.Itoa(m.Worse), Right: true, Role: typeset.Warning}
		}
		if m.Blockers > 0 {
			count.Text, count.Role = count.Text+"!", typeset.Bad
		}
		worse = append(worse, count)
		verdict := typeset.Field{Text: d.Say("是", "yes"), Right: true, Role: typeset.Good}
		if !m.Compliant {
			verdict = typeset.Field{Text: d.Say("否", "no"), Right: true, Role: typeset.Bad}
		}
		verdicts = append(verdicts, verdict)
	}
	return [][]typeset.Field{names, worse, verdicts}
}

// days lists the first of the days on which something changes.
func (d *forecastReport) days(f *results.Forecast) {
	if len(f.Days) == 0 {
		d.Line(margin, d.Paint(typeset.Good, d.Say("到 %s 为止没有任何变化", "nothing changes until %s", f.Until)))
		d.Line()
		return
	}
	d.lapse++
	for i := range f.Days[:min(len(f.Days), maxDays)] {
		day := &f.Days[i]
		score, grade, verdict := d.standsAt(&day.Outlook)
		d.Line(margin, d.Paint(typeset.Strong, day.On), "  ", d.Say("%s 分；%s；%s", "%s points; %s; %s", score, grade, verdict))
		turns := turns(day)
		for _, t := range turns[:min(len(turns), maxTurns)] {
			d.turned(t, d.options.Quiet)
		}
		if more := len(turns) - maxTurns; more > 0 {
			d.Line(margin, margin, d.Paint(typeset.Faint, d.Say("这天另有 %d 项变化", "and %d more that day", more)))
		}
	}
	if more := len(f.Days) - maxDays; more > 0 {
		d.Line(margin, d.Paint(typeset.Faint, d.Say("到 %[1]s 另有 %[2]d 天有变化：见 --report csv 或 ics", "until %[1]s %[3]s with changes: see --report csv or ics", f.Until, more, d.Count(more, "天", "more day", "more days"))))
	}
	d.Line()
}

func (d *forecastReport) End(run *results.Results) error {
	d.whatIf(run.WhatIf)
	for _, err := range run.Errors {
		d.Line(d.Paint(typeset.Bad, d.Say("运行出错：", "run failed: ")), d.Prose(err))
	}
	d.Line(d.Paint(typeset.Faint, d.basis(d.run)))
	d.Line(d.Paint(typeset.Faint, d.Say("描述和规则库都不变时如此；每一天都与当天评定的结果相同", "as long as neither descriptions nor rulebook change; each day is what judging on it would find")))
	platforms := d.Count(run.Summary.Platforms, "个平台", "platform", "platforms")
	d.Line(platforms, d.Say("，其中 %d 个有变化", ", %d of them with changes", d.lapse))
	return d.Flush(d.w)
}
