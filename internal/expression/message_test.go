package expression_test

import (
	"strings"
	"testing"
	"unicode"

	"hegui/internal/expression"
)

// Whatever is wrong with an expression is told in both languages and in our own
// words, with what there is or what to write instead.
func TestMessages(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ text, zh, en string }{
		{"t.flagg", `t 没有字段 "flagg"（是不是 "flag"？）；有 adverse、`, `t has no field "flagg" (did you mean "flag"?); it has adverse, `},
		{"t.must.exists(i, i.scroe > 1)", `t.must 没有字段 "scroe"（是不是 "score"？）；有 fine、good、`, `t.must has no field "scroe" (did you mean "score"?); it has fine, good, `},
		{"u.flag", `不认识的名字 "u"`, `unknown name "u"`},
		{"recnt(t.d, t.p)", "没有函数 recnt()（是不是 \"recent\"？）；有 all、", `there is no function recnt() (did you mean "recent"?); there are all, `},
		{"t.must.exists(i)", "要写 列表.exists(r, 条件)", "exists() wants list.exists(r, condition)"},
		{"t.must.exists(i.x, true)", "先要给列表的项取一个名字", "the first argument is a name for the items of the list"},
		{"t.must.newest(r)", "要写 记录.newest(r, r.date, 是哪一类, 条件)", "want records.newest(r, r.date, <which kind>, <condition>)"},
		{"t.must.newest(r, r.id, true, true)", "第二处是日期", "the second is a date"},
		{"t.must.newest(r, r.on, 1, true)", "后两处是真假值", "the last two are true or false"},
		{"t.must.newest(r, r.on, true, 1)", "这里要的是真假值，却是整数", "want true or false here, it is a whole number"},
		{"recent(t.d)", "recent() 不能用于日期", "recent() does not take a date"},
		{"recent(t.d, 'P1D')", "recent() 不能用于日期和文字", "recent() does not take a date and a text"},
		{"t.n == 1.0", "== 不能用于整数和小数", "== does not take a whole number and a decimal number"},
		{"!t.n", "! 不能用于整数", "! does not take a whole number"},
		{"t.n in t.s", "in 不能用于整数和文字", "in does not take a whole number and a text"},
		{"t.n ? true : false", "条件须是真假值", "the condition is true or false"},
		{"t.flag.exists(x, true)", "要逐项看的须是列表，却是真假值", "want a list to look through, it is true or false"},
		{"t.must.size() == t.must", "== 不能用于整数和列表（各项：对象（t.must））", "== does not take a whole number and a list (its items: an object (t.must))"},
		{"t.flag && )", `读到 ")" 读不下去`, `cannot read on at ")"`},
		{"t.flag and t.flag2", `读到 "and" 读不下去：请写 &&`, `cannot read on at "and": write &&`},
		{"(t.flag", "表达式没有写完", "the expression ends too early"},
		{"", "表达式没有写完", "the expression ends too early"},
		{"t.s == '\\q'", "读不下去", "cannot read on"},
		{"for == 1", `"for" 是保留字`, `"for" is a reserved word`},
		{"99999999999999999999 == 1", "这个数写错了，或者太大", "this number is wrong or too large"},
		{"has(t)", "检查项不得用 has()", "has() is refused"},
		{"t.must.exists(__result__, true)", "这个名字不能用", "this name cannot be used"},
		{"t.?flag", "检查项不得用 .?", ".? is refused in checks"},
		{"t{}", "", ""}, {"google.x{a: 1}", "", ""}, {"\x01", "", ""}, {"#", "", ""}, {"size(t.n) > 1", "", ""}, {"null == t.s", "", ""},
	} {
		_, problems := w.env.Scope().Compile(c.text, expression.Condition)
		if len(problems) == 0 || !strings.Contains(problems[0].Message.ZH, c.zh) || !strings.Contains(problems[0].Message.EN, c.en) {
			t.Errorf("%s: want %q: %+v", c.text, c.en, problems)
		}
		for _, p := range problems {
			if !strings.ContainsFunc(p.Message.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: in Chinese %q", c.text, p.Message.ZH)
			}
			for _, theirs := range []string{"overload", "undeclared", "undefined", "Syntax error", "_==_", "comprehension", "表达式有误"} {
				if strings.Contains(p.Message.ZH+p.Message.EN, theirs) {
					t.Errorf("%s: CEL's own word %q in %q", c.text, theirs, p.Message.EN)
				}
			}
		}
	}
}

// Where one field is looked for in two types, each message names its own.
func TestMessagesNameTheRightType(t *testing.T) {
	w := newWorld(t)
	_, problems := w.env.Scope().Compile("t.flag || t.nope || t.o.nope", expression.Condition)
	if len(problems) != 2 || !strings.HasPrefix(problems[0].Message.EN, "t has no field") || !strings.HasPrefix(problems[1].Message.EN, "t.o has no field") {
		t.Errorf("%+v", problems)
	}
}
