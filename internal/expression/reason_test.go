package expression_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/document"
	"hegui/internal/expression"
)

// reasons are what a condition fails for, in English, and in Chinese.
func (w world) reasons(t *testing.T, text, yaml, asOf string) (en, zh, redacted string) {
	t.Helper()
	f := w.frame(t, yaml, asOf)
	var e, z, r []string
	p := w.compile(t, text, expression.Condition)
	for _, reason := range p.Reasons(f, nil) {
		e, z = append(e, reason.Message.Full.EN), append(z, reason.Message.Full.ZH)
		r = append(r, reason.Message.Redacted.EN+reason.Message.Redacted.ZH)
	}
	beside := p.Beside(f)
	r = append(r, beside.EN+beside.ZH)
	return strings.Join(e, "; "), strings.Join(z, "；"), strings.Join(r, "; ")
}

// What fails is told with its value and the one that is wanted, and nothing else is.
func TestReasons(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.n >= 5 && t.m <= 3", "{n: 4, m: 3}", "n is 4, must be at least 5"},
		{"t.n >= 5 && t.m <= 3", "{n: 4, m: 7}", "n is 4, must be at least 5; m is 7, must be at most 3"},
		{"t.must.map(i, i.num).all(n, n > 3)", "{must: [{id: a, num: 1}]}", "must.num is 1, must be more than 3"},
		{"t.must.map(i, i.num).exists(n, n > 3)", "{must: [{id: a, num: 1}]}", "must.num is 1, must be more than 3"},
		{"t.must.map(i, i.kind).exists(n, n == 'x')", "{must: [{id: a, kind: y}]}", "must.kind is y, must include x"},
		{"5 <= t.n", "{n: 4}", "n is 4, must be at least 5"},
		{"!(t.n < 5)", "{n: 4}", "n is 4, must be at least 5"},
		{"t.must.exists(i, i.ok && t.must.exists(j, j.ok && i.kind != j.kind))", "{must: [{id: a, kind: y, ok: true}]}", "must[a].kind is y, must not be y"},
		{"t.n == t.m", "{n: 4, m: 5}", "n is 4, must equal m (5)"},
		{"t.s == 'yes'", "{s: no-no}", "s is no-no, must be yes"},
		{"t.s != 'no'", "{s: no}", "s is no, must not be no"},
		{"t.s in ['a', 'b']", "{s: c}", "s is c, must be one of a, b"},
		{"!(t.s in ['a', 'b'])", "{s: a}", "s is a, must be none of a, b"},
		{"t.s.startsWith('x')", "{s: a}", "s is a, must begin with x"},
		{"!t.s.contains('a')", "{s: a}", "s is a, must not contain a"},
		{"t.flag && t.flag2", "{flag: true, flag2: false}", "flag2 is false, must be true"},
		{"t.flag == t.flag2", "{flag: true, flag2: false}", "flag is true, must be false; or flag2 is false, must be true"},
		{"t.p >= period('P90D')", "{p: P30D}", "p is 30 days, must be at least 90 days"},
		{"double(t.n) * 100.0 >= double(t.m) * 90.0", "{n: 8, m: 10}", "n is 8, must be at least 90% of m (10)"},
		{"t.n + t.m == 5", "{n: 2, m: 2}", "n + m is 4, must be 5"},
		{"sum(t.must.map(m, m.num)) <= 5.0", "{must: [{id: a, num: 4}, {id: b, num: 3}]}", "sum of must.num is 7, must be at most 5"},
		{"t.x - 0.1 <= 0.0", "{x: 0.3}", "x - 0.1 is 0.2, must be at most 0"},
		{"size(t.texts) >= 2", "{texts: [a]}", "number of texts is 1, must be at least 2"},
		// Time.
		{"recent(t.d, t.p)", "{d: 2026-01-01, p: P1M}", "d is 2026-01-01, must be on or after 2026-11-01"},
		{"recent(t.d, period('P1Y'))", "{d: 2025-11-30}", "d is 2025-11-30, must be on or after 2025-12-01"},
		{"recent(t.d, t.p)", "{d: 2027-01-01, p: P1M}", "d is 2027-01-01, which lies in the future"},
		{"past(t.d)", "{d: 2027-01-01}", "d is 2027-01-01, which lies in the future"},
		{"unexpired(t.d)", "{d: 2026-01-01}", "d is 2026-01-01, must be on or after 2026-12-01"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-01-01, d2: 2026-03-01, p: P1M}", "d2 is 2026-03-01, must be at most 1 month after d (2026-01-01)"},
		{"within(t.d, t.d2, t.p)", "{d: 2026-03-01, d2: 2026-01-01, p: P1M}", "d is 2026-03-01, must not be after d2 (2026-01-01)"},
		{"not_after(t.d, t.d2)", "{d: 2026-03-01, d2: 2026-01-01}", "d is 2026-03-01, must not be after d2 (2026-01-01)"},
		{"before(t.i, t.i2)", "{i: '2026-03-01T10:00:00+08:00', i2: '2026-03-01T09:00:00+08:00'}", "i is 2026-03-01T10:00:00+08:00, must be before i2 (2026-03-01T09:00:00+08:00)"},
		{"unbroken(t.dates, t.p, period('P1Y'))", "{dates: [2026-06-01, 2026-11-20], p: P1M}", "dates: nothing from 2026-06-01 to 2026-11-20, must follow within 1 month"},
		// One of several would do.
		{"t.n == 1 || t.m == 1", "{n: 2, m: 3}", "n is 2, must be 1; or m is 3, must be 1"},
		{"t.s != 'x' || t.n == 1", "{s: x, n: 2}", "n is 2, must be 1"},
		{"t.flag ? t.n == 1 : t.m == 1", "{flag: true, n: 2, m: 3}", "n is 2, must be 1"},
		{"recent(t.d, t.p) || unexpired(t.d)", "{d: 2026-01-01, p: P1M}", "d is 2026-01-01, must be on or after 2026-11-01"},
		// Lists.
		{"['a', 'b', 'c'].all(k, k in t.texts)", "{texts: [b]}", "missing: a, c"},
		{"['a', 'b'].all(k, t.must.exists(m, m.kind == k))", "{must: [{id: x, kind: a}]}", "missing: b"},
		{"t.must.all(m, m.num > 3)", "{must: [{id: a, num: 4}, {id: b, num: 2}]}", "must[b].num is 2, must be more than 3"},
		{"t.must.exists(m, m.kind == 'x')", "{must: [{id: a, kind: y}]}", "none of the items of must (1) has kind x"},
		{"t.must.exists(m, m.kind == 'x' && m.ok && m.fine)", "{must: [{id: a, kind: y, ok: true, fine: true}, {id: b, kind: x, ok: true, fine: false}]}", "must[b].fine is false, must be true"},
		{"t.must.exists(m, m.ok && t.s in m.sub)", "{s: q, must: [{id: a, ok: true, sub: [z]}, {id: b, ok: false, sub: [q]}]}", "must[b].ok is false, must be true"},
		{"t.must.exists(m, recent(m.on, t.p))", "{p: P1M, must: [{id: a, on: 2026-02-01}, {id: b, on: 2026-03-01}]}", "must[b].on is 2026-03-01, must be on or after 2026-11-01"},
		{"t.must.newest(m, m.on, m.kind == 'x', m.num >= 5 && m.ok)", "{must: [{id: a, kind: x, on: 2026-02-01, num: 4, ok: true}, {id: b, kind: x, on: 2026-01-01, num: 9, ok: false}]}", "num is 4, must be at least 5"},
		{"t.must.newest(m, m.on, m.kind == 'x', m.num >= 5)", "{must: [{id: a, kind: y, on: 2026-02-01, num: 4}]}", "none of the items of must (1) has kind x"},
		{"t.may.exists(m, m.num > 3)", "{may: []}", "may is empty"},
		{"t.must.exists_one(m, m.num > 3)", "{must: [{id: a, num: 4}, {id: b, num: 5}]}", "must holds 2 such items, must hold one"},
		{"t.texts.exists(x, x in ['a', 'b'])", "{texts: [c, d]}", "texts is c, d, must include among a, b"},
		{"t.must.all(m, t.must.all(k, k.num >= 1) && m.num >= 1)", "{must: [{id: a, num: 0}]}", "must[a].num is 0, must be at least 1"},
	} {
		if got, _, _ := w.reasons(t, c.expr, c.yaml, "2026-12-01"); got != c.want {
			t.Errorf("%s\nfails for %q,\n want     %q", c.expr, got, c.want)
		}
	}
	_, zh, _ := w.reasons(t, "t.n >= 5 && recent(t.d, t.p) && t.flag", "{n: 4, d: 2026-01-01, p: P1M, flag: false}", "2026-12-01")
	if want := "n名 n 是 4，应不低于 5；d名 d 是 2026-01-01，不应早于 2026-11-01；flag名 flag 是 false，应为 true"; zh != want {
		t.Errorf("%q, want %q", zh, want)
	}
}

// No reason shows what is sensitive to those who must not see it.
func TestReasonsAreRedacted(t *testing.T) {
	w := newWorld(t)
	const yaml = `{s: x, hush: Geheim, hushes: [Geheim, Geheim-2], o: {id: a, vault: Geheim}, must: [{id: m, vault: Geheim}], zones: [{id: Geheim, num: 7, kind: Geheim}]}`
	for _, expr := range []string{
		"t.hush == 'x'", "t.hush != 'Geheim'", "t.s == t.hush", "t.hush == t.s", "t.hush in ['a']", "!(t.hush in ['Geheim'])", "t.s in t.hushes", "t.hush in t.texts || t.hush in t.hushes && t.s == 'y'",
		"t.hush.startsWith('x')", "t.o.vault == 'x'", "t.must.all(m, m.vault == 'x')", "t.must.exists(m, m.vault == t.s)", "t.zones.all(z, z.num > 8)", "t.zones.exists(z, z.kind == 'x')",
		"t.zones.exists(z, z.num > 8 && z.kind != 'x')", "t.hushes.exists(h, h == 'x')", "t.hushes.all(h, h == 'x')", "t.must.exists(m, m.id == t.hush)", "size(t.hush) == 2", "t.hush + 'x' == t.s",
	} {
		full, _, redacted := w.reasons(t, expr, yaml, "2026-12-01")
		if full == "" {
			t.Errorf("%s tells nothing", expr)
		}
		if strings.Contains(redacted, "Geheim") {
			t.Errorf("%s tells %q to those who must not see it", expr, redacted)
		}
	}
}

// Looking for reasons leaves no trace: no day on which the answer may change, no
// record that is awaited, and nothing spent.
func TestReasonsLeaveNoTrace(t *testing.T) {
	w := newWorld(t)
	const yaml = "{n: 1, m: 1, d: 2026-12-01, p: P30D, must: [{id: a, on: 2027-01-01, num: 1}]}"
	f, untouched := w.frame(t, yaml, "2026-12-01"), w.frame(t, yaml, "2026-12-01")
	p := w.compile(t, "t.n == 2 && recent(t.d, t.p) && t.must.newest(m, m.on, true, m.num == 2) && t.m == 2", expression.Condition)
	holds, err := p.True(f)
	_, _ = p.True(untouched)
	seen := func(f *expression.Frame) string {
		return fmt.Sprint(f.Flips(), len(f.Future()), len(f.Newest()), f.Spent(), f.Absences())
	}
	first := p.Reasons(f, nil)
	if before, after := seen(untouched), seen(f); after != before {
		t.Errorf("the frame was %s and is %s", before, after)
	}
	if len(first) != 2 {
		t.Errorf("%d reasons", len(first))
	}
	if again := p.Reasons(f, nil); !slices.EqualFunc(first, again, func(a, b expression.Reason) bool { return a.Message == b.Message }) {
		t.Error("the reasons are others the second time")
	}
	if again, err2 := p.True(f); again != holds || fmt.Sprint(err) != fmt.Sprint(err2) {
		t.Error("the condition is another")
	}
}

// All reasons on one frame cost no more than one check may.
func TestReasonsAreBounded(t *testing.T) {
	w := newWorld(t)
	items := make([]string, 40)
	for i := range items {
		items[i] = fmt.Sprintf("{id: a%d, num: 1, kind: k%d}", i, i)
	}
	f := w.frame(t, "must: ["+strings.Join(items, ", ")+"]", "2026-12-01")
	p := w.compile(t, "t.must.exists(a, t.must.exists(b, a.num + b.num == 5 && a.kind != b.kind))", expression.Condition)
	for n := 0; ; n++ {
		if len(p.Reasons(f, nil)) == 0 {
			if n == 0 {
				t.Error("nothing is told")
			}
			break
		}
		if n > 1_000 {
			t.Fatal("reasons are told for ever")
		}
	}
}

// What a reason adds to a message is a value, or another file.
func TestReasonsAdd(t *testing.T) {
	w := newWorld(t)
	f := w.frame(t, "{n: 4, flag: false}", "2026-12-01")
	says := func(text string) *expression.Template {
		template, problems := w.env.Scope().Template(text)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return template
	}
	for _, c := range []struct {
		expr, message string
		adds          bool
	}{
		{"t.n >= 5", "n is {t.n}", false},
		{"t.n >= 5", "n is {t.n + 1}", false},
		{"t.n >= 5", "n is too small", true},
		{"t.flag", "the flag is down", false},
	} {
		reason := w.compile(t, c.expr, expression.Condition).Reasons(f, nil)[0]
		if reason.Adds(says(c.message), &document.Value{}) != c.adds {
			t.Errorf("%s adds to %q: %v", c.expr, c.message, !c.adds)
		}
	}
}

// Two facts that would be called alike are told apart by their whole paths.
func TestReasonsTellNamesakesApart(t *testing.T) {
	w := newWorld(t)
	list := w.compile(t, "t.must", expression.Items)
	scope := w.env.Scope().WithItems("a", list).WithItems("b", list)
	p, problems := scope.Compile("a.num > b.num", expression.Condition)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f := w.frame(t, "{must: [{id: one, num: 1}, {id: two, num: 5}]}", "2026-12-01")
	items, _, _, err := list.Items(f)
	if err != nil || len(items) != 2 {
		t.Fatal(items, err)
	}
	f.Enter(w.env.Name("a"), items[0])
	f.Enter(w.env.Name("b"), items[1])
	if got := p.Reasons(f, nil)[0].Message.Full.EN; !strings.Contains(got, "must be more than b.num (5)") {
		t.Errorf("%q", got)
	}
}
