package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// forecastCSV writes one change a row for spreadsheet programs.
type forecastCSV struct{}

func (forecastCSV) Name() string { return "csv" }

func (forecastCSV) Begin(w io.Writer, _ *results.Results, o Options) (Report, error) {
	var titles []lang.Text
	for _, c := range lapseColumns() {
		titles = append(titles, c.title)
	}
	table, err := beginTable(w, o, titles)
	return &lapseTable{voice: newVoice(o), table: table}, err
}

type lapseTable struct {
	nothing
	voice
	table *csv.Writer
}

type lapseColumn struct {
	title lang.Text
	value func(voice, *results.Platform, *results.ForecastDay, *results.Lapse) string
}

func lapseColumns() []lapseColumn {
	type (
		platform = results.Platform
		day      = results.ForecastDay
		lapse    = results.Lapse
	)
	return []lapseColumn{
		{lang.Say("平台标识", "platform id"), func(_ voice, p *platform, _ *day, _ *lapse) string { return typeset.Inert(p.ID) }},
		{lang.Say("平台", "platform"), func(v voice, p *platform, _ *day, _ *lapse) string { return v.Prose(p.Name) }},
		{lang.Say("日期", "date"), func(_ voice, _ *platform, d *day, _ *lapse) string { return d.On }},
		{lang.Say("检查项", "check"), func(_ voice, _ *platform, _ *day, l *lapse) string { return l.Check }},
		{lang.Say("名称", "title"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(l.Title) }},
		{lang.Say("对象", "item"), func(_ voice, _ *platform, _ *day, l *lapse) string { return typeset.Inert(l.Item) }},
		{lang.Say("条款", "clauses"), func(_ voice, _ *platform, _ *day, l *lapse) string { return strings.Join(l.Clauses, " ") }},
		{lang.Say("严重程度", "severity"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(l.Severity.Text()) }},
		{lang.Say("原为", "from"), func(v voice, _ *platform, _ *day, l *lapse) string {
			return v.Prose(term.Outcomes().Text(string(l.From)))
		}},
		{lang.Say("变为", "to"), func(v voice, _ *platform, _ *day, l *lapse) string {
			return v.Prose(term.Outcomes().Text(string(l.To)))
		}},
		{lang.Say("原因", "why"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(l.Message) }},
		{lang.Say("整改", "fix"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(l.Remedy) }},
		{lang.Say("最迟动手", "begin by"), func(_ voice, _ *platform, _ *day, l *lapse) string { return l.Begin }},
		{lang.Say("工作量", "effort"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(term.Efforts().Text(l.Effort)) }},
		{lang.Say("当日得分", "score that day"), func(_ voice, _ *platform, d *day, _ *lapse) string { return string(d.Score) }},
		{lang.Say("当日等次", "grade that day"), func(v voice, _ *platform, d *day, _ *lapse) string { return v.Prose(d.Grade.Title) }},
		{lang.Say("当日结论", "verdict that day"), func(v voice, _ *platform, d *day, _ *lapse) string { return v.Prose(term.Compliance(d.Compliant)) }},
		{lang.Say("当日一票否决", "blockers that day"), func(_ voice, _ *platform, d *day, _ *lapse) string { return strconv.Itoa(d.Grade.Open) }},
		{lang.Say("当日法定未履行", "duties unmet that day"), func(_ voice, _ *platform, d *day, _ *lapse) string { return strconv.Itoa(d.Unmet) }},
		{lang.Say("起因", "cause"), func(v voice, _ *platform, _ *day, l *lapse) string { return v.Prose(l.Cause) }},
	}
}

func (d *lapseTable) Platform(p *results.Platform) error {
	for i := range p.Forecast.Days {
		day := &p.Forecast.Days[i]
		for _, l := range shortly(day) {
			if err := d.row(p, day, l); err != nil {
				return err
			}
		}
	}
	d.table.Flush()
	return d.table.Error()
}

func (d *lapseTable) row(p *results.Platform, day *results.ForecastDay, l *results.Lapse) error {
	var row []string
	for _, c := range lapseColumns() {
		row = append(row, noFormula(c.value(d.voice, p, day, l)))
	}
	return d.table.Write(row)
}

func (d *lapseTable) End(run *results.Results) error {
	if err := d.whatIf(run.WhatIf); err != nil {
		return err
	}
	d.table.Flush()
	return d.table.Error()
}
