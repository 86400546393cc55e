package score

import (
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// reasons says why a platform is not compliant; none when it is.
func reasons(policy rulebook.Policy, p *examine.Platform, r *Result) []lang.Text {
	var all []lang.Text
	if len(r.Vetoes) > 0 {
		all = append(all, lang.Say("一票否决项未通过：%s", "open blockers: %s", titled(p, distinct(r.Vetoes))))
	}
	if unmet := unmetRequired(policy, r.Clauses); !unmet.IsZero() {
		all = append(all, lang.Say("必须符合的条款不符合：%s", "required clauses not met: %s", unmet))
	}
	switch {
	case r.Raw == nil:
		all = append(all, lang.Say("没有任何内容得到评价，故无得分", "nothing was assessed, so there is no score"))
	case r.Raw.Cmp(orZero(policy.Minimum)) < 0:
		all = append(all, lang.Say("得分 %s 低于最低分 %s", "score %s is below the minimum of %s",
			Format(r.Raw), Format(policy.Minimum)))
	}
	return all
}

// titled names blockers by what people call them, each with its id.
func titled(p *examine.Platform, ids []string) lang.Text {
	var zh, en []string
	for _, id := range ids {
		title := term.TitleOf(id)
		if i := slices.IndexFunc(p.Checks, func(c examine.Check) bool { return c.Rule.ID == id }); i >= 0 {
			title = p.Checks[i].Rule.Title
		}
		said := lang.Say("%s（%s）", "%s (%s)", title, id)
		if title.IsZero() {
			said = lang.Same(id)
		}
		zh, en = append(zh, said.ZH), append(en, said.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// unmetRequired names the required clauses that a veto fails, or that score too
// little where they rest on law, normative documents or standards: our defaults
// alone make nobody non-compliant.
func unmetRequired(policy rulebook.Policy, clauses []Clause) lang.Text {
	var zh, en []string
	for _, clause := range clauses {
		if !slices.Contains(policy.RequiredClauses, clause.ID) {
			continue
		}
		said := lang.Same(clause.ID)
		switch {
		case clause.Grounded != nil && belowFloor(policy, clause.Grounded):
			said = lang.Say("%s（有法律、规范性文件或标准依据的检查项得 %s 分，低于 %s 分）", "%s (its checks on law, normative documents and standards score %s, below %s)",
				clause.ID, Format(clause.Grounded), Format(policy.ClauseFloor))
		case !clause.Vetoed:
			continue
		}
		zh, en = append(zh, said.ZH), append(en, said.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func list(names []string) lang.Text {
	return lang.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
}
