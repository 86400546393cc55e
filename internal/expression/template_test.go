package expression_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/lang"
)

const sentence = `{flag: true, flag2: false, n: -5, x: 99.50, s: "正文", d: 2026-03-01, i: "2026-03-01T20:00:00Z", p: P1Y6M, hush: Geheim, rank: top_most, ranks: [low, top_most], hushes: [Geheim],
  flags: [true, false], nums: [1, 2], texts: [甲, 乙], periods: [P1D, PT1H], dates: [2026-01-01], o: {id: Kennung, vault: Geheim, sub: [x]},
  must: [{id: first}, {id: second, vault: Geheim}], adverse: [], may: [], zones: [{id: Geheim, num: 7}]}`

func TestTemplates(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ text, zh, en string }{
		{"plain", "plain", "plain"},
		{"", "", ""},
		{"{{t.n}}", "{t.n}", "{t.n}"},
		{"{{{t.n}}}", "{-5}", "{-5}"},
		{"a }} b {{ c", "a } b { c", "a } b { c"},
		{"{t.n} and {t.n + 1}", "-5 and -4", "-5 and -4"},
		{"{t.x}", "99.5", "99.5"},
		{"{t.x * 2.0}", "199", "199"},
		{"{t.s}：{t.s.size()}", "正文：2", "正文：2"},
		{"{t.flag}/{t.flag2}/{!t.flag}", "是/否/否", "yes/no/no"},
		{"{t.d}, {t.i}", "2026-03-01, 2026-03-02", "2026-03-01, 2026-03-02"},
		{"{t.ranks}", "low（低）、top_most（最高）", "low (at the bottom), top_most"},
		{"{t.rank}", "top_most（最高）", "top_most"}, // the value that is to be written, and what it is called
		{"{t.p}", "1 年 6 个月", "1 year 6 months"},
		{"{t.texts}", "甲、乙", "甲, 乙"},
		{"{t.flags}", "是、否", "yes, no"},
		{"{t.periods}", "1 天、1 小时", "1 day, 1 hour"},
		{"{t.nums}; {sum(t.nums)}", "1、2; 3", "1, 2; 3"},
		{"{t.dates}", "2026-01-01", "2026-01-01"},
		{"{t.must}", "first、second", "first, second"},
		{"{t.may}", "无", "none"},
		{"{t.must.filter(m, m.id == 'x')}", "无", "none"},
		{"{t.must.map(m, m.id)}", "first、second", "first, second"},
		{"{t.m}, {t.s2}, {t.m + 1}, {t.o.ok}, {t.p2}", "未填写, 未填写, 未填写, 未填写, 未填写", "not stated, not stated, not stated, not stated, not stated"},
		{"{t.must.map(m, m.vault)}", "未填写", "not stated"},
		{"{'}' + \"{\"}", "}{", "}{"},
		{"{t.hush} {t.o.vault}", "Geheim Geheim", "Geheim Geheim"},
	} {
		template, problems := w.env.Scope().Template(c.text)
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.text, problems)
			continue
		}
		got, err := expression.Fill(w.frame(t, sentence, "2026-12-01"), [2]*expression.Template{template, template})
		if want := (lang.Text{ZH: c.zh, EN: c.en}); err != nil || got.Full != want {
			t.Errorf("%s is %q, want %q (%v)", c.text, got.Full, want, err)
		}
	}
	// An error that is no silence is the check's own.
	template, _ := w.env.Scope().Template("{t.n / 0}")
	if _, err := expression.Fill(w.frame(t, sentence, "2026-12-01"), [2]*expression.Template{template, template}); err == nil {
		t.Error("a division by zero fills a sentence")
	}
}

func TestTemplatesAreRefused(t *testing.T) {
	w := newWorld(t)
	list := w.compile(t, "t.must", expression.Items)
	scope := w.env.Scope().WithItems("set", list)
	for _, c := range []struct{ text, at, en string }{
		{"中文 } x", "} x", "unexpected }"},
		{"中文 {t.n", "{t.n", "{ is never closed"},
		{"中文 {'t.n}", "{'t.n}", "{ is never closed"},
		{"中文 {t.nope}", "nope}", `t has no field "nope"`},
		{"中文 {nope.n}", "nope.n}", `unknown name "nope"`},
		{"中文 {t.n + t.nope}", ".nope}", `t has no field "nope"`},
		{"中文 {t.o}", "t.o}", "cannot be put into a sentence"},
		{"中文 {t.proof}", "t.proof}", "cannot be put into a sentence"},
		{"中文 {t}", "t}", "cannot be put into a sentence"},
		{"中文 {recent(t.d, t.p)}", "(t.d", "recent() must not"},
		{"中文 {has(t.n)}", "(t.n)", "has() is refused"},
		{"{}", "}", ""},
	} {
		_, problems := scope.Template(c.text)
		if len(problems) == 0 || !strings.Contains(problems[0].Message.EN, c.en) || problems[0].Message.ZH == "" {
			t.Errorf("%s: %+v", c.text, problems)
			continue
		}
		if at := string([]rune(c.text)[problems[0].Offset:]); !strings.HasPrefix(at, c.at) {
			t.Errorf("%s: points at %q, want %q", c.text, at, c.at)
		}
	}
	// Every problem is told.
	if _, problems := scope.Template("{t.nope} {set.nope} }"); len(problems) != 3 {
		t.Errorf("%+v", problems)
	}
	if _, problems := scope.Template("{set} {set.id}"); len(problems) > 0 {
		t.Errorf("an item cannot be named: %+v", problems)
	}
}

// What is sensitive is hidden wherever it is read from, and only that.
func TestTemplatesMarkWhatIsSensitive(t *testing.T) {
	w := newWorld(t)
	scope := w.env.Scope()
	bind := func(scope expression.Scope, name, list string) (expression.Scope, *expression.Program) {
		program, problems := scope.Compile(list, expression.Items)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", list, problems)
		}
		return scope.WithItems(name, program), program
	}
	zones, zoneList := bind(scope, "zone", "t.zones")
	hushes, hushList := bind(scope, "hush", "t.hushes")
	texts, textList := bind(scope, "text", "t.texts")
	must, mustList := bind(scope, "set", "t.must.filter(m, m.id == 'second' && m.vault == 'Geheim')")
	for _, c := range []struct {
		scope expression.Scope
		name  string
		list  *expression.Program
		text  string
		en    string
	}{
		{scope, "", nil, "{t.n} {t.s}", "-5 正文"},
		{scope, "", nil, "{t.hush}", "[redacted]"},
		{scope, "", nil, "{t.hush.size()}", "[redacted]"},
		{scope, "", nil, "{t.o.vault} of {t.o.id}", "[redacted] of Kennung"},
		{scope, "", nil, "{t.hushes}", "[redacted]"},
		{scope, "", nil, "{t.hushes.filter(h, h != 'x').size()}", "[redacted]"},
		{scope, "", nil, "{t.must.map(m, m.vault)}", "[redacted]"},
		{scope, "", nil, "{t.must.exists(m, m.vault == 'Geheim')}", "[redacted]"},
		{scope, "", nil, "{t.zones}", "[redacted]"},
		{scope, "", nil, "{t.zones.map(z, z.num)}", "[redacted]"},
		{zones, "zone", zoneList, "{zone}", "[redacted]"},
		{zones, "zone", zoneList, "{zone.id} {zone.num}", "[redacted] [redacted]"},
		{zones, "zone", zoneList, "{zone.num + 1}", "[redacted]"},
		{zones, "zone", zoneList, "{[zone]}", "[redacted]"},
		{hushes, "hush", hushList, "{hush} {hush + 'x'} {hush.size()}", "[redacted] [redacted] [redacted]"},
		{texts, "text", textList, "{text} {text + 'x'}", "甲 甲x"},
		// The same words under a name of the same type: here open, there not.
		{texts, "text", textList, "{text.size()}", "1"},
		{scope.WithItems("text", hushList), "text", hushList, "{text.size()}", "[redacted]"},
		{must, "set", mustList, "{set.id} {set}", "second second"},
	} {
		f := w.frame(t, sentence, "2026-12-01")
		if c.list != nil {
			items, _, _, err := c.list.Items(f)
			if err != nil || len(items) == 0 {
				t.Fatalf("%s: no items, %v", c.text, err)
			}
			f.Enter(w.env.Name(c.name), items[0])
		}
		template, problems := c.scope.Template(c.text)
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.text, problems)
			continue
		}
		text, err := expression.Fill(f, [2]*expression.Template{template, template})
		if err != nil || strings.Contains(text.Full.EN, "redacted") {
			t.Errorf("%s is redacted for the assessor: %q %v", c.text, text.Full.EN, err)
		}
		got := text.Redacted
		if err != nil || got.EN != c.en || strings.Contains(got.ZH, "Geheim") || strings.Count(got.ZH, "〔已隐去〕") != strings.Count(c.en, "[redacted]") {
			t.Errorf("%s is %q | %q, want %q (%v)", c.text, got.EN, got.ZH, c.en, err)
		}
	}
}

// A hostile description cannot flood a message.
func TestTemplatesAreClipped(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("字", 200)
	yaml := fmt.Sprintf("{s: %s, texts: [%s, %[1]s], must: [{id: %[1]s}], adverse: [], may: []}", long, long)
	for _, text := range []string{"{t.s}", "{t.s + 'x'}", "{t.texts}", "{t.must}", "{t.must.map(m, m.id)}"} {
		template, problems := w.env.Scope().Template(text)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got, err := expression.Fill(w.frame(t, yaml, "2026-12-01"), [2]*expression.Template{template, template})
		if want := strings.Repeat("字", 80) + "…"; err != nil || got.Full != lang.Same(want) {
			t.Errorf("%s is %d runes long: %q %v", text, len([]rune(got.Full.ZH)), got.Full.ZH, err)
		}
	}
	exact := strings.Repeat("字", 80)
	template, _ := w.env.Scope().Template("{t.s}")
	if got, _ := expression.Fill(w.frame(t, "{s: "+exact+"}", "2026-12-01"), [2]*expression.Template{template, template}); got.Full.ZH != exact {
		t.Errorf("80 runes are clipped to %q", got.Full.ZH)
	}
}
