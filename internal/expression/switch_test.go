package expression_test

import (
	"testing"

	"hegui/internal/expression"
	"hegui/internal/lang"
)

// However often a switch is asked, it says what it would say alone, for the same
// price, until something else counts as not stated.
func TestSwitchIsAskedOnce(t *testing.T) {
	w := newWorld(t)
	p := w.compile(t, "t.flag && (t.n > 1 || t.s == 'x')", expression.Switch)
	alone := func(yaml string) (string, string, uint64, lang.Text) {
		f := w.frame(t, yaml, "2026-12-01")
		f.Reset()
		said := write(p.True(f))
		return said, paths(f.Absences()), f.Spent(), p.Beside(f)
	}
	for _, yaml := range []string{"{flag: true, n: 2}", "{flag: true, n: 1, s: y}", "{flag: false, n: 1}", "{n: 2}", "{flag: true, n: 1}", ""} {
		said, lacks, spent, beside := alone(yaml)
		f := w.frame(t, yaml, "2026-12-01")
		for n := range 3 {
			f.Reset()
			if again := write(p.Switched(f)); again != said || paths(f.Absences()) != lacks || f.Spent() != spent {
				t.Errorf("%q, time %d: %s without %q for %d, alone %s without %q for %d", yaml, n+1, again, paths(f.Absences()), f.Spent(), said, lacks, spent)
			}
			if why := p.Beside(f); why != beside || said == "false" && why.IsZero() {
				t.Errorf("%q, time %d: %v, alone %v", yaml, n+1, why, beside)
			}
		}
	}
	f := w.frame(t, "{flag: true, n: 2}", "2026-12-01")
	if got := write(p.Switched(f)); got != "true" {
		t.Error(got)
	}
	f.Dig(f.Fact("t").Value, "flag", expression.Hole{Defects: []string{"broken"}})
	if got := write(p.Switched(f)); got == "true" {
		t.Error("a switch holds by what was dug out")
	}
}

// What a switch has said of one platform it says of those that state the same, and of no
// other.
func TestSwitchSaysWhatItWouldSayAlone(t *testing.T) {
	const text = "t.flag && (t.n > 1 || t.s == 'x')"
	w := newWorld(t)
	p := w.compile(t, text, expression.Switch)
	for range 3 {
		for _, yaml := range []string{"{flag: true, n: 1, s: y}", "{flag: true, n: 1, s: y, m: 3}", "{flag: true, n: 1, s: 'y true'}", "{flag: true, n: 0, s: y}", "{flag: true, n: 11, s: x}",
			"{flag: false, n: 1, s: y}", "{flag: false, n: 1}", "{flag: false, s: y}", "{flag: true, s: y}"} {
			alone := newWorld(t)
			q, f, g := alone.compile(t, text, expression.Switch), alone.frame(t, yaml, "2026-12-01"), w.frame(t, yaml, "2026-12-01")
			if said, want := write(p.Switched(g)), write(q.Switched(f)); said != want {
				t.Errorf("%s: %s, alone %s", yaml, said, want)
			}
			if said, want := p.Beside(g), q.Beside(f); said != want {
				t.Errorf("%s: %v, alone %v", yaml, said, want)
			}
			if lacks, want := paths(g.Absences()), paths(f.Absences()); lacks != want || len(g.Flips()) > 0 {
				t.Errorf("%s: without %q, alone %q", yaml, lacks, want)
			}
		}
	}
}
