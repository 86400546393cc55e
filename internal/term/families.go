package term

import (
	"sync"

	"hegui/internal/lang"
)

// Families are all families of findings that no check makes.
func Families() []Family {
	var all []Family
	for _, f := range families {
		all = append(all, f.of())
	}
	return all
}

// named is a family by its id. Every finding asks for that of its own, which most
// often there is none of.
type named struct {
	id string
	of func() Family
}

// families are made when they are first asked for.
var families = [...]named{{"document", sync.OnceValue(document)}, {"schema", sync.OnceValue(schema)}, {"fact", sync.OnceValue(fact)},
	{"evidence", sync.OnceValue(evidence)}, {"waiver", sync.OnceValue(waiver)}, {"verdict", sync.OnceValue(verdict)},
	{"editor", sync.OnceValue(editor)}, {"rulebook", sync.OnceValue(rulebook)}, {"scope", sync.OnceValue(scope)}}

func document() Family {
	return Family{
		ID: "document", Release: NotWaivable, HiddenBy: Syntax, Waits: true,
		Title: lang.Say("描述文件无法读取", "a description that cannot be read"),
		About: lang.Say("文件缺失、读不了、不是规定写法的 YAML，或放了不该放的内容；其中的事实一律视为没有写明。",
			"A file is missing, cannot be read, is not YAML of the kind that is allowed, or holds what must not lie here; its facts count as not stated."),
		Remedy: lang.Say("按问题给出的位置改写这个文件", "fix the file at the place that the finding names"),
		Kinds: append(kinds("major",
			kind{"missing", "没有 platform.yaml", "there is no platform.yaml"},
			kind{"unknown_file", "没有专题读取的文件", "a file that no topic reads"},
			kind{"other_topic", "文件里是另一个专题的内容", "a file that holds what belongs to another topic"},
			kind{"too_costly", "描述大到无法判断", "a description too large for a check"},
			kind{"unreadable", "文件读不了", "a file that cannot be read"},
			kind{"too_large", "文件太大", "a file that is too large"},
			kind{"empty", "文件没有内容", "a file without content"},
			kind{"not_utf8", "不是 UTF-8 编码", "text that is not UTF-8"},
			kind{"control_character", "控制字符", "a control character"},
			kind{"bidi_character", "改变书写方向的字符", "a character that changes the direction of writing"},
			kind{"invisible_character", "看不见的字符", "a character that nobody sees"},
			kind{"tab", "用制表符缩进", "a tab where YAML wants spaces"},
			kind{"too_deep", "嵌套太深", "lists and maps nested too deeply"},
			kind{"too_many_nodes", "值太多", "too many values"},
			kind{"too_many_keys", "一个映射的键太多", "too many keys in one map"},
			kind{"too_many_aliases", "别名展开后太大", "aliases that expand too far"},
			kind{"alias_cycle", "锚点包含自己", "an anchor that contains itself"},
			kind{"unknown_alias", "别名没有对应的锚点", "an alias without its anchor"},
			kind{"syntax", "不是 YAML", "text that is not YAML"},
			kind{"unspaced_colon", "冒号全角或后面没有空格", "a colon that is full-width or lacks its space"},
			kind{"look_alike", "看着像 YAML 符号的字符", "a sign that only looks like one of YAML's"},
			kind{"conflict", "没有合并完的冲突标记", "the marks of a merge that is not finished"},
			kind{"directive", "YAML 指令", "a directive of YAML"},
			kind{"multiple_documents", "一个文件里有几份文档", "several documents in one file"},
			kind{"duplicate_key", "同一个键写了两次", "a key that is stated twice"},
			kind{"bad_key", "键不是文字", "a key that is not text"},
			kind{"merge_key", "合并键 <<", "the merge key <<"},
			kind{"bad_tag", "标签不允许或与值不合", "a tag that is not allowed or does not fit"},
			kind{"bad_number", "不能用的数", "a number that cannot be used"},
			kind{"borrowed", "写了另一平台的名称、代号或备案", "the name, code or filing of another platform"},
			kind{"more_problems", "其余问题没有列出", "further problems that are not listed"},
		), kinds("blocker",
			kind{"nested_platform", "平台目录里还有平台", "a platform inside another"},
			kind{"duplicate_code", "平台代号重复", "a platform's code is used twice"},
			kind{"classified", "文件带有密级标志", "a file carries a classification marking"},
		)...),
	}
}

func schema() Family {
	return Family{
		ID: "schema", Release: NotWaivable, HiddenBy: Unparsed, Waits: true,
		Title: lang.Say("描述不符合模式", "a description against its schema"),
		About: lang.Say("文件能读，但这一处不合专题的模式，视为没有填写；名称是被违反的关键字。",
			"The file can be read, but this place breaks the schema of its topic and counts as not stated; the name is that of the keyword."),
		Remedy: lang.Say("按 schemas/ 里这个专题的模式改写", "write what the topic's schema in schemas/ allows"),
		Kinds: kinds("major",
			kind{"required", "缺少必填的键", "a required key is missing"},
			kind{"additional_properties", "不认识的键", "an unknown key"},
			kind{"property_names", "键的写法不合", "a key of the wrong form"},
			kind{"type", "值的类型不对", "a value of the wrong type"},
			kind{"enum", "不在允许的值之内", "none of the allowed values"},
			kind{"const", "不是规定的值", "not the one allowed value"},
			kind{"format", "不是日期、时长等规定的格式", "not a date, a period or another format that is wanted"},
			kind{"pattern", "写法不合规定的样式", "not of the form that is wanted"},
			kind{"minimum", "小于下限", "below the minimum"},
			kind{"maximum", "大于上限", "above the maximum"},
			kind{"multiple_of", "不是规定数的倍数", "not a multiple of the wanted number"},
			kind{"exclusive_minimum", "没有大于下限", "not above the lower bound"},
			kind{"exclusive_maximum", "没有小于上限", "not below the upper bound"},
			kind{"min_length", "文字太短", "a text that is too short"},
			kind{"max_length", "文字太长", "a text that is too long"},
			kind{"min_items", "列表的项太少", "too few items in a list"},
			kind{"max_items", "列表的项太多", "too many items in a list"},
			kind{"unique_items", "列表里有重复的项", "an item that a list repeats"},
			kind{"contains", "列表里缺少要有的项", "an item that a list must have is missing"},
			kind{"min_contains", "列表里要有的项太少", "too few of the items that a list must have"},
			kind{"min_properties", "键太少", "too few keys"},
			kind{"max_properties", "键太多", "too many keys"},
			kind{"any_of", "不合任何一种允许的写法", "none of the allowed forms"},
			kind{"one_of", "不恰好合一种允许的写法", "not exactly one of the allowed forms"},
			kind{"not", "不允许的值", "a value that is not allowed"},
			kind{"x_key", "列表里两项同名", "two items of a list with one name"},
			kind{"reference", "名称没有出处", "a name that leads nowhere"},
			kind{"schema", "无法校验", "a file that cannot be validated"},
		),
	}
}

func fact() Family {
	return Family{
		ID: "fact", Release: NotWaivable, HiddenBy: Unparsed, Waits: true,
		Title: lang.Say("要写明、要能成立的事实", "facts that must be stated, and must be possible"),
		About: lang.Say("检查项要用到的事实没有填写，等它的检查项不合格而自己不再列出；或写了不可能成立的事实。",
			"A check needs a fact that is not stated, and the checks that wait for it fail without listing anything; or a fact is stated that cannot be."),
		Remedy: lang.Say("补上或改正这个事实", "state the fact, or correct it"),
		Kinds:  kinds("advisory", kind{"missing", "事实没有填写", "a fact is not stated"}, kind{"future", "记录的日期还没有到", "a record dated ahead"}),
	}
}

func evidence() Family {
	return Family{
		ID: "evidence", Release: Waivable, HiddenBy: Broken,
		Title: lang.Say("证据不成立", "evidence that does not hold"),
		About: lang.Say("描述引用的证据不在平台目录里，或与声明的不符。",
			"Evidence that a description cites does not lie in the platform's folder, or is not what it is stated to be."),
		Remedy: lang.Say("把文件放进平台目录并写相对路径，或用 {ref, held_by} 指明存放处",
			"put the file into the platform's folder and give its relative path, or state {ref, held_by}"),
		Kinds: kinds("major",
			kind{"missing", "证据文件不存在", "evidence that does not exist"},
			kind{"outside", "证据不在平台目录内", "evidence outside the platform's folder"},
			kind{"description", "证据是描述自身", "evidence that is the description itself"},
			kind{"symlink", "证据经过符号链接", "evidence behind a symbolic link"},
			kind{"not_regular", "证据不是普通文件", "evidence that is not a regular file"},
			kind{"empty", "证据文件是空的", "evidence that is an empty file"},
			kind{"unreadable", "证据文件读不了", "evidence that cannot be read"},
			kind{"lfs_pointer", "证据是 LFS 指针，没有写对 sha256", "evidence that is an LFS pointer without its sha256"},
			kind{"unheld", "证据的文号和保管岗位相同", "evidence whose number is the post that holds it"},
			kind{"address", "证据地址打不开", "evidence at an address that leads nowhere"},
			kind{"too_costly", "要核对的证据太大", "more evidence than is verified"},
			kind{"borrowed", "证据文件大半是另一平台的", "evidence most of which is another platform's"},
			kind{"changed", "证据与声明的 sha256 不符", "evidence that differs from its stated sha256"},
		),
	}
}

func waiver() Family {
	return Family{
		ID: "waiver", Release: NotWaivable, HiddenBy: Nothing,
		Title: lang.Say("豁免不成立", "a waiver that does not hold"),
		About: lang.Say("waivers.yaml 里的一条豁免没有效力，它所针对的问题照常计入。",
			"A waiver in waivers.yaml has no effect: what it is about counts as if it were not there."),
		Remedy: lang.Say("改正或删去这条豁免", "correct the waiver or delete it"),
		Kinds: append(kinds("major",
			kind{"unknown_check", "豁免所针对的检查项不存在", "a waiver for a check that does not exist"},
			kind{"not_waivable", "豁免了不能豁免的问题", "a waiver for what cannot be waived"},
			kind{"statutory", "豁免了法定一票否决项", "a waiver for a blocker that law imposes"},
			kind{"self_approved", "豁免由申请岗位自己批准", "a waiver approved by the post that asked for it"},
			kind{"unnamed", "放行没有写明放行什么", "a release that does not name what it releases"},
			kind{"over_long", "豁免期太长", "a waiver that runs too long"},
			kind{"not_yet", "豁免尚未批准", "a waiver that is not approved yet"},
		), kinds("advisory",
			kind{"unused", "豁免没有用上", "a waiver that covers nothing"},
			kind{"retired", "豁免所针对的检查项已停用", "a waiver for a check that is retired"},
			kind{"expired", "豁免已过期", "a waiver that has expired"},
		)...),
	}
}

func verdict() Family {
	return Family{
		ID: "verdict", Release: NotWaivable, HiddenBy: Nothing,
		Title: lang.Say("评估结论没有效力", "a verdict without effect"),
		About: lang.Say("verdicts.yaml 里评估人员的一条结论现在没有效力，它所针对的声明只算自评。",
			"A verdict of the assessor in verdicts.yaml has no effect now: what it is about counts as self-declared."),
		Remedy: lang.Say("请评估人员重新核查", "have the assessor look again"),
		Kinds: kinds("advisory",
			kind{"lapsed", "结论之后事实改过", "a verdict on a fact that has changed since"},
			kind{"old_form", "结论按旧式摘要绑定", "verdicts pinned in the form before"},
			kind{"disagrees", "结论与描述不一致", "a verdict at odds with the description"},
			kind{"unused", "结论没有对应的检查项或对象", "a verdict on no check or item"},
			kind{"retired", "结论所针对的检查项已停用", "a verdict on a check that is retired"},
			kind{"unreasoned", "不适用没有写明理由", "not applicable without a reason"},
			kind{"not_yet", "结论的日期还没有到", "a verdict dated in the future"},
		),
	}
}

func editor() Family {
	return Family{
		ID: "editor", Release: NotWaivable, HiddenBy: Nothing,
		Title: lang.Say("编辑器用错了模式", "an editor that is led to a wrong schema"),
		About: lang.Say("描述开头的 $schema 一行让编辑器按别的模式提示和校验，或模式不在、已过时；不影响评定。",
			"The $schema line of a description leads editors to another schema, to none or to an old one; nothing is judged by it."),
		Remedy: lang.Say("运行 hegui rules --schemas schemas/editor，$schema 指向其中同名的模式", "run hegui rules --schemas schemas/editor, and let $schema lead to the schema of the file's name"),
		Kinds: kinds("advisory",
			kind{"other_schema", "$schema 指向别的专题的模式", "a $schema line that names another topic's schema"},
			kind{"missing_schema", "$schema 指向的模式不在", "a $schema line that leads to no file"},
			kind{"outdated_schema", "编辑器用的模式已过时", "schemas for editors that are outdated"},
		),
	}
}

func rulebook() Family {
	return Family{
		ID: "rulebook", Release: NotWaivable, HiddenBy: Nothing,
		Title: lang.Say("规则库有缺陷", "a defective rulebook"),
		About: lang.Say("改动后的规则库前后矛盾或读不了，门禁因此拦截；主干的规则库有缺陷则是运行失败（退出码 2）。",
			"The rulebook as a change leaves it contradicts itself or cannot be read, which the gate blocks; a defect in base is a failed run (exit 2)."),
		Remedy: lang.Say("改正规则库；hegui test 能在本地查出", "correct the rulebook; hegui test finds it locally"),
		Kinds:  kinds("blocker", kind{"defect", "规则库有缺陷", "a defect of the rulebook"}),
	}
}

func scope() Family {
	return Family{
		ID: "scope", Release: Releasable, HiddenBy: Nothing,
		Title: lang.Say("范围变化", "a scope change"),
		About: lang.Say("改动使原来受检的内容不再受检，或改写了不该改写的记录；只有门禁看得到，拦截还是提醒由政策决定。",
			"A change takes something out of sight that was judged before, or rewrites what is on record; only the gate sees it, and the policy says whether it blocks."),
		Remedy: lang.Say("恢复原来的内容，或由监管岗位先在主干放行", "bring back what was there, or have the supervising post release it in base first"),
		Kinds: kinds("",
			kind{"platform", "平台不见了", "a platform is gone"},
			kind{"topic", "专题不见了", "a topic is gone"},
			kind{"switch", "平台头部的事实使检查项不再适用或放宽", "a fact of the header by which checks no longer apply or ask for less"},
			kind{"policy", "规则库放宽了要求", "the rulebook asks for less"},
			kind{"sight", "条目还写着，检查项却不再看它", "an item that is still stated and that a check no longer looks at"},
			kind{"adverse", "不利的记录不凭新证据被删去或改写", "an adverse record gone or rewritten without new evidence"},
			kind{"item", "列表里的项不见了", "an item of a list is gone"},
			kind{"record", "记录、日期或要求没有新证据就改写", "a record, a date or a demand stated otherwise without new evidence"},
			kind{"evidence", "证据换了或被改写", "evidence replaced or rewritten"},
			kind{"verdict", "评估结论被撤回或改写", "an assessor's verdict withdrawn or changed"},
			kind{"new_platform", "新平台不合规", "a new platform that does not comply"},
		),
	}
}

// NeedsName reports whether a release must say what it releases for a kind of scope
// change. What is gone with a platform's own folder, or from its lists, lies beside
// the waiver; a fact is named, or one release would let every other through.
func NeedsName(kind string) bool {
	return kind != "platform" && kind != "new_platform" && kind != "topic" && kind != "item"
}
