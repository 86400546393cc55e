package score

import (
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/term"
)

// Condition is one of those that a platform satisfies together to be compliant.
type Condition struct {
	// ID is vetoes, required_clauses or minimum.
	ID   string
	Held bool
	// Demand says what is asked for, Found what there is, Reason why that makes the
	// platform not compliant; zero where the condition holds.
	Demand, Found, Reason lang.Text
}

// compliance are the conditions of it, in the order in which they weigh. A policy
// that requires no clause has one less.
func compliance(reg rulebook.Regulation, policy rulebook.Policy, p *examine.Platform, r *Result) []Condition {
	all := []Condition{noVeto(p, r)}
	if len(policy.RequiredClauses) > 0 {
		all = append(all, requiredMet(reg, policy, r))
	}
	return append(all, minimumReached(policy, r))
}

func noVeto(p *examine.Platform, r *Result) Condition {
	c := Condition{ID: "vetoes", Held: len(r.Vetoes) == 0, Demand: lang.Say("没有未整改的一票否决项", "no blocker is open"),
		Found: lang.Say("现有 %d 项", "%d open", open(p))}
	if !c.Held {
		c.Reason = lang.Say("一票否决项未通过：%s", "open blockers: %s", titled(p, r.citations, distinct(r.Vetoes)))
	}
	return c
}

// open counts the findings of open blockers.
func open(p *examine.Platform) int {
	n := 0
	for i := range p.Findings {
		if f := &p.Findings[i]; f.Severity == finding.Blocker && !f.Waived {
			n++
		}
	}
	return n
}

func requiredMet(reg rulebook.Regulation, policy rulebook.Policy, r *Result) Condition {
	unmet, n := unmetRequired(reg, policy, r.Clauses)
	c := Condition{ID: "required_clauses", Held: n == 0, Found: lang.Say("不符合 %d 条", "%d not met", n),
		Demand: lang.Say("必须符合的条款没有一条判为“不符合”（%s）", "none of the required clauses has the verdict not met (%s)", required(reg, policy))}
	if c.Held {
		c.Found = lang.Say("%s，只计有法律、规范性文件或标准依据的检查项", "%s, by checks on law, normative documents and standards", c.Found)
	}
	if !c.Held {
		c.Reason = lang.Say("必须符合的条款不符合：%s", "required clauses not met: %s", unmet)
	}
	return c
}

func minimumReached(policy rulebook.Policy, r *Result) Condition {
	c := Condition{ID: "minimum", Held: r.Raw != nil && r.Raw.Cmp(orZero(policy.Minimum)) >= 0, Found: lang.Same(Format(r.Raw)),
		Demand: lang.Say("原始得分不低于 %s", "the raw score is at least %s", Format(orZero(policy.Minimum)))}
	switch {
	case r.Raw == nil:
		c.Found = lang.Say("没有得分", "no score")
		c.Reason = lang.Say("没有任何内容得到评价，故无得分", "nothing was assessed, so there is no score")
	case !c.Held:
		c.Reason = lang.Say("得分 %s 低于最低分 %s", "score %s is below the minimum of %s", Format(r.Raw), Format(policy.Minimum))
	}
	return c
}

// reasons say why a platform is not compliant; none when it is.
func reasons(conditions []Condition) []lang.Text {
	var all []lang.Text
	for _, c := range conditions {
		if !c.Held {
			all = append(all, c.Reason)
		}
	}
	return all
}

// titled names blockers by what people call them, each with its id.
func titled(p *examine.Platform, by *citations, ids []string) lang.Text {
	all := make([]lang.Text, len(ids))
	for i, id := range ids {
		title := term.TitleOf(id)
		if at, made := by.checks[id]; made {
			title = p.Checks[at].Rule.Title
		}
		all[i] = lang.Say("%s（%s）", "%s (%s)", title, id)
		if title.IsZero() {
			all[i] = lang.Same(id)
		}
	}
	return joined(all)
}

// required names the required clauses.
func required(reg rulebook.Regulation, policy rulebook.Policy) lang.Text {
	all := make([]lang.Text, len(policy.RequiredClauses))
	for i, id := range policy.RequiredClauses {
		all[i] = named(reg, id)
	}
	return joined(all)
}

// named is a clause with its title.
func named(reg rulebook.Regulation, id string) lang.Text {
	i := slices.IndexFunc(reg.Clauses, func(c rulebook.Clause) bool { return c.ID == id })
	if i < 0 || reg.Clauses[i].Title.IsZero() {
		return lang.Same(id)
	}
	return lang.Say("%s %s", "%s %s", id, reg.Clauses[i].Title)
}

// unmetRequired names and counts the required clauses that a veto fails, or that
// score too little where they rest on law, normative documents or standards: our
// defaults alone make nobody non-compliant.
func unmetRequired(reg rulebook.Regulation, policy rulebook.Policy, clauses []Clause) (lang.Text, int) {
	var all []lang.Text
	explained := false // once is enough, or four of them fill the first page
	for _, clause := range clauses {
		if !slices.Contains(policy.RequiredClauses, clause.ID) {
			continue
		}
		said := named(reg, clause.ID)
		below := !clause.Grounded.IsNone() && belowFloor(policy, clause.Grounded)
		switch {
		case below && explained:
			said = lang.Say("%s（同样只得 %s 分）", "%s (likewise %s)", said, clause.Grounded.Format())
		case below:
			explained = true
			said = lang.Say("%s（有法律、规范性文件或标准依据的检查项得 %s 分，低于 %s 分）", "%s (its checks on law, normative documents and standards score %s, below %s)",
				said, clause.Grounded.Format(), Format(policy.ClauseFloor))
		case !clause.Vetoed:
			continue
		}
		all = append(all, said)
	}
	return joined(all), len(all)
}

// joined are texts as a list.
func joined(all []lang.Text) lang.Text {
	var zh, en []string
	for _, one := range all {
		zh, en = append(zh, one.ZH), append(en, one.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func list(names []string) lang.Text {
	return lang.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
}
