package workbook

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

func (b *book) overviewName() string { return b.say("总览", "Overview") }

// writeOverview writes the first sheet: what was judged, by what and on which
// day, what this is not, the two cells that the assessor fills in, and a row for
// each platform.
func (b *book) writeOverview(failures []lang.Text) error {
	name := b.overviewName()
	above := b.preamble(failures)
	header := len(above) + 2
	if err := b.page(name, 1, header, 0); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	t := &table{book: b, columns: b.overviewColumns()}
	titles := make([]any, len(t.columns))
	for i, c := range t.columns {
		if err := stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		titles[i] = excelize.Cell{StyleID: b.styles.header, Value: c.title.In(b.lang)}
	}
	for i, cells := range above {
		if err := stream.SetRow(cellName(1, i+1), cells); err != nil {
			return err
		}
	}
	if err := stream.SetRow(cellName(1, header), titles, excelize.RowOpts{Height: 32}); err != nil {
		return err
	}
	for i, cells := range b.overview {
		for j, value := range cells {
			cells[j] = t.cell(t.columns[j], value)
		}
		if err := stream.SetRow(cellName(1, header+1+i), cells, fit(t.columns, cells)); err != nil {
			return err
		}
	}
	if err := b.finish(name, t.columns, header, header+max(len(b.overview), 1)); err != nil {
		return err
	}
	if err := b.inputs(name); err != nil {
		return err
	}
	return stream.Flush()
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
		note("评估人员填写“条款”“检查项”两表的黄色列，可以排序、筛选、移动；填好后用 hegui assess import 收回。一律写岗位，不写人名。",
			"The assessor fills in the yellow columns of Clauses and Checks, and may sort, filter and move them; hegui assess import takes them back. Posts only, never names."),
		{},
		{label("评估岗位", "assessed by (post)"), excelize.Cell{StyleID: b.styles.inputs[plainText]}},
		{label("评估日期", "assessed on"), excelize.Cell{StyleID: b.styles.inputs[day]}},
		{label("评定日期", "as of"), excelize.Cell{StyleID: b.styles.day, Value: b.value(date(r.AsOf))}},
		{label("规章", "regulation"), value(r.Rulebook.Title)},
		{label("规则库", "rulebook"), value(r.Rulebook.Digest)},
		{label("版本", "revision"), value(commit)},
		{label("读者范围", "audience"), value(r.Audience)},
		{label("程序", "tool"), value(r.Tool.Name + " " + r.Tool.Version)},
	}
	for _, err := range failures {
		rows = append(rows, []any{label("运行出错", "run failed"), value(err)})
	}
	return rows
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
		numbers("blockers", lang.Say("未整改的一票否决", "open blockers")),
		numbers("statutory_unmet", lang.Say("法定义务未履行", "statutory duties not met")),
		scores("raw", lang.Say("得分", "score")), scores("adjusted", lang.Say("不计豁免项", "without waived items")), scores("verified", lang.Say("经核实得分", "verified score")),
		numbers("claims", lang.Say("声明项数", "claims")), numbers("verified_claims", lang.Say("已核实", "verified")), numbers("partly", lang.Say("部分符合", "partly met")),
		numbers("rejected", lang.Say("被否定", "rejected")), numbers("needs_review", lang.Say("待复核", "needs review")),
		numbers("blocker", finding.Blocker.Text()), numbers("major", finding.Major.Text()), numbers("minor", finding.Minor.Text()), numbers("advisory", finding.Advisory.Text()),
	}
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
		p.Profile.Text(), p.Grade.Title, p.Grade.Open, p.Unmet(), p.Score.Raw, p.Score.Adjusted, p.Score.Verified}
	if v := p.Verification; v != nil {
		row = append(row, v.Claims, v.Verified, v.Partly, v.Rejected, v.NeedsReview)
	} else {
		row = append(row, nil, nil, nil, nil, nil)
	}
	if b.run.Audience == string(results.Public) && p.Sensitivity != string(results.Public) {
		return row // what was left out is not 0
	}
	return append(row, counts[finding.Blocker], counts[finding.Major], counts[finding.Minor], counts[finding.Advisory])
}
