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
		all = append(all, lang.Say("一票否决项未通过：%s", "open blockers: %s", list(r.Vetoes)))
	}
	var unmet []string
	for _, clause := range r.Clauses {
		if clause.Verdict == NotMet && slices.Contains(policy.RequiredClauses, clause.ID) {
			unmet = append(unmet, clause.ID)
		}
	}
	if len(unmet) > 0 {
		all = append(all, lang.Say("必须符合的条款不符合：%s", "required clauses not met: %s", list(unmet)))
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

func list(names []string) lang.Text {
	return lang.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
}
