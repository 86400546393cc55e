package workbook

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

func (b *book) overviewName() string { return b.say("总览", "Overview") }

// overview is the first sheet, which is written last: a row for each platform.
type overview struct {
	// index is set where the workbook only leads to others.
	index bool
	names []lang.Text
	rows  [][]any
	// at are the paths of the platforms' own workbooks, "" for none.
	at []string
}

func (o *overview) count() int { return len(o.rows) }

// add adds the row of a platform, of which an index shows less.
func (o *overview) add(b *book, p *results.Platform, at string) {
	all, values := b.overviewColumns(), append(b.platformRow(p), at)
	row := make([]any, 0, len(all))
	for i, c := range all {
		if o.shows(c) {
			row = append(row, values[i])
		}
	}
	o.names, o.rows, o.at = append(o.names, platformName(p)), append(o.rows, row), append(o.at, at)
}

// shows reports whether a column is shown.
func (o *overview) shows(c column) bool {
	if !o.index {
		return c.id != "workbook"
	}
	return !slices.Contains([]string{"stage", "level", "sensitivity", "profile", "kept_from", "adjusted", "claims", "verified_claims", "partly", "rejected", "needs_review"}, c.id)
}

// writeOverview writes the first sheet: what was judged, by what and on which
// day, what this is not, the two cells that the assessor fills in, and the
// platforms: a row for each, or one line by line.
func (b *book) writeOverview(failures []lang.Text) error {
	name, columns := b.overviewName(), slices.DeleteFunc(b.overviewColumns(), func(c column) bool { return !b.overview.shows(c) })
	s := &overviewSheet{book: b, name: name, columns: columns, own: b.sheet(0), one: b.overview.count() == 1 && !b.overview.index}
	above := b.preamble(failures)
	header := len(above) + 2
	if s.one {
		header = 0
	}
	if err := b.page(name, 1, header, 0); err != nil {
		return err
	}
	var err error
	if s.stream, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	for _, write := range []func() error{s.widths, func() error { return s.preamble(above) }, func() error { return s.platforms(len(above) + 2) },
		func() error { return b.margins(name) }, s.stream.Flush} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// overviewSheet is the first sheet while it is written.
type overviewSheet struct {
	*book
	name    string
	columns []column
	// one is set for a single platform, which is told line by line.
	one    bool
	stream *excelize.StreamWriter // of what lies around the rows
	own    *rows
}

// The columns of labels and of values, where they are not those of a table.
const labelWidth, valueWidth = 26, 70

func (s *overviewSheet) widths() error {
	widths := []float64{labelWidth, valueWidth}
	if !s.one {
		widths = widths[:0]
		for _, c := range s.columns {
			widths = append(widths, c.width)
		}
	}
	for i, w := range widths {
		if err := s.stream.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	return nil
}

// preamble writes the rows above the platforms. A row of one cell is a sentence,
// across as many columns as it needs.
func (s *overviewSheet) preamble(above [][]any) error {
	across := "B"
	if !s.one {
		across = "F"
	}
	for i, cells := range above {
		row := strconv.Itoa(i + 1)
		var options excelize.RowOpts
		if len(cells) == 1 {
			if err := s.stream.MergeCell("A"+row, across+row); err != nil {
				return err
			}
			if options.Height = 2 * lineHeight; i == 0 {
				options.Height = 30
			}
		}
		s.own.add(i+1, cells, options)
	}
	if s.overview.index {
		return nil
	}
	return s.inputs(s.name)
}

// platforms writes them from a row on.
func (s *overviewSheet) platforms(header int) error {
	if s.one {
		s.lines(header)
		return nil
	}
	t := &table{book: s.book, own: s.own, name: s.name, columns: s.columns, row: header}
	titles := make([]any, len(s.columns))
	for i, c := range s.columns {
		titles[i] = excelize.Cell{StyleID: s.styles.header, Value: c.title.In(s.lang)}
	}
	s.own.add(header, titles, excelize.RowOpts{Height: 46})
	for i, values := range s.overview.rows {
		if err := t.add(values...); err != nil {
			return err
		}
		if err := t.link("name", (&url.URL{Path: s.overview.at[i]}).String()); err != nil {
			return err
		}
	}
	return s.finish(s.name, s.columns, header, header+max(len(s.overview.rows), 1))
}

// lines writes one platform: a line for each of its values.
func (s *overviewSheet) lines(row int) {
	values := s.overview.rows[0]
	for i, c := range s.columns {
		if values[i] == nil {
			continue
		}
		style := s.styles.value
		if c.kind == score {
			style = s.styles.points
		}
		label := excelize.Cell{StyleID: s.styles.label, Value: c.title.In(s.lang)}
		cells := []any{label, excelize.Cell{StyleID: style, Value: s.value(values[i])}}
		s.own.add(row, cells, fit([]column{{width: labelWidth}, {width: valueWidth}}, cells))
		row++
	}
}

// The rows of the two cells that the assessor fills in.
const (
	byRow = 5
	onRow = 6
)

// preamble is the part above the platforms.
func (b *book) preamble(failures []lang.Text) [][]any {
	r := b.run
	commit := b.say("工作目录", "working tree")
	if r.Revision != nil {
		commit = cmp.Or(r.Revision.Commit, commit) + r.Revision.Note().In(b.lang)
	}
	label := func(zh, en string) excelize.Cell {
		return excelize.Cell{StyleID: b.styles.label, Value: b.say(zh, en)}
	}
	value := func(v any) excelize.Cell { return excelize.Cell{StyleID: b.styles.value, Value: b.value(v)} }
	note := func(zh, en string) []any { return []any{excelize.Cell{StyleID: b.styles.note, Value: b.say(zh, en)}} }
	rows := [][]any{
		{excelize.Cell{StyleID: b.styles.title, Value: b.title()}},
		note("自评：不是等级测评，不是密评（商用密码应用安全性评估），也不是行政考核结论。",
			"Self-declared: this is not an MLPS assessment (dengji ceping), a cryptography assessment (miping) or an administrative appraisal."),
	}
	if b.overview.index {
		rows = append(rows, note("这份是目录，没有要填的：每个平台的工作簿在最后一列所写的位置，点平台名称打开，填好后用 hegui assess import 收回整个目录。",
			"This is an index with nothing to fill in: each platform has its workbook where the last column says; click its name, and let hegui assess import take the whole folder back."), []any{})
	} else {
		by, on := inputLabels()
		rows = append(rows, note("评估人员填写“条款”“检查项”两表的黄色列，可以排序、筛选、移动；填好后用 hegui assess import 收回。一律写岗位，不写人名。",
			"The assessor fills in the yellow columns of Clauses and Checks, and may sort, filter and move them; hegui assess import takes them back. Posts only, never names."),
			[]any{},
			[]any{excelize.Cell{StyleID: b.styles.label, Value: by.In(b.lang)}, excelize.Cell{StyleID: b.styles.inputs[plainText]}},
			[]any{excelize.Cell{StyleID: b.styles.label, Value: on.In(b.lang)}, excelize.Cell{StyleID: b.styles.inputs[day]}})
	}
	rows = append(rows, [][]any{
		{label("评定日期", "as of"), excelize.Cell{StyleID: b.styles.day, Value: b.value(date(r.AsOf))}},
		{label("规章", "regulation"), value(r.Rulebook.Title)},
		{label("规则库", "rulebook"), value(r.Rulebook.Digest)},
		{label("版本", "revision"), value(commit)},
		{label("读者范围", "audience"), value(r.Audience)},
		{label("程序", "tool"), value(r.Tool.Name + " " + r.Tool.Version)},
	}...)
	for _, err := range failures {
		rows = append(rows, []any{label("运行出错", "run failed"), value(err)})
	}
	return rows
}

// inputLabels stand beside the two cells that the assessor fills in.
func inputLabels() (by, on lang.Text) {
	return lang.Say("评估岗位", "assessed by (post)"), lang.Say("评估日期", "assessed on")
}

// inputs gives the two cells names by which the import finds them wherever
// they are moved.
func (b *book) inputs(sheet string) error {
	for _, input := range []struct {
		name string
		row  int
	}{{byName, byRow}, {onName, onRow}} {
		if err := b.file.SetDefinedName(&excelize.DefinedName{Name: input.name, RefersTo: fmt.Sprintf("'%s'!$B$%d", sheet, input.row)}); err != nil {
			return err
		}
	}
	return b.validate(sheet, cellName(2, onRow), column{kind: day, input: true})
}

func (b *book) overviewColumns() []column {
	numbers := func(id string, title lang.Text) column { return column{id: id, title: title, width: 10, kind: number} }
	scores := func(id string, title lang.Text) column { return column{id: id, title: title, width: 11, kind: score} }
	yes := []tint{{term.YesNo(true).In(b.lang), b.styles.good}, {term.YesNo(false).In(b.lang), b.styles.bad}}
	return []column{
		{id: "name", title: lang.Say("平台", "platform"), width: 30},
		{id: "id", title: lang.Say("标识", "id"), width: 34},
		{id: "kind", title: lang.Say("类别", "kind"), width: 18},
		{id: "stage", title: lang.Say("阶段", "stage"), width: 12},
		numbers("level", lang.Say("等保级别", "MLPS level")),
		{id: "sensitivity", title: lang.Say("敏感程度", "sensitivity"), width: 12},
		{id: "compliant", title: lang.Say("合规", "compliant"), width: 11, tints: yes},
		{id: "profile", title: lang.Say("评定口径", "profile"), width: 11},
		{id: "grade", title: lang.Say("等次", "grade"), width: 12},
		{id: "kept_from", title: lang.Say("更高等次的条件", "better grades"), width: 30},
		numbers("blockers", lang.Say("未整改的一票否决", "open blockers")),
		numbers("statutory_unmet", lang.Say("法定义务未履行", "statutory duties not met")),
		{id: "risks", title: lang.Say("可能的重大风险隐患", "possible major risks"), width: 16},
		scores("raw", lang.Say("得分", "score")), scores("adjusted", lang.Say("不计豁免项", "without waived items")), scores("verified", lang.Say("经核实得分", "verified score")),
		numbers("claims", lang.Say("声明项数", "claims")), numbers("verified_claims", lang.Say("已核实", "verified")), numbers("partly", lang.Say("部分符合", "partly met")),
		numbers("rejected", lang.Say("被否定", "rejected")), numbers("needs_review", lang.Say("待复核", "needs review")),
		numbers("blocker", finding.Blocker.Text()), numbers("major", finding.Major.Text()), numbers("minor", finding.Minor.Text()), numbers("advisory", finding.Advisory.Text()),
		{id: "workbook", title: lang.Say("工作簿", "workbook"), width: 40},
	}
}

// keptFrom says what keeps a platform from better grades.
func keptFrom(p *results.Platform) any {
	var out lang.Text
	for i, lost := range p.GradeConditions {
		if out = lang.Say("%s\n%s", "%s\n%s", out, lost.Lost()); i == 0 {
			out = lost.Lost()
		}
	}
	if out.IsZero() {
		return nil
	}
	return out
}

// risks are the major risks that there may be, by number, or how many for those who
// may not know which.
func (b *book) risks(r *results.Risks) any {
	switch names := r.Numbers(); {
	case !names.IsZero():
		return names
	case r.Count() > 0:
		return strconv.Itoa(r.Count())
	}
	return nil
}

func (b *book) platformRow(p *results.Platform) []any {
	counts := map[finding.Severity]int{}
	for _, f := range p.Findings {
		if !f.Waived {
			counts[f.Severity]++
		}
	}
	titled := func(title lang.Text, value string) any {
		if title.IsZero() {
			return value
		}
		return title
	}
	row := []any{platformName(p), p.ID, titled(p.KindTitle, p.Kind), titled(p.StageTitle, p.Stage), p.MLPSLevel, p.Sensitivity, term.YesNo(p.Compliant),
		p.Profile.Text(), p.Grade.Title, keptFrom(p), p.Grade.Open, p.Unmet(), b.risks(p.Risks), p.Score.Raw, p.Score.Adjusted, p.Score.Verified}
	if v := p.Verification; v != nil {
		row = append(row, v.Claims, v.Verified, v.Partly, v.Rejected, v.NeedsReview)
	} else {
		row = append(row, nil, nil, nil, nil, nil)
	}
	if b.run.Audience == string(results.Public) && p.Sensitivity != string(results.Public) {
		return append(row, nil, nil, nil, nil) // what was left out is not 0
	}
	return append(row, counts[finding.Blocker], counts[finding.Major], counts[finding.Minor], counts[finding.Advisory])
}
