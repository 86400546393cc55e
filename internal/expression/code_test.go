package expression_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hegui/internal/expression"
	"hegui/internal/trial"
)

// grammar are forms of expressions by the type of what they give: a letter in
// angle brackets stands for any expression of that type, I for the name of an item.
// B is a condition, N a whole number, X a number, S a text, D a date, P a period,
// M a list of items, W one of texts, K one of whole numbers.
var grammar = map[byte][]string{
	'B': {"t.flag", "t.flag2", "t.o.ok", "<I>.ok", "<I>.good", "true", "(<B> && <B>)", "(<B> || <B>)", "!(<B>)", "(<B> ? <B> : <B>)", "<B> == <B>", "<B> != <B>", "<B> in [<B>, true]",
		"<N> < <N>", "<N> <= <N>", "<N> > <N>", "<N> >= <N>", "<N> == <N>", "<N> != <N>", "<N> in <K>", "<N> in [1, 2]", "<N> in [<N>]", "<X> < <N>", "<N> <= <X>", "<X> > <X>", "<X> >= <X>", "<X> == <X>",
		"<S> == <S>", "<S> != <S>", "<S> < <S>", "<S> >= <S>", "<S> in <W>", "<S> in ['a', 'bé', '中']", "<S>.contains(<S>)", "<S>.startsWith(<S>)", "<S>.endsWith('a')", "<S>.matches('^[a中]+$')", "<S>.matches(<S>)",
		"past(<D>)", "unexpired(<D>)", "before(<D>, <D>)", "not_after(<D>, <D>)", "within(<D>, <D>, <P>)", "recent(<D>, <P>)", "unbroken(<M>.map(i, i.on), <P>, <P>)", "unbroken([<D>, <D>], <P>, <P>)",
		"<P> < <P>", "<P> <= <P>", "<P> >= <P>", "<P> == <P>", "<M>.all(i, <B>)", "<M>.exists(i, <B>)", "<M>.exists_one(i, <B>)", "<M>.newest(i, i.on, <B>, <B>)", "<W>.all(s, s != <S>)", "<W>.exists(s, s == <S>)",
		"<M>.exists(j, j.num > <N> && <M>.all(i, i.num <= j.num || <B>))", "<K>.all(n, n > <N>)", "[<B>, <B>].exists(f, f)", "<W> == <W>", "<K> == [1, 2]", "t.o == t.o"},
	'N': {"t.n", "t.m", "t.o.num", "<I>.num", "1", "0", "-3", "9223372036854775807", "<M>.size()", "<W>.size()", "<S>.size()", "size(<K>)", "<N> + <N>", "<N> - <N>", "<N> * <N>", "<N> / <N>", "<N> % <N>", "-<N>", "(<B> ? <N> : <N>)", "int(<X>)", "int(<S>)"},
	'X': {"t.x", "2.5", "0.0", "double(<N>)", "sum(<K>)", "sum(t.decimals)", "<X> + <X>", "<X> - <X>", "<X> * <X>", "<X> / <X>", "-<X>", "(<B> ? <X> : <X>)"},
	'S': {"t.s", "t.s2", "t.o.id", "<I>.id", "<I>.kind", "'a'", "'bé '", "'中文中文中文中文'", "<S> + <S>", "(<B> ? <S> : <S>)", "string(<N>)"},
	'D': {"t.d", "t.d2", "t.h", "t.h2", "<I>.on", "(<B> ? <D> : <D>)"},
	'P': {"t.p", "t.p2", "period('P1M')", "period('PT4H')", "(<B> ? <P> : <P>)", "period(<S>)"},
	'M': {"t.must", "t.adverse", "t.may", "t.must.filter(i, <B>)", "(<B> ? t.must : t.adverse)", "t.must + t.may", "[t.o]"},
	'W': {"t.texts", "<M>.map(i, i.kind)", "<M>.map(i, <B>, i.id)", "['a', <S>]", "['a', '中']", "<I>.sub"},
	'K': {"t.nums", "<M>.map(i, i.num)", "[<N>, 2]", "[]"},
}

// write draws an expression. Items are called by the name of the one object
// where no list is walked.
func draw(r *rand.Rand, kind byte, depth int, item string) string {
	forms := grammar[kind]
	var text string
	for ok := false; !ok; ok = depth > 0 || strings.Count(text, "<") == strings.Count(text, "<I>") {
		text = forms[r.IntN(len(forms))]
		if depth == 0 {
			text = forms[r.IntN(min(len(forms), 5))]
		}
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '<' || i+2 >= len(text) || text[i+2] != '>' || text[i+1] < 'A' || text[i+1] > 'Z' {
			out.WriteByte(text[i])
			continue
		}
		inside := item
		if strings.Contains(text[:i], "(i, ") {
			inside = "i"
		}
		if text[i+1] == 'I' {
			out.WriteString(item)
		} else {
			out.WriteString(draw(r, text[i+1], depth-1, inside))
		}
		i += 2
	}
	return out.String()
}

// described draws a description in which anything may be missing.
func described(r *rand.Rand) string {
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	some := func(facts ...string) string {
		var out []string
		for _, f := range facts {
			if f != "" && r.IntN(4) > 0 {
				out = append(out, f)
			}
		}
		return "{" + strings.Join(out, ", ") + "}"
	}
	truth := func() string { return one("true", "false") }
	date := func() string {
		return one("2026-11-30", "2026-12-01", "2025-12-01", "2027-01-31", "2026-11-01T09:00:00+08:00")
	}
	text := func() string { return one("a", "'bé'", "'中'", "'a '", "''") }
	n := func() string { return one("1", "2", "0", "-9223372036854775808", "9223372036854775807") }
	list := func(draw func() string) string {
		all := make([]string, r.IntN(4))
		for i := range all {
			all[i] = draw()
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	item := func() string {
		return strings.Replace(some("ok: "+truth(), "fine: "+truth(), "on: "+date(), "num: "+n(), "sub: "+list(text), "kind: "+text(), "retests: "+text(), "good: "+truth()), "{", "{id: "+one("a", "b", "c")+", ", 1)
	}
	return some("flag: "+truth(), "flag2: "+truth(), "n: "+n(), "m: "+n(), "x: "+one("1", "2.5", "1e300"), "s: "+text(), "s2: "+text(), "d: "+date(), "d2: "+date(), "h: "+date(), "h2: "+date(), "p: "+one("P1D", "P1Y"), "p2: P1M",
		"nums: "+list(n), "decimals: "+list(func() string { return one("0.5", "2") }), "texts: "+list(text), "must: "+list(item), "adverse: "+list(item), "may: "+list(item), "o: "+item())
}

// traces are all that an evaluation leaves in a frame.
func traces(f *expression.Frame) string {
	var out strings.Builder
	fmt.Fprint(&out, f.Flips(), f.Spent(), len(f.Newest()))
	for _, a := range f.Absences() {
		fmt.Fprint(&out, " ", a.Path(), a.In.Pointer(), a.Ahead.Pointer(), f.Said(a) == a.Said())
	}
	for _, ahead := range f.Future() {
		fmt.Fprint(&out, " ", ahead.Pointer())
	}
	return out.String()
}

// What runs as code gives what CEL's interpreter gives, whatever the expression and
// the description: the same value or error, the same absences, days and records, at
// the same cost.
func TestCodeIsWhatTheInterpreterSays(t *testing.T) {
	r, w := trial.Random(t), newWorld(t)
	compiled, translated := 0, 0
	for try := range trial.Tries(t, 3_000) {
		if try%10_000 == 9_999 {
			w = newWorld(t) // what was compiled is kept
		}
		text, yaml, want := draw(r, "BBBMWKNXS"[r.IntN(9)], r.IntN(4), "t.o"), described(r), expression.Phrase
		switch {
		case strings.Contains(text, "recent(") || strings.Contains(text, "unbroken(") || strings.Contains(text, "newest("):
			want = expression.Condition
		case r.IntN(3) == 0:
			want = expression.Items
		}
		program, problems := w.env.Scope().Compile(text, want)
		if len(problems) > 0 {
			continue
		}
		compiled++
		if expression.Translated(program) {
			translated++
		}
		code, interpreted := w.frame(t, yaml, "2026-12-01"), w.frame(t, yaml, "2026-12-01")
		interpreted.Interpret()
		if said, should := w.answer(t, text, want, code), w.answer(t, text, want, interpreted); said != should {
			t.Fatalf("%s on %s:\n%s\nand as it is interpreted\n%s", text, yaml, said, should)
		}
	}
	t.Logf("%d of %d expressions have code", translated, compiled)
	if compiled < 100 || translated*10 < compiled*9 {
		t.Errorf("%d of %d expressions have code", translated, compiled)
	}
}

// answer is what an expression gives, and all that it leaves in the frame.
func (w world) answer(t *testing.T, text string, want expression.Want, f *expression.Frame) string {
	program, problems := w.env.Scope().Compile(text, want)
	if len(problems) > 0 {
		t.Fatalf("%s: %s", text, problems[0].Message.EN)
	}
	switch want {
	case expression.Condition:
		said := write(program.True(f))
		for _, reason := range program.Reasons(f, nil) {
			said += "; " + reason.Message.Full.EN
		}
		return said + traces(f)
	case expression.Items:
		items, empty, _, err := program.Items(f)
		said := fmt.Sprint(empty, err)
		for _, i := range items {
			said += fmt.Sprint(" ", i.Key, i.Place.Pointer(), len(i.Undecided))
		}
		return said + traces(f)
	}
	template, problems := w.env.Scope().Template("{(" + text + ")}")
	if len(problems) > 0 {
		t.Fatalf("%s: %s", text, problems[0].Message.EN)
	}
	said, err := expression.Fill(f, [2]*expression.Template{template, template})
	return fmt.Sprint(said.Full.EN, err) + traces(f)
}
