package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// csvFormat writes one finding a row for spreadsheet programs: RFC 4180, with
// the mark that tells them that it is UTF-8.
type csvFormat struct{}

func (csvFormat) Name() string { return "csv" }

// column is one column of the table.
type column struct {
	title lang.Text
	value func(*page, results.Listed) string
}

func (csvFormat) Write(w io.Writer, r *results.Results, o Options) error {
	p := &page{lang: o.Language}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	table.UseCRLF = true
	columns := findingColumns()
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.title.In(o.Language)
	}
	rows := [][]string{row}
	for _, l := range r.Listed() {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = noFormula(c.value(p, l))
		}
		rows = append(rows, row)
	}
	return table.WriteAll(rows)
}

func findingColumns() []column {
	of := func(value func(*page, *results.Platform) string) func(*page, results.Listed) string {
		return func(p *page, l results.Listed) string {
			if l.Platform == nil {
				return ""
			}
			return value(p, l.Platform)
		}
	}
	return []column{
		{lang.Say("平台标识", "platform id"), of(func(_ *page, f *results.Platform) string { return inert(f.ID) })},
		{lang.Say("平台代码", "platform code"), of(func(_ *page, f *results.Platform) string { return inert(f.Code) })},
		{lang.Say("平台名称", "platform name"), of(func(p *page, f *results.Platform) string { return p.prose(f.Name) })},
		{lang.Say("类别", "kind"), of(func(p *page, f *results.Platform) string { return p.term(f.KindTitle, f.Kind) })},
		{lang.Say("平台得分", "platform score"), of(func(_ *page, f *results.Platform) string { return inert(string(f.Score.Raw)) })},
		{lang.Say("平台等次", "platform grade"), of(func(p *page, f *results.Platform) string { return p.prose(f.Grade.Title) })},
		{lang.Say("平台合规", "platform compliant"), of(func(p *page, f *results.Platform) string { return p.yes(f.Compliant) })},
		{lang.Say("检查项", "check"), func(_ *page, l results.Listed) string { return inert(l.Finding.Check) }},
		{lang.Say("检查名称", "check title"), func(p *page, l results.Listed) string { return p.prose(checkTitle(l)) }},
		{lang.Say("条款", "clauses"), func(p *page, l results.Listed) string { return p.list(l.Finding.Clauses, len(l.Finding.Clauses)) }},
		{lang.Say("严重程度", "severity"), func(p *page, l results.Listed) string { return l.Finding.Severity.Text().In(p.lang) }},
		{lang.Say("豁免", "waived"), func(p *page, l results.Listed) string { return p.yes(l.Finding.Waived) }},
		{lang.Say("拦下改动", "blocks the merge"), func(p *page, l results.Listed) string { return p.yes(l.Blocking) }},
		{lang.Say("对象", "item"), func(_ *page, l results.Listed) string { return inert(l.Finding.Item) }},
		{lang.Say("问题", "message"), func(p *page, l results.Listed) string { return p.prose(l.Finding.Message) }},
		{lang.Say("整改建议", "remedy"), func(p *page, l results.Listed) string { return p.prose(l.Finding.Remedy) }},
		{lang.Say("依据", "source"), func(p *page, l results.Listed) string { return p.prose(l.Finding.Source) }},
		{lang.Say("文件", "file"), func(_ *page, l results.Listed) string { return inert(l.Finding.Location.Path) }},
		{lang.Say("行", "line"), func(_ *page, l results.Listed) string { return ordinal(l.Finding.Location.Line) }},
		{lang.Say("列", "column"), func(_ *page, l results.Listed) string { return ordinal(l.Finding.Location.Column) }},
		{lang.Say("指纹", "fingerprint"), func(_ *page, l results.Listed) string { return inert(l.Finding.Fingerprint) }},
	}
}

func (p *page) yes(is bool) string { return term.YesNo(is).In(p.lang) }

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

// noFormula makes a cell text: an apostrophe stands before what would begin a
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
