package expression

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
)

// problems translates CEL's complaints about an expression into our own words.
func (s Scope) problems(text string, issues *cel.Issues) []Problem {
	t := &teller{scope: s, text: []rune(text), missed: s.missed(text)}
	var out []Problem
	for _, issue := range issues.Errors() {
		broken := strings.HasPrefix(issue.Message, "Syntax error: ")
		if broken && t.broken {
			continue // what follows from the first
		}
		t.broken = t.broken || broken
		offset := t.offset(issue)
		out = append(out, Problem{offset, t.tell(issue.Message, offset)})
	}
	return out
}

// teller holds what the messages about one expression name.
type teller struct {
	scope Scope
	text  []rune
	// missed are the types in which fields were looked for in vain, by field.
	missed map[string][]*schema.Type
	broken bool
}

// offset is where an issue stands, in runes.
func (t *teller) offset(issue *common.Error) int {
	offset := issue.Location.Column()
	for line, i := 1, 0; line < issue.Location.Line() && i < len(t.text); i++ {
		offset++
		if t.text[i] == '\n' {
			line++
		}
	}
	return max(offset, 0)
}

// telling is our words for the messages of CEL that match a pattern.
type telling struct {
	pattern string
	say     func(t *teller, offset int, of []string) lang.Text
}

func tellings() []telling {
	return []telling{
		{`^undefined field '(.+)'$`, func(t *teller, _ int, of []string) lang.Text { return noField(t.next(of[0]), of[0]) }},
		{`^undeclared reference to '([^']+)'`, (*teller).unknown},
		{`^found no matching overload for '(.+)' applied to '\((.*)\)'$`, (*teller).unfit},
		{`^found no matching overload for '(.+)' applied to '(.+)\.\((.*)\)'$`, unfitOf},
		{`^type '(.+)' does not support field selection$`, func(_ *teller, _ int, of []string) lang.Text {
			return lang.Say("%s没有字段；列表请用 exists() 或 all()", "%s has no fields; of a list, ask exists() or all()", kindText(of[0]))
		}},
		{`^expected type '(.+)' but found '(.+)'$`, func(_ *teller, _ int, of []string) lang.Text {
			return lang.Say("这里要的是%s，却是%s", "want %s here, it is %s", kindText(of[0]), kindText(of[1]))
		}},
		{`^expression of type '(.+)' cannot be range of a comprehension`, func(_ *teller, _ int, of []string) lang.Text {
			return lang.Say("要逐项看的须是列表，却是%s", "want a list to look through, it is %s", kindText(of[0]))
		}},
		{`^Syntax error: `, func(t *teller, offset int, _ []string) lang.Text { return t.syntax(offset) }},
		{`^argument (must be a simple name|is not an identifier)$`, func(*teller, int, []string) lang.Text {
			return lang.Say("先要给列表的项取一个名字，如 r", "the first argument is a name for the items of the list, such as r")
		}},
		{`^iteration variable overwrites accumulator variable$`, func(*teller, int, []string) lang.Text {
			return lang.Say("这个名字不能用", "this name cannot be used")
		}},
		{`^invalid argument to has\(\) macro$`, func(*teller, int, []string) lang.Text {
			return lang.Say("检查项不得用 has()：没有声明就是没有做到", "has() is refused: what is not stated does not hold")
		}},
		{regexp.QuoteMeta(newestArguments), func(*teller, int, []string) lang.Text { return newestUsage() }},
		{`^unsupported syntax '(.+)'`, func(_ *teller, _ int, of []string) lang.Text {
			return lang.Say("检查项不得用 %s", "%s is refused in checks", of[0])
		}},
		{`^reserved identifier: (.+)$`, func(_ *teller, _ int, of []string) lang.Text {
			return lang.Say("%q 是保留字，不能作名字", "%q is a reserved word and cannot be a name", of[0])
		}},
		{`^invalid (int|uint|double) literal$`, func(*teller, int, []string) lang.Text {
			return lang.Say("这个数写错了，或者太大", "this number is wrong or too large")
		}},
		{`^expression code point size exceeds limit`, func(*teller, int, []string) lang.Text {
			return lang.Say("表达式超过 %d 个字符：拆成几个检查项", "the expression is longer than %d characters: make several checks of it", maxRunes)
		}},
		{`^expression recursion limit exceeded|^max recursion depth exceeded`, func(*teller, int, []string) lang.Text {
			return lang.Say("表达式嵌套超过 %d 层", "the expression nests deeper than %d", maxDepth)
		}},
		{`^expression (node )?count exceeds limit`, func(*teller, int, []string) lang.Text {
			return lang.Say("表达式超过 %d 个部分：拆成几个检查项", "the expression has more than %d parts: make several checks of it", maxNodes)
		}},
	}
}

func (t *teller) tell(message string, offset int) lang.Text {
	for _, known := range tellings() {
		if of := regexp.MustCompile(known.pattern).FindStringSubmatch(message); of != nil {
			return known.say(t, offset, of[1:])
		}
	}
	return lang.Say("表达式有误：%s", "the expression is wrong: %s", message)
}

// syntax says where the expression stops making sense.
func (t *teller) syntax(offset int) lang.Text {
	rest := t.text[min(offset, len(t.text)):]
	end := slices.IndexFunc(rest, unicode.IsSpace)
	if end < 0 {
		end = len(rest)
	}
	if end == 0 {
		return lang.Say("表达式没有写完，或有一处没有合上", "the expression ends too early, or something in it is never closed")
	}
	word := string(rest[:end])
	if narrow := narrow(rest[0]); narrow != "" {
		return lang.Say("%q 是全角或中文标点：写半角的 %s", "%q is a full-width or Chinese sign: write %s", string(rest[0]), narrow)
	}
	if meant := map[string]string{"and": "&&", "or": "||", "not": "!", "=": "=="}[word]; meant != "" {
		return lang.Say("读到 %q 读不下去：请写 %s", "cannot read on at %q: write %s", word, meant)
	}
	return lang.Say("读到 %q 读不下去", "cannot read on at %q", clip(word))
}

// narrow is the sign of expressions that a full-width or Chinese one stands for, empty for
// none.
func narrow(r rune) string {
	switch r {
	case '“', '”', '‘', '’', '「', '」', '『', '』':
		return `"`
	case '、':
		return ","
	case '。':
		return "."
	case '【':
		return "["
	case '】':
		return "]"
	case '《', '〈':
		return "<"
	case '》', '〉':
		return ">"
	case '≤':
		return "<="
	case '≥':
		return ">="
	case '≠':
		return "!="
	}
	if r >= '！' && r <= '～' {
		return string(r - '！' + '!')
	}
	return ""
}

// unknown reports a name or a function that does not exist.
func (t *teller) unknown(offset int, of []string) lang.Text {
	name := of[0]
	if offset < len(t.text) && t.text[offset] == '(' {
		return unknownFunction(name)
	}
	return t.scope.unknown(name)
}

// unknown reports a name that the scope does not have.
func (s Scope) unknown(name string) lang.Text {
	if why, expected := s.lacking[name]; expected {
		return why
	}
	known := s.names()
	return lang.Say("不认识的名字 %q%s；这里可用 %s", "unknown name %q%s; the names here are %s", name, didYouMean(name, known), listed(known))
}

func unknownFunction(name string) lang.Text {
	switch {
	case name == newest:
		return newestUsage()
	case slices.Contains([]string{"all", "exists", "exists_one", "filter"}, name):
		return lang.Say("要写 列表.%[1]s(r, 条件)", "%s() wants list.%[1]s(r, condition)", name)
	}
	known := Functions()
	return lang.Say("没有函数 %s()%s；有 %s", "there is no function %s()%s; there are %s", name, didYouMean(name, known), listed(known))
}

// Functions are the names of all functions and macros that checks may use,
// sorted.
func Functions() []string {
	all := append(clockFunctions(), "period", "sum", newest, "all", "exists", "exists_one", "filter", "map", "size", "startsWith", "endsWith", "contains", "matches", "double", "int", "string")
	slices.Sort(all)
	return all
}

func newestUsage() lang.Text {
	return lang.Say("要写 记录.newest(r, r.date, 是哪一类, 条件)：第二处是日期，后两处是真假值",
		"want records.newest(r, r.date, <which kind>, <condition>): the second is a date, the last two are true or false")
}

// unfit reports arguments that a function or an operator does not take.
func (t *teller) unfit(offset int, of []string) lang.Text {
	if strings.HasPrefix(of[0], newestNone) {
		return newestUsage()
	}
	given := kindTexts(of[1])
	if name, isOperator := operators.FindReverse(of[0]); isOperator && name != "" {
		if strings.Contains(of[1], dateType().TypeName()) {
			return lang.Say("%s 不能用于日期：请用 before()、not_after()、within() 比较", "%s does not take dates: compare them by before(), not_after() and within()", name)
		}
		if strings.Contains(of[1], periodType().TypeName()) {
			if limit := t.limitBeside(offset, name, of[1]); limit != "" {
				return lang.Say("%[1]s.%[2]s 是数，与它比较的是时长：在检查项的 limits 里把 %[2]s 写成时长，如 P90D", "%[1]s.%[2]s is a number and is compared with a length of time: state %[2]s as one in the check's limits, such as P90D", limits, limit)
			}
			return lang.Say("%s 不能用于%s：时长写成 period(\"P30D\") 再比较", "%s does not take %s: write a length of time as period(\"P30D\")", name, given)
		}
		return lang.Say("%s 不能用于%s%s", "%s does not take %s%s", name, given, fitting(of[0], of[1]))
	}
	if of[0] == operators.Conditional {
		return lang.Say("条件 ? 甲 : 乙 里，条件须是真假值，甲乙须同类，却是%s", "in condition ? a : b the condition is true or false and a and b are of one kind; here they are %s", given)
	}
	return lang.Say("%s() 不能用于%s", "%s() does not take %s", of[0], given)
}

// unfitOf reports a function of a value that is not of its kind.
func unfitOf(_ *teller, _ int, of []string) lang.Text {
	if of[0] == "contains" && strings.HasPrefix(of[1], "list(") {
		return lang.Say("列表没有 contains()：写成 值 in 列表", "contains() is of texts: of a list write value in list")
	}
	return lang.Say("%s() 不能用于%s", "%s() is not of %s", of[0], kindText(of[1]))
}

// fitting is what was meant where an operator stands between kinds that do not fit, zero
// where nobody can say.
func fitting(operator, kinds string) lang.Text {
	switch left, right, _ := strings.Cut(kinds, ", "); {
	case operator == operators.In && left == "string" && right == "string":
		return lang.Say("：写 == 或列表 [\"…\"]", ": write == or a list, [\"…\"]")
	case left == "string" && slices.Contains(unquoted, right), right == "string" && slices.Contains(unquoted, left):
		return lang.Say("：真假值和数不加引号", ": true, false and numbers stand without quotes")
	}
	return lang.Text{}
}

// unquoted are the kinds of what stands without quotes.
var unquoted = []string{"bool", "int", "double"}

// limits is the name by which a check reads its own.
const limits = "limits"

// limitBeside is the limit on that side of the operator at an offset which is no length
// of time, empty for none.
func (t *teller) limitBeside(offset int, operator, kinds string) string {
	left, right, _ := strings.Cut(kinds, ", ")
	for _, side := range []struct{ kind, text, pattern string }{
		{left, string(t.text[:offset]), `\b` + limits + `\.(\w+)\s*$`},
		{right, string(t.text[min(offset+len(operator), len(t.text)):]), `^\s*` + limits + `\.(\w+)`},
	} {
		if of := regexp.MustCompile(side.pattern).FindStringSubmatch(side.text); of != nil && side.kind != periodType().TypeName() {
			return of[1]
		}
	}
	return ""
}

// noField reports a field that a type does not have, and lists those it has.
func noField(in *schema.Type, name string) lang.Text {
	if in == nil || len(in.Fields) == 0 {
		return lang.Say("没有字段 %q", "there is no field %q", name)
	}
	known := make([]string, len(in.Fields))
	for i, field := range in.Fields {
		known[i] = field.Name
	}
	called := in.Name
	if strings.HasPrefix(called, limits+".") { // of one check: that is clear from the place
		called = limits
	}
	return lang.Say("%s 没有字段 %q%s；有 %s", "%s has no field %q%s; it has %s", called, name, didYouMean(name, known), listed(known))
}

func didYouMean(name string, known []string) lang.Text {
	if meant := near.Word(name, known); meant != "" {
		return lang.Say("（是不是 %q？）", " (did you mean %q?)", meant)
	}
	return lang.Text{}
}

func listed(names []string) lang.Text {
	return lang.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
}

// names are all that an expression of the scope may begin with.
func (s Scope) names() []string {
	var out []string
	for _, v := range s.vars {
		out = append(out, v.name)
	}
	for _, topic := range s.env.topics {
		out = append(out, topic.Name)
	}
	return out
}

// kindText names a type of CEL for people.
func kindText(name string) lang.Text {
	if item, isList := strings.CutPrefix(name, "list("); isList {
		return lang.Say("列表（各项：%s）", "a list (its items: %s)", kindText(strings.TrimSuffix(item, ")")))
	}
	if of, isObject := strings.CutPrefix(name, objectPrefix); isObject {
		return lang.Say("对象（%s）", "an object (%s)", of)
	}
	switch name {
	case "bool":
		return lang.Say("真假值", "true or false")
	case "int", "uint":
		return lang.Say("整数", "a whole number")
	case "double":
		return lang.Say("小数", "a decimal number (write 1.0 for 1)")
	case "string":
		return lang.Say("文字", "a text")
	case "date":
		return lang.Say("日期", "a date")
	case "period":
		return lang.Say("时长", "a length of time")
	case "unreadable":
		return lang.Say("表达式看不进去的值", "something that expressions cannot look into")
	}
	return lang.Same(name)
}

func kindTexts(names string) lang.Text {
	var out lang.Text
	for i, name := range strings.Split(names, ", ") {
		if out = lang.Say("%s和%s", "%s and %s", out, kindText(name)); i == 0 {
			out = kindText(name)
		}
	}
	return out
}

// missed compiles the expression once more to learn which types lack which
// fields: CEL's message has only the field. The types of a field keep their order.
func (s Scope) missed(text string) map[string][]*schema.Type {
	w := &watcher{provider: s.env.provider, missed: map[string][]*schema.Type{}}
	if env, err := s.extended(); err == nil {
		if watched, err := env.Extend(cel.CustomTypeProvider(w)); err == nil {
			watched.Compile(text)
		}
	}
	return w.missed
}

// watcher records the fields that were not found.
type watcher struct {
	*provider
	missed map[string][]*schema.Type
}

// FindStructFieldType asks the provider and records what is not found.
func (w *watcher) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	found, ok := w.provider.FindStructFieldType(name, field)
	if t := w.find(name); !ok && t != nil && !slices.Contains(w.missed[field], t) {
		w.missed[field] = append(w.missed[field], t)
	}
	return found, ok
}

// next is the next type that lacks a field.
func (t *teller) next(field string) *schema.Type {
	in := t.missed[field]
	if len(in) == 0 {
		return nil
	}
	if len(in) > 1 {
		t.missed[field] = in[1:]
	}
	return in[0]
}
