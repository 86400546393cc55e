package term

import "hegui/internal/lang"

// Noun is one thing of this field with its one name.
type Noun struct {
	Text, About lang.Text
}

// Nouns are the things that everything else speaks of.
func Nouns() []Noun {
	return []Noun{
		{lang.Say("平台", "platform"), lang.Say("被评定的信息化平台，由一个目录描述", "the information system that is judged, described by one folder")},
		{lang.Say("专题", "topic"), lang.Say("描述的一个方面：一个模式、一份检查项文件、每个平台一份描述文件", "one subject of a description: a schema, a checks file, one file for each platform")},
		{lang.Say("条款", "clause"), lang.Say("规章的一条要求", "one demand of the regulation")},
		{lang.Say("检查项", "check"), lang.Say("规则库里可判断的一项要求，引用一个或几个条款", "a demand that can be decided, serving one clause or several")},
		{lang.Say("规则库", "rulebook"), lang.Say("模式、条款、政策和全部检查项", "the schemas, the clauses, the policy and all checks")},
		{lang.Say("政策", "policy"), lang.Say("监管方对分值、等次、合规线、豁免和门禁的决定", "what the supervisors decide about points, grades, minimum, waivers and gate")},
		{lang.Say("依据", "basis"), lang.Say("一项要求的出处、种类和可信度", "what a demand rests on: source, kind, confidence")},
		{lang.Say("限值", "limit"), lang.Say("检查项里由依据或默认值给出的数", "a number that a check holds the facts against")},
		{lang.Say("严重程度", "severity"), lang.Say("检查项不通过时有多重", "how much a failing check weighs")},
		{lang.Say("问题", "finding"), lang.Say("一处不合要求的地方，有位置和整改办法", "one place that falls short, with what to do about it")},
		{lang.Say("整改", "fix"), lang.Say("怎样使问题消失", "what makes a finding go away")},
		{lang.Say("证据", "evidence"), lang.Say("描述所引用的文件、网址或文号", "a file, an address or a file number that a description cites")},
		{lang.Say("豁免", "waiver"), lang.Say("获准暂不整改的问题，有批准岗位和到期日", "leave not to fix something yet, with the post that gives it and a day on which it ends")},
		{lang.Say("自评", "self-declared"), lang.Say("平台自己的申报，评估人员还没有核实", "what a platform says of itself, before an assessor has looked")},
		{lang.Say("评估人员", "assessor"), lang.Say("核查平台并给出评估结论的人员", "who examines a platform and gives verdicts")},
		{lang.Say("评估结论", "assessor's verdict"), lang.Say("评估人员对一个检查项、对象或条款的认定", "what an assessor finds on a check, an item or a clause")},
		{lang.Say("得分", "score"), lang.Say("按政策的分值算出的数", "the number that the policy's points come to")},
		{lang.Say("等次", "grade"), lang.Say("得分所在的档", "the range that a score lies in")},
		{lang.Say("合规", "compliant"), lang.Say("没有未豁免的一票否决，必达条款没有不符合，得分不低于合规线", "no open blocker, every required clause met at least in part, a score at or above the minimum")},
		{lang.Say("门禁", "gate"), lang.Say("判断一次改动能不能合并", "decides whether a change may be merged")},
		{lang.Say("主干", "base"), lang.Say("改动要合入的分支，规则库和豁免以它为准", "the branch that a change goes into; its rulebook and its waivers count")},
		{lang.Say("基线", "baseline"), lang.Say("改动与主干的共同祖先，改动与它相比", "the common ancestor of a change and base, which a change is compared with")},
		{lang.Say("样例基线", "example baseline"), lang.Say("合规的描述，检查项的正反例都由它改成", "the compliant description that good and bad examples change")},
		{lang.Say("叠加", "overlay"), lang.Say("一个地方更严的限值和增加的检查项", "a place's stricter limits and further checks")},
		{lang.Say("评定卡", "scorecard"), lang.Say("一个平台给评估人员看的页面", "the page of a platform that assessors read")},
	}
}
