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

// PlanFormats are the formats of plans, in the order in which help lists them. They
// show platforms that have a plan.
func PlanFormats() []Format {
	return []Format{planText{}, jsonFormat{}, jsonlFormat{}, planMarkdown{}, planCSV{}}
}

// reaches says whether a target is reached, and what that takes.
func (v voice) reaches(p *results.Plan) string {
	target := v.Prose(p.Target)
	switch {
	case !p.Reached:
		return v.Say("目标：%s；%s 前达不到", "target: %s; cannot be reached by %s", target, p.By)
	case len(p.Steps) == 0 && p.Effort == 0:
		return v.Say("目标：%s；%s 不用做什么就达到", "target: %s; reached on %s with nothing to do", target, p.By)
	}
	return v.Say("目标：%s；到 %s 改 %s，工作量 %d%s", "target: %s; by %s fix %s, effort %d%s", target, p.By, v.Count(len(p.Steps), "个检查项", "check", "checks"), p.Effort, v.proof(p))
}

// proof says how far from the cheapest a plan may be.
func (v voice) proof(p *results.Plan) string {
	if p.Least == p.Effort {
		return v.Say("（最省）", " (the least there is)")
	}
	return v.Say("（未能证明最省，至少 %d）", " (not proved to be the least, at least %d)", p.Least)
}

// kind says what is special about a step.
func (v voice) kind(s *results.PlanStep) string {
	var parts []string
	for _, part := range []struct {
		said   bool
		zh, en string
		arg    any
	}{
		{s.Veto, "解除一票否决%.0s", "lifts a blocker%.0s", ""},
		{s.Duty, "法定义务%.0s", "a statutory duty%.0s", ""},
		{s.Lapses != "", "%s 到期", "lapses on %s", s.Lapses},
		{s.Unstated > 0, "先补填事实 %d 项，并要符合要求", "%d facts to state, and to hold", s.Unstated},
		{s.Recheck, "还要请评估人员复查%.0s", "the assessor has to look again%.0s", ""},
	} {
		if part.said {
			parts = append(parts, v.Say(part.zh, part.en, part.arg))
		}
	}
	return v.Join(parts)
}

// costs is the effort of a step with its number.
func (v voice) costs(s *results.PlanStep) string {
	return v.Say("%s（%d）", "%s (%d)", v.Prose(term.Efforts().Text(s.Effort)), s.Costs)
}

// assumed says what a plan assumes.
func (v voice) assumed() string {
	return v.Say("每一步把一个检查项全部改好，其余不变；新填的内容可能让别的检查项有话说，改完再评一次",
		"each step fixes one check wholly while all else stays: what is stated anew may be in sight of other checks, so check again after it")
}

// planText is what an owner or a leader reads.
type planText struct{}

func (planText) Name() string { return "text" }

func (planText) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &planReport{page: newPage(o), w: w, run: run, options: o}, nil
}

type planReport struct {
	nothing
	*page
	w       io.Writer
	run     *results.Results
	options Options
	reached int
}

func (d *planReport) Platform(p *results.Platform) error {
	f := p.Plan
	d.Line(d.Paint(typeset.Strong, "── "+d.title(p)+" ──"))
	d.Line(margin, f.Now.On, d.Say("：", ": "), d.stands(p, &f.Now))
	if f.By != f.Now.On {
		d.Line(margin, d.Say("%s 前什么都不做：", "if nothing is done by %s: ", f.By), d.outlook(&f.Otherwise))
	}
	role := typeset.Good
	if !f.Reached {
		role = typeset.Bad
	} else {
		d.reached++
	}
	d.Line(margin, d.Paint(role, d.reaches(f)))
	for _, why := range f.Obstacles {
		d.listed(d.Prose(why))
	}
	for i := range f.Steps {
		d.step(i+1, &f.Steps[i])
	}
	d.together(f)
	d.Line()
	return d.Flush(d.w)
}

func (d *planReport) filled(depth int, text string) {
	for _, line := range typeset.Fill(text, d.Width-len(margin)*depth, true) {
		d.Line(strings.Repeat(margin, depth), line)
	}
}

// listed writes an entry of a list.
func (d *planReport) listed(text string) {
	mark := "- "
	for _, line := range typeset.Fill(text, d.Width-len(margin)*2-len(mark), true) {
		d.Line(margin, margin, mark, line)
		mark = "  "
	}
}

func (d *planReport) step(n int, s *results.PlanStep) {
	d.Line()
	title := d.Prose(s.Title)
	if title == "" {
		title = d.Prose(term.TitleOf(s.Check))
	}
	if len(s.Items) > 0 {
		title += d.Say("：%s", ": %s", d.List(s.Items, maxItems))
	}
	d.Line(margin, strconv.Itoa(n)+". ", d.Paint(severityRole(s.Severity), d.Prose(s.Severity.Text())+" "), title, d.Paint(typeset.Faint, " ["+s.Check+"]"))
	if kind := d.kind(s); kind != "" {
		d.filled(2, kind)
	}
	if !d.options.Quiet {
		d.filled(2, d.Prose(s.Remedy))
		if s.Location != nil {
			d.Line(margin, margin, d.Paint(typeset.Faint, typeset.Place(s.Location.Path, s.Location.Line, s.Location.Column)))
		}
	}
	d.Line(margin, margin, d.Say("工作量%s；加 %s 分 → %s", "effort %s; +%s points → %s", d.costs(s), d.points(s.Gain), d.outlook(&s.After)))
}

// points are those of a step, to two decimals: many steps give less than a tenth.
func (v voice) points(n results.Number) string {
	value, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return string(n)
	}
	return strconv.FormatFloat(value, 'f', 2, 64)
}

// together lists steps that may be one and the same action.
func (d *planReport) together(f *results.Plan) {
	if len(f.Together) == 0 {
		return
	}
	d.Line()
	d.Line(margin, d.Say("可能一并改好的：", "what one action may fix together:"))
	for i := range f.Together {
		d.listed(d.shared(&f.Together[i]) + d.Say("：", ": ") + d.List(f.Together[i].Checks, maxNamed))
	}
}

// shared is what steps have in common.
func (v voice) shared(t *results.Together) string {
	text := v.Prose(t.About)
	if t.At != nil && t.At.Path != "" {
		text += v.Say("（%s）", " (%s)", typeset.Place(t.At.Path, t.At.Line, t.At.Column))
	}
	return text
}

func (d *planReport) End(run *results.Results) error {
	for _, err := range run.Errors {
		d.Line(d.Paint(typeset.Bad, d.Say("运行出错：", "run failed: ")), d.Prose(err))
	}
	d.Line(d.Paint(typeset.Faint, d.basis(d.run)))
	d.filled(0, d.assumed())
	d.Line(d.Count(run.Summary.Platforms, "个平台", "platform", "platforms"), d.Say("，其中 %d 个能达到目标", ", %d of them can reach the target", d.reached))
	return d.Flush(d.w)
}

// planMarkdown writes a table of steps for a page or an issue.
type planMarkdown struct{}

func (planMarkdown) Name() string { return "markdown" }

func (planMarkdown) Begin(w io.Writer, run *results.Results, o Options) (Report, error) {
	return &planComment{voice: newVoice(o), w: w, run: run}, nil
}

type planComment struct {
	nothing
	voice
	w   io.Writer
	run *results.Results
}

func (d *planComment) Platform(p *results.Platform) error {
	f := p.Plan
	text := d.opens(p, &f.Now) + said(d.reaches(f)) + "\n\n"
	for _, why := range f.Obstacles {
		text += "- " + said(d.Prose(why)) + "\n"
	}
	if len(f.Obstacles) > 0 {
		text += "\n"
	}
	if len(f.Steps) > 0 {
		text += typeset.Head(8, "#", d.Say("检查项", "check"), d.Say("整改", "fix"), d.Say("说明", "note"), d.Say("工作量", "effort"), d.Say("加分", "points"), d.Say("此后得分", "score after"), d.Say("等次和结论", "grade and verdict"))
	}
	for i := range f.Steps {
		s := &f.Steps[i]
		score, grade, verdict := d.standsAt(&s.After)
		text += typeset.Cells(strconv.Itoa(i+1), said(d.Prose(s.Severity.Text()))+" "+said(d.Prose(s.Title))+" ("+typeset.Span(s.Check)+")", said(d.Prose(s.Remedy)), said(d.kind(s)), said(d.costs(s)), d.points(s.Gain), score, said(grade)+d.Say("；", "; ")+said(verdict))
	}
	if len(f.Together) > 0 {
		text += "\n" + d.Say("可能一并改好的：", "What one action may fix together:") + "\n\n"
		for i := range f.Together {
			text += "- " + said(d.shared(&f.Together[i])) + d.Say("：", ": ") + said(d.Join(f.Together[i].Checks)) + "\n"
		}
	}
	_, err := io.WriteString(d.w, text+"\n")
	return err
}

func (d *planComment) End(run *results.Results) error {
	_, err := io.WriteString(d.w, d.failed(run)+d.assumed()+"\n\n"+d.basis(d.run)+"\n")
	return err
}

// planCSV writes one step a row for spreadsheet programs.
type planCSV struct{}

func (planCSV) Name() string { return "csv" }

func (planCSV) Begin(w io.Writer, _ *results.Results, o Options) (Report, error) {
	var titles []lang.Text
	for _, c := range stepColumns() {
		titles = append(titles, c.title)
	}
	table, err := beginTable(w, o, titles)
	return &stepTable{voice: newVoice(o), table: table}, err
}

type stepTable struct {
	nothing
	voice
	table *csv.Writer
}

// stepColumn is a column of steps. Where a plan has none its platform has a row all the
// same, with what can be said of the plan.
type stepColumn struct {
	title lang.Text
	value func(v voice, p *results.Platform, n int, s *results.PlanStep) string
	none  func(v voice, p *results.Platform) string
}

func stepColumns() []stepColumn {
	type (
		platform = results.Platform
		step     = results.PlanStep
	)
	columns := []stepColumn{
		{title: lang.Say("平台标识", "platform id"), value: func(_ voice, p *platform, _ int, _ *step) string { return typeset.Inert(p.ID) }},
		{title: lang.Say("平台", "platform"), value: func(v voice, p *platform, _ int, _ *step) string { return v.Prose(p.Name) }},
		{title: lang.Say("目标", "target"), value: func(v voice, p *platform, _ int, _ *step) string { return v.Prose(p.Plan.Target) }},
		{title: lang.Say("到哪一天", "by"), value: func(_ voice, p *platform, _ int, _ *step) string { return p.Plan.By }},
		{title: lang.Say("次序", "step"), value: func(_ voice, _ *platform, n int, _ *step) string { return strconv.Itoa(n) }},
		{title: lang.Say("检查项", "check"), value: func(_ voice, _ *platform, _ int, s *step) string { return s.Check }},
		{title: lang.Say("名称", "title"), value: func(v voice, _ *platform, _ int, s *step) string { return v.Prose(s.Title) }},
		{title: lang.Say("对象", "items"), value: func(v voice, _ *platform, _ int, s *step) string { return v.Join(each(s.Items, typeset.Inert)) }},
		{title: lang.Say("条款", "clauses"), value: func(_ voice, _ *platform, _ int, s *step) string { return strings.Join(s.Clauses, " ") }},
		{title: lang.Say("严重程度", "severity"), value: func(v voice, _ *platform, _ int, s *step) string { return v.Prose(s.Severity.Text()) }},
		{title: lang.Say("说明", "note"), value: func(v voice, _ *platform, _ int, s *step) string { return v.kind(s) }},
		{title: lang.Say("整改", "fix"), value: func(v voice, _ *platform, _ int, s *step) string { return v.Prose(s.Remedy) }},
		{title: lang.Say("工作量", "effort"), value: func(_ voice, _ *platform, _ int, s *step) string { return strconv.Itoa(s.Costs) }},
		{title: lang.Say("加分", "points"), value: func(v voice, _ *platform, _ int, s *step) string { return v.points(s.Gain) }},
		{title: lang.Say("此后得分", "score after"), value: func(_ voice, _ *platform, _ int, s *step) string { return string(s.After.Score) }},
		{title: lang.Say("此后等次", "grade after"), value: func(v voice, _ *platform, _ int, s *step) string { return v.Prose(s.After.Grade.Title) }},
		{title: lang.Say("此后结论", "verdict after"), value: func(v voice, _ *platform, _ int, s *step) string {
			return v.Prose(term.Compliance(s.After.Compliant))
		}},
		{title: lang.Say("此后未履行法定义务", "duties unmet after"), value: func(_ voice, _ *platform, _ int, s *step) string { return strconv.Itoa(s.After.Unmet) }},
	}
	for i := range columns[:4] { // which are the platform's
		columns[i].none = func(v voice, p *platform) string { return columns[i].value(v, p, 0, nil) }
	}
	columns[10].none = func(v voice, p *platform) string {
		return v.Join(append([]string{v.reaches(p.Plan)}, each(p.Plan.Obstacles, v.Prose)...))
	}
	return columns
}

func each[A, B any](all []A, change func(A) B) (out []B) {
	for _, one := range all {
		out = append(out, change(one))
	}
	return out
}

func (d *stepTable) Platform(p *results.Platform) error {
	columns := stepColumns()
	if len(p.Plan.Steps) == 0 {
		row := make([]string, len(columns))
		for j, c := range columns {
			if c.none != nil {
				row[j] = noFormula(c.none(d.voice, p))
			}
		}
		if err := d.table.Write(row); err != nil {
			return err
		}
	}
	for i := range p.Plan.Steps {
		row := make([]string, len(columns))
		for j, c := range columns {
			row[j] = noFormula(c.value(d.voice, p, i+1, &p.Plan.Steps[i]))
		}
		if err := d.table.Write(row); err != nil {
			return err
		}
	}
	d.table.Flush()
	return d.table.Error()
}

func (d *stepTable) End(*results.Results) error {
	d.table.Flush()
	return d.table.Error()
}
