package report

import (
	"slices"
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
	"hegui/internal/typeset"
)

// gate is the report of `hegui gate`: the verdict, why, and what the change
// makes of each platform.
func (d *comment) gate(r *results.Results) {
	g := r.Gate
	switch {
	case !g.Passed || len(r.Errors) > 0:
		d.heading(false, d.Say("hegui：改动被拦下", "hegui: the change is blocked"))
	case g.Untouched():
		d.heading(true, d.Say("hegui：没有改动，平台和规则库都没有变", "hegui: no change, neither platforms nor rulebook differ"))
	default:
		d.heading(true, d.Say("hegui：改动可以合并", "hegui: the change may be merged"))
	}
	d.failures(r)
	var blocks []string
	for _, reason := range d.reasons(g) {
		blocks = append(blocks, "- ⛔ "+said(reason)+"\n")
	}
	d.section("\n", blocks, "")
	var steps []string
	for _, step := range d.next(g) {
		steps = append(steps, "- "+said(step)+"\n")
	}
	d.section("\n**"+d.Say("接下来做什么", "What to do next")+"**\n\n", steps, "")
	d.scores(g)
	d.totalsOf(g)
	d.scope(g)
	d.findings("\n### "+d.Say("新问题", "New findings")+"\n", introduced(g), "")
	d.worse(g)
	d.waivers(g)
	d.impact(g.Impact)
	d.gone(d.Say("消除的问题", "Fixed findings"), g, false)
	d.gone(d.Say("撤下的问题（对象不见了或不再受检，不算消除）", "Withdrawn findings (nothing is left that they could be found in)"), g, true)
	d.chaptersOf(g)
}

// gone lists the findings that the change fixes, or withdraws, folded.
func (d *comment) gone(title string, g *results.Gate, withdrawn bool) {
	var listed []results.Listed
	for i := range g.Gone {
		if f := &g.Gone[i]; f.Withdrawn == withdrawn {
			listed = append(listed, results.Listed{Finding: &f.Finding})
		}
	}
	open, end := folded(title)
	d.findings(open, listed, end)
}

// worse lists the known findings that have grown.
func (d *comment) worse(g *results.Gate) {
	var rows []string
	for i := range g.Worse {
		f := &g.Worse[i]
		text := f.Severity.Text().In(d.Language)
		if f.Blocking {
			text = "**" + text + "** ⛔"
		}
		rows = append(rows, typeset.Cells(text, said(typeset.Inert(f.Platform)), said(typeset.Inert(f.Check)), said(d.Prose(f.Message)), said(d.Prose(f.Change))))
	}
	d.section("\n### "+d.Say("变重的问题", "Findings that got worse")+"\n"+table(5, d.Say("严重程度", "severity"), d.Say("平台", "platform"), d.Say("检查项", "check"),
		d.Say("说明", "message"), d.Say("变化", "change")), rows, "")
}

// totalsOf are the counts of findings before and after.
func (d *comment) totalsOf(g *results.Gate) {
	head := []string{d.Say("问题", "findings")}
	for _, s := range finding.Severities() {
		head = append(head, s.Text().In(d.Language))
	}
	d.add(table(1, head...))
	type row struct {
		title  string
		counts results.Counts
	}
	rows := []row{{d.Say("新增", "new"), g.New}, {d.Say("消除", "fixed"), g.Fixed}, {d.Say("未变", "unchanged"), g.Unchanged}}
	if g.Withdrawn.Total() > 0 {
		rows = slices.Insert(rows, 2, row{d.Say("撤下", "withdrawn"), g.Withdrawn})
	}
	for _, row := range rows {
		d.add(typeset.Cells(append([]string{row.title}, counted(row.counts)...)...))
	}
}

// scores is a row per platform that the change touches.
func (d *comment) scores(g *results.Gate) {
	var rows []string
	for i := range g.Platforms {
		p := &g.Platforms[i]
		rows = append(rows, typeset.Cells(said(d.named(p.Name, p.ID)), said(d.change(p)), d.arrow(d.Prose(p.GradeBefore), d.Prose(p.GradeAfter)),
			d.arrow(d.complianceOf(p.CompliantBefore), d.complianceOf(p.CompliantAfter)),
			d.arrow(number(p.ScoreBefore), number(p.ScoreAfter)), count(p.New), count(p.Fixed)))
	}
	d.section("\n### "+d.Say("平台", "Platforms")+"\n"+table(4, d.Say("平台", "platform"), d.Say("变化", "change"), d.Say("等次", "grade"),
		d.Say("结论", "verdict"), d.Say("得分", "score"), d.Say("新增", "new"), d.Say("消除", "fixed")), rows, "")
}

func (d *comment) named(name lang.Text, id string) string {
	if name.IsZero() {
		return typeset.Inert(id)
	}
	return d.Prose(name) + " · " + typeset.Inert(id)
}

func (d *comment) complianceOf(is *bool) string {
	if is == nil {
		return ""
	}
	return d.compliance(*is)
}

// arrow is a value before and after, or once where both are the same.
func (d *comment) arrow(before, after string) string {
	if before == after {
		return said(after)
	}
	return said(before) + " → " + said(after)
}

// scope lists what is no longer judged.
func (d *comment) scope(g *results.Gate) {
	var rows []string
	for _, c := range g.ScopeChanges {
		text := d.Prose(term.ScopeEffects().Text(effect(c)))
		if effect(c) == "block" {
			text = "**" + text + "** ⛔"
		}
		rows = append(rows, typeset.Cells(text, said(typeset.Inert(c.Platform)), said(typeset.Inert(c.Subject)), said(d.Prose(c.Message)), said(d.Prose(c.Remedy))))
	}
	d.section("\n### "+d.Say("范围变化", "Scope changes")+"\n"+table(5, d.Say("效果", "effect"), d.Say("平台", "platform"), d.Say("对象", "subject"),
		d.Say("变化", "change"), d.Say("整改", "fix")), rows, "")
}

// waivers are those that wait for their merge, and those that have no effect.
func (d *comment) waivers(g *results.Gate) {
	pending, idle := byMerge(g.Waivers)
	d.waiverTable(d.Say("新增豁免和放行（合并之前不起作用）", "Waivers and releases added (no effect until merged)"), pending)
	d.waiverTable(d.Say("主干里不起作用的豁免和放行", "Waivers and releases in base that have no effect"), idle)
}

func (d *comment) waiverTable(title string, all []results.GateWaiver) {
	var rows []string
	for _, w := range all {
		reason := typeset.Inert(w.Reason)
		if !w.Message.IsZero() {
			reason += d.Say("；不起作用：%s。整改：%s", "; no effect: %s. Fix: %s", d.Prose(w.Message), d.Prose(w.Remedy))
		}
		rows = append(rows, typeset.Cells(said(place(w.Location)), said(typeset.Inert(w.Platform)), said(typeset.Inert(w.Check)), said(typeset.Inert(w.Item)), said(reason),
			said(typeset.Inert(w.ApprovedBy)), said(typeset.Inert(w.Expires))))
	}
	d.section("\n### "+title+"\n"+table(7, d.Say("位置", "place"), d.Say("平台", "platform"), d.Say("检查项", "check"), d.Say("对象", "item"), d.Say("理由", "reason"),
		d.Say("批准岗位", "approved by"), d.Say("到期", "expires")), rows, "")
}

// impact is what a changed rulebook would do once merged.
func (d *comment) impact(i *results.Impact) {
	if i == nil {
		return
	}
	var files, defects []string
	for _, file := range i.Files {
		files = append(files, "- "+d.Say("文件 ", "file ")+said(typeset.Inert(file))+"\n")
	}
	d.section("\n### "+d.Say("规则库的改动（合并之前不起作用）", "Changed rulebook (no effect until merged)")+"\n\n", files, "")
	var articles []string
	for _, line := range d.amended(i) {
		articles = append(articles, "- "+said(line)+"\n")
	}
	d.section("\n"+d.Say("条文的变化和据此的检查项：", "Articles that change, and what rests on them:")+"\n\n", articles, "")
	var stricter []string
	for _, line := range d.stricter(i) {
		stricter = append(stricter, "- "+said(line)+"\n")
	}
	d.section("\n"+d.Say("收紧的要求：", "What is asked for in addition:")+"\n\n", stricter, "")
	for _, defect := range i.Defects {
		at := finding.Location{Path: defect.Path, Line: defect.Line, Column: defect.Column}
		defects = append(defects, "- ❌ "+said(place(at))+" "+said(d.Prose(defect.Message))+"\n")
	}
	d.section("\n"+d.Say("改动后的规则库有缺陷：", "The changed rulebook is defective:")+"\n\n", defects, "")
	d.affected("", i.Platforms)
	if len(i.Defects) == 0 {
		d.add("\n" + d.Say("合并后不受影响的平台：%d 个。", "Platforms that a merge would not affect: %d.", i.Unaffected) + "\n")
	}
	for _, later := range i.Later {
		d.affected("\n"+d.Say("%s 起（已预告的要求施行）会变的平台，不变的 %d 个：", "Platforms that fare differently from %s on, when what is announced comes into force; others: %d.", later.On, later.Unaffected)+"\n", later.Platforms)
	}
}

// affected is the table of platforms that another rulebook makes something else of.
func (d *comment) affected(open string, all []results.ImpactPlatform) {
	var rows []string
	for i := range all {
		p := &all[i]
		rows = append(rows, typeset.Cells(said(d.named(p.Name, p.ID)), d.arrow(d.Prose(p.GradeBefore), d.Prose(p.GradeAfter)),
			d.arrow(d.compliance(p.CompliantBefore), d.compliance(p.CompliantAfter)), d.turning(p.Turns), d.arrow(number(p.ScoreBefore), number(p.ScoreAfter)),
			d.arrow(strconv.Itoa(p.FindingsBefore), strconv.Itoa(p.FindingsAfter))))
	}
	d.section(open+table(4, d.Say("平台", "platform"), d.Say("等次", "grade"), d.Say("结论", "verdict"), d.Say("翻转的检查项", "checks that turn"),
		d.Say("得分", "score"), d.Say("问题", "findings")), rows, "")
}

// turning are the first of the checks that turn, in one cell.
func (v voice) turning(turns []results.ImpactTurn) string {
	var lines []string
	for _, t := range turns[:min(len(turns), maxTurns)] {
		sign := "✅"
		if t.To == finding.Fail {
			sign = "❌ " + said(v.Prose(t.Severity.Text()))
		}
		lines = append(lines, sign+" "+said(v.Prose(t.Title))+" ("+said(typeset.Inert(t.Check))+")"+v.times(t.Items))
	}
	if more := len(turns) - maxTurns; more > 0 {
		lines = append(lines, v.Say("另有 %d 个", "and %d more", more))
	}
	return strings.Join(lines, "<br/>")
}

// chaptersOf are the chapters' scores, folded: who asks for them unfolds them.
func (d *comment) chaptersOf(g *results.Gate) {
	var rows []string
	for i := range g.Platforms {
		p := &g.Platforms[i]
		for _, c := range p.Chapters {
			rows = append(rows, typeset.Cells(said(typeset.Inert(p.ID)), said(strings.TrimSpace(typeset.Inert(c.ID)+" "+d.Prose(c.Title))), d.arrow(number(c.Before), number(c.After))))
		}
	}
	open, end := folded(d.Say("各章得分", "Scores by chapter"))
	d.section(open+table(2, d.Say("平台", "platform"), d.Say("章", "chapter"), d.Say("得分", "score")), rows, end)
}
