package workbook

import (
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// decisions is the sheet of what the city has decided about the demands on each
// platform.
func (b *book) decisions() *table {
	t := &table{book: b, id: "decisions", title: lang.Say("决定", "Decisions"), frozen: 2, columns: []column{
		{id: "platform", title: lang.Say("平台", "platform"), width: 22},
		{id: "check", title: lang.Say("检查项", "check"), width: 26},
		{id: "title", title: lang.Say("要求", "demand"), width: 30},
		{id: "effect", title: lang.Say("本地的决定", "local decision"), width: 12},
		{id: "subject", title: lang.Say("对象", "item"), width: 18},
		{id: "before", title: lang.Say("原要求", "before"), width: 14},
		{id: "after", title: lang.Say("现要求", "after"), width: 14},
		{id: "by", title: lang.Say("决定岗位", "decided by"), width: 20},
		{id: "on", title: lang.Say("决定日期", "decided on"), width: 12, kind: day},
		{id: "source", title: lang.Say("依据", "basis"), width: 30},
		{id: "reason", title: lang.Say("理由", "reason"), width: 46, kind: longText},
		{id: "overlay", title: lang.Say("叠加", "overlay"), width: 14},
	}}
	t.rows = func(p *results.Platform) error {
		for _, d := range p.Decisions {
			if err := t.add(platformName(p), d.Check, d.Title, term.Decisions().Text(d.Effect), d.Subject, d.Before, d.After, d.By, date(d.On), d.Source, d.Reason, d.Overlay); err != nil {
				return err
			}
		}
		return nil
	}
	return t
}
