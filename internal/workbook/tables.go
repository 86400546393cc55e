package workbook

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// The ids of the tables that the assessor fills in.
const (
	clausesTable = "clauses"
	checksTable  = "checks"
)

func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row) // both are ours and in range
	return name
}

// own are the assessor's columns, the same for clauses and checks, with a hidden one
// between each two: it moves with what is filled in, so that a sort of only some of
// them shows.
func (b *book) own() []column {
	var all []column
	for i, c := range b.fillable() {
		if i > 0 {
			all = append(all, column{id: keyPrefix + strconv.Itoa(i), key: true})
		}
		all = append(all, c)
	}
	return all
}

// keyPrefix begins the ids of the hidden columns between those to fill in.
const keyPrefix = "key"

// fillable are the columns to fill in. Their ids are the keys of the verdicts file.
func (b *book) fillable() []column {
	return []column{
		{id: "verdict", title: lang.Say("评估结论", "assessor's verdict"), width: 13, input: true, words: term.AssessorVerdicts(), tints: b.verdictTints()},
		{id: "method", title: lang.Say("核查方式", "method"), width: 12, input: true, words: term.Methods(), several: true},
		{id: "population", title: lang.Say("总体数", "population"), width: 9, kind: number, input: true},
		{id: "sample", title: lang.Say("抽样数", "sample"), width: 9, kind: number, input: true},
		{id: "note", title: lang.Say("结果记录", "record of results"), width: 42, kind: longText, input: true},
		{id: "evidence_number", title: lang.Say("证据编号", "evidence number"), width: 16, input: true},
		{id: "risk", title: lang.Say("风险", "risk"), width: 9, input: true, words: term.Risks(), tints: b.riskTints()},
		{id: "responsible_post", title: lang.Say("责任岗位（不写人名）", "responsible post (no names)"), width: 20, input: true},
		{id: "deadline", title: lang.Say("整改期限", "deadline"), width: 12, kind: day, input: true},
		{id: "recheck", title: lang.Say("复查情况", "re-check"), width: 28, kind: longText, input: true},
		{id: "statement", title: lang.Say("被评估单位意见", "statement of the assessed unit"), width: 28, kind: longText, input: true},
	}
}

// recorded are the values of the assessor's columns.
func (b *book) recorded(verdict string, r examine.Record) []any {
	var all []any
	for i, value := range []any{term.AssessorVerdicts().Text(verdict).In(b.lang), b.methods(r.Methods), r.Population, r.Sample, r.Note, r.EvidenceNumber,
		term.Risks().Text(r.Risk).In(b.lang), r.ResponsiblePost, date(r.Deadline), r.Recheck, r.Statement} {
		if i > 0 {
			all = append(all, nil) // the hidden column
		}
		all = append(all, value)
	}
	return all
}

// methods are several methods in one cell.
func (b *book) methods(ids []string) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = term.Methods().Text(id).In(b.lang)
	}
	return strings.Join(words, b.say("、", "; "))
}

func (b *book) verdictTints() []tint {
	word := func(id string) string { return term.AssessorVerdicts().Text(id).In(b.lang) }
	return []tint{{word("met"), b.styles.good}, {word("partly_met"), b.styles.doubt}, {word("not_met"), b.styles.bad}, {word("not_applicable"), b.styles.quiet}}
}

func (b *book) riskTints() []tint {
	return []tint{{term.Risks().Text("high").In(b.lang), b.styles.bad}, {term.Risks().Text("medium").In(b.lang), b.styles.doubt}}
}

func (b *book) outcomeTints() []tint {
	word := func(id string) string { return term.Outcomes().Text(id).In(b.lang) }
	return []tint{{word("pass"), b.styles.good}, {word("waived"), b.styles.doubt}, {word("rectified"), b.styles.doubt}, {word("fail"), b.styles.bad}, {word("not_applicable"), b.styles.quiet}}
}

func (b *book) stateTints() []tint {
	word := func(id string) string { return term.ClaimStates().Text(id).In(b.lang) }
	return []tint{{word("verified"), b.styles.good}, {word("partly"), b.styles.doubt}, {word("needs_review"), b.styles.doubt}, {word("rejected"), b.styles.bad}}
}

func (b *book) severityTints() []tint {
	return []tint{{finding.Blocker.Text().In(b.lang), b.styles.bad}, {finding.Major.Text().In(b.lang), b.styles.doubt}}
}

func platformName(p *results.Platform) lang.Text {
	if p.Name.IsZero() {
		return lang.Same(p.ID)
	}
	return p.Name
}

// clauses is the sheet of the regulation's clauses in their order.
func (b *book) clauses() *table {
	t := &table{book: b, id: clausesTable, title: lang.Say("条款", "Clauses"), frozen: 4, wide: 2, columns: append([]column{
		{id: "id"},
		{id: "number", title: lang.Say("编号", "number"), width: 11},
		{id: "platform", title: lang.Say("平台", "platform"), width: 14},
		{id: "clause", title: lang.Say("条款", "clause"), width: 8},
		{id: "title", title: lang.Say("内容", "content"), width: 34},
		{id: "points", title: lang.Say("分值", "points"), width: 8, kind: score},
		{id: "score", title: lang.Say("得分率 %", "score %"), width: 9, kind: score},
		{id: "declared", title: lang.Say("自评结论", "self-declared verdict"), width: 13, tints: b.verdictTints()},
		{id: "waived", title: lang.Say("含豁免", "with waivers"), width: 8},
		{id: "reason", title: lang.Say("不适用或不计分的原因", "why it does not count"), width: 24, kind: longText},
		{id: "examined", title: lang.Say("上次核查", "examined last"), width: 18},
	}, b.own()...)}
	t.rows = func(p *results.Platform) error {
		given := map[string]*examine.ClauseVerdict{}
		for j := range p.ClauseVerdicts {
			given[p.ClauseVerdicts[j].Clause] = &p.ClauseVerdicts[j]
		}
		for _, c := range p.Clauses {
			verdict, record := "", examine.Record{}
			if v := given[c.ID]; v != nil {
				verdict, record = string(v.Verdict), v.Record
			}
			row := []any{platformName(p), c.ID, c.Title, c.Points, c.Score, term.ClauseVerdicts().Text(c.Verdict).In(b.lang), term.YesNo(c.Waived), c.Reason, b.examined(record)}
			if err := t.addOf(b.subject(Subject{Code: p.Code, Path: p.Path, Clause: c.ID}), append(row, b.recorded(verdict, record)...)...); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// checkTitle is the title of the column that tells checks from clauses.
func checkTitle() lang.Text { return lang.Say("检查项", "check") }

// subject is what a row is about, nil where the import could not know it again: the
// workbook's readers may not see it, or no cell would hold its name.
func (b *book) subject(s Subject) *Subject {
	if b.run.Audience == string(results.Public) || !s.fits() {
		return nil
	}
	return &s
}

// examined says who has given the verdict that the row shows, and when.
func (b *book) examined(r examine.Record) string {
	if r.AssessedOn == "" {
		return ""
	}
	return b.say("%s，%s", "%s, %s", r.AssessedOn, r.AssessedBy)
}

// checks is the sheet that the assessor works through: one row for each item of
// each check.
func (b *book) checks() *table {
	t := &table{book: b, id: checksTable, title: lang.Say("检查项", "Checks"), frozen: 4, wide: 3, columns: append([]column{
		{id: "id"},
		{id: "number", title: lang.Say("编号", "number"), width: 11},
		{id: "platform", title: lang.Say("平台", "platform"), width: 14},
		{id: "clause", title: lang.Say("条款", "clause"), width: 8},
		{id: "check", title: checkTitle(), width: 22},
		{id: "title", title: lang.Say("要求", "demand"), width: 28},
		{id: "item", title: lang.Say("对象", "item"), width: 16},
		{id: "severity", title: lang.Say("严重程度", "severity"), width: 9, tints: b.severityTints()},
		{id: "outcome", title: lang.Say("自评结果", "self-declared outcome"), width: 9, tints: b.outcomeTints()},
		{id: "state", title: lang.Say("核查状态", "state of the claim"), width: 9, tints: b.stateTints()},
		{id: "declared", title: lang.Say("声明的值", "declared values"), width: 38, kind: longText},
		{id: "place", title: lang.Say("出处", "place"), width: 22, kind: longText},
		{id: "evidence", title: lang.Say("证据", "evidence"), width: 28, kind: longText},
		{id: "basis", title: lang.Say("依据", "basis"), width: 20},
		{id: "examined", title: lang.Say("上次核查", "examined last"), width: 18},
		{id: "earlier", title: lang.Say("为何不通过、不适用；失效的结论", "why it fails or does not apply; lapsed verdict"), width: 30, kind: longText},
	}, b.own()...)}
	t.rows = func(p *results.Platform) error { return b.checksOf(t, p) }
	return t
}

func (b *book) checksOf(t *table, p *results.Platform) error {
	c := &claims{book: b, platform: p, evidence: map[string]*audit.Evidence{}, against: p.Against()}
	for i := range p.Evidence {
		c.evidence[p.Evidence[i].Name()] = &p.Evidence[i]
	}
	given := map[[2]string]*examine.Verdict{}
	for i := range p.Verdicts {
		given[[2]string{p.Verdicts[i].Check, p.Verdicts[i].Item}] = &p.Verdicts[i]
	}
	for i := range p.Checks {
		check := &p.Checks[i]
		items := check.Items
		if len(items) == 0 {
			// Nobody is asked: the profile or the city leaves it out, or it is not in
			// force. There is nothing to examine, and only what was said before to take back.
			if check.Outcome == finding.NotApplicable && given[[2]string{check.ID, ""}] == nil {
				continue
			}
			items = []results.Item{{Outcome: check.Outcome}}
		}
		for j := range items {
			if err := c.row(t, check, &items[j], given[[2]string{check.ID, items[j].Item}]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *book) findings() *table {
	t := &table{book: b, id: "findings", title: lang.Say("问题", "Findings"), frozen: 2, wide: 2, columns: []column{
		{id: "platform", title: lang.Say("平台", "platform"), width: 22},
		{id: "severity", title: lang.Say("严重程度", "severity"), width: 11, tints: b.severityTints()},
		{id: "check", title: lang.Say("检查项", "check"), width: 26},
		{id: "clauses", title: lang.Say("条款", "clauses"), width: 12},
		{id: "item", title: lang.Say("对象", "item"), width: 18},
		{id: "message", title: lang.Say("问题", "finding"), width: 46, kind: longText},
		{id: "because", title: lang.Say("原因", "because"), width: 40, kind: longText},
		{id: "remedy", title: lang.Say("整改", "fix"), width: 40, kind: longText},
		{id: "source", title: lang.Say("依据", "basis"), width: 26},
		{id: "waived", title: lang.Say("已豁免", "waived"), width: 8},
		{id: "file", title: lang.Say("文件", "file"), width: 34},
		{id: "line", title: lang.Say("行", "line"), width: 7, kind: number},
		{id: "column", title: lang.Say("列", "column"), width: 7, kind: number},
		{id: "fingerprint", title: lang.Say("指纹", "fingerprint"), width: 34},
	}}
	t.rows = func(p *results.Platform) error {
		for _, f := range p.Findings {
			if err := t.add(platformName(p), f.Severity.Text(), f.Check, strings.Join(f.Clauses, ", "), f.Item, f.Said(), f.Why(), f.Remedy, f.Source,
				term.YesNo(f.Waived), f.Location.Path, f.Location.Line, f.Location.Column, f.Fingerprint); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

func (b *book) evidence() *table {
	t := &table{book: b, id: "evidence", title: lang.Say("证据", "Evidence"), frozen: 1, columns: []column{
		{id: "platform", title: lang.Say("平台", "platform"), width: 22},
		{id: "evidence", title: lang.Say("证据", "evidence"), width: 50},
		{id: "held_by", title: lang.Say("保管岗位", "held by"), width: 20},
		{id: "sha256", title: lang.Say("SHA-256 值", "SHA-256"), width: 40},
		{id: "stated", title: lang.Say("摘要来自", "digest is"), width: 11},
		{id: "resolved", title: lang.Say("库内可查", "in the repository"), width: 11},
		{id: "file", title: lang.Say("引用处", "cited in"), width: 34},
		{id: "line", title: lang.Say("行", "line"), width: 7, kind: number},
	}}
	t.rows = func(p *results.Platform) error {
		for i := range p.Evidence {
			e := &p.Evidence[i]
			err := t.add(platformName(p), e.Name(), e.HeldBy, e.Digest(), origin(e), term.YesNo(e.Resolved), e.Location.Path, e.Location.Line)
			if err = cmp.Or(err, t.link("evidence", b.leadsTo(e)), t.link("file", b.run.Link(e.Location.Path, e.Location.Line))); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}

// origin says who vouches for a digest: the description, or only the bytes that were
// read; nothing for none.
func origin(e *audit.Evidence) lang.Text {
	switch {
	case e.SHA256 != "":
		return lang.Say("声明", "stated")
	case e.Computed != "":
		return lang.Say("算得", "computed")
	}
	return lang.Text{}
}

func (b *book) waivers() *table {
	word := func(id string) string { return term.WaiverStates().Text(id).In(b.lang) }
	t := &table{book: b, id: "waivers", title: lang.Say("豁免", "Waivers"), frozen: 2, columns: []column{
		{id: "platform", title: lang.Say("平台", "platform"), width: 22},
		{id: "check", title: lang.Say("检查项", "check"), width: 26},
		{id: "item", title: lang.Say("对象", "item"), width: 18},
		{id: "reason", title: lang.Say("理由", "reason"), width: 46, kind: longText},
		{id: "requested_by", title: lang.Say("申请岗位", "requested by"), width: 20},
		{id: "approved_by", title: lang.Say("批准岗位", "approved by"), width: 20},
		{id: "approved_on", title: lang.Say("批准日期", "approved on"), width: 12, kind: day},
		{id: "expires", title: lang.Say("到期日", "expires"), width: 12, kind: day},
		{id: "state", title: lang.Say("状态", "state"), width: 12, tints: []tint{{word("active"), b.styles.good}, {word("expired"), b.styles.bad}, {word("refused"), b.styles.bad}}},
		{id: "file", title: lang.Say("文件", "file"), width: 34},
		{id: "line", title: lang.Say("行", "line"), width: 7, kind: number},
	}}
	t.rows = func(p *results.Platform) error {
		for _, w := range p.Waivers {
			if err := t.add(platformName(p), w.Check, w.Item, w.Reason, w.RequestedBy, w.ApprovedBy, date(w.ApprovedOn), date(w.Expires),
				word(string(w.State)), w.Location.Path, w.Location.Line); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}
