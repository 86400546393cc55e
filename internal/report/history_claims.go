package report

import (
	"io"
	"strconv"

	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// claimText is what an assessor reads of how records came to be: those that are
// remarked, and how many there are from whom.
type claimText struct{}

func (claimText) Name() string { return "text" }

func (claimText) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &claimReport{page: newPage(o), w: w, run: run}, nil
}

type claimReport struct {
	nothing
	*page
	w   io.Writer
	run *results.Results
}

func (d *claimReport) Platform(*results.Platform) error { return nil }

func (d *claimReport) End(run *results.Results) error {
	for i := range run.History.Lines {
		d.line(&run.History.Lines[i])
	}
	for _, err := range run.Errors {
		d.Line(d.Paint(typeset.Bad, d.Say("运行出错：", "run failed: ")), d.Prose(err))
	}
	d.Line(d.Paint(typeset.Faint, d.basis(d.run)))
	d.Line(d.Say("提示只供评估人员留意，不影响得分和结论", "remarks are for an assessor to look at; no score or verdict depends on them"))
	_, err := io.WriteString(d.w, d.String())
	return err
}

func (d *claimReport) line(l *results.HistoryLine) {
	d.Line(d.Paint(typeset.Strong, "── "+d.title(&results.Platform{ID: l.ID, Name: l.Name})+" ──"))
	signed, known, before := 0, 0, 0
	for i := range l.Claims {
		from := l.Claims[i].Last()
		for _, count := range []struct {
			set bool
			n   *int
		}{{from.Signed, &signed}, {!from.Unit.IsZero(), &known}, {from.Before, &before}} {
			if count.set {
				*count.n++
			}
		}
	}
	d.Line(margin, d.Say("%s；单位已知 %d，提交有签名 %d，不晚于所看第一个提交 %d", "%s; unit known %d, commit signed %d, not after the first commit looked at %d",
		d.Count(len(l.Claims), "条带日期的记录", "dated record", "dated records"), known, signed, before))
	for i := range l.Claims {
		c := &l.Claims[i]
		if len(c.Remarks) == 0 {
			continue
		}
		d.Line(margin, d.Paint(typeset.Warning, d.remarks(c)), d.Say("：%s，%s", ": %s, %s", c.On, typeset.Inert(c.List)), " ", d.Paint(typeset.Faint, typeset.Place(c.Path, c.Line, 1)))
		d.Line(margin, margin, d.Prose(c.Came()))
	}
	d.Line()
}

func (v voice) unit(o *results.Origin) string {
	if o.Unit.IsZero() {
		return v.Say("未知单位", "an unknown unit")
	}
	return v.Prose(o.Unit)
}

func (v voice) remarks(c *results.HistoryClaim) string {
	words := term.ProvenanceRemarks()
	return v.Join(each(c.Remarks, func(id string) string { return v.Prose(words.Text(id)) }))
}

// claimCSV writes one record a row for spreadsheet programs.
type claimCSV struct{}

func (claimCSV) Name() string { return "csv" }

func (claimCSV) Begin(w io.Writer, _ *results.Results, o Options) (Report, error) {
	return &claimTable{voice: newVoice(o), w: w, options: o}, nil
}

type claimTable struct {
	nothing
	voice
	w       io.Writer
	options Options
}

func (d *claimTable) Platform(*results.Platform) error { return nil }

func (d *claimTable) End(run *results.Results) error {
	titles := []lang.Text{lang.Say("平台标识", "platform id"), lang.Say("清单", "list"), lang.Say("记录日期", "date"), lang.Say("位置", "place"), lang.Say("写入日期", "entered on"), lang.Say("写入提交", "entered in"), lang.Say("写入单位", "entered by"),
		lang.Say("改写日期", "rewritten on"), lang.Say("改写提交", "rewritten in"), lang.Say("改写单位", "rewritten by"), lang.Say("签名", "signed"), lang.Say("来历提示", "remark on the origin")}
	var rows [][]string
	for i := range run.History.Lines {
		l := &run.History.Lines[i]
		for j := range l.Claims {
			c := &l.Claims[j]
			row := []string{typeset.Inert(l.ID), typeset.Inert(c.List), c.On, typeset.Inert(c.Path) + ":" + strconv.Itoa(c.Line), c.Appeared.On, c.Appeared.Commit, d.unit(&c.Appeared), "", "", ""}
			if c.Changed != nil {
				row = append(row[:7], c.Changed.On, c.Changed.Commit, d.unit(c.Changed))
			}
			rows = append(rows, append(row, strconv.FormatBool(c.Last().Signed), d.remarks(c)))
		}
	}
	return wholeTable(d.w, d.options, titles, rows)
}
