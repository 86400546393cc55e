package handbook

import "hegui/internal/rulebook"

// explainRetired says what became of an id that no check has any more.
func (p *page) explainRetired(book *rulebook.Rulebook, t *rulebook.Retired) {
	p.Line(t.ID)
	p.Line()
	p.Row(p.Say("停用", "retired"), p.Say("自 %s", "since %s", t.Since))
	if !t.Reason.IsZero() {
		p.Row(p.Say("原因", "why"), p.in(t.Reason))
	}
	if now := book.Check(book.Current(t.ID)); now != nil {
		p.Row(p.Say("接替", "successor"), p.Say("%s（%s）；豁免和评估结论照此处理", "%s (%s), which waivers and verdicts follow", now.ID, p.in(now.Title)))
		return
	}
	p.Row(p.Say("接替", "successor"), p.Say("没有；针对它的豁免和评估结论没有效力", "none: waivers and verdicts about it have no effect"))
}
