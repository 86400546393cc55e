package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"hegui/internal/cli"
)

// defect is one way in which a rulebook can be wrong: a change to the fixture's
// and what the program says of it.
type defect struct {
	name string
	file string
	// patch replaces texts that stand once in the file: old, new, old, new, …
	patch []string
	// at is the text that the defect stands at in the patched file; empty for
	// its start.
	at     string
	en, zh string // part of the message
	// more is how many other defects follow from it, -1 for any number.
	more int
}

const (
	storesFile     = "checks/stores.yaml"
	baselineFile   = "checks/baseline/stores.yaml"
	storesSchema   = "schemas/stores.schema.json"
	policyFile     = "checks/policy.yaml"
	sourcesFile    = "checks/sources.yaml"
	regulationFile = "checks/regulation.yaml"
	keptAssert     = "assert: set.keep >= limits.min_days"
	freshAssert    = "assert: set.records.exists(r, recent(r.date, limits.max_age))"
	copyAssert     = "assert: set.copies.exists(c, c.site != platform.site)"
)

func expressionDefects() []defect {
	kept := func(name, text, at, en, zh string) defect {
		return defect{name: name, file: storesFile, patch: []string{keptAssert, "assert: '" + text + " && limits.min_days > 0'"}, at: at, en: en, zh: zh}
	}
	clock := func(name, text string) defect {
		return defect{name: name, file: storesFile, patch: []string{freshAssert, "assert: " + text}, at: "(r.date, limits.max_age)",
			en: "recent() must not stand under a negation", zh: "recent() 不得用在取反"}
	}
	return []defect{
		kept("misspelt field", `set.kept > 1`, ".kept > 1", `stores.sets has no field "kept" (did you mean "keep"?); it has name, keep, `, `stores.sets 没有字段 "kept"（是不是 "keep"？）；有 name、keep、`),
		kept("misspelt name", `sets.keep > 1`, "sets.keep > 1", `unknown name "sets" (did you mean "set"?); the names here are `, `不认识的名字 "sets"（是不是 "set"？）；这里可用 `),
		kept("wrong type", `set.keep > "x"`, `> "x"`, "> does not take a whole number and a text", "> 不能用于整数和文字"),
		kept("unknown function", `age(set.keep) > 1`, "(set.keep) > 1", "there is no function age()", "没有函数 age()"),
		kept("syntax", `set.keep > && true`, "&& true", `cannot read on at "&&"`, `读到 "&&" 读不下去`),
		{name: "no truth value", file: storesFile, patch: []string{keptAssert, "assert: set.keep + limits.min_days"}, at: "set.keep + ", en: "want true or false, the expression gives a whole number", zh: "应得到 true 或 false，却得到整数"},
		kept("has()", `(has(set.label) || true)`, "(set.label)", "has() is refused", "检查项不得用 has()"),
		kept("optional selection", `set.?label == "x"`, ".?label", ".? is refused in checks", "检查项不得用 .?"),
		kept("orValue()", `set.label.orValue("") == ""`, `("") == `, "there is no function orValue()", "没有函数 orValue()"),
		kept("index", `stores.sets[0].keep > 1`, "[0]", "indexing is refused", "检查项不得用下标"),
		kept("in on an object", `"label" in set`, "in set", "in does not take a text and an object (stores.sets)", "in 不能用于文字和对象（stores.sets）"),
		kept("map", `{"a": 1}.size() > 0`, `{"a": 1}`, "maps cannot be built", "检查项里不得构造映射"),
		{name: "in on a map", file: storesFile, patch: []string{keptAssert, "assert: '\"a\" in {\"a\": 1} && limits.min_days > 0'"}, at: "in {\"", en: "in on a map is refused", zh: "检查项不得在映射上用 in", more: 1},
		kept("dyn()", `dyn(set.keep) > 1`, "(set.keep)", "dyn() is refused", "检查项不得用 dyn()"),
		kept("equal dates", `set.records.exists(r, r.date == r.date)`, "== r.date", "dates are compared by before()", "日期只能用 before()"),

		clock("recent() under !", "'!set.records.exists(r, recent(r.date, limits.max_age))'"),
		clock("recent() in a condition", "'set.records.exists(r, recent(r.date, limits.max_age) ? true : false)'"),
		clock("recent() compared", "set.records.exists(r, recent(r.date, limits.max_age) == false)"),
		clock("recent() filtered under all()", "set.records.filter(r, recent(r.date, limits.max_age)).all(r, past(r.date))"),
		clock("recent() filtered under size()", "set.records.filter(r, recent(r.date, limits.max_age)).size() < 1"),
		clock("recent() filtered twice", "set.records.filter(r, recent(r.date, limits.max_age)).filter(r, past(r.date)).all(r, true)"),
		clock("recent() in exists_one()", "set.records.exists_one(r, recent(r.date, limits.max_age))"),
		clock("recent() mapped", "set.records.map(r, recent(r.date, limits.max_age)).all(x, !x)"),

		{name: "when reads another topic", file: "checks/hosting.yaml", patch: []string{"when: platform.hosted", `when: hosting.host != ""`}, at: "hosting.host !=",
			en: "it reads hosting.host", zh: "读了 hosting.host"},
		{name: "when changes with the day", file: "checks/hosting.yaml", patch: []string{"when: platform.hosted", `when: platform.hosted && recent(hosting.signed, period("P1Y"))`}, at: "(hosting.signed, ", en: "when must not change with the day", zh: "适用条件不得随日子变化"},
		{name: "when looks into a list", file: "checks/hosting.yaml", patch: []string{"when: platform.hosted", `when: platform.hosted && ["a"].exists(x, x == "a")`}, at: `(x, x == "a")`, en: "when must not look into lists", zh: "适用条件不得逐项判断"},
		{name: "each is no list", file: storesFile, patch: []string{"each: [{ set: stores.sets }]\n    " + keptAssert, "each: [{ set: stores.sets.size() }]\n    " + keptAssert}, at: "stores.sets.size()", en: "want a list, the expression gives a whole number", zh: "应得到列表，却得到整数"},
		{name: "name is taken", file: storesFile, patch: []string{"each: [{ set: stores.sets }]\n    " + keptAssert, "each: [{ set: stores.sets }, { platform: set.records }]\n    " + keptAssert}, at: "platform: set.records", en: `the name "platform" is taken`, zh: `名字 "platform" 已被占用`, more: -1},
		{name: "at leads nowhere", file: storesFile, patch: []string{"at: set.keep", "at: set.kept"}, at: "kept\n    message", en: `stores.sets has no field "kept"`, zh: `stores.sets 没有字段 "kept"`},
		{name: "no at", file: "checks/hosting.yaml", patch: []string{"    at: hosting.signed\n", ""}, at: "hosting.contract", en: "check hosting.contract has no each, so it must state at", zh: "没有 each，就要用 at"},
		{name: "message with a misspelt field", file: storesFile, patch: []string{"{set.keep} days only", "{set.kept} days only"}, at: "kept} days", en: `stores.sets has no field "kept"`, zh: `stores.sets 没有字段 "kept"`},
		{name: "message with an open brace", file: storesFile, patch: []string{"{set.keep} days only", "{set.keep days only"}, at: "{set.keep days", en: "{ is never closed", zh: "{ 没有合上"},
	}
}

func checkDefects() []defect {
	return []defect{
		{name: "unknown clause", file: "checks/hosting.yaml", patch: []string{`["2.1.3"]`, `["2.1.3", "2.1.9"]`}, at: `"2.1.9"`, en: "there is no clause 2.1.9", zh: "没有条款 2.1.9"},
		{name: "duplicate id", file: storesFile, patch: []string{"id: stores.kept", "id: stores.fresh"}, at: "stores.fresh\n    clauses: [\"2.1.1\"]\n    severity: { default: minor }", en: "id stores.fresh is used twice: the first is on line ", zh: "编号 stores.fresh 重复"},
		{name: "id of another topic", file: storesFile, patch: []string{"id: stores.kept", "id: faults.kept"}, at: "faults.kept", en: "id faults.kept must begin with stores.", zh: "要以 stores. 开头"},
		{name: "id of no form", file: storesFile, patch: []string{"id: stores.kept", "id: stores.Kept_"}, at: "stores.Kept_", en: "is not the id of a check", zh: "不是检查项编号", more: -1},
		{name: "unknown key", file: storesFile, patch: []string{"waivable: false", "waiveable: false"}, at: "waiveable", en: `did you mean "waivable"?`, zh: `是否要写 "waivable"？`, more: -1},
		{name: "missing key", file: storesFile, patch: []string{"    remedy: { zh: 延长保留期, en: keep it longer }\n", ""}, at: "id: stores.kept", en: `"remedy" is missing`, zh: `缺少 "remedy"`, more: -1},
		{name: "missing translation", file: storesFile, patch: []string{"remedy: { zh: 延长保留期, en: keep it longer }", "remedy: { zh: 延长保留期 }"}, at: "remedy: { zh: 延长保留期 }", en: `"en" is missing`, zh: `缺少 "en"`, more: -1},
		{name: "Chinese in English", file: storesFile, patch: []string{"en: keep it longer", "en: 延长保留期"}, at: "延长保留期 }", en: "is not an English text", zh: "不是不含汉字的英文", more: -1},
		{name: "English in Chinese", file: storesFile, patch: []string{"zh: 延长保留期", "zh: keep it"}, at: "keep it, en", en: "is not a text with Chinese characters", zh: "不是含有汉字的文字", more: -1},
		{name: "no such severity", file: storesFile, patch: []string{"severity: { default: minor }", "severity: { default: fatal }"}, at: "fatal", en: `"fatal" is none of the allowed values`, zh: "不在允许的值之内", more: -1},
		{name: "blocker by default basis", file: storesFile, patch: []string{"severity: { default: minor }", "severity: { default: blocker }"}, at: "{ default: blocker }", en: "a basis of default/unverified bears no blocker", zh: "撑不起一票否决"},
		{name: "blocker by unverified standard", file: storesFile, patch: []string{"copies-2019/8.1", "copies-2019/8.2"}, at: "{ default: major, level3: blocker }", en: "a basis of standard/unverified bears no blocker", zh: "撑不起一票否决"},
		{name: "blocker below its basis", file: storesFile, patch: []string{"{ default: major, level3: blocker }", "{ default: major, level2: blocker }"}, at: "{ default: major, level2: blocker }", en: "a basis of default/unverified bears no blocker", zh: "撑不起一票否决"},
		{name: "blocker by assessor practice", file: storesFile, patch: []string{"copies-2019/8.1", "copies-practice/1"}, at: "{ default: major, level3: blocker }", en: "a basis of assessor/secondary bears no blocker", zh: "撑不起一票否决"},

		{name: "looser maximum", file: storesFile, patch: []string{"level3: { value: P90D", "level3: { value: P2Y"}, at: "P2Y", en: "max_age: P2Y is looser than P1Y, though the level is higher", zh: "反而比 P1Y 宽"},
		{name: "looser minimum", file: storesFile, patch: []string{"level3: { value: 60", "level3: { value: 29"}, at: "29", en: "min_days: 29 is looser than 30", zh: "反而比 30 宽"},
		{name: "limits of two kinds", file: storesFile, patch: []string{"level3: { value: 60", "level3: { value: P60D"}, at: "P60D", en: "the levels of min_days differ in kind", zh: "各级的种类不同"},
		{name: "no limit at all", file: storesFile, patch: []string{"level3: { value: P90D", "level3: { value: soon"}, at: "soon", en: `"soon" is not a period (such as P90D`, zh: `"soon" 不是时长（如 P90D`},
		{name: "limits that the check does not state", file: "checks/hosting.yaml", patch: []string{"assert: past(hosting.signed)", "assert: past(hosting.signed) && limits.min_days > limits.max_days"}, at: "limits.min_days", en: "the check states no limits: state max_… or min_… in its limits", zh: "检查项没有写限值"},
		{name: "limits in when", file: "checks/hosting.yaml", patch: []string{"when: platform.hosted", "when: platform.hosted && limits.min_days > 1"}, at: "limits.min_days", en: "when cannot read limits: compare with a limit in assert", zh: "适用条件不能读限值"},
		{name: "limit that is named wrong and read right", file: storesFile, patch: []string{"      min_days:", "      days:"}, at: "days:\n", en: `the limit's name "days" must begin with max_ or min_: write max_days for an upper bound, min_days for a lower one`, zh: `限值名 "days" 要以 max_ 或 min_ 开头`},
		{name: "period in other words", file: storesFile, patch: []string{"level3: { value: P90D", "level3: { value: 90天"}, at: "90天", en: `"90天" is not a period (such as P90D, P1Y, PT4H); write P90D`, zh: `写 P90D`},
		{name: "clause near others", file: "checks/hosting.yaml", patch: []string{`["2.1.3"]`, `["2.1"]`}, at: `"2.1"]`, en: "there is no clause 2.1: name one of its clauses, 2.1.1, 2.1.2, 2.1.3", zh: "没有条款 2.1：写到条"},
		{name: "limit of another kind than the fact", file: "checks/hosting.yaml", patch: []string{"assert: past(hosting.signed)", "assert: period(\"P1Y\") <= limits.max_term", "    at: hosting.signed\n", "    at: hosting.signed\n    limits: { max_term: { default: { value: 12, basis: { kind: default, source: { zh: 默认, en: default } } } } }\n"}, at: "<= limits.max_term",
			en: "limits.max_term is a number and is compared with a length of time: state max_term as one in the check's limits, such as P90D", zh: "limits.max_term 是数，与它比较的是时长"},
		{name: "limit that is misspelt", file: storesFile, patch: []string{keptAssert, "assert: set.keep >= limits.min_dais"}, at: ".min_dais", en: `: limits has no field "min_dais" (did you mean "min_days"?); it has min_days`, zh: `: limits 没有字段 "min_dais"`},
		{name: "word that nobody can write", file: "checks/hosting.yaml", patch: []string{"when: platform.hosted", `when: platform.hosted && platform.kind == "othr"`}, at: `"othr"`, en: `"othr" is none of the values of platform.kind: `, zh: `"othr" 不是 platform.kind 的值：`},
		{name: "unused limit", file: storesFile, patch: []string{keptAssert, "assert: set.keep >= 30"}, at: "min_days:", en: "the limit min_days is never used", zh: "限值 min_days 没有用到"},
		{name: "limit beside an expression that cannot be read", file: storesFile, patch: []string{keptAssert, `assert: set.keep >= "30"`}, at: `>= "30"`, en: ">= does not take a whole number and a text", zh: ">= 不能用于整数和文字"},
		{name: "limit without direction", file: storesFile, patch: []string{"      min_days:", "      days:", keptAssert, "assert: set.keep >= limits.days"}, at: "days:\n", en: `the limit's name "days" must begin with max_ or min_`, zh: `限值名 "days" 要以 max_ 或 min_ 开头`},

		{name: "no good example", file: storesFile, patch: []string{"has no copy elsewhere\" }\n    examples:\n      - good: {}\n", "has no copy elsewhere\" }\n    examples:\n      - bad: { remove: [/stores/sets/0/copies/1], at: /stores/sets/0/copies }\n"}, at: "stores.second-copy", en: "wants at least one good and one bad example", zh: "要有至少一个正例和一个反例"},
		{name: "no bad example", file: storesFile, patch: []string{"      - bad:\n          set: { /stores/sets/0/keep: 59 }\n          at: /stores/sets/0/keep\n", "      - good: {}\n"}, at: "stores.kept", en: "wants at least one good and one bad example", zh: "要有至少一个正例和一个反例"},
		{name: "bad example without a place", file: storesFile, patch: []string{"          set: { /stores/sets/0/keep: 59 }\n          at: /stores/sets/0/keep\n", "          set: { /stores/sets/0/keep: 59 }\n"}, at: "bad:\n          set: { /stores/sets/0/keep: 59", en: "a bad example must state at", zh: "反例要用 at", more: 1},
		{name: "one example only", file: storesFile, patch: []string{"days only\" }\n    limits:", "days only\" }\n    examples: [{ good: {} }]\n    limits:", "    examples:\n      - good: {}\n      - bad:\n          set: { /stores/sets/0/keep: 59 }\n          at: /stores/sets/0/keep\n", ""}, at: "[{ good: {} }]", en: "the list has 1 item, want at least 2", zh: "列表只有 1 项", more: -1},
	}
}

func sourceDefects() []defect {
	const level3 = "level3: { source: copies-2019/8.1 }"
	rests := func(name, basis, at, en, zh string) defect {
		return defect{name: name, file: storesFile, patch: []string{level3, "level3: " + basis}, at: at, en: en, zh: zh, more: -1}
	}
	return []defect{
		rests("unknown article", "{ source: copies-2019/8.9 }", "copies-2019/8.9", `there is no article "copies-2019/8.9" in checks/sources.yaml: did you mean "copies-2019/8.1"?`, `checks/sources.yaml 里没有条文 "copies-2019/8.9"：是不是 "copies-2019/8.1"？`),
		rests("unknown supporting article", "{ source: [copies-2019/8.1, other/1] }", "other/1", `there is no article "other/1" in checks/sources.yaml: write it there first`, `没有条文 "other/1"：先写进去`),
		rests("article with a confidence", "{ source: copies-2019/8.1, confidence: read }", "read }", "the confidence comes from the articles: leave out confidence", "可信度由条文而来"),
		rests("article with a kind", "{ kind: local, source: [copies-2019/8.1], confidence: read }", "local, source", "the kind comes from the articles: leave out kind", "种类由条文而来，不写 kind"),
		rests("default without its kind", "{ source: { zh: 默认, en: default } }", "{ zh: 默认, en: default }", "a source in both languages is a default of ours: state kind: default beside it", "旁边写 kind: default"),
		rests("law without an article", "{ kind: law, source: 某法, confidence: read }", "law, source", "leave out kind and name an article such as csl-2025/23.2", "source 写条文，如 csl-2025/23.2"),
		rests("local rule without a confidence", "{ kind: local, source: 某办法 }", "level3: { kind: local", `"confidence" is missing`, `缺少 "confidence"`),
		{name: "article below its level", file: storesFile, patch: []string{level3, "level2: { source: copies-2019/8.1 }"}, at: "copies-2019/8.1", en: "article copies-2019/8.1 does not bind level 2, which this basis speaks for", zh: "条文 copies-2019/8.1 不约束等保 2 级"},
		rests("article above its level", "{ source: [copies-2019/8.2, copies-2019/7.1] }", "copies-2019/7.1", "does not bind level 3, 4, which", "不约束等保 3, 4 级"),
		rests("superseded article", "{ source: [copies-2019/8.2, copies-2012/3] }", "copies-2012/3", "article copies-2012/3 was in force only until 2019-12-31 and its instrument is superseded by copies-2019: name an article of that", "文件已被 copies-2019 取代"),
		rests("repealed article", "{ source: [copies-2019/8.2, copies-2019/8.4] }", "copies-2019/8.4", "article copies-2019/8.4 was in force only until 2026-11-30: name one that is in force", "条文 copies-2019/8.4 只到 2026-11-30 有效"),
		rests("article to come", "{ source: [copies-2019/8.2, copies-2019/8.5] }", "copies-2019/8.5", "article copies-2019/8.5 is in force only from 2026-12-02, and the examples are judged on 2026-12-01", "条文 copies-2019/8.5 自 2026-12-02 起才有效"),
		{name: "limit on an article to come", file: storesFile, patch: []string{"level3: { value: P90D, basis: { kind: default, source: fixture, confidence: unverified } }", "level3: { value: P90D, basis: { source: copies-2019/8.5 } }"}, at: "copies-2019/8.5", en: "is in force only from 2026-12-02", zh: "自 2026-12-02 起才有效"},
		{name: "limit weaker than its veto", file: storesFile, patch: []string{"severity: { default: major }\n    title: { zh: 近期", "severity: { default: major, level3: blocker }\n    title: { zh: 近期", "basis: { default: { kind: default, source: fixture, confidence: unverified } }\n    each: [{ set: stores.sets }]\n    assert: set.records", "basis: { default: { source: copies-2019/8.3 } }\n    each: [{ set: stores.sets }]\n    assert: set.records"}, at: "P90D",
			en: "the limit of a blocker rests on default/unverified, less than the check's own standard/secondary", zh: "否决的限值只凭 default/unverified"},
		{name: "veto above its basis", file: storesFile, patch: []string{"{ default: major, level3: blocker }", "{ default: major, level3: blocker }", level3, level3 + "\n      level4: { kind: default, source: fixture }"}, at: "{ default: major, level3: blocker }", en: "a basis of default/unverified bears no blocker", zh: "撑不起一票否决"},

		{name: "unknown successor", file: sourcesFile, patch: []string{"superseded_by: copies-2019", "superseded_by: copies-2091"}, at: "copies-2091", en: `there is no instrument "copies-2091": did you mean "copies-2019"?`, zh: `没有文件 "copies-2091"：是不是 "copies-2019"？`},
		{name: "superseded by itself", file: sourcesFile, patch: []string{"    issuer: { zh: 标准机构, en: Standards body }\n    in_force: { from: 2020-01-01 }", "    issuer: { zh: 标准机构, en: Standards body }\n    in_force: { from: 2020-01-01 }\n    superseded_by: copies-2012"}, at: "copies-2012\n    articles", en: "copies-2019 is superseded by itself in the end", zh: "copies-2019 绕一圈又被自己取代", more: 1},
		{name: "one instrument under two ids", file: sourcesFile, patch: []string{"title: { zh: 旧备份技术要求, en: Former requirements for backups }\n    cite: GB/T 0-2012\n    number: GB/T 0-2012", "title: { zh: 备份技术要求, en: Requirements for backups }\n    cite: GB/T 0-2012\n    number: GB/T 0-2019", "from: 2012-07-01", "from: 2020-01-01"}, at: "copies-2012\n", en: "copies-2012 and copies-2019 are one instrument", zh: "是同一份文件", more: 1},
		{name: "ends before it begins", file: sourcesFile, patch: []string{"from: 2012-07-01", "from: 2020-07-01"}, at: "{ from: 2020-07-01", en: "ends on 2019-12-31, before it begins on 2020-07-01", zh: "止于 2019-12-31，早于起始的 2020-07-01"},
		{name: "article that outlives its instrument", file: sourcesFile, patch: []string{"zh: 备份要存两份, en: Backups are kept twice }", "zh: 备份要存两份, en: Backups are kept twice }\n        in_force: { from: 2012-07-01, to: 2021-01-01 }"}, at: "{ from: 2012-07-01, to", en: "the article is in force until 2021-01-01, but its instrument only until 2019-12-31", zh: "条文有效到 2021-01-01，文件却只到 2019-12-31"},
		{name: "instrument twice", file: sourcesFile, patch: []string{"id: copies-practice", "id: copies-2019"}, at: "copies-2019\n    kind: assessor", en: "is used twice", zh: "重复"},
		{name: "article twice", file: sourcesFile, patch: []string{`id: "8.2"`, `id: "8.1"`}, at: "\"8.1\"\n        number: \"8.2\"", en: "is used twice", zh: "重复"},
		{name: "instrument without a day", file: sourcesFile, patch: []string{"number: GB/T 0-2019\n    issuer: { zh: 标准机构, en: Standards body }\n    in_force: { from: 2020-01-01 }", "number: GB/T 0-2019\n    issuer: { zh: 标准机构, en: Standards body }\n    in_force: {}"}, at: "in_force: {}", en: `"from" is missing`, zh: `缺少 "from"`},
	}
}

func exampleDefects() []defect {
	bad := func(name, text, en, zh string) defect {
		return defect{name: name, file: storesFile, patch: []string{"      - bad:\n          set: { /stores/sets/0/keep: 59 }\n          at: /stores/sets/0/keep\n", "      - " + text + "\n      - bad:\n          set: { /stores/sets/0/keep: 59 }\n          at: /stores/sets/0/keep\n"}, at: text, en: en, zh: zh}
	}
	return []defect{
		bad("good example that fails", "good: { set: { /stores/sets/0/keep: 1 } }", "stores.kept: the good example fails: backup set files is kept for 1 days only", "正例没有通过：备份集 files 只留 1 天"),
		bad("bad example that passes", "bad: { set: { /stores/sets/0/keep: 61 }, at: /stores/sets/0/keep }", "stores.kept: the bad example passes", "反例通过了"),
		bad("bad example that points elsewhere", "bad: { set: { /stores/sets/0/keep: 58 }, at: /stores/sets/0 }", "the bad example's finding points at /stores/sets/0/keep, want /stores/sets/0", "反例的问题指向 /stores/sets/0/keep，应指向 /stores/sets/0"),
		bad("example against the schema", "bad: { set: { /stores/sets/0/keep: many }, at: /stores/sets/0/keep }", `the schema refuses the example before the check sees it: stores/sets[files]/keep: want a whole number, found "many"`, "样例不合模式，轮不到检查项"),
		bad("example without a required key", "bad: { remove: [/stores/sets/0/keep], at: /stores/sets/0 }", `"keep" is missing`, `缺少 "keep"`),
		bad("example that patches nothing", "bad: { set: { /stores/sets/7/keep: 1 }, at: /stores/sets/7/keep }", "the example does not patch the baseline: the baseline has no /stores/sets/7", "样例改不动基线"),
		bad("example that patches no topic", "bad: { set: { /store: {} }, at: /stores/sets }", "the example does not patch the baseline: the baseline has no /store", "样例改不动基线"),
		bad("example that removes nothing", "bad: { remove: [/stores/nothing], at: /stores/sets }", "the baseline has no /stores/nothing", "样例改不动基线"),
		{name: "example to which the check does not apply", file: "checks/hosting.yaml", patch: []string{"- good: {}", "- good: { set: { /platform/hosted: false } }"}, at: "good: { set", en: "hosting.contract: the check does not apply to the example", zh: "检查项对这个样例不适用"},
		{name: "example with nothing to examine", file: "checks/faults.yaml", patch: []string{"drill {drill.id} failed\" }\n    examples:\n      - good: {}", "drill {drill.id} failed\" }\n    examples:\n      - good: { set: { /faults/drills: [] } }"}, at: "good: { set", en: "the good example gives the check nothing to examine", zh: "正例没有可核的内容"},
		{name: "check that breaks", file: "checks/hosting.yaml", patch: []string{"assert: past(hosting.signed)", `assert: past(hosting.signed) && period(hosting.host) < period("P1D")`}, at: "hosting.contract\n", en: "hosting.contract: the check itself breaks", zh: "检查项自身出错"},
	}
}

func otherDefects() []defect {
	return []defect{
		{name: "baseline against its schema", file: baselineFile, patch: []string{"keep: 90", "keep: long"}, at: "long", en: `want a whole number, found "long"`, zh: `应为整数，却是 "long"`},
		{name: "baseline that does not comply", file: baselineFile, patch: []string{"keep: 90", "keep: 1"}, at: "1\n", en: "stores.kept: the baseline itself does not comply: backup set files is kept for 1 days only (breaks 1 of its 2 examples)", zh: "stores.kept：基线本身不符合：备份集 files 只留 1 天（它的 2 个样例中 1 个因此失效）"},
		{name: "baseline that does not read", file: baselineFile, patch: []string{"    keep: 90", "\tkeep: 90"}, at: "\tkeep", en: "replace the tab by spaces (breaks ", zh: "把制表符换成空格（使 "},

		{name: "points do not sum", file: policyFile, patch: []string{`"1.2": 20`, `"1.2": 19`}, at: `"1.1": 0`, en: "the points sum to 99, want 100", zh: "分值之和是 99，应为 100"},
		{name: "points for no clause", file: policyFile, patch: []string{`"1.2": 20`, "\"1.2\": 20\n  \"9.9\": 0"}, at: `"9.9"`, en: "there is no clause 9.9", zh: "没有条款 9.9"},
		{name: "points for another clause", file: policyFile, patch: []string{`"1.2": 20`, `"9.9": 20`}, at: `"9.9"`, en: "there is no clause 9.9", zh: "没有条款 9.9"}, // clause 1.2 has none: that follows
		{name: "clause without points", file: policyFile, patch: []string{"  \"1.1\": 0\n", ""}, at: `"1.2": 20`, en: "clause 1.1 has no points", zh: "条款 1.1 没有分值"},
		{name: "unknown required clause", file: policyFile, patch: []string{`["2.1.1"]`, `["2.1.7"]`}, at: `"2.1.7"`, en: "there is no clause 2.1.7", zh: "没有条款 2.1.7"},
		{name: "grades upside down", file: policyFile, patch: []string{"min: 60", "min: 90"}, at: "90", en: "grades are sorted from the highest to the lowest: let the 90 of ", zh: "等次要从高到低排列"},
		{name: "no lowest grade", file: policyFile, patch: []string{"min: 0", "min: 1"}, at: "- id: good", en: "the lowest grade must begin at 0", zh: "最低一等要从 0 分起"},
		{name: "the lowest grade has conditions", file: policyFile, patch: []string{"    min: 0\n", "    min: 0\n    conditions: [{ at_most: 0 }]\n"}, at: "[{ at_most: 0 }]", en: "the lowest grade can have no conditions: there is none below it", zh: "最低一等不能附条件"},
		{name: "a condition on no check", file: policyFile, patch: []string{"    min: 80\n", "    min: 80\n    conditions: [{ unconfirmed: stores.frech, at_most: 0 }]\n"}, at: "stores.frech", en: `there is no check "stores.frech": did you mean stores.fresh?`, zh: `没有检查项 "stores.frech"：是不是 stores.fresh？`},
		{name: "a condition on a check and a severity", file: policyFile, patch: []string{"    min: 80\n", "    min: 80\n    conditions: [{ unconfirmed: stores.fresh, severity: major, at_most: 0 }]\n"}, at: "major, at_most", en: "severity beside it has no effect: delete one of the two", zh: "旁边的 severity 不起作用：删去其一"},
		{name: "a condition on no chapter", file: policyFile, patch: []string{"    min: 80\n", "    min: 80\n    conditions: [{ chapter: \"9\", at_most: 0 }]\n"}, at: "\"9\"", en: "there is no chapter 9", zh: "没有第 9 章"},
		{name: "weights upside down", file: policyFile, patch: []string{"major: 5", "major: 50"}, at: "10, major: 50", en: "weights.blocker is 10, below the 50 of major: make it at least as much", zh: "weights.blocker 是 10，小于 major 的 50"},
		{name: "grade near another", file: policyFile, patch: []string{"open_blocker_grade: fail", "open_blocker_grade: fall"}, at: "fall", en: `there is no grade "fall": did you mean fail?`, zh: `没有等次 "fall"：是不是 fail？`},
		{name: "a regular expression", file: policyFile, patch: []string{"['机密★']", "['(a']"}, at: "'(a'", en: `is not a valid regular expression: a ( is never closed: "(a"`, zh: `不是有效的正则表达式：括号没有合上，缺少 )："(a"`},
		{name: "unknown grade", file: policyFile, patch: []string{"open_blocker_grade: fail", "open_blocker_grade: worst"}, at: "worst", en: `there is no grade "worst"`, zh: `没有等次 "worst"`},
		{name: "policy without a key", file: policyFile, patch: []string{"coverage: 60\n", ""}, at: "", en: `"coverage" is missing`, zh: `缺少 "coverage"`},
		{name: "policy that does not read", file: policyFile, patch: []string{"coverage: 60", "\tcoverage: 60"}, at: "\tcoverage", en: "a tab in the indentation", zh: "用制表符缩进"},

		{name: "clause without a check", file: regulationFile, patch: []string{"    informative: { zh: 没有可判定的事实, en: There is no fact to decide }\n", ""}, at: `"1.1"`, en: "clause 1.1 has no check and does not say why", zh: "条款 1.1 没有检查项，也没说为什么"},
		{name: "informative clause with a check", file: regulationFile, patch: []string{"summary: { zh: 系统要上线, en: Systems go live }", "summary: { zh: 系统要上线, en: Systems go live }\n    informative: { zh: 没有, en: None }"}, at: `"1.2"`, en: "clause 1.2 is informative, yet has checks", zh: "条款 1.2 标为不计分，却有检查项"},
		{name: "pending clause with a check", file: regulationFile, patch: []string{"summary: { zh: 系统要上线, en: Systems go live }", "summary: { zh: 系统要上线, en: Systems go live }\n    pending: true"}, at: `"1.2"`, en: "clause 1.2 is pending, yet has checks", zh: "条款 1.2 标为待编写，却已有检查项"},
		{name: "clause of no chapter", file: regulationFile, patch: []string{`- id: "2"`, `- id: "3"`}, at: `"2.1.1"`, en: "clause 2.1.1 belongs to no chapter", zh: "条款 2.1.1 不属于任何一章", more: 2},
		{name: "section of no clause", file: regulationFile, patch: []string{"sections:\n  - id: \"2.1\"", "sections:\n  - id: \"7.1\""}, at: `"7.1"`, en: "no clause is in section 7.1: correct its id, or delete it", zh: "第 7.1 节里没有条款"},
		{name: "clause twice", file: regulationFile, patch: []string{`- id: "2.1.2"`, `- id: "2.1.1"`}, at: "\"2.1.1\"\n    kind: duty\n    title: { zh: 缺陷", en: "is used twice", zh: "重复"},

		{name: "overlay of a repository without any", file: policyFile, patch: []string{"coverage: 60", "coverage: 60\noverlays: [city]"}, at: "city]", en: `there is no overlay "city"; write checks/overlays/city.yaml first`, zh: `没有叠加 "city"；先写 checks/overlays/city.yaml`},
		{name: "type that JSON does not know", file: storesSchema, patch: []string{`"type": "string"`, `"type": "text"`}, at: `"text"`, en: `is not a valid JSON Schema: "text" is none of the allowed values: array, boolean, `, zh: `不是有效的 JSON Schema："text" 不在允许的值之内：array, boolean, `},
		{name: "comma too many", file: storesSchema, patch: []string{"\"required\": [\n    \"sets\"", "\"required\": [\n    \"sets\","}, at: ",\n  ]", en: "is not JSON: delete the comma behind the last item", zh: "最后一项后面多了逗号"},
		{name: "text in single quotes", file: storesSchema, patch: []string{`"x-title-en": "Label"`, `"x-title-en": 'Label'`}, at: "'Label'", en: `is not JSON: cannot read on at "'"`, zh: "键和文字用双引号"},
		{name: "label of no value", file: storesSchema, patch: []string{`"type": "string"`, `"type": "string", "enum": ["a", "b"], "x-labels": { "a": { "zh": "甲", "en": "first" }, "bb": { "zh": "乙", "en": "second" } }`}, at: `"bb"`, en: `"bb" in x-labels is none of the values here: a, b`, zh: `x-labels 里的 "bb" 不是这里的值`, more: -1},
		{name: "unknown keyword", file: storesSchema, patch: []string{`"minimum": 0`, `"minimun": 0`}, at: `"minimun"`, en: `unknown keyword "minimun"`, zh: `不认识的关键字 "minimun"`},
		{name: "unknown format", file: storesSchema, patch: []string{`"type": "string"`, `"type": "string", "format": "phone"`}, at: `"phone"`, en: `unknown format "phone"`, zh: `不认识的格式 "phone"`},
		{name: "keyword with a wrong value", file: storesSchema, patch: []string{`"minimum": 0`, `"minimum": "0"`}, at: `"0"`, en: "is not a valid JSON Schema", zh: "不是有效的 JSON Schema"},
		{name: "open topic", file: storesSchema, patch: []string{"  \"additionalProperties\": false,\n  \"required\": [\n    \"sets\"", "  \"required\": [\n    \"sets\""}, at: "", en: "the object is open: state additionalProperties: false", zh: "对象没有封闭"},
		{name: "open object", file: storesSchema, patch: []string{"\"additionalProperties\": false,\n        \"required\": [", "\"additionalProperties\": true,\n        \"required\": ["}, at: "{\n        \"type\": \"object\"", en: "the object is open", zh: "对象没有封闭"},
		{name: "untitled property", file: storesSchema, patch: []string{"            \"title\": \"标注\",\n", ""}, at: `"label"`, en: `"label" has no title`, zh: `"label" 没有 title`},
		{name: "property without English", file: storesSchema, patch: []string{"            \"x-title-en\": \"Label\",\n", ""}, at: `"label"`, en: `"label" has no x-title-en`, zh: `"label" 没有 x-title-en`},
		{name: "property with misspelt English", file: storesSchema, patch: []string{"\"x-title-en\": \"Label\"", "\"x-titel-en\": \"Label\""}, at: `"x-titel-en"`, en: `unknown keyword "x-titel-en": did you mean x-title-en?`, zh: `不认识的关键字 "x-titel-en"：是不是 x-title-en？`},
		{name: "property without description", file: storesSchema, patch: []string{"            \"x-description-en\": \"A name for people.\",\n", ""}, at: `"label"`, en: `"label" has no x-description-en`, zh: `"label" 没有 x-description-en`},
		{name: "property of no form", file: storesSchema, patch: []string{`"label": {`, `"Label": {`}, at: `"Label": {`, en: `key "Label" does not match`, zh: `键名 "Label" 不合`},
		{name: "property that is a word of CEL", file: storesSchema, patch: []string{`"label": {`, `"in": {`}, at: `"in": {`, en: "is a reserved word", zh: "是保留字"},
		{name: "required but unknown", file: storesSchema, patch: []string{"\"name\",\n          \"keep\"", "\"name\",\n          \"kept\""}, at: "[\n          \"name\"", en: `required "kept" is not among the properties`, zh: `必填的 "kept" 不在 properties 里`, more: -1},
		{name: "list without x-key", file: storesSchema, patch: []string{"            \"x-key\": \"site\",\n", ""}, at: "{\n            \"title\": \"副本\"", en: `the list's x-key "" is not a required string of its items`, zh: "列表的 x-key"},
		{name: "x-key that is optional", file: storesSchema, patch: []string{`"x-key": "name"`, `"x-key": "label"`}, at: "{\n      \"title\": \"备份集\"", en: `the list's x-key "label" is not a required string of its items`, zh: "列表的 x-key"},
		{name: "list without items", file: storesSchema, patch: []string{`"type": "string"`, `"type": "array", "minItems": 1`}, at: "{\n            \"title\": \"标注\"", en: "the list does not state its items", zh: "列表没有写 items"},
		{name: "reference to no file", file: storesSchema, patch: []string{"\"common.schema.json#/$defs/slug\",\n            \"title\": \"名称\"", "\"comon.schema.json#/$defs/slug\",\n            \"title\": \"名称\""}, at: `"comon.schema.json#/$defs/slug"`, en: `reference "comon.schema.json#/$defs/slug" leads nowhere`, zh: "无处可去"},
		{name: "reference to nothing", file: storesSchema, patch: []string{"\"common.schema.json#/$defs/slug\",\n            \"title\": \"名称\"", "\"common.schema.json#/$defs/slog\",\n            \"title\": \"名称\""}, at: `"common.schema.json#/$defs/slog"`, en: `reference "common.schema.json#/$defs/slog" leads nowhere`, zh: "无处可去"},
		{name: "reference to the network", file: storesSchema, patch: []string{"\"common.schema.json#/$defs/slug\",\n            \"title\": \"名称\"", "\"https://example.com/x.json\",\n            \"title\": \"名称\""}, at: `"https://example.com/x.json"`, en: `reference "https://example.com/x.json" leads nowhere`, zh: "无处可去"},
		{name: "reference to itself", file: storesSchema, patch: []string{`"type": "string"`, `"$ref": "#/properties/sets/items/properties/label"`}, at: `"#/properties/sets/items/properties/label"`, en: "leads back to itself", zh: "绕回自己"},
		{name: "reference in a circle", file: storesSchema, patch: []string{`"type": "string"`, `"$ref": "#/properties/sets"`}, at: `"#/properties/sets"`, en: "leads back to itself", zh: "绕回自己", more: -1},
		{name: "topic without a place", file: storesSchema, patch: []string{`"order": 2`, `"place": 2`}, at: "{\n    \"place\"", en: "x-topic wants {order: N}", zh: "x-topic 要写"},
		{name: "header without its field", file: "schemas/platform.schema.json", patch: []string{"    \"sensitivity\",\n", ""}, at: "", en: `the header's "sensitivity" is not declared as required`, zh: `平台头部的 "sensitivity" 没有声明为必填`},
	}
}

func TestDefectsOfTheRulebook(t *testing.T) {
	var all []defect
	all = append(all, expressionDefects()...)
	all = append(all, checkDefects()...)
	all = append(all, sourceDefects()...)
	all = append(all, exampleDefects()...)
	all = append(all, otherDefects()...)
	for _, d := range all {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			dir := fixture(t, "one")
			content := read(t, dir, d.file)
			for i := 0; i < len(d.patch); i += 2 {
				if n := strings.Count(content, d.patch[i]); n != 1 {
					t.Fatalf("%q stands %d times in %s, want once", d.patch[i], n, d.file)
				}
				content = strings.Replace(content, d.patch[i], d.patch[i+1], 1)
			}
			write(t, dir, d.file, content)
			told(t, dir, d, placeOf(t, content, d.at))
		})
	}
}

// told holds a run to stop at the rulebook, in both languages.
func told(t *testing.T, dir string, d defect, place string) {
	t.Helper()
	for language, message := range map[string]string{"en": d.en, "zh": d.zh} {
		r := run(t, dir, "check", "--lang", language)
		lines := strings.Split(strings.TrimSuffix(r.stderr, "\n"), "\n")
		if r.code != cli.Failed || r.stdout != "" {
			t.Errorf("exit code %d, stdout %q; want %d and nothing", r.code, r.stdout, cli.Failed)
		}
		if got, want := len(lines), 2+d.more; got != want && d.more >= 0 {
			t.Errorf("%d lines, want %d", got, want)
		}
		want := d.file + ":" + place + ": "
		found := false
		for _, line := range lines {
			found = found || strings.HasPrefix(line, want) && strings.Contains(line, message)
		}
		if !found {
			t.Errorf("no line begins %q and holds %q:\n%s", want, message, r.stderr)
		}
		if strings.Contains(r.stderr, dir) {
			t.Errorf("an absolute path is told:\n%s", r.stderr)
		}
	}
}

// placeOf is the line and column at which a text stands in a file.
func placeOf(t *testing.T, content, at string) string {
	t.Helper()
	if at == "" {
		return "1:1"
	}
	if n := strings.Count(content, at); n != 1 {
		t.Fatalf("the place %q stands %d times", at, n)
	}
	before, _, _ := strings.Cut(content, at)
	return fmt.Sprintf("%d:%d", strings.Count(before, "\n")+1, utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])+1)
}

// What is missing as a whole is a defect of its folder or file.
func TestDefectsOfMissingFiles(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, dir string)
		defect
		place string
	}{
		{"check file without a topic", func(t *testing.T, dir string) { write(t, dir, "checks/extra.yaml", "as_of: 2026-12-01\n") },
			defect{file: "checks/extra.yaml", en: `there is no topic "extra": schemas/extra.schema.json or its x-topic is missing`, zh: `没有叫 "extra" 的专题`}, "1:1"},
		{"check file near a topic", func(t *testing.T, dir string) { write(t, dir, "checks/store.yaml", "as_of: 2026-12-01\n") },
			defect{file: "checks/store.yaml", en: "its x-topic is missing; did you mean stores.yaml?", zh: "缺 schemas/store.schema.json 或其 x-topic；是不是 stores.yaml？"}, "1:1"},
		{"file near the policy", func(t *testing.T, dir string) { write(t, dir, "checks/polices.yaml", "minimum: 60\n") },
			defect{file: "checks/polices.yaml", en: "did you mean policy.yaml?", zh: "是不是 policy.yaml？"}, "1:1"},
		{"topic without a check file", func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, "checks", "hosting.yaml"))) },
			defect{file: "checks/hosting.yaml", en: "the file is missing", zh: "缺少这个文件"}, "1:1"},
		{"no schemas", func(t *testing.T, dir string) { check(t, os.RemoveAll(filepath.Join(dir, "schemas"))) },
			defect{file: "schemas", en: "the schema of the topic platform is missing", zh: "缺少专题 platform 的模式"}, "1:1"},
		{"no header", func(t *testing.T, dir string) {
			check(t, os.Remove(filepath.Join(dir, "schemas", "platform.schema.json")))
		},
			defect{file: "schemas", en: "the schema of the topic platform is missing", zh: "缺少专题 platform 的模式"}, "1:1"},
		{"no policy", func(t *testing.T, dir string) { check(t, os.Remove(filepath.Join(dir, "checks", "policy.yaml"))) },
			defect{file: "checks/policy.yaml", en: "the file is missing", zh: "缺少这个文件"}, "1:1"},
		{"schema that is no JSON", func(t *testing.T, dir string) { write(t, dir, storesSchema, "{") },
			defect{file: storesSchema, en: "the bracket is never closed", zh: "括号没有闭合"}, "1:1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := fixture(t, "one")
			c.change(t, dir)
			told(t, dir, c.defect, c.place)
		})
	}
}
