package expression_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/trial"
)

// A word that the schema does not allow can never stand there: it is refused at its
// place, wherever the text that it is compared with comes from.
func TestWordsThatNobodyCanWrite(t *testing.T) {
	w := newWorld(t)
	list := func(text string) *expression.Program { return w.compile(t, text, expression.Items) }
	scope := w.env.Scope().WithItems("r", list("t.ranks")).WithItems("s", list("t.ranks.filter(x, x != 'low')")).WithItems("free", list("t.texts"))
	for _, c := range []struct{ text, at string }{
		{`t.rank == "lo"`, `"lo"`}, {`"lo" != t.rank`, `"lo"`},
		{`t.rank in ["low", "lo"]`, `"lo"]`}, {`"lo" in t.ranks`, `"lo"`},
		{`t.ranks.exists(x, x == "lo")`, `"lo"`}, {`t.ranks.filter(x, x != "low").all(x, x == "lo")`, `"lo"`},
		{`["low", "lo"].all(x, x in t.ranks)`, `"lo"]`}, {`["lo"].exists(x, t.ranks.exists(y, x == y))`, `"lo"]`},
		{`t.ranks == ["lo"]`, `"lo"]`}, {`t.rank == (t.flag ? "low" : "lo")`, `"lo")`},
		{`t.must.exists(m, t.rank == "lo" && m.ok)`, `"lo" &&`}, {`"lo" in t.must.map(m, t.rank)`, `"lo" in`},
		{`r == "lo"`, `"lo"`}, {`s in ["lo"]`, `"lo"]`},
	} {
		for _, want := range []expression.Want{expression.Condition, expression.Phrase} {
			_, problems := scope.Compile(c.text, want)
			if len(problems) != 1 || !strings.HasPrefix(string([]rune(c.text)[problems[0].Offset:]), c.at) {
				t.Errorf("%s: %+v", c.text, problems)
				continue
			}
			if got := problems[0].Message; !strings.HasPrefix(got.EN, `"lo" is none of the values of t.rank`) || !strings.Contains(got.EN, ": low (at the bottom), top_most; did you mean low (at the bottom)?") || !strings.HasSuffix(got.ZH, "low（低）、top_most（最高）；是不是 low（低）？") {
				t.Errorf("%s: %+v", c.text, got)
			}
		}
	}
	for _, text := range []string{
		`t.rank == "low"`, `t.s == "lo"`, `t.rank == t.s`, `"lo" in t.texts`, `free == "lo"`, `t.rank == "lo" + "w"`, `t.texts.exists(x, x == "lo")`,
		`t.ranks.exists(x, x == "low") && t.texts.exists(x, x == "lo")`, `t.rank in t.texts`, `t.rank in []`, `["lo"].exists(x, x == t.s)`, `t.rank.startsWith("lo")`,
		`t.ranks.exists(x, t.texts.exists(x, x == "lo") && x == "low")`,
	} {
		if _, problems := scope.Compile(text, expression.Condition); len(problems) > 0 {
			t.Errorf("%s: %+v", text, problems)
		}
	}
}

// What would turn silence into compliance, or read a raw date, is refused at
// its place; the place counts runes, so that Chinese text before it moves
// nothing.
func TestRefusedForms(t *testing.T) {
	w := newWorld(t)
	const before = `t.s == "中文★" || `
	for _, c := range []struct{ text, at, en string }{
		{`has(t.flag)`, `(t.flag)`, "has() is refused"},
		{`t.flags[0]`, `[0]`, "indexing is refused"},
		{`t.must[0].ok`, `[0]`, "indexing is refused"},
		{`{"a": true}["a"]`, `["a"]`, "indexing is refused"},
		{`{"a": 1}.size() > 0`, `{"a"`, "maps cannot be built"},
		{`"a" in {"a": 1}`, `in {`, "in on a map is refused"},
		{`dyn(t.flag)`, `(t.flag)`, "dyn() is refused"},
		{`type(t.flag) == bool`, `(t.flag)`, "type() is refused"},
		{`t.d == t.d2`, `== t.d2`, "dates are compared by before()"},
		{`t.d != t.d2`, `!= t.d2`, "dates are compared by before()"},
		{`t.d in t.dates`, `in t.dates`, "dates are compared by before()"},
		{`t.d in [t.d2]`, `in [`, "dates are compared by before()"},
		{`t.dates == t.dates`, `== t.dates`, "dates are compared by before()"},
		{`[t.d] == [t.d2]`, `== [t.d2]`, "dates are compared by before()"},
		{`t.must.exists(i, i.on == t.d)`, `== t.d`, "dates are compared by before()"},
		{`t.d < t.d2`, `< t.d2`, "< does not take dates: compare them by before()"},
		{`string(t.d) == "2026-01-01"`, `(t.d)`, "string() does not take a date"},
		{`t.d == "2026-01-01"`, `== "2026`, "== does not take dates"},
		{`t.proof == "a"`, `== "a"`, "== does not take something that expressions cannot look into and a text"},
		{`t.proof.path == "a"`, `.path`, "something that expressions cannot look into has no fields"},
		{`t.?flag`, `.?flag`, ".? is refused in checks"},
		{`t.must.exists（i, i.ok)`, `（i`, `"（" is a full-width or Chinese sign: write (`},
		{`t.s == “a”`, `“a`, `write "`}, {`t.n ≤ 3`, `≤`, "write <="}, {`t.n ＜ 3`, `＜`, "write <"}, {`t.s in 【"a"]`, `【`, "write ["},
		{`t.p <= 7`, `<= 7`, `write a length of time as period("P30D")`},
		{`t.texts.contains("a")`, `("a")`, `of a list write value in list`}, {`t.flag.matches("a")`, `("a")`, `matches() is not of true or false`},
		{`t.s in "ab"`, `in "ab"`, `in does not take a text and a text: write == or a list`}, {`t.flag == "true"`, `== "true"`, `and a text: true, false and numbers stand without quotes`},
		{`t.nowhere`, `.nowhere`, `t has no field "nowhere"; it has adverse, d, d2`},
		{`nowhere.flag`, `nowhere`, `unknown name "nowhere"; the names here are t`},
		{`t.must.ok`, `.ok`, "of a list, ask exists() or all()"},
		{`t.flag && `, ``, "the expression ends too early"},
		{`t.s == "中" && t.nope`, `.nope`, `t has no field "nope"`},
		{`t.s ==
  "中" && t.nope`, `.nope`, `t has no field "nope"`},
	} {
		for _, prefix := range []string{"", before} {
			text := prefix + c.text
			_, problems := w.env.Scope().Compile(text, expression.Condition)
			found := false
			for _, p := range problems {
				if !strings.Contains(p.Message.EN, c.en) || p.Message.ZH == "" {
					continue
				}
				runes := []rune(text)
				found = found || p.Offset <= len(runes) && strings.HasPrefix(string(runes[p.Offset:]), c.at)
			}
			if !found {
				t.Errorf("%s: no %q at %q: %+v", text, c.en, c.at, problems)
			}
		}
	}
	for _, c := range []struct {
		text string
		want expression.Want
		en   string
	}{
		{"t.n", expression.Condition, "want true or false, the expression gives a whole number"},
		{"t.n", expression.Switch, "want true or false, the expression gives a whole number"},
		{"t.flag", expression.Items, "want a list, the expression gives true or false"},
		{"t.o", expression.Phrase, "cannot be put into a sentence"},
		{"t.proof", expression.Phrase, "cannot be put into a sentence"},
		{strings.Repeat("[", 80) + "true" + strings.Repeat("]", 80) + ".size() > 0", expression.Condition, "nests deeper than 64"},
		{"t.s == '" + strings.Repeat("a", 5000) + "'", expression.Condition, "longer than 4000 characters"},
		{strings.Repeat("t.flag||", 450) + "true", expression.Condition, "more than 500 parts"},
	} {
		program, problems := w.env.Scope().Compile(c.text, c.want)
		if program != nil || len(problems) == 0 || !strings.Contains(problems[0].Message.EN, c.en) {
			t.Errorf("%.60s: %v %+v", c.text, program, problems)
		}
	}
}

// recent() stands only where a true makes the whole no less true.
func TestRecentStandsInPositivePlaces(t *testing.T) {
	w := newWorld(t)
	allowed := []string{
		"RECENT", "RECENT && t.flag", "t.flag || RECENT", "(t.flag ? RECENT : t.flag2)", "t.flag ? t.flag2 : (RECENT || t.flag)",
		"t.must.exists(i, RECENT)", "t.must.all(i, RECENT)", "t.must.filter(i, RECENT).exists(i, i.ok)", "t.must.filter(i, i.ok).exists(i, RECENT)",
		"t.must.filter(i, RECENT).filter(i, i.ok).exists(i, true)", "t.must.all(i, t.must.exists(j, RECENT && j.ok))", "t.must.exists(i, i.sub.exists(s, RECENT))",
	}
	refused := []string{
		"!RECENT", "!(t.flag && RECENT)", "RECENT ? t.flag : t.flag2", "RECENT == t.flag", "RECENT != true", "(t.flag ? RECENT : false) == true",
		"t.must.filter(i, RECENT).size() > 0", "t.must.filter(i, RECENT).all(i, i.ok)", "sum(t.must.filter(i, RECENT).map(i, i.num)) > 1.0",
		"t.must.exists_one(i, RECENT)", "t.must.map(i, RECENT).all(r, r)", "t.must.map(i, RECENT, i.num).exists(n, n > 1)", "[RECENT].exists(r, r)", "RECENT in [true]",
		"!t.must.exists(i, RECENT)", "t.must.all(i, !RECENT)", "t.must.filter(i, t.must.exists(j, RECENT)).size() == 0", "t.must.exists(i, !t.must.all(j, RECENT))",
		"[t.must.all(i, RECENT)] == [true]", "string(RECENT) == 'true'", "(RECENT && t.flag) == false", "t.must.filter(i, i.ok).filter(i, RECENT).all(i, i.ok)",
	}
	for _, text := range allowed {
		text = strings.ReplaceAll(text, "RECENT", "recent(t.d, t.p)")
		if _, problems := w.env.Scope().Compile(text, expression.Condition); len(problems) > 0 {
			t.Errorf("%s is refused: %s", text, problems[0].Message.EN)
		}
		for _, want := range []expression.Want{expression.Switch, expression.Phrase} {
			if _, problems := w.env.Scope().Compile(text, want); len(problems) == 0 {
				t.Errorf("%s stands in a place that must not change like that (%d)", text, want)
			}
		}
	}
	for _, text := range refused {
		text = strings.ReplaceAll(text, "RECENT", "recent(t.d, t.p)")
		_, problems := w.env.Scope().Compile(text, expression.Condition)
		if len(problems) != 1 || !strings.Contains(problems[0].Message.EN, "recent() must not stand under") {
			t.Errorf("%s: %+v", text, problems)
			continue
		}
		if at := string([]rune(text)[problems[0].Offset:]); !strings.HasPrefix(at, "(t.d, t.p)") {
			t.Errorf("%s: points at %q", text, at)
		}
	}
	if _, problems := w.env.Scope().Compile("!unbroken(t.dates, t.p, t.p2)", expression.Condition); len(problems) != 1 || !strings.Contains(problems[0].Message.EN, "unbroken() must not stand under") {
		t.Errorf("a gap may mend a finding: %v", problems)
	}
	// In each, a filter by recency would shrink what is examined.
	if _, problems := w.env.Scope().Compile("t.must.filter(i, recent(i.on, t.p))", expression.Items); len(problems) == 0 {
		t.Error("each may select what is recent")
	}
	if _, problems := w.env.Scope().Compile("t.must.filter(i, past(i.on))", expression.Items); len(problems) > 0 {
		t.Errorf("each may not select what is past: %v", problems)
	}
}

func TestReads(t *testing.T) {
	w := newWorld(t)
	for text, want := range map[string]string{
		"t.flag":                            "t.flag",
		"t.flag && t.o.ok || t.flag":        "t.flag t.o.ok t.flag",
		"t.must.exists(i, i.ok && t.flag2)": "t.must t.flag2",
		"t.must.filter(i, i.ok).all(j, j.ok || past(t.d))": "t.must t.d",
		"recent(t.d, period('P1D'))":                       "t.d",
		"true":                                             "",
		"t.s.startsWith(t.s2)":                             "t.s t.s2",
	} {
		program, problems := w.env.Scope().Compile(text, expression.Condition)
		if len(problems) > 0 {
			t.Errorf("%s: %v", text, problems)
			continue
		}
		if got := strings.Join(program.Reads(), " "); got != want {
			t.Errorf("%s reads %q, want %q", text, got, want)
		}
	}
}

func TestScope(t *testing.T) {
	w := newWorld(t)
	list := w.compile(t, "t.must", expression.Items)
	scope := w.env.Scope().WithItems("set", list)
	if !scope.Has("set") || !scope.Has("t") || scope.Has("copy") || w.env.Scope().Has("set") {
		t.Error("the names of the scope are not those that were given")
	}
	inner, problems := scope.Compile("set.sub", expression.Items)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if _, problems := scope.WithItems("s", inner).Compile("s == set.id && t.flag", expression.Condition); len(problems) > 0 {
		t.Error(problems)
	}
	if _, problems := scope.Compile("set.nope", expression.Condition); len(problems) == 0 {
		t.Error("the items of a list have no type")
	}
	if _, problems := w.env.Scope().Compile("set.ok", expression.Condition); len(problems) == 0 {
		t.Error("a name leaks out of its scope")
	}
	for _, c := range []struct {
		path, want string
		offset     int
	}{
		{"set.on", "", 0}, {"t.o.ok", "", 0}, {"set", "", 0}, {"nope.on", `unknown name "nope"; the names here are set, t`, 0}, {"set.nope", `t.must has no field "nope"; it has fine, good, id, kind, num, ok, on, retests, score, sub, vault`, 4}, {"set.scoer", `t.must has no field "scoer" (did you mean "score"?); it has fine, good, id, kind, num, ok, on, retests, score, sub, vault`, 4},
		{"t.o.nope.x", `t.o has no field "nope"; it has fine, good, id, kind, num, ok, on, retests, score, sub, vault`, 4}, {"t.must.id", `there is no field "id"`, 7}, {"t.d.x", `there is no field "x"`, 4},
	} {
		_, problems := scope.Path(c.path)
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.path, problems)
		case c.want != "" && (len(problems) != 1 || problems[0].Message.EN != c.want || problems[0].Offset != c.offset):
			t.Errorf("%s: %+v, want %q at %d", c.path, problems, c.want, c.offset)
		}
	}
}

// A description cannot make a check run long: neither by steps nor by lists
// that are read again at every step.
func TestCostIsBounded(t *testing.T) {
	w := newWorld(t)
	var must, many, texts []string
	for i := range 2000 {
		must = append(must, fmt.Sprintf("{id: i%d, ok: true, num: %d}", i, i))
	}
	for i := range 8000 {
		many = append(many, fmt.Sprintf("{id: i%d}", i))
	}
	for i := range 24000 {
		texts = append(texts, fmt.Sprintf("x%d", i))
	}
	yaml := "must: [" + strings.Join(must, ", ") + "]"
	wide := "{must: [" + strings.Join(many, ", ") + "], texts: [" + strings.Join(texts, ", ") + "]}"
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.must.all(a, t.must.all(b, a.num + b.num >= 0))", yaml, "too costly"},
		{"t.must.filter(a, t.must.filter(b, a.num == b.num).size() == 1).size() == 2000", yaml, "too costly"},
		{"t.must.all(a, t.texts.exists(x, x == 'x0'))", wide, "true"},
		{"t.must.all(a, t.texts.size() == 24000)", wide, "true"},
		{"t.must.all(a, a.ok)", yaml, "true"},
	} {
		f := w.frame(t, c.yaml, "2026-12-01")
		program := w.compile(t, c.expr, expression.Condition)
		if got := write(program.True(f)); got != c.want {
			t.Errorf("%s is %s, want %s", c.expr, got, c.want)
		}
	}
	// The budget is that of all evaluations until the next check.
	f := w.frame(t, yaml, "2026-12-01")
	program := w.compile(t, "t.must.all(a, a.ok)", expression.Condition)
	spent := 0
	for ; spent < 10_000; spent++ {
		if _, err := program.True(f); expression.TooCostly(err) {
			break
		}
	}
	if spent < 10 || spent == 10_000 {
		t.Errorf("the budget lasts for %d evaluations", spent)
	}
	if f.Reset(); write(program.True(f)) != "true" {
		t.Error("a reset does not restore the budget")
	}
}

// What looks at every record a few times costs in proportion, and never meets
// its limit: ten years of days do not, nor do twenty.
func TestCostIsLinear(t *testing.T) {
	w := newWorld(t)
	records := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf("{id: i%d, on: %s, kind: full, ok: true, good: true, retests: i%d}", i, day(2026, -i), i+1))
		}
		return "{p: P400D, must: [" + strings.Join(all, ", ") + "]}"
	}
	ten, twenty := records(3_650), records(7_300)
	for _, expr := range []string{
		"t.must.newest(r, r.on, r.kind == 'full' && r.ok, recent(r.on, t.p) && r.good)", "t.must.newest(r, r.on, true, r.good) && t.must.newest(r, r.on, r.ok, r.good)",
		"unbroken(t.must.map(r, r.on), t.p, t.p)", "t.must.all(r, past(r.on) && r.ok && r.kind in ['part', 'full'])", "t.must.filter(r, r.ok).all(r, r.kind == 'full')", "sum(t.must.map(r, r.ok ? 1 : 0)) > 1.0",
	} {
		program := w.compile(t, expr, expression.Condition)
		cost := func(yaml string) float64 {
			f := w.frame(t, yaml, "2026-12-01")
			if got := write(program.True(f)); got != "true" {
				t.Errorf("%s is %s", expr, got)
			}
			return float64(f.Spent())
		}
		if once, twice := cost(ten), cost(twenty); once < 3_650 || twice > 2.1*once {
			t.Errorf("%s costs %.0f for ten years, %.0f for twenty", expr, once, twice)
		}
	}
}

// CEL's units of cost stand for statements: what they bound takes 110 million of
// them, and would take two thousand were a list wrapped anew at each reading.
func TestCostIsWork(t *testing.T) {
	meter := trial.NewMeter(t, "hegui/internal/expression", "cel.dev/cel-go/interpreter", "cel.dev/cel-go/common/types")
	if steps := meter.Steps(t, "TestCostIsBounded"); steps > 150_000_000 {
		t.Errorf("%d statements", steps)
	}
}

// FuzzCompile holds any text to end in a program or in problems with a place,
// and a program in an answer or an error.
func FuzzCompile(f *testing.F) {
	w := newWorld(f)
	for _, seed := range []string{
		"t.flag", "t.must.exists(i, recent(i.on, t.p))", `t.s == "中文" || t.n > 1`, "sum(t.nums) >= 3.0", "t.must.filter(i, i.ok).all(j, j.num > 1 ? true : t.flag)",
		"t.flag || t.must.newest(r, r.on, r.ok, recent(r.on, t.p) && r.good)", "t.must.newest(1, 2)", "t.must.newest(r, r.on, true, t.must.newest(q, q.on, true, q.ok))", "[t.d].size() > 0", "!past(t.d)", "t.must.map(i, i.id)", "t.s.matches('^a+$')", "within(t.d, t.d2, period('P1D'))", "{t.n} days of {t.p}, {{braces}}", "{", "\x00", "t.'", "a{t.s.size()}b}",
		"'" + strings.Repeat("\\", 9), "t.x / 0.0 > 1.0", "int(t.s) > 9223372036854775807 + 1", "t.must.all(a, t.must.all(b, true))", "object t.o{}", "google.protobuf.Any{}", "timestamp('2026-01-01T00:00:00Z') < timestamp(t.s)",
	} {
		f.Add(seed)
	}
	const yaml = "{flag: true, n: 1, x: 1.5, s: a, d: 2026-01-01, p: P1D, must: [{id: a, ok: true, on: 2026-11-30}], nums: [1, 2], adverse: [], may: []}"
	f.Fuzz(func(t *testing.T, text string) {
		frame := w.frame(t, yaml, "2026-12-01")
		runes := len([]rune(text))
		for _, want := range []expression.Want{expression.Condition, expression.Switch, expression.Items, expression.Phrase} {
			program, problems := w.env.Scope().Compile(text, want)
			if (program == nil) != (len(problems) > 0) {
				t.Fatalf("program %v, problems %v", program, problems)
			}
			for _, p := range problems {
				if p.Offset < 0 || p.Offset > runes+1 || p.Message.EN == "" || p.Message.ZH == "" {
					t.Fatalf("%+v in a text of %d runes", p, runes)
				}
			}
			switch {
			case program == nil:
			case want == expression.Items:
				_, _, _, _ = program.Items(frame)
			case want != expression.Phrase:
				_, _ = program.True(frame)
			}
			frame.Reset()
		}
		template, problems := w.env.Scope().Template(text)
		if len(problems) == 0 {
			_, _ = expression.Fill(frame, [2]*expression.Template{template, template})
		}
	})
}
