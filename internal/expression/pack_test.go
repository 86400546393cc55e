package expression_test

import (
	"bytes"
	"slices"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/pack"
)

// What is unpacked answers as what was compiled did, on what is stated, what is
// absent and what costs too much, and tells the same of itself.
func TestUnpackedAnswersAlike(t *testing.T) {
	conditions := []string{
		"t.flag", "t.flag && t.flag2 || !t.flag3", "t.n > 1 && t.n <= 3 || t.m == -2", "t.x + 0.5 > 1.5", "t.s == 'a\\'b' || t.s.startsWith('数')", "t.s in ['a', 'b', '数据']",
		"t.nums.all(n, n > 0)", "t.must.exists(m, m.ok && m.num > 1)", "t.must.filter(m, m.ok).all(m, m.sub.exists(s, s == 'x'))", "size(t.must) == 2", "t.o.fine",
		"recent(t.d, t.p)", "past(t.d) && unexpired(t.d2)", "within(t.d, t.d2, period('P30D'))", "t.p <= period('P1Y')", "sum(t.nums) > 2.0", "t.flag ? t.n > 0 : t.x > 0.0",
		"t.must.map(m, m.num).exists(n, n == 2)", "t.hush == 'h'", "t.s.matches('^[a-z]+$')",
		"t.flag || t.must.newest(m, m.on, m.ok, m.good && recent(m.on, t.p))", "t.nums.exists(n, t.must.newest(m, m.on, m.num == n, true))", "t.must.all(a, t.must.all(b, t.must.all(c, a.num + b.num + c.num > 0)))",
	}
	lists := []string{"t.must", "t.adverse", "t.must.filter(m, m.ok)", "t.texts", "t.hushes"}
	descriptions := []string{"",
		"{flag: true, flag2: false, flag3: true, n: 2, m: -2, x: 1.5, s: 数据, nums: [1, 2], d: 2026-11-20, d2: 2026-12-10, p: P30D, hush: h, texts: [a, b], hushes: [z], adverse: [], may: [], o: {id: o, fine: true}, must: [{id: a, ok: true, num: 2, sub: [x]}, {id: b, ok: false, num: 1}]}",
		"{flag: false, nums: [1], p: P30D, adverse: [], may: [], must: [{id: a, ok: true, on: 2026-11-20, good: true, num: 1}, {id: b, ok: true, on: 2026-11-20, good: false, num: 2}]}",
		"{flag: false, n: 0, s: ab, adverse: [{id: q}], may: [], must: [{id: a}]}",
	}
	w := newWorld(t)
	for _, text := range conditions {
		w.compile(t, text, expression.Condition)
	}
	for _, text := range lists {
		w.compile(t, text, expression.Items)
	}
	packed := pack.NewWriter()
	w.env.Pack(packed)
	again := newWorld(t)
	again.env.Unpack(pack.NewReader(string(packed.Bytes())))
	for _, description := range descriptions {
		for _, text := range conditions {
			if got, want := again.value(t, text, description, "2026-12-01"), w.value(t, text, description, "2026-12-01"); got != want {
				t.Errorf("%s on %q: %s, compiled: %s", text, description, got, want)
			}
		}
		for _, text := range lists {
			p, q := again.compile(t, text, expression.Items), w.compile(t, text, expression.Items)
			got, emptyGot, atGot, errGot := p.Items(again.frame(t, description, "2026-12-01"))
			want, emptyWant, atWant, errWant := q.Items(w.frame(t, description, "2026-12-01"))
			same := func(a, b expression.Item) bool {
				return a.Key == b.Key && pointer(a.Place) == pointer(b.Place) && a.Sensitive == b.Sensitive
			}
			if !slices.EqualFunc(got, want, same) || emptyGot != emptyWant || pointer(atGot) != pointer(atWant) || write(true, errGot) != write(true, errWant) || !slices.Equal(p.Reads(), q.Reads()) {
				t.Errorf("%s on %q: %v %v, compiled: %v %v", text, description, got, errGot, want, errWant)
			}
		}
	}
	third := pack.NewWriter()
	w.env.Pack(third)
	if !bytes.Equal(third.Bytes(), packed.Bytes()) {
		t.Error("the same expressions are packed in two ways")
	}
	fourth := pack.NewWriter()
	if again.env.Pack(fourth); len(fourth.Bytes()) > len(packed.Bytes())/4 {
		t.Error("what was unpacked was compiled again")
	}
}
