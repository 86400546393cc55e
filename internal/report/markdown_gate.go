package report

import (
	"strconv"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// gate is the report of `hegui gate`: the verdict, why, and what the change
// makes of each platform.
func (d *comment) gate(r *results.Results) {
	g := r.Gate
	if g.Passed && len(r.Errors) == 0 {
		d.heading(true, d.say("hegui：改动可以合并", "hegui: the change may be merged"))
	} else {
		d.heading(false, d.say("hegui：改动被拦下", "hegui: the change is blocked"))
	}
	d.failures(r)
	var blocks []string
	for _, reason := range g.Blocks {
		blocks = append(blocks, "- ⛔ "+said(d.prose(reason))+"\n")
	}
	d.section("\n", blocks, "")
	d.totalsOf(g)
	d.scores(g)
	d.scope(g)
	d.findings("\n### "+d.say("新发现", "New findings")+"\n", r.Listed(), "")
	d.waivers(g)
	d.impact(g.Impact)
	d.fixed(r)
	d.chaptersOf(g)
}

// fixed are the findings that the change mends, folded.
func (d *comment) fixed(r *results.Results) {
	var listed []results.Listed
	for i := range r.Gate.Gone {
		listed = append(listed, results.Listed{Finding: &r.Gate.Gone[i].Finding})
	}
	open, end := folded(d.say("消除的发现", "Fixed findings"))
	d.findings(open, listed, end)
}

// totalsOf are the counts of findings before and after.
func (d *comment) totalsOf(g *results.Gate) {
	head := []string{d.say("发现", "findings")}
	for _, s := range finding.Severities() {
		head = append(head, s.Text().In(d.lang))
	}
	d.add(table(1, head...))
	for _, row := range []struct {
		title  string
		counts results.Counts
	}{
		{d.say("新增", "new"), g.New}, {d.say("消除", "fixed"), g.Fixed}, {d.say("未变", "unchanged"), g.Unchanged},
	} {
		d.add(cells(append([]string{row.title}, counted(row.counts)...)...))
	}
}

// scores is a row per platform that the change touches.
func (d *comment) scores(g *results.Gate) {
	var rows []string
	for i := range g.Platforms {
		p := &g.Platforms[i]
		rows = append(rows, cells(said(d.named(p.Name, p.ID)), said(d.change(p)), d.arrow(d.prose(p.GradeBefore), d.prose(p.GradeAfter)),
			d.arrow(d.complianceOf(p.CompliantBefore), d.complianceOf(p.CompliantAfter)),
			d.arrow(number(p.ScoreBefore), number(p.ScoreAfter)), count(p.New), count(p.Fixed)))
	}
	d.section("\n### "+d.say("平台", "Platforms")+"\n"+table(4, d.say("平台", "platform"), d.say("变化", "change"), d.say("等次", "grade"),
		d.say("判定", "verdict"), d.say("得分", "score"), d.say("新增", "new"), d.say("消除", "fixed")), rows, "")
}

func (d *comment) named(name lang.Text, id string) string {
	if name.IsZero() {
		return inert(id)
	}
	return d.prose(name) + " · " + inert(id)
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

// scope is what is no longer judged.
func (d *comment) scope(g *results.Gate) {
	var rows []string
	for _, c := range g.ScopeChanges {
		effect := d.say("提醒", "shown")
		switch {
		case c.Released:
			effect = d.say("已放行", "released")
		case c.Blocking:
			effect = "**" + d.say("拦截", "blocks") + "** ⛔"
		}
		rows = append(rows, cells(effect, said(inert(c.Platform)), said(inert(c.Subject)), said(d.prose(c.Message)), said(d.prose(c.Remedy))))
	}
	d.section("\n### "+d.say("范围变化", "Scope changes")+"\n"+table(5, d.say("效果", "effect"), d.say("平台", "platform"), d.say("对象", "subject"),
		d.say("变化", "change"), d.say("处理", "remedy")), rows, "")
}

// waivers are those that wait for their merge.
func (d *comment) waivers(g *results.Gate) {
	var rows []string
	for _, w := range g.Waivers {
		rows = append(rows, cells(said(inert(w.Platform)), said(inert(w.Check)), said(inert(w.Item)), said(inert(w.Reason)),
			said(inert(w.ApprovedBy)), said(inert(w.Expires))))
	}
	d.section("\n### "+d.say("新增豁免（合并之前不起作用）", "Waivers added (no effect until merged)")+"\n"+
		table(6, d.say("平台", "platform"), d.say("检查项", "check"), d.say("对象", "item"), d.say("理由", "reason"),
			d.say("批准岗位", "approved by"), d.say("到期", "expires")), rows, "")
}

// impact is what a changed rulebook would do once merged.
func (d *comment) impact(i *results.Impact) {
	if i == nil {
		return
	}
	var files, defects, rows []string
	for _, file := range i.Files {
		files = append(files, "- "+d.say("文件 ", "file ")+said(inert(file))+"\n")
	}
	d.section("\n### "+d.say("规则库的改动（合并之前不起作用）", "Changed rulebook (no effect until merged)")+"\n\n", files, "")
	for _, defect := range i.Defects {
		at := finding.Location{Path: defect.Path, Line: defect.Line, Column: defect.Column}
		defects = append(defects, "- ❌ "+said(place(at))+" "+said(d.prose(defect.Message))+"\n")
	}
	d.section("\n"+d.say("改动后的规则库有缺陷：", "The changed rulebook is defective:")+"\n\n", defects, "")
	for j := range i.Platforms {
		p := &i.Platforms[j]
		rows = append(rows, cells(said(d.named(p.Name, p.ID)), d.arrow(d.prose(p.GradeBefore), d.prose(p.GradeAfter)),
			d.arrow(d.compliance(p.CompliantBefore), d.compliance(p.CompliantAfter)), d.arrow(number(p.ScoreBefore), number(p.ScoreAfter)),
			d.arrow(strconv.Itoa(p.FindingsBefore), strconv.Itoa(p.FindingsAfter))))
	}
	d.section(table(3, d.say("平台", "platform"), d.say("等次", "grade"), d.say("判定", "verdict"), d.say("得分", "score"),
		d.say("发现", "findings")), rows, "")
	if len(i.Defects) == 0 {
		d.add("\n" + d.say("合并后不受影响的平台：%d 个。", "Platforms that a merge would not affect: %d.", i.Unaffected) + "\n")
	}
}

// chaptersOf are the chapters' scores, folded: who asks for them unfolds them.
func (d *comment) chaptersOf(g *results.Gate) {
	var rows []string
	for i := range g.Platforms {
		p := &g.Platforms[i]
		for _, c := range p.Chapters {
			rows = append(rows, cells(said(inert(p.ID)), said(strings.TrimSpace(inert(c.ID)+" "+d.prose(c.Title))), d.arrow(number(c.Before), number(c.After))))
		}
	}
	open, end := folded(d.say("各章得分", "Scores by chapter"))
	d.section(open+table(2, d.say("平台", "platform"), d.say("章", "chapter"), d.say("得分", "score")), rows, end)
}
