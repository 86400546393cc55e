package term

import "hegui/internal/lang"

// Enumerations are all enumerations that people read, in the order of the
// glossary.
func Enumerations() []Enumeration {
	return []Enumeration{
		Severities(), Outcomes(), ClauseVerdicts(), AssessorVerdicts(), ClaimStates(), WaiverStates(), Methods(), Risks(),
		BasisKinds(), Confidences(), Efforts(), ClauseKinds(), Audiences(), Sensitivities(), Changes(), Standings(), ScopeEffects(), Profiles(), Decisions(), NewPlatforms(), WaiverEffects(), PartStates(), Causes(), ProvenanceRemarks(),
	}
}

// Severities say how much a failing check weighs.
func Severities() Enumeration {
	return Enumeration{lang.Say("严重程度", "severity"), []Word{
		{ID: "blocker", Text: lang.Say("一票否决", "blocker")},
		{ID: "major", Text: lang.Say("重要", "major")},
		{ID: "minor", Text: lang.Say("一般", "minor")},
		{ID: "advisory", Text: lang.Say("提示", "advisory")},
	}}
}

// Outcomes are what becomes of a check or an item.
func Outcomes() Enumeration {
	return Enumeration{lang.Say("检查项结果", "outcome"), []Word{
		{ID: "pass", Text: lang.Say("通过", "pass")},
		{ID: "fail", Text: lang.Say("不通过", "fail")},
		{ID: "waived", Text: lang.Say("已豁免", "waived")},
		{ID: "rectified", Text: lang.Say("已补救", "rectified")},
		{ID: "not_applicable", Text: lang.Say("不适用", "not applicable")},
	}}
}

// ClauseVerdicts are what a description comes to under a clause.
func ClauseVerdicts() Enumeration {
	return Enumeration{lang.Say("条款结论", "clause verdict"), []Word{
		{ID: "met", Text: lang.Say("符合", "met")},
		{ID: "partly_met", Text: lang.Say("部分符合", "partly met")},
		{ID: "not_met", Text: lang.Say("不符合", "not met")},
		{ID: "not_applicable", Text: lang.Say("不适用", "not applicable")},
		{ID: "informative", Text: lang.Say("不计分", "informative")},
		{ID: "pending", Text: lang.Say("检查项待编写", "pending")},
	}}
}

// AssessorVerdicts are what an assessor may say of a claim or a clause.
func AssessorVerdicts() Enumeration {
	return Enumeration{lang.Say("评估结论", "assessor's verdict"), []Word{
		{ID: "met", Text: lang.Say("符合", "met")},
		{ID: "partly_met", Text: lang.Say("部分符合", "partly met")},
		{ID: "not_met", Text: lang.Say("不符合", "not met")},
		{ID: "not_applicable", Text: lang.Say("不适用", "not applicable")},
		{ID: "not_examined", Text: lang.Say("未核查", "not examined")},
	}}
}

// ClaimStates are what an assessor's verdicts have made of a claim, or what
// becomes of a verdict.
func ClaimStates() Enumeration {
	return Enumeration{lang.Say("核查状态", "state of the claim"), []Word{
		{ID: "", Text: lang.Say("自评", "self-declared")},
		{ID: "verified", Text: lang.Say("已核实", "verified")},
		{ID: "partly", Text: lang.Say("核实为部分符合", "verified in part")},
		{ID: "rejected", Text: lang.Say("被否定", "rejected")},
		{ID: "not_applicable", Text: lang.Say("认定不适用", "found not applicable")},
		{ID: "not_examined", Text: lang.Say("未核查", "not examined")},
		{ID: "disagreement", Text: lang.Say("与描述不一致", "at odds with the description")},
		{ID: "needs_review", Text: lang.Say("待复核", "needs review")},
		{ID: "unused", Text: lang.Say("没有用上", "unused")},
		{ID: "pending", Text: lang.Say("合并后生效", "in force once merged")},
	}}
}

// WaiverStates are what becomes of a waiver.
func WaiverStates() Enumeration {
	return Enumeration{lang.Say("豁免状态", "state of the waiver"), []Word{
		{ID: "active", Text: lang.Say("生效", "in force")},
		{ID: "unused", Text: lang.Say("没有用上", "unused")},
		{ID: "expired", Text: lang.Say("已过期", "expired")},
		{ID: "refused", Text: lang.Say("不予承认", "refused")},
		{ID: "pending", Text: lang.Say("合并后生效", "in force once merged")},
	}}
}

// Methods are how an assessor came to a verdict.
func Methods() Enumeration {
	return Enumeration{lang.Say("核查方式", "method"), []Word{
		{ID: "interview", Text: lang.Say("访谈", "interview")},
		{ID: "examination", Text: lang.Say("核查", "examination")},
		{ID: "test", Text: lang.Say("测试", "test")},
	}}
}

// Risks are how an assessor weighs what was found.
func Risks() Enumeration {
	return Enumeration{lang.Say("风险", "risk"), []Word{
		{ID: "high", Text: lang.Say("高", "high"), Long: lang.Say("高风险", "high risk")},
		{ID: "medium", Text: lang.Say("中", "medium"), Long: lang.Say("中风险", "medium risk")},
		{ID: "low", Text: lang.Say("低", "low"), Long: lang.Say("低风险", "low risk")},
	}}
}

// BasisKinds are what a demand rests on. What no law sets says so.
func BasisKinds() Enumeration {
	return Enumeration{lang.Say("依据种类", "kind of basis"), []Word{
		{ID: "law", Text: lang.Say("法律法规", "law")},
		{ID: "normative", Text: lang.Say("规范性文件", "normative document")},
		{ID: "standard", Text: lang.Say("标准", "standard")},
		{ID: "assessor", Text: lang.Say("评估惯例", "assessors' practice"), Long: lang.Say("评估惯例，非法律规定", "assessors' practice, not law")},
		{ID: "local", Text: lang.Say("地方规定", "local rule")},
		{ID: "default", Text: lang.Say("默认值", "default"), Long: lang.Say("默认值，非法律规定", "a default, not law")},
	}}
}

// Confidences say how well the text that a demand rests on is known.
func Confidences() Enumeration {
	return Enumeration{lang.Say("可信度", "confidence"), []Word{
		{ID: "read", Text: lang.Say("已读原文", "text read")},
		{ID: "secondary", Text: lang.Say("二手转述", "second-hand")},
		{ID: "unverified", Text: lang.Say("未核实", "unverified")},
	}}
}

// Efforts are how much work a remedy takes.
func Efforts() Enumeration {
	return Enumeration{lang.Say("工作量", "effort"), []Word{
		{ID: "small", Text: lang.Say("小", "small"), Long: lang.Say("工作量小", "small effort")},
		{ID: "medium", Text: lang.Say("中", "medium"), Long: lang.Say("工作量中", "medium effort")},
		{ID: "large", Text: lang.Say("大", "large"), Long: lang.Say("工作量大", "large effort")},
	}}
}

// ClauseKinds are what a clause does.
func ClauseKinds() Enumeration {
	return Enumeration{lang.Say("条款性质", "kind of clause"), []Word{
		{ID: "duty", Text: lang.Say("义务", "duty")},
		{ID: "principle", Text: lang.Say("原则", "principle")},
		{ID: "scope", Text: lang.Say("适用范围", "scope")},
		{ID: "purpose", Text: lang.Say("目的", "purpose")},
	}}
}

// Audiences are those that a report is written for.
func Audiences() Enumeration {
	return Enumeration{lang.Say("读者范围", "audience"), []Word{
		{ID: "public", Text: lang.Say("公众", "the public")},
		{ID: "internal", Text: lang.Say("内部人员", "internal readers")},
		{ID: "assessor", Text: lang.Say("评估人员", "assessors")},
	}}
}

// Sensitivities are how far a platform's description may be shown.
func Sensitivities() Enumeration {
	return Enumeration{lang.Say("敏感程度", "sensitivity"), []Word{
		{ID: "public", Text: lang.Say("公开", "public")},
		{ID: "internal", Text: lang.Say("内部", "internal")},
		{ID: "work_secret", Text: lang.Say("工作秘密", "work secret")},
	}}
}

// Changes are what a change does to a platform.
func Changes() Enumeration {
	return Enumeration{lang.Say("变化", "change"), []Word{
		{ID: "added", Text: lang.Say("新增", "added")},
		{ID: "removed", Text: lang.Say("移除", "removed")},
		{ID: "moved", Text: lang.Say("移动", "moved")},
		{ID: "changed", Text: lang.Say("修改", "changed")},
	}}
}

// Standings are what has become of a finding since an earlier examination.
func Standings() Enumeration {
	return Enumeration{lang.Say("与上次比较", "since last time"), []Word{
		{ID: "came_back", Text: lang.Say("反复", "came back"), Long: lang.Say("整改过，又出现", "had been fixed, and is here again")},
		{ID: "new", Text: lang.Say("新增", "new"), Long: lang.Say("上次查过，没有", "was looked for last time, and was not there")},
		{ID: "still_open", Text: lang.Say("未整改", "still open"), Long: lang.Say("上次有，现在还在", "stood last time, and still stands")},
		{ID: "fixed", Text: lang.Say("已整改", "fixed"), Long: lang.Say("上次有，现在查过，没有了", "stood last time; is looked for now, and is gone")},
		{ID: "not_judged_then", Text: lang.Say("上次未能判断", "not judged last time"), Long: lang.Say("现在有；上次读不出来或不适用，不知道有没有", "stands now; last time it could not be read, or did not apply")},
		{ID: "not_judged_now", Text: lang.Say("本次未能判断", "not judged this time"), Long: lang.Say("上次有；现在读不出来或不适用，不知道改了没有", "stood last time; now it cannot be read, or does not apply")},
	}}
}

// ScopeEffects are what a gate does about a scope change.
func ScopeEffects() Enumeration {
	return Enumeration{lang.Say("门禁的处理", "effect under a gate"), []Word{
		{ID: "block", Text: lang.Say("拦截", "blocks")},
		{ID: "warn", Text: lang.Say("提醒", "warns")},
		{ID: "show", Text: lang.Say("仅列出", "only listed")},
		{ID: "released", Text: lang.Say("已放行", "released")},
	}}
}

// Profiles are the sets of checks that a platform may be judged by.
func Profiles() Enumeration {
	return Enumeration{lang.Say("评定口径", "profile"), []Word{
		{ID: "essential", Text: lang.Say("基本", "essential")},
		{ID: "full", Text: lang.Say("全面", "full")},
	}}
}

// Decisions are what a city makes of a demand that no law sets.
func Decisions() Enumeration {
	return Enumeration{lang.Say("本地的决定", "local decision"), []Word{
		{ID: "replace", Text: lang.Say("改用", "replaced")},
		{ID: "confirm", Text: lang.Say("确认", "confirmed")},
		{ID: "drop", Text: lang.Say("不采用", "dropped")},
	}}
}

// NewPlatforms are what a gate asks of a platform that a change brings in.
func NewPlatforms() Enumeration {
	return Enumeration{lang.Say("对新平台的要求", "what is asked of a new platform"), []Word{
		{ID: "comply", Text: lang.Say("须合规", "it complies"), Long: lang.Say("不合规就拦截，其余问题只列出", "blocked unless it complies; its other findings are listed")},
		{ID: "findings", Text: lang.Say("须无拦截级问题", "it has no finding that blocks"), Long: lang.Say("达到拦截级别的问题也拦截", "findings at or above the gate's severity block as well")},
		{ID: "show", Text: lang.Say("只列出", "shown only"), Long: lang.Say("不合规也不拦截", "not blocked even where it does not comply")},
	}}
}

// WaiverEffects are what a waiver does other than waiving.
func WaiverEffects() Enumeration {
	return Enumeration{lang.Say("豁免的作用", "effect of a waiver"), []Word{
		{ID: "gate", Text: lang.Say("只放行", "lets through only"), Long: lang.Say("只让改动通过门禁，结论和得分不变", "lets a change through the gate, and changes neither verdict nor score")},
	}}
}

// PartStates are what the checks say of a part of a platform's picture.
func PartStates() Enumeration {
	return Enumeration{lang.Say("图上各部分", "part of a picture"), []Word{
		{ID: "failing", Text: lang.Say("重要以上检查项不通过", "fails a blocker or a major check")},
		{ID: "waiting", Text: lang.Say("缺信息，判断不了", "cannot be judged: something is missing")},
		{ID: "lesser", Text: lang.Say("只有一般检查项或提示不通过", "fails minor checks or advice alone")},
		{ID: "waived", Text: lang.Say("已豁免或补救", "waived or put right")},
		{ID: "unjudged", Text: lang.Say("没有检查项判断它", "judged by no check")},
		{ID: "met", Text: lang.Say("涉及它的检查项都通过", "passes all checks about it")},
	}}
}

// Causes say why a platform is judged otherwise than at the commit before.
func Causes() Enumeration {
	return Enumeration{lang.Say("变化缘由", "why it changed"), []Word{
		{ID: "first", Text: lang.Say("自此评起", "judged from here on")},
		{ID: "description", Text: lang.Say("描述有改动", "description changed")},
		{ID: "rulebook", Text: lang.Say("规则库有改动", "rulebook changed")},
		{ID: "others", Text: lang.Say("与其他平台相同之处有变", "what it shares with others changed")},
		{ID: "day", Text: lang.Say("时间推移", "time passed")},
	}}
}

// ProvenanceRemarks are what is remarked on how a dated record came to be; none of it is
// scored.
func ProvenanceRemarks() Enumeration {
	return Enumeration{lang.Say("来历提示", "remark on the origin"), []Word{
		{ID: "ahead", Text: lang.Say("日期晚于提交", "dated after its commit")},
		{ID: "late", Text: lang.Say("事后很久才补录", "entered long after its day")},
		{ID: "rewritten", Text: lang.Say("评估确认后改写", "rewritten after an assessor confirmed it")},
	}}
}
