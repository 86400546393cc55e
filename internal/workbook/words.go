package workbook

import (
	"hegui/internal/lang"
)

// word is a value of the model and what a reader calls it.
type word struct {
	id   string
	text lang.Text
}

type vocabulary []word

// in is the reader's word for a value; one that has none appears as it is.
func (v vocabulary) in(id string, l lang.Language) string {
	for _, w := range v {
		if w.id == id {
			return w.text.In(l)
		}
	}
	return id
}

// all are the reader's words, in their order.
func (v vocabulary) all(l lang.Language) []string {
	out := make([]string, len(v))
	for i, w := range v {
		out[i] = w.text.In(l)
	}
	return out
}

// Verdicts are what an assessor may say, in the order of the drop-down.
func verdictWords() vocabulary {
	return vocabulary{
		{"met", lang.Say("符合", "met")},
		{"partly_met", lang.Say("部分符合", "partly met")},
		{"not_met", lang.Say("不符合", "not met")},
		{"not_applicable", lang.Say("不适用", "not applicable")},
		{"not_examined", lang.Say("未核查", "not examined")},
	}
}

func methodWords() vocabulary {
	return vocabulary{
		{"interview", lang.Say("访谈", "interview")},
		{"examination", lang.Say("核查", "examination")},
		{"test", lang.Say("测试", "test")},
	}
}

func riskWords() vocabulary {
	return vocabulary{
		{"high", lang.Say("高", "high")},
		{"medium", lang.Say("中", "medium")},
		{"low", lang.Say("低", "low")},
	}
}

func clauseWords() vocabulary {
	return vocabulary{
		{"met", lang.Say("符合", "met")},
		{"partly_met", lang.Say("部分符合", "partly met")},
		{"not_met", lang.Say("不符合", "not met")},
		{"not_applicable", lang.Say("不适用", "not applicable")},
		{"informative", lang.Say("不计分", "informative")},
		{"pending", lang.Say("检查待编写", "pending")},
	}
}

func outcomeWords() vocabulary {
	return vocabulary{
		{"pass", lang.Say("通过", "pass")},
		{"fail", lang.Say("不通过", "fail")},
		{"waived", lang.Say("豁免", "waived")},
		{"not_applicable", lang.Say("不适用", "not applicable")},
	}
}

// stateWords are what has become of a claim.
func stateWords() vocabulary {
	return vocabulary{
		{"", lang.Say("自评", "self-declared")},
		{"verified", lang.Say("已核实", "verified")},
		{"partly", lang.Say("核实为部分符合", "verified in part")},
		{"rejected", lang.Say("被否定", "rejected")},
		{"not_applicable", lang.Say("认定不适用", "found not applicable")},
		{"not_examined", lang.Say("未核查", "not examined")},
		{"needs_review", lang.Say("待复核", "needs review")},
	}
}

func waiverWords() vocabulary {
	return vocabulary{
		{"active", lang.Say("生效", "active")},
		{"unused", lang.Say("没有用上", "unused")},
		{"expired", lang.Say("过期", "expired")},
		{"refused", lang.Say("不予承认", "refused")},
		{"pending", lang.Say("合并后生效", "pending")},
	}
}

func yesNo(yes bool, l lang.Language) string {
	if yes {
		return lang.Say("是", "yes").In(l)
	}
	return lang.Say("否", "no").In(l)
}

// VerdictText is what a verdict is called.
func VerdictText(id string) lang.Text {
	for _, w := range verdictWords() {
		if w.id == id {
			return w.text
		}
	}
	return lang.Same(id)
}
