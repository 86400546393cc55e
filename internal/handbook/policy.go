package handbook

import (
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
)

// named is a text with its label.
type named struct{ name, text lang.Text }

// policyRows is what the supervisors have decided, one line each.
func policyRows(book *rulebook.Rulebook) []named {
	policy := book.Policy
	var grades, weights []lang.Text
	for i := range policy.Grades {
		grades = append(grades, gradeText(policy.Grades, i))
	}
	for _, s := range finding.Severities() {
		weights = append(weights, lang.Say("%s %d", "%s %d", s.Text(), policy.Weights[s]))
	}
	rows := []named{{lang.Say("等次", "grades"), list(grades)}}
	for _, grade := range policy.Grades {
		for _, condition := range grade.Conditions {
			rows = append(rows, named{lang.Say("“%s”的条件", "condition of %s", grade.Title), condition.Text()})
		}
	}
	rows = append(rows, []named{
		{lang.Say("合规线", "minimum"), lang.Say("原始得分 %s，没有未豁免的一票否决，必达条款没有“不符合”",
			"a raw score of %s, no open blocker, no required clause that is not met", decimal(policy.Minimum))},
		{lang.Say("条款下限", "clause floor"), lang.Say("条款得分率低于 %s%% 即“不符合”；是否合规只看有法律、规范性文件或标准依据的检查项",
			"a clause below %s percent is not met; compliance looks only at checks on law, normative documents and standards", decimal(policy.ClauseFloor))},
		{lang.Say("必达条款", "required"), list(same(policy.RequiredClauses))},
		{lang.Say("权重", "weights"), list(weights)},
		{lang.Say("一票否决", "blockers"), lang.Say("有未豁免的，等次为“%s”；有已豁免的，等次最高为“%s”", "an open one makes the grade %q, a waived one caps it at %q",
			gradeTitle(book, policy.OpenBlockerGrade), gradeTitle(book, policy.WaivedBlockerGrade))},
		{lang.Say("评级", "graded"), lang.Say("适用分值不少于 %s%% 才评级", "where at least %s percent of the points are applicable", decimal(policy.Coverage))},
		{lang.Say("豁免", "waivers"), lang.Say("最长 %s", "for at most %s", period(policy.Waiver.MaxTerm))},
		{lang.Say("门禁", "gate"), lang.Say("拦下新增的“%s”及以上问题，以及超过 %s 分的降分", "stops new findings from %s upwards, and a drop of more than %s points",
			policy.Gate.Severity.Text(), decimal(policy.Gate.MaxDrop))},
	}...)
	if policy.History != "" {
		rows = append(rows, named{lang.Say("历史期限", "history"), lang.Say("往前看 %s", "reaches back %s", period(policy.History))})
	}
	rows = append(rows, named{lang.Say("评定口径", "profiles"), profilesText(policy.Profiles)})
	if len(book.Overlays) > 0 {
		rows = append(rows, named{lang.Say("启用的叠加", "overlays"), list(same(book.Overlays))})
	}
	return rows
}

// list joins texts the way each language does; none is a dash.
func list(texts []lang.Text) lang.Text {
	if len(texts) == 0 {
		return lang.Same("–")
	}
	var zh, en []string
	for _, t := range texts {
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return lang.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func same(names []string) []lang.Text {
	var out []lang.Text
	for _, name := range names {
		out = append(out, lang.Same(name))
	}
	return out
}
