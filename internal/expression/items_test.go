package expression_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"hegui/internal/calendar"
	"hegui/internal/expression"
)

// Where a list gives nothing, the schema says what that means; a filter that
// selects nothing from something is another matter.
func TestItems(t *testing.T) {
	w := newWorld(t)
	names := map[expression.Emptiness]string{expression.Clean: "clean", expression.Nothing: "nothing"}
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.must", "must: [{id: a}, {id: b}]", "a@/must/0 b@/must/1"},
		{"t.must", "must: []", "empty t.must in the root"},
		{"t.must", "n: 1", "absent t.must in the root"},
		{"t.must", "", "absent t in nothing"},
		{"t.adverse", "adverse: [{id: a}]", "a@/adverse/0"},
		{"t.adverse", "adverse: []", "clean at /adverse"},
		{"t.may", "may: []", "nothing at /may"},
		{"t.texts", "texts: [x, y]", "x@/texts/0 y@/texts/1"},
		{"t.texts", "texts: []", "empty t.texts in the root"},
		{"t.nums", "nums: [7]", "7@/nums/0"},
		{"t.flags", "flags: [true]", "yes@/flags/0"},
		{"t.periods", "periods: [P90D]", "90 days@/periods/0"},
		{"t.dates", "dates: [2026-01-01]", "2026-01-01@/dates/0"},
		{"t.must.filter(m, m.ok)", "must: [{id: a, ok: true}, {id: b, ok: false}]", "a@/must/0"},
		{"t.must.filter(m, m.ok)", "must: [{id: b, ok: false}]", "nothing at nothing"},
		{"t.must.filter(m, m.ok)", "must: []", "empty t.must in the root"},
		{"t.must.filter(m, m.ok)", "must: [{id: b}, {id: c, ok: false}, {id: d, ok: true}]", "b@/must/0?t.must[0].ok d@/must/2"},
		{"t.must.filter(m, m.ok && m.fine)", "must: [{id: b}, {id: c, ok: false}, {id: d, fine: false}]", "b@/must/0?t.must[0].ok,t.must[0].fine"},
		{"t.must.filter(m, m.ok).filter(m, m.fine)", "must: [{id: b, fine: false}, {id: d, ok: true}]", "b@/must/0?t.must[0].ok d@/must/1?t.must[1].fine"},
		{"t.must.filter(n, n.ok)", "must: [{id: b}, {id: c}]", "b@/must/0?t.must[0].ok c@/must/1?t.must[1].ok"},
		{"t.must.filter(m, m.ok)", "n: 1", "absent t.must in the root"},
		{"t.adverse.filter(m, m.ok)", "adverse: []", "clean at /adverse"},
		{"t.adverse.filter(m, m.ok)", "adverse: [{id: a, ok: false}]", "nothing at nothing"},
		{"t.may.filter(m, m.ok)", "may: []", "nothing at /may"},
		{"t.must.filter(m, m.ok).filter(m, m.fine)", "must: [{id: a, ok: false}]", "nothing at nothing"},
		{"t.must.filter(m, m.ok).filter(m, m.fine)", "must: []", "empty t.must in the root"},
		{"t.adverse.filter(m, m.ok).filter(m, m.fine)", "adverse: []", "clean at /adverse"},
		{"t.must.map(m, m.id)", "must: [{id: a}]", "a@nothing"},
		{"t.must.map(m, m.id)", "must: []", "empty t.must in the root"},
		{"t.texts.filter(x, x != 'a')", "texts: [a, b]", "b@/texts/1"},
		{"t.flag ? t.must : t.must.filter(m, m.ok)", "{flag: true, must: []}", "empty t.must in the root"},
		{"[1, 2]", "n: 1", "1@nothing 2@nothing"},
	} {
		program := w.compile(t, c.expr, expression.Items)
		items, empty, at, err := program.Items(w.frame(t, c.yaml, "2026-12-01"))
		var got []string
		for _, item := range items {
			text := item.Key + "@" + pointer(item.Place)
			for i, absent := range item.Undecided {
				text += []string{"?", ","}[min(i, 1)] + absent.Path()
			}
			got = append(got, text)
			if item.Sensitive {
				t.Errorf("%s: an open item is marked", c.expr)
			}
		}
		text := strings.Join(got, " ")
		var absent *expression.Absent
		switch {
		case errors.As(err, &absent):
			text = write(false, err)
		case err != nil:
			text = err.Error()
		case len(items) == 0:
			text = fmt.Sprintf("%s at %s", names[empty], pointer(at))
		}
		if text != c.want {
			t.Errorf("%s on %s gives %s, want %s", c.expr, c.yaml, text, c.want)
		}
	}
}

// A redacted frame marks the items whose keys its readers must not see; the
// keys themselves stay, they tell findings apart.
func TestItemsAreMarked(t *testing.T) {
	w := newWorld(t)
	const yaml = "{hushes: [x], texts: [x], zones: [{id: z}], must: [{id: m, vault: v, sub: [q]}], adverse: [], may: []}"
	for expr, sensitive := range map[string]bool{
		"t.texts": false, "t.hushes": true, "t.hushes.filter(h, h == 'x')": true, "t.zones": true, "t.zones.filter(z, z.id == 'z')": true, "t.zones.map(z, z.id)": true,
		"t.must": false, "t.must.filter(m, m.vault == 'v')": false, "t.must.map(m, m.vault)": true, "t.must.map(m, m.id)": false,
	} {
		program := w.compile(t, expr, expression.Items)
		items, _, _, err := program.Items(w.frame(t, yaml, "2026-12-01"))
		if err != nil || len(items) != 1 {
			t.Fatalf("%s: %v, %v", expr, items, err)
		}
		if items[0].Sensitive != sensitive || items[0].Key == "" {
			t.Errorf("%s: sensitive %v with key %q", expr, items[0].Sensitive, items[0].Key)
		}
	}
}

// A path finds the place it leads to, or the nearest stated one above.
func TestPlaces(t *testing.T) {
	w := newWorld(t)
	list := w.compile(t, "t.must", expression.Items)
	scope := w.env.Scope().WithItems("set", list)
	texts := w.compile(t, "t.texts", expression.Items)
	for _, c := range []struct{ path, yaml, want string }{
		{"t.o.ok", "o: {id: a, ok: true}", "/o/ok"},
		{"t.o.ok", "o: {id: a}", "/o"},
		{"t.o.ok", "n: 1", "the root"},
		{"t.o.ok", "", "nothing"},
		{"set.sub", "must: [{id: a, sub: [x]}]", "/must/0/sub"},
		{"set.on", "must: [{id: a}]", "/must/0"},
		{"set", "must: [{id: a}]", "/must/0"},
	} {
		path, problems := scope.Path(c.path)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		f := w.frame(t, c.yaml, "2026-12-01")
		if items, _, _, err := list.Items(f); err == nil && len(items) > 0 {
			f.Enter(w.env.Name("set"), items[0])
		}
		if got := pointer(path.Place(f)); got != c.want {
			t.Errorf("%s on %s leads to %s, want %s", c.path, c.yaml, got, c.want)
		}
	}
	f := w.frame(t, "texts: [x, y]", "2026-12-01")
	items, _, _, err := texts.Items(f)
	if err != nil {
		t.Fatal(err)
	}
	f.Enter(w.env.Name("text"), items[1])
	path, problems := w.env.Scope().WithItems("text", texts).Path("text")
	if len(problems) > 0 || pointer(path.Place(f)) != "/texts/1" || path.Last() != nil {
		t.Errorf("a text stands at %s: %v", pointer(path.Place(f)), problems)
	}
}

// Every kind of value has its type, and a value that is not of it counts as not
// stated.
func TestKinds(t *testing.T) {
	w := newWorld(t)
	for _, expr := range []string{
		"t.flag", "t.n == 1", "t.x == 1.0", "t.s == ''", "past(t.d)", "past(t.i)", "t.p < period('P1D')", "t.o.ok", "t.flags.all(f, f)", "t.nums.all(n, n > 0)", "t.decimals.all(x, x > 0.5)",
		"t.texts.all(s, s != '')", "t.periods.all(p, p == t.p)", "t.dates.all(d, past(d))", "t.must.all(m, m.ok)", "t.must.size() == 0", "t.o == t.o", "t.must.all(m, m == m)",
	} {
		w.compile(t, expr, expression.Condition)
	}
	for _, expr := range []string{"t.n == 1.0", "t.s == 1", "t.flag == 1", "t.p == 'P1D'", "past(t.s)", "t.d == t.d", "t.n", "t.proof", "t.flags == t.nums", "t.texts.all(s, s > 1)", "t.o == 'a'", "sum(t.texts) > 1.0"} {
		if _, problems := w.env.Scope().Compile(expr, expression.Condition); len(problems) == 0 {
			t.Errorf("%s compiles", expr)
		}
	}
	for expr, yaml := range map[string]string{
		"t.n == 1": "n: one", "t.x > 1": "x: one", "t.flag": "flag: 'true'", "t.s == ''": "s: 5", "past(t.d)": "d: soon", "t.p < period('P1D')": "p: long",
		"t.o.ok": "o: []", "t.nums.all(n, n > 0)": "nums: [a]", "t.must.all(m, m.ok)": "must: 5", "t.must.exists(m, true)": "must: [5]", "t.texts.size() == 0": "texts: {}",
	} {
		if got := w.value(t, expr, yaml, "2026-12-01"); !strings.HasPrefix(got, "absent ") {
			t.Errorf("%s on %s is %s", expr, yaml, got)
		}
	}
	// A whole number is a number.
	if got := w.value(t, "t.x == 2.0 && t.decimals.all(x, x == 1.0)", "{x: 2, decimals: [1, 1.0]}", "2026-12-01"); got != "true" {
		t.Error(got)
	}
	f := w.frame(t, "", "2026-12-01")
	if err := f.Bind("t", w.schema.Root, nil); err != nil {
		t.Error(err)
	}
}

// What many checks look through is listed once on a frame, costs each of them the same,
// and is listed anew when facts are dug out or the day turns.
func TestItemsAreListedAnewWhereTheyMayDiffer(t *testing.T) {
	w := newWorld(t)
	list := w.compile(t, "t.must.filter(m, m.ok)", expression.Items)
	f := w.frame(t, "must: [{id: a, ok: true}, {id: b, ok: false}, {id: c, ok: true}]", "2026-12-01")
	listed := func(p *expression.Program) (said string) {
		f.Reset()
		items, _, _, err := p.Items(f)
		for _, item := range items {
			said += fmt.Sprint(item.Key, len(item.Undecided), " ")
		}
		return fmt.Sprint(said, err, " for ", f.Spent(), " until ", f.Flips())
	}
	first := listed(list)
	if again := listed(list); again != first || !strings.HasPrefix(first, "a0 c0 <nil>") {
		t.Errorf("listed %q, and again %q", first, again)
	}
	f.Dig(f.Fact("t").Value.Find("/must/0"), "ok", expression.Hole{Defects: []string{"broken"}})
	if got := listed(list); !strings.HasPrefix(got, "a1 c0 ") {
		t.Errorf("listed %q where one fact was dug out", got)
	}
	recent := w.compile(t, "t.adverse.filter(m, past(m.on))", expression.Items)
	f = w.frame(t, "adverse: [{id: a, on: 2026-12-05}]", "2026-12-01")
	before := listed(recent)
	if again := listed(recent); again != before || !strings.Contains(again, "2026-12-05") {
		t.Errorf("listed %q, and again %q", before, again)
	}
	f.Turn(f.AsOf().Add(calendar.Period{Days: 5}))
	if after := listed(recent); after == before || !strings.HasPrefix(after, "a0 ") {
		t.Errorf("listed %q before the day, %q after it", before, after)
	}
	// Of each item of a list another list is looked through.
	outer := w.compile(t, "t.must", expression.Items)
	inner, problems := w.env.Scope().WithItems("m", outer).Compile("m.sub", expression.Items)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f = w.frame(t, "must: [{id: a, sub: [x]}, {id: b, sub: [y, z]}]", "2026-12-01")
	items, _, _, err := outer.Items(f)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"x0 <nil>", "y0 z0 <nil>"} {
		f.Enter(w.env.Name("m"), items[i])
		if got := listed(inner); !strings.HasPrefix(got, want) {
			t.Errorf("the list of item %d is %q, want %q", i, got, want)
		}
	}
}
