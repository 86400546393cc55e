package rulebook

import (
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
)

// RisksAt are the risks that a failure of the check may be on a day, on a platform
// of a level; all of them where the level is not known.
func (c *Check) RisksAt(level int, on calendar.Date) []*Article {
	return slices.DeleteFunc(slices.Clone(c.Risks), func(a *Article) bool {
		return level != NoLevel && !a.bindsAt(level) || on.Before(a.InForce.From) || a.InForce.ended(on)
	})
}

// risks are articles of instruments that describe risks and not demands.
func (c *compiler) risks(check *Check) {
	for _, v := range items(c.node, "risks") {
		article := c.book.articles[v.Text]
		switch {
		case article == nil:
			c.refuse(v.Start(), c.unknownArticle(v.Text))
		case !article.Instrument.Risks:
			c.refuse(v.Start(), lang.Say("%s 是要求，不是风险：写进 basis，或给文件写上 risks: true", "%s is a demand and no risk: write it under basis, or mark its instrument risks: true", document.Quote(v.Text)))
		case article.unbound(c.book, check):
			c.refuse(v.Start(), lang.Say("检查项适用的级别里没有一级有风险 %s", "the check applies at no level at which there is the risk %s", document.Quote(v.Text)))
		default:
			check.Risks = append(check.Risks, article)
		}
	}
}

// unbound reports whether the article is about no level that the check may apply at.
func (a *Article) unbound(book *Rulebook, check *Check) bool {
	for level := 1; level <= MaxLevel; level++ {
		if a.bindsAt(level) && book.MayApply(check, level) {
			return false
		}
	}
	return true
}

// coveredRisks requires for every risk a check that would show it, or a reason for
// having none.
func (l *loader) coveredRisks() {
	covered := map[*Article]string{}
	for _, check := range l.book.Checks {
		for _, article := range check.Risks {
			covered[article] = check.ID
		}
	}
	for _, in := range l.book.Sources {
		for _, article := range in.Articles {
			switch by := covered[article]; {
			case !in.Risks && !article.Unchecked.IsZero():
				l.fail(SourcesFile, article.Pos, lang.Say("条文 %s 是要求：unchecked 只写在风险上", "article %s is a demand: only a risk states unchecked", article.ID))
			case in.Risks && by == "" && article.Unchecked.IsZero():
				l.fail(SourcesFile, article.Pos, lang.Say("没有检查项核对风险 %s：在检查项的 risks 里写它，或用 unchecked 写明为什么没有", "no check would show the risk %s: name it under the risks of one, or state as unchecked why there is none", article.ID))
			case by != "" && !article.Unchecked.IsZero():
				l.fail(SourcesFile, article.Pos, lang.Say("检查项 %s 已核对风险 %s：删去 unchecked", "check %s would show the risk %s: delete unchecked", by, article.ID))
			}
		}
	}
}
