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

// csvFormat writes one finding a row for spreadsheet programs: RFC 4180, with
// the byte order mark by which they recognise UTF-8.
type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }

// column is one column of the table.
type column struct {
	title lang.Text
	value func(voice, results.Listed) string
}

func (csvFormat) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	columns := findingColumns()
	titles := make([]lang.Text, len(columns))
	for i, c := range columns {
		titles[i] = c.title
	}
	table, err := beginTable(w, o, titles)
	if err != nil {
		return nil, err
	}
	d := &csvReport{voice: newVoice(o), run: run, columns: columns, table: table}
	return d, d.table.WriteAll(d.rows(nil))
}

type csvReport struct {
	nothing
	voice
	run     *results.Results
	columns []column
	table   *csv.Writer
}

func (d *csvReport) Platform(p *results.Platform) error { return d.Lay(p)() }

// Lay implements Early: no row depends on another.
func (d *csvReport) Lay(p *results.Platform) (write func() error) {
	rows := d.rows(p)
	return func() error { return d.table.WriteAll(rows) }
}

func (d *csvReport) End(*results.Results) error { return nil }

// rows are the findings of a platform, or those that belong to none.
func (d *csvReport) rows(p *results.Platform) (rows [][]string) {
	for _, l := range d.run.ListedAhead(p) {
		row := make([]string, len(d.columns))
		for i, c := range d.columns {
			row[i] = noFormula(c.value(d.voice, l))
		}
		rows = append(rows, row)
	}
	return rows
}

func findingColumns() []column {
	of := func(value func(voice, *results.Platform) string) func(voice, results.Listed) string {
		return func(v voice, l results.Listed) string {
			if l.Platform == nil {
				return ""
			}
			return value(v, l.Platform)
		}
	}
	return []column{
		{lang.Say("平台标识", "platform id"), of(func(_ voice, f *results.Platform) string { return typeset.Inert(f.ID) })},
		{lang.Say("平台代码", "platform code"), of(func(_ voice, f *results.Platform) string { return typeset.Inert(f.Code) })},
		{lang.Say("平台名称", "platform name"), of(func(v voice, f *results.Platform) string { return v.Prose(f.Name) })},
		{lang.Say("类别", "kind"), of(func(v voice, f *results.Platform) string { return v.term(f.KindTitle, f.Kind) })},
		{lang.Say("平台得分", "platform score"), of(func(_ voice, f *results.Platform) string { return typeset.Inert(string(f.Score.Raw)) })},
		{lang.Say("平台等次", "platform grade"), of(func(v voice, f *results.Platform) string { return v.Prose(f.Grade.Title) })},
		{lang.Say("平台合规", "platform compliant"), of(func(v voice, f *results.Platform) string { return v.yes(f.Compliant) })},
		{lang.Say("评定口径", "profile"), of(func(v voice, f *results.Platform) string { return v.Prose(f.Profile.Text()) })},
		{lang.Say("未整改的一票否决", "open blockers"), of(func(_ voice, f *results.Platform) string { return strconv.Itoa(f.Grade.Open) })},
		{lang.Say("法定义务未履行", "statutory duties not met"), of(func(_ voice, f *results.Platform) string { return strconv.Itoa(f.Unmet()) })},
		{lang.Say("可能的重大风险隐患", "possible major risks"), of(func(v voice, f *results.Platform) string { return v.Prose(f.Risks.Numbers()) })},
		{lang.Say("检查项", "check"), func(_ voice, l results.Listed) string { return typeset.Inert(l.Finding.Check) }},
		{lang.Say("检查项名称", "check title"), func(v voice, l results.Listed) string { return v.Prose(checkTitle(l)) }},
		{lang.Say("条款", "clauses"), func(v voice, l results.Listed) string { return v.List(l.Finding.Clauses, len(l.Finding.Clauses)) }},
		{lang.Say("严重程度", "severity"), func(v voice, l results.Listed) string { return l.Finding.Severity.Text().In(v.Language) }},
		{lang.Say("已豁免", "waived"), func(v voice, l results.Listed) string { return v.yes(l.Finding.Waived) }},
		{lang.Say("拦下改动", "blocks the merge"), func(v voice, l results.Listed) string { return v.yes(l.Blocking) }},
		{lang.Say("对象", "item"), func(_ voice, l results.Listed) string { return typeset.Inert(l.Finding.Item) }},
		{lang.Say("说明", "message"), func(v voice, l results.Listed) string { return v.Prose(l.Finding.Said()) }},
		{lang.Say("原因", "because"), func(v voice, l results.Listed) string { return v.Prose(l.Finding.Why()) }},
		{lang.Say("整改", "fix"), func(v voice, l results.Listed) string { return v.Prose(l.Finding.Remedy) }},
		{lang.Say("出处", "source"), func(v voice, l results.Listed) string { return v.Prose(l.Finding.Source) }},
		{lang.Say("文件", "file"), func(_ voice, l results.Listed) string { return typeset.Inert(l.Finding.Location.Path) }},
		{lang.Say("行", "line"), func(_ voice, l results.Listed) string { return ordinal(l.Finding.Location.Line) }},
		{lang.Say("列", "column"), func(_ voice, l results.Listed) string { return ordinal(l.Finding.Location.Column) }},
		{lang.Say("指纹", "fingerprint"), func(_ voice, l results.Listed) string { return typeset.Inert(l.Finding.Fingerprint) }},
	}
}

func (v voice) yes(is bool) string { return term.YesNo(is).In(v.Language) }

// ordinal is a line or a column, nothing where there is none.
func ordinal(n int) string {
	if n < 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// starters are what a spreadsheet program takes for the beginning of a formula,
// in both widths, and a tab or return that it strips first.
const starters = "=+-@＝＋－＠\t\r"

// noFormula makes a cell text: an apostrophe precedes what would begin a
// formula, also behind a semicolon, which parts cells where the comma is
// decimal.
func noFormula(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, ";") {
		if i > 0 {
			b.WriteByte(';')
		}
		if bare := strings.TrimLeft(part, " \u00a0\u3000\"'"); bare != "" && strings.ContainsRune(starters, []rune(bare)[0]) {
			b.WriteByte('\'')
		}
		b.WriteString(part)
	}
	return b.String()
}
