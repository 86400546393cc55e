package expression_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/trial"
)

// Only ||, &&, all and exists absorb what is not stated, and only where the
// rest decides.
func TestAbsence(t *testing.T) {
	w := newWorld(t)
	const root = "absent t.flag in the root"
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.flag", "flag: true", "true"},
		{"t.flag", "n: 1", root},
		{"t.flag", "", "absent t in nothing"},
		{"!t.flag", "n: 1", root},
		{"t.flag || t.flag2", "flag2: true", "true"},
		{"t.flag2 || t.flag", "flag2: true", "true"},
		{"t.flag || t.flag2", "flag2: false", root},
		{"t.flag2 || t.flag", "flag2: false", root},
		{"t.flag && t.flag2", "flag2: false", "false"},
		{"t.flag2 && t.flag", "flag2: false", "false"},
		{"t.flag && t.flag2", "flag2: true", root},
		{"!(t.flag && t.flag2)", "flag2: false", "true"},
		{"!(t.flag || t.flag2)", "flag2: false", root},
		{"t.flag ? true : true", "n: 1", root},
		{"t.flag2 ? t.flag : true", "flag2: false", "true"},
		{"t.flag2 ? t.flag : true", "flag2: true", root},
		{"t.flag == t.flag2", "flag2: true", root},
		{"t.flag != true", "n: 1", root},
		{"t.n > 1", "x: 1", "absent t.n in the root"},
		{"t.n + t.m > 1", "n: 5", "absent t.m in the root"},
		{"t.m + t.n > 1 || t.flag", "{n: 5, flag: true}", "true"},
		{"-t.n < 1", "x: 1", "absent t.n in the root"},
		{"t.s == ''", "n: 1", "absent t.s in the root"},
		{"t.s.size() == 0", "n: 1", "absent t.s in the root"},
		{"t.s in ['', 'a']", "n: 1", "absent t.s in the root"},
		{"'a' in [t.s, 'a']", "n: 1", "absent t.s in the root"},
		{"[t.flag, true].exists(f, f)", "n: 1", root},
		{"t.o.ok", "n: 1", "absent t.o in the root"},
		{"t.o.ok", "o: {id: a}", "absent t.o.ok in /o"},
		{"past(t.d)", "n: 1", "absent t.d in the root"},
		{"past(t.d)", "d: 2027-01-01", "false"},
		{"past(t.h)", "h: 2026-12-01", "true"},
		{"past(t.h)", "h: 2026-12-02", "absent t.h in the root"},
		{"!past(t.h)", "h: 2027-01-01", "absent t.h in the root"},
		{"not_after(t.d, t.h)", "{d: 2026-01-01, h: 2027-01-01}", "absent t.h in the root"},
		{"past(t.h) || t.flag", "{h: 2027-01-01, flag: true}", "true"},
		{"unbroken([t.h, t.h2], period('P30D'), period('P1Y'))", "{h: 2026-11-20, h2: 2027-01-01}", "absent t.h2 in the root"},
		{"recent(t.d, t.p)", "d: 2026-01-01", "absent t.p in the root"},
		{"t.p < period('P1D')", "n: 1", "absent t.p in the root"},
		{"sum(t.nums) > 0.0", "n: 1", "absent t.nums in the root"},
		{"t.must.size() > 0", "n: 1", "absent t.must in the root"},
		{"t.must.all(i, i.ok)", "n: 1", "absent t.must in the root"},
		{"t.must.exists(i, i.ok)", "must: [{id: a}, {id: b, ok: true}]", "true"},
		{"t.must.exists(i, i.ok)", "must: [{id: a}, {id: b, ok: false}]", "absent t.must[0].ok in /must/0"},
		{"t.must.all(i, i.ok)", "must: [{id: a}, {id: b, ok: false}]", "false"},
		{"t.must.all(i, i.ok)", "must: [{id: a, ok: true}, {id: b}]", "absent t.must[1].ok in /must/1"},
		{"t.must.exists_one(i, i.ok)", "must: [{id: a, ok: true}, {id: b}]", "absent t.must[1].ok in /must/1"},
		{"t.must.filter(i, i.ok).size() >= 0", "must: [{id: a}]", "absent t.must[0].ok in /must/0"},
		{"t.must.filter(i, i.ok).exists(i, true)", "must: [{id: a, ok: true}, {id: b}]", "absent t.must[1].ok in /must/1"},
		{"t.must.map(i, i.num).exists(n, n > 1)", "must: [{id: a, num: 2}, {id: b}]", "absent t.must[1].num in /must/1"},
		{"t.must.all(i, i.sub.exists(s, s == 'x'))", "must: [{id: a}]", "absent t.must[0].sub in /must/0"},
		{"t.adverse.all(i, i.ok)", "adverse: []", "true"},
	} {
		if got := w.value(t, c.expr, c.yaml, "2026-12-01"); got != c.want {
			t.Errorf("%s on %q gives %s, want %s", c.expr, c.yaml, got, c.want)
		}
	}
}

// condition draws a truth value over t's optional facts.
func condition(t *rapid.T, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom([]string{"t.flag", "t.flag2", "t.flag3", "t.flag4", "t.o.ok", "(t.n > 1)", "(t.m == t.n)", "(t.s in ['a', 'b'])", "past(t.d)",
			"t.must.exists(i, i.ok)", "t.must.all(i, i.fine)", "(t.must.filter(i, i.ok).size() > 0)", "t.must.all(i, i.ok || i.fine)", "t.must.exists_one(i, i.fine)",
			"t.must.map(i, i.num).all(n, n > 1)", "(sum(t.nums) > 3.0)", "t.must.exists(i, t.flag && i.ok)", "!t.must.exists(i, i.ok)", "t.flags.all(f, f)", "true", "false"}).Draw(t, "fact")
	}
	a, b, c := condition(t, rapid.IntRange(0, depth-1).Draw(t, "left")), condition(t, depth-1), condition(t, 0)
	return fmt.Sprintf(rapid.SampledFrom([]string{"(%[1]s && %[2]s)", "(%[1]s || %[2]s)", "!(%[1]s)", "(%[1]s ? %[2]s : %[3]s)", "(%[1]s == %[2]s)", "(%[1]s != %[2]s)",
		"[%[1]s, %[2]s].all(f, f)", "[%[1]s, %[2]s].exists(f, f)", "([%[1]s, %[2]s].filter(f, f).size() == 1)", "(%[1]s in [%[2]s, %[3]s])"}).Draw(t, "form"), a, b, c)
}

// Silence never helps: leaving a fact out cannot make a condition true that was
// not, whatever the condition.
func TestAbsenceNeverHelps(t *testing.T) {
	w := newWorld(t)
	truth := rapid.SampledFrom([]string{"true", "false"})
	trial.Check(t, 100, func(t *rapid.T) {
		text := condition(t, 3)
		program, problems := w.env.Scope().Compile(text, expression.Condition)
		if len(problems) > 0 {
			t.Fatalf("%s: %s", text, problems[0].Message.EN)
		}
		facts := []string{}
		for _, name := range []string{"flag", "flag2", "flag3", "flag4"} {
			facts = append(facts, name+": "+truth.Draw(t, name))
		}
		facts = append(facts, "n: "+rapid.SampledFrom([]string{"1", "2"}).Draw(t, "n"), "m: 2", "s: "+rapid.SampledFrom([]string{"a", "c"}).Draw(t, "s"),
			"d: "+rapid.SampledFrom([]string{"2026-01-01", "2027-01-01"}).Draw(t, "d"), "nums: [1, "+rapid.SampledFrom([]string{"2", "3"}).Draw(t, "nums")+"]",
			"flags: ["+truth.Draw(t, "flags")+", true]", "o: {id: o, ok: "+truth.Draw(t, "o")+"}")
		inner := []string{"ok: " + truth.Draw(t, "i.ok"), "fine: " + truth.Draw(t, "i.fine"), "num: " + rapid.SampledFrom([]string{"1", "2"}).Draw(t, "i.num")}
		write := func(facts, inner []string) string {
			return "{" + strings.Join(append(facts[:len(facts):len(facts)], "must: [{id: a, "+strings.Join(inner, ", ")+"}, {id: b, ok: true, fine: false, num: 2}]"), ", ") + "}"
		}
		truthOf := func(yaml string) bool {
			holds, err := program.True(w.frame(t, yaml, "2026-12-01"))
			return holds && err == nil
		}
		if truthOf(write(facts, inner)) {
			return
		}
		drop := func(from []string, i int) []string {
			return append(append([]string{}, from[:i]...), from[i+1:]...)
		}
		for i := range facts {
			if yaml := write(drop(facts, i), inner); truthOf(yaml) {
				t.Fatalf("%s holds on %s for the silence about %s", text, yaml, facts[i])
			}
		}
		for i := range inner {
			if yaml := write(facts, drop(inner, i)); truthOf(yaml) {
				t.Fatalf("%s holds on %s for the silence about %s", text, yaml, inner[i])
			}
		}
	})
}

// An evaluation that fails tells everything that it could not do without, and
// nothing of what the rest has decided; the order of a list does not matter.
func TestAbsences(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ expr, yaml, want string }{
		{"t.flag", "n: 1", "t.flag"},
		{"t.flag && t.flag2", "n: 1", "t.flag t.flag2"},
		{"t.flag == t.flag2", "n: 1", "t.flag t.flag2"},
		{"t.flag != t.flag2 || t.flag3", "n: 1", "t.flag t.flag2 t.flag3"},
		{"(t.flag == t.flag2) == t.flag3", "n: 1", "t.flag t.flag2 t.flag3"},
		{"t.n + t.m > 1", "n: 1", "t.m"},
		{"t.n + t.m > t.nums.size()", "x: 1", "t.m t.n t.nums"},
		{"within(t.d, t.d2, t.p)", "d: 2026-01-01", "t.d2 t.p"},
		{"t.n == t.m && t.flag == t.flag2 || t.flag3", "flag3: false", "t.flag t.flag2 t.m t.n"},
		{"(t.flag || t.flag2) && t.flag3", "flag2: true", "t.flag3"},
		{"(t.flag2 || t.flag) && t.flag3", "flag2: true", "t.flag3"},
		{"t.flag3 && (t.flag || t.flag2)", "flag2: true", "t.flag3"},
		{"(t.flag || t.flag2) && t.flag", "flag2: true", "t.flag"},
		{"t.must.exists(i, i.ok) && t.flag", "must: [{id: a}, {id: b, ok: true}]", "t.flag"},
		{"t.must.exists(i, i.ok) && t.flag", "must: [{id: b, ok: true}, {id: a}]", "t.flag"},
		{"t.must.exists(i, i.ok && i.fine)", "must: [{id: b, ok: true}, {id: a}]", "t.must[0].fine t.must[1].fine t.must[1].ok"},
		{"t.must.all(i, i.ok || i.fine)", "must: [{id: b, ok: true}, {id: a}]", "t.must[1].fine t.must[1].ok"},
		{"t.must.filter(i, i.ok).size() > 0", "must: [{id: b}, {id: a, ok: true}]", "t.must[0].ok"},
		{"t.must.newest(i, i.on, i.kind == 'x', i.ok)", "must: [{id: a, on: 2026-01-01, kind: x}, {id: b, on: 2025-01-01, kind: x}]", "t.must[0].ok"},
		{"t.must.newest(i, i.on, i.kind == 'x', i.ok) && (t.flag || t.flag2)", "{must: [{id: a, kind: x, ok: true}], flag2: true}", "t.must[0].on"},
		{"t.o.ok && t.o.fine", "n: 1", "t.o"},
		{"t.flag && t.n > 1", "", "t"},
	} {
		f := w.frame(t, c.yaml, "2026-12-01")
		if _, err := w.compile(t, c.expr, expression.Condition).True(f); err == nil {
			t.Errorf("%s on %q holds or not", c.expr, c.yaml)
		}
		if got := paths(f.Absences()); got != c.want {
			t.Errorf("%s on %q could not do without %s, want %s", c.expr, c.yaml, got, c.want)
		}
	}
	f := w.frame(t, "{flag2: true}", "2026-12-01")
	if holds, err := w.compile(t, "t.flag || t.flag2", expression.Condition).True(f); !holds || err != nil || len(f.Absences()) > 0 {
		t.Errorf("what is decided lacks %s", paths(f.Absences()))
	}
}

func paths(absences []*expression.Absent) string {
	var all []string
	for _, absent := range absences {
		all = append(all, strings.TrimSpace(absent.Path()+" "+strings.Join(absent.Defects, " ")))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// What was dug out counts as not stated, and names what is wrong with it.
func TestHoles(t *testing.T) {
	w := newWorld(t)
	const yaml = "{flag: true, n: 1, o: {id: a, ok: true, fine: true}, must: [{id: a, ok: true}, {id: b, ok: true}], texts: [x]}"
	f := w.frame(t, yaml, "2026-12-01")
	if len(f.Missing("t.flag")) > 0 {
		t.Fatal("what is stated is missing")
	}
	doc := document.Parse("t.yaml", []byte(yaml), document.DefaultLimits()).Root
	if err := f.Bind("t", w.schema.Root, doc); err != nil {
		t.Fatal(err)
	}
	f.Dig(doc, "flag", expression.Hole{Defects: []string{"d1"}})
	f.Dig(doc, "flag", expression.Hole{Defects: []string{"d2"}})
	f.Dig(doc.Get("o"), "", expression.Hole{Defects: []string{"d3"}})
	f.Dig(doc.Find("/must/0"), "id", expression.Hole{Defects: []string{"d4"}})
	f.Dig(doc, "texts", expression.Hole{Lists: []string{"t.adverse", "t.flag"}})
	f.Dig(doc, "n", expression.Hole{Lists: []string{"t.must"}})
	for expr, want := range map[string]string{
		"t.flag":                        "t.flag d1 d2",
		"t.o.ok":                        "t.o.ok d3",
		"t.must.exists(i, i.id == 'c')": "t.must[0].id d4",
		"t.texts.exists(x, x == 'x')":   "t.adverse t.flag d1 d2",
		"t.n > 5":                       "t.n",
	} {
		if holds, err := w.compile(t, expr, expression.Condition).True(f); holds || err == nil || paths(f.Absences()) != want {
			t.Errorf("%s lacks %s, want %s (%v)", expr, paths(f.Absences()), want, err)
		}
	}
	names, absent := f.Names("t.must")
	if strings.Join(names, " ") != "b" || paths(absent) != "t.must[0].id d4" {
		t.Errorf("names %v, absent %s", names, paths(absent))
	}
	if names, absent = f.Names("t.adverse"); len(names) > 0 || paths(absent) != "t.adverse" {
		t.Errorf("names %v, absent %s", names, paths(absent))
	}
	gone := w.frame(t, "", "2026-12-01")
	gone.Dig(nil, "t", expression.Hole{Defects: []string{"document"}})
	if _, err := w.compile(t, "t.flag", expression.Condition).True(gone); err == nil || paths(gone.Absences()) != "t document" {
		t.Errorf("a topic that cannot be read lacks %s", paths(gone.Absences()))
	}
}

// What is left empty under its key is missed there, not at the object around it.
func TestAbsencePlace(t *testing.T) {
	w := newWorld(t)
	for yaml, want := range map[string]string{
		"n: 1\nflag:\n": "/flag flag (flag) is left empty",
		"n: 1\n":        " flag (flag) is not stated",
	} {
		f := w.frame(t, yaml, "2026-12-01")
		if _, err := w.compile(t, "t.flag", expression.Condition).True(f); err == nil {
			t.Fatalf("%q is decided", yaml)
		}
		absent := f.Absences()[0]
		if got := absent.Place().Pointer() + " " + absent.Said().EN; got != want {
			t.Errorf("%q: %s, want %s", yaml, got, want)
		}
	}
}

// What many names hide at one place is kept once, not anew for each.
func TestHolesAreLinear(t *testing.T) {
	frame := newWorld(t).env.NewFrame(calendar.Date{})
	at := &document.Value{Kind: document.Map}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10_000 {
		frame.Dig(at, "flag", expression.Hole{Defects: []string{"a name that leads nowhere"}})
	}
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 16 {
		t.Errorf("%d MiB for 10,000 names", grown)
	}
}
