package score

import (
	"slices"
	"strings"

	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// reasons says why a platform is not compliant; none when it is.
func reasons(policy rulebook.Policy, r *Result) []lang.Text {
	var all []lang.Text
	if len(r.Vetoes) > 0 {
		all = append(all, lang.Say("一票否决项未通过：%s", "open blockers: %s", list(distinct(r.Vetoes))))
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
