package expression_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/calendar"
	"hegui/internal/expression"
	"hegui/internal/trial"
)

// The newest records that have happened decide, all of those of the newest day.
func TestNewest(t *testing.T) {
	w := newWorld(t)
	const ask = "t.must.newest(r, r.on, r.kind == 'full', r.good)"
	for _, c := range []struct{ name, expr, must, want string }{
		{"the only one, good", ask, "{id: a, on: 2026-11-01, kind: full, good: true}", "true []"},
		{"the only one, bad", ask, "{id: a, on: 2026-11-01, kind: full, good: false}", "false []"},
		{"an older success hides nothing", ask, "{id: a, on: 2026-11-01, kind: full, good: true}, {id: b, on: 2026-11-02, kind: full, good: false}", "false []"},
		{"the order does not matter", ask, "{id: b, on: 2026-11-02, kind: full, good: false}, {id: a, on: 2026-11-01, kind: full, good: true}", "false []"},
		{"an older failure is over", ask, "{id: a, on: 2026-11-01, kind: full, good: false}, {id: b, on: 2026-11-02, kind: full, good: true}", "true []"},
		{"all of the newest day", ask, "{id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-02, kind: full, good: true}", "false []"},
		{"another kind does not count", ask, "{id: a, on: 2026-11-01, kind: full, good: true}, {id: b, on: 2026-11-02, kind: part, good: false}", "true []"},
		{"none of the kind", ask, "{id: b, on: 2026-11-02, kind: part, good: true}", "false []"},
		{"what is to come has not happened", ask, "{id: a, on: 2026-11-01, kind: full, good: false}, {id: b, on: 2026-12-05, kind: full, good: true}", "absent t.must[1].on in /must/1 [2026-12-05]"},
		{"a failure dated ahead hides nothing", ask, "{id: a, on: 2026-11-01, kind: full, good: true}, {id: b, on: 2026-12-05, kind: full, good: false}", "absent t.must[1].on in /must/1 [2026-12-05]"},
		{"nor does anything absorb it", "t.flag || " + ask, "{id: a, on: 2026-11-01, kind: full, good: true}, {id: b, on: 2026-12-05, kind: full, good: false}", "absent t.must[1].on in /must/1 [2026-12-05]"},
		{"it happens today", ask, "{id: a, on: 2026-11-01, kind: full, good: false}, {id: b, on: 2026-12-01, kind: full, good: true}", "true []"},
		{"of another kind it changes nothing", ask, "{id: a, on: 2026-11-01, kind: full, good: false}, {id: b, on: 2026-12-05, kind: part, good: true}", "false []"},
		{"a repeat on the same day", ask, "{id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-02, kind: full, good: true, retests: a}", "true []"},
		{"a repeat that fails", ask, "{id: a, on: 2026-11-02, kind: full, good: true}, {id: b, on: 2026-11-02, kind: full, good: false, retests: a}", "false []"},
		{"a repeat of a repeat", ask, "{id: c, on: 2026-11-02, kind: full, good: true, retests: b}, {id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-02, kind: full, good: false, retests: a}", "true []"},
		{"a repeat of another kind", ask, "{id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-02, kind: part, good: true, retests: a}", "false []"},
		{"a repeat before it", ask, "{id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-01, kind: full, good: true, retests: a}", "false []"},
		{"a record cannot repeat itself", ask, "{id: o, on: 2026-11-01, kind: full, good: true}, {id: a, on: 2026-11-02, kind: full, good: false, retests: a}", "false []"},
		{"nor two each other", ask, "{id: o, on: 2026-11-02, kind: full, good: true}, {id: a, on: 2026-11-02, kind: full, good: false, retests: b}, {id: b, on: 2026-11-02, kind: full, good: false, retests: a}", "false []"},
		{"a repeat of nothing", ask, "{id: a, on: 2026-11-02, kind: full, good: false}, {id: b, on: 2026-11-02, kind: full, good: true, retests: x}", "false []"},
		{"time in the condition", "t.must.newest(r, r.on, true, recent(r.on, period('P30D')) && r.good)", "{id: a, on: 2026-11-02, good: true}, {id: b, on: 2026-10-02, good: true}", "true [2026-12-03]"},
		{"the newest grows old", "t.must.newest(r, r.on, true, recent(r.on, period('P10D')))", "{id: a, on: 2026-11-02}, {id: b, on: 2026-10-02}", "false []"},
		{"no date", ask, "{id: a, kind: part, good: true}, {id: b, on: 2026-11-02, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"nobody knows the kind", ask, "{id: a, on: 2020-01-01, good: true}, {id: b, on: 2026-11-02, kind: full, good: true}", "absent t.must[0].kind in /must/0 []"},
		{"an outcome of old is not asked for", ask, "{id: a, on: 2020-01-01, kind: full}, {id: b, on: 2026-11-02, kind: full, good: true}", "true []"},
		{"the newest says nothing", ask, "{id: a, on: 2020-01-01, kind: full, good: true}, {id: b, on: 2026-11-02, kind: full}", "absent t.must[1].good in /must/1 []"},
		{"a failure outweighs a silence", ask, "{id: a, on: 2026-11-02, kind: full}, {id: b, on: 2026-11-02, kind: full, good: false}", "false []"},
		{"|| does not absorb it", ask + " || t.flag", "{id: a, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"nor does a true before it", "t.flag || " + ask, "{id: a, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"nor does a false", "!t.flag && " + ask, "{id: a, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"nor exists", "t.nums.exists(n, n == 1 || t.must.newest(r, r.on, r.num == n, r.good))", "{id: a, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"nor all", "t.nums.all(n, n == 2 && t.must.newest(r, r.on, r.num == n, r.good))", "{id: a, kind: full, good: true}", "absent t.must[0].on in /must/0 []"},
		{"the branch that is not taken is not asked", "t.flag ? t.flag : " + ask, "{id: a, kind: full, good: true}", "true []"},
		{"what a newest condition leaves out is absorbed as ever", "t.flag || " + ask, "{id: a, on: 2026-11-02, kind: full}", "true []"},
		{"newest within newest", "t.must.newest(r, r.on, true, t.must.newest(q, q.on, q.kind == r.kind, q.good))", "{id: a, on: 2026-11-02, kind: full, good: true}, {id: b, on: 2026-11-01, kind: full, good: false}", "true []"},
		{"dates alone", "t.dates.newest(d, d, true, recent(d, period('P30D')))", "{id: a}", "true [2026-12-02]"},
	} {
		f := w.frame(t, "{flag: true, nums: [1, 2], dates: [2026-11-01, 2020-01-01], must: ["+c.must+"]}", "2026-12-01")
		if got := write(w.compile(t, c.expr, expression.Condition).True(f)) + " " + fmt.Sprint(f.Flips()); got != c.want {
			t.Errorf("%s: %s on %s gives %s, want %s", c.name, c.expr, c.must, got, c.want)
		}
	}
	for yaml, want := range map[string]string{"must: []": "empty t.must in the root", "n: 1": "absent t.must in the root", "": "absent t in nothing"} {
		if got := w.value(t, ask, yaml, "2026-12-01"); got != want {
			t.Errorf("%q gives %s, want %s", yaml, got, want)
		}
	}
}

// What is dated after today is told, once and at its place, until the next
// check; other kinds of records are another check's affair.
func TestFutureRecords(t *testing.T) {
	w := newWorld(t)
	f := w.frame(t, "must: [{id: a, on: 2027-01-01, kind: full}, {id: b, on: 2026-01-01, kind: full}, {id: c, on: 2027-01-02, kind: part}, {id: d, on: 2026-12-02, kind: full}]", "2026-12-01")
	program := w.compile(t, "t.must.newest(r, r.on, r.kind == 'full', true) && t.must.newest(r, r.on, r.kind != 'part', true)", expression.Condition)
	if got, want := write(program.True(f)), "absent t.must[0].on in /must/0"; got != want || len(f.Absences()) != 2 {
		t.Fatal(got)
	}
	for _, absent := range f.Absences() {
		if absent.Ahead == nil || absent.Tells() || !strings.Contains(absent.Said().EN, "dated ahead") {
			t.Errorf("%+v", absent)
		}
	}
	var places []string
	for _, at := range f.Future() {
		places = append(places, pointer(at))
	}
	if got := strings.Join(places, " "); got != "/must/0/on /must/3/on" {
		t.Errorf("in the future are %s", got)
	}
	if f.Reset(); len(f.Future()) > 0 {
		t.Error("a reset keeps what lies in the future")
	}
}

// The records that decided are known after a condition, and no others; a date
// that not everyone may see is marked.
func TestNewestIsKnown(t *testing.T) {
	w := newWorld(t)
	f := w.frame(t, "{flag: true, must: [{id: a, on: 2026-11-01}, {id: b, on: 2026-11-02}, {id: c, on: 2026-11-02}, {id: d, on: 2020-01-01}], zones: [{id: z, on: 2026-10-01}]}", "2026-12-01")
	for _, c := range []struct{ text, want string }{
		{"t.must.newest(r, r.on, true, true)", "/must/1 2026-11-02 false, /must/2 2026-11-02 false"},
		{"t.zones.newest(r, r.on, true, true)", "/zones/0 2026-10-01 true"},
		{"t.must.newest(r, r.on, r.id == 'gone', true)", ""},
		{"t.flag", ""},
	} {
		if _, err := w.compile(t, c.text, expression.Condition).True(f); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range f.Newest() {
			got = append(got, fmt.Sprint(pointer(n.Record), " ", n.Date.Text, " ", n.Hidden))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
	}
}

// What would let an older success hide the newest failure is refused where it
// stands, with what to write instead.
func TestNewestIsHonest(t *testing.T) {
	w := newWorld(t)
	const bad = "t.must.newest(r, r.on, r.ok, r.good)"
	for _, c := range []struct{ text, at, en string }{
		{"!" + bad, "(r, r.on", "newest() must not stand under"},
		{bad + " == t.flag", "(r, r.on", "newest() must not stand under"},
		{bad + " ? t.flag : t.flag2", "(r, r.on", "newest() must not stand under"},
		{"t.must.filter(i, " + bad + ").size() > 0", "(r, r.on", "newest() must not stand under"},
		{"t.must.filter(i, " + bad + ").all(i, i.ok)", "(r, r.on", "newest() must not stand under"},
		{"[" + bad + "].exists(x, x)", "(r, r.on", "newest() must not stand under"},
		{"t.may.all(i, !t.must.newest(r, r.on, r.id == i.id, r.good))", "(r, r.on", "newest() must not stand under"},
		{"t.must.newest(r, r.on, true, !recent(r.on, t.p))", "(r.on, t.p)", "recent() must not stand under"},
		{"t.must.newest(r, r.on, past(r.on), r.good)", "(r.on)", "must not depend on the day"},
		{"t.must.newest(r, r.on, within(t.d, r.on, t.p), r.good)", "(t.d, r.on", "must not depend on the day"},
		{"t.must.newest(r, r.on, r.good, true)", ".good", "must not depend on what they found"},
		{"t.must.newest(r, r.on, r.kind == 'full' && r.score > 1, true)", ".score", "must not depend on what they found"},
		{"t.must.filter(i, i.good).newest(r, r.on, true, true)", ".good", "must not depend on what they found"},
		{"t.must.filter(i, past(i.on)).newest(r, r.on, true, true)", "(i.on)", "must not depend on the day"},
		{"t.must.exists(r, recent(r.on, t.p) && r.good)", ".good", "write records.newest("},
		{"t.must.exists(r, r.good && past(r.on))", ".good", "the outcome good must not choose records"},
		{"t.must.exists_one(r, past(r.on) && r.good)", ".good", "write records.newest("},
		{"t.must.exists(r, before(t.d, r.on) && r.score > 5)", ".score", "write records.newest("},
		{"t.must.filter(r, recent(r.on, t.p)).exists(r, r.good)", ".good", "write records.newest("},
		{"t.must.filter(r, r.good).exists(r, recent(r.on, t.p))", ".good", "write records.newest("},
		{"t.must.filter(r, r.good && past(r.on)).all(r, r.ok)", ".good", "write records.newest("},
		{"t.must.exists(r, r.good && t.must.exists(q, q.id == r.id && past(q.on)))", ".good", "write records.newest("},
		{"t.must.map(r, past(r.on) && r.good, r.num).exists(n, n > 1)", ".good", "write records.newest("},
		{"t.must.exists(r, r.good)", ".good", "write records.newest("},
		{"t.must.filter(r, r.ok).exists_one(r, r.kind == 'x' && r.score > 5)", ".score", "write records.newest("},
		{"t.must.exists(r, recent(r.on, t.p)) && t.must.exists(q, q.good)", ".good", "write records.newest("},
		{"t.must.exists(q, q.good && q.ok) && (t.flag || t.must.exists(r, recent(r.on, t.p)))", ".good", "write records.newest("},
		{"t.must.filter(q, q.score > 5).size() > 0 && t.must.exists(r, past(r.on) && r.ok)", ".score", "write records.newest("},
		{"t.must.exists(r, recent(r.on, t.p)) && true in t.must.map(q, q.good)", ".good", "write records.newest("},
		{"t.may.exists(i, t.must.exists(r, recent(r.on, t.p) && r.id == i.id) && t.must.exists(q, q.id == i.id && q.good))", ".good", "write records.newest("},
	} {
		_, problems := w.env.Scope().Compile(c.text, expression.Condition)
		if len(problems) != 1 || !strings.Contains(problems[0].Message.EN, c.en) || problems[0].Message.ZH == "" || !strings.HasPrefix(c.text[problems[0].Offset:], c.at) {
			t.Errorf("%s: want %q at %q: %+v", c.text, c.en, c.at, problems)
		}
	}
	for _, text := range []string{
		bad, bad + " && t.flag || t.flag2", "t.flag ? " + bad + " : t.flag2", "t.may.exists(i, t.must.newest(r, r.on, r.id == i.id, r.good))", "t.may.all(i, t.must.newest(r, r.on, r.id == i.id, r.good))",
		"t.must.filter(r, r.good).size() > 0", "t.must.all(r, recent(r.on, t.p) && r.good)", "t.must.exists(r, recent(r.on, t.p) && r.ok)", "recent(t.d, t.p) && t.o.good", "t.must.newest(r, r.on, true, recent(r.on, t.p) && r.good)",
		"t.may.exists(i, recent(i.on, t.p) && t.must.newest(r, r.on, r.id == i.id, r.good))", "t.may.filter(i, i.ok).newest(r, r.on, true, r.good)",
		"t.must.exists(r, recent(r.on, t.p)) && t.must.all(q, q.good)", "t.must.exists(r, recent(r.on, t.p)) && t.may.filter(q, q.good).size() > 1", "t.must.exists(r, recent(t.d, t.p)) && t.must.map(q, q.good).size() > 0",
	} {
		if _, problems := w.env.Scope().Compile(text, expression.Condition); len(problems) > 0 {
			t.Errorf("%s is refused: %s", text, problems[0].Message.EN)
		}
		for _, want := range []expression.Want{expression.Switch, expression.Phrase} {
			if _, problems := w.env.Scope().Compile(bad, want); len(problems) == 0 {
				t.Errorf("newest stands in a place that must not change like that (%d)", want)
			}
		}
	}
	if _, problems := w.env.Scope().Compile("t.must.filter(i, past(i.on) && i.good)", expression.Items); len(problems) != 1 || !strings.Contains(problems[0].Message.EN, "write records.newest(") {
		t.Errorf("each may look away from what failed: %v", problems)
	}
}

// kept is what newest knows of a record.
type kept struct {
	id, retests string
	day         int // from the first of November 2026
	full, good  bool
}

func (k kept) yaml() string {
	kind := map[bool]string{true: "full", false: "part"}[k.full]
	text := fmt.Sprintf("id: %s, on: %s, kind: %s, good: %t", k.id, november(k.day), kind, k.good)
	if k.retests != "" {
		text += ", retests: " + k.retests
	}
	return "{" + text + "}"
}

func november(days int) calendar.Date { return day(2026, 304+days) }

// holds is newest as one would write it down without thinking of its cost. While
// a record is dated ahead it is not known.
func holds(records []kept, today int) (holds, known bool) {
	happened := slices.DeleteFunc(slices.Clone(records), func(k kept) bool { return !k.full })
	if slices.ContainsFunc(happened, func(k kept) bool { return k.day > today }) {
		return false, false
	}
	if len(happened) == 0 {
		return false, true
	}
	last := slices.MaxFunc(happened, func(a, b kept) int { return a.day - b.day }).day
	happened = slices.DeleteFunc(happened, func(k kept) bool { return k.day != last })
	// Whoever is named by one that counts does not decide; what is named by
	// nobody counts, and what names counts as long as it does not name in a circle.
	byID := map[string]kept{}
	for _, k := range happened {
		byID[k.id] = k
	}
	circular := func(k kept) bool {
		at := k
		for range happened {
			next, known := byID[at.retests]
			if !known {
				return false
			}
			if at = next; at.id == k.id {
				return true
			}
		}
		return false
	}
	for _, k := range happened {
		stoodFor := slices.ContainsFunc(happened, func(other kept) bool { return other.retests == k.id && !circular(other) })
		if !stoodFor && !k.good {
			return false, true
		}
	}
	return true, true
}

// newest agrees with the plain definition on any records, in any order, and
// tells the days on which its answer may change.
func TestNewestIsWhatItSays(t *testing.T) {
	w := newWorld(t)
	program := w.compile(t, "t.must.newest(r, r.on, r.kind == 'full', r.good)", expression.Condition)
	trial.Check(t, 100, func(t *rapid.T) {
		records := make([]kept, rapid.IntRange(1, 7).Draw(t, "records"))
		names := []string{"", "", "r0", "r1", "r2", "r3", "r4", "gone"}
		for i := range records {
			records[i] = kept{fmt.Sprintf("r%d", i), rapid.SampledFrom(names).Draw(t, "retests"), rapid.IntRange(0, 4).Draw(t, "day"), rapid.IntRange(0, 3).Draw(t, "full") > 0, rapid.Bool().Draw(t, "good")}
		}
		records = rapid.Permutation(records).Draw(t, "order")
		var yaml []string
		for _, k := range records {
			yaml = append(yaml, k.yaml())
		}
		text := "must: [" + strings.Join(yaml, ", ") + "]"
		for today := -1; today < 6; today++ {
			f := w.frame(t, text, november(today).String())
			got, err := program.True(f)
			want, known := holds(records, today)
			if (err == nil) != known || got != want {
				t.Fatalf("%s on %s: %v %v, want %v, %v", text, november(today), got, err, want, known)
			}
			for later := today + 1; later < 6; later++ {
				if slices.ContainsFunc(f.Flips(), func(flip calendar.Date) bool { return !november(later).Before(flip) }) {
					break
				}
				if then, still := holds(records, later); then != got || still != known {
					t.Fatalf("%s: the answer of %s changes on %s, flips %v", text, november(today), november(later), f.Flips())
				}
			}
		}
	})
}
