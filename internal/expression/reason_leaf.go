package expression

import (
	"errors"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/calendar"
	"hegui/internal/lang"
)

// whyLeaf tells of a condition that joins no others.
func (x *explainer) whyLeaf(e *expr, want bool) []Reason {
	if e.kind != ast.CallKind {
		return x.whyFlag(e, want)
	}
	if e.name == operators.Equals || e.name == operators.NotEquals {
		if v, err := x.eval(&e.args[0]); err == nil && v.Type() == types.BoolType {
			return x.whySame(e.args, want == (e.name == operators.Equals))
		}
	}
	var room [3]operand
	of := room[:0]
	for i := range e.args {
		o := x.operand(&e.args[i])
		if o.err != nil {
			return x.lacks(&o)
		}
		of = append(of, o)
	}
	if r, ok := x.share(e, want); ok {
		return x.one(r)
	}
	if _, known := comparisonOf(e.name); known {
		return x.one(x.compares(e.name, of[0], of[1], want))
	}
	return x.whyFunction(e.name, of, want)
}

// whyFunction tells of the functions that a check may ask.
func (x *explainer) whyFunction(function string, of []operand, want bool) []Reason {
	switch function {
	case "recent":
		return x.whyRecent(of)
	case "past":
		if want {
			return x.future(of[0])
		}
		return x.tell(of[0], say("%s 是 %s，已经到了", "%s is %s, which has come", of[0].title(), of[0].value()))
	case "unexpired":
		return x.notBefore(of[0], x.frame.asOf)
	case "within":
		return x.whyWithin(of)
	case "before":
		if want {
			return x.order(of, earlier(), later())
		}
		return x.order(of, notEarlier(), notLater())
	case "not_after":
		if want {
			return x.order(of, notLater(), notEarlier())
		}
		return x.order(of, later(), earlier())
	case operators.In:
		return x.holds(of[0], of[1], want)
	case "startsWith":
		return x.text(of, want, say("应以 %s 开头", "must begin with %s", of[1].value()), say("不应以 %s 开头", "must not begin with %s", of[1].value()))
	case "contains":
		return x.text(of, want, say("应含有 %s", "must contain %s", of[1].value()), say("不应含有 %s", "must not contain %s", of[1].value()))
	case "matches":
		return x.text(of, want, say("应合于 %s", "must match %s", of[1].value()), say("不应合于 %s", "must not match %s", of[1].value()))
	case "unbroken":
		return x.whyUnbroken(of)
	}
	return nil
}

func (x *explainer) whyRecent(of []operand) []Reason {
	if x.ahead(of[0]) {
		return x.future(of[0])
	}
	return x.notBefore(of[0], oldest(x.frame.asOf, of[1].val.(*period).Period), of[1])
}

// notBefore tells of a date that lies before a day.
func (x *explainer) notBefore(o operand, first calendar.Date, others ...operand) []Reason {
	return x.tell(o, say("%s 是 %s，不应早于 %s", "%s is %s, must be on or after %s", o.title(), o.value(), open(lang.Same(first.String()))), others...)
}

func (x *explainer) whyWithin(of []operand) []Reason {
	switch {
	case of[1].val.(*date).Before(of[0].val.(*date).Date):
		return x.order(of[:2], notLater(), notEarlier())
	case x.nearer(of[0], of[1]):
		return x.tell(of[0], say("%s 是 %s，应在 %s之前 %s内", "%s is %s, must be at most %[4]s before %[3]s", of[0].title(), of[0].value(), of[1].beside(of[0]), of[2].value()), of[1])
	}
	return x.tell(of[1], say("%s 是 %s，应在 %s之后 %s内", "%s is %s, must be at most %[4]s after %[3]s", of[1].title(), of[1].value(), of[0].beside(of[1]), of[2].value()), of[0])
}

func (x *explainer) whyUnbroken(of []operand) []Reason {
	days := happened(of[0].val)
	if len(days) == 0 {
		return x.tell(of[0], say("%s 都还没有到", "%s lie in the future", open(of[0].shown())))
	}
	from, until := days[len(days)-1], lang.Same(x.frame.asOf.String())
	if begins, ends := gap(days, of[1].val.(*period).Period, of[2].val.(*period).Period); begins != nil {
		from, until = begins, lang.Same(ends.String())
	}
	shown := of[0]
	shown.val, shown.formula = &date{Date: from.Date, frame: from.frame, of: from.of, at: from.at}, lang.Text{}
	return x.tell(of[0], say("%s：自 %s 至 %s 没有记录，间隔应不超过 %s", "%s: nothing from %s to %s, must follow within %s", open(of[0].shown()), shown.value(), of[0].marked(until), of[1].value()))
}

// tell is a reason about an operand, which states its value and those of others.
func (x *explainer) tell(about operand, message lang.Marked, others ...operand) []Reason {
	r := x.about(about, Reason{Message: message, fixed: about.of == nil || about.of.Switch})
	if x.beside {
		stands := say("%s：%s", "%s: %s", about.title(), about.value())
		r.stands = &stands
	}
	if r.states = make([]string, 0, 1+len(others)); about.path != "" {
		r.states = append(r.states, about.path)
	}
	for i := range others {
		if others[i].path != "" {
			r.states = append(r.states, others[i].path)
		}
		r.concerns(others[i].of)
	}
	return x.one(r)
}

// lacks tells of what a condition could not be decided without.
func (x *explainer) lacks(o *operand) []Reason {
	absent, lacks := errors.AsType[*Absent](o.err)
	if !lacks {
		return nil
	}
	message := absent.Said()
	if absent.Tells() {
		message = lang.Say("%s %s 没有填写（%s）", "%[2]s is not stated (%[3]s)", absent.Of.Title, absent.Key, absent.Of.Absent)
	}
	return x.one(Reason{Message: open(message), Fields: []string{absent.Of.Name}, At: absent.Place(), states: []string{o.path}})
}

func (x *explainer) ahead(o operand) bool { return o.val.(*date).After(x.frame.asOf) }

func (x *explainer) future(o operand) []Reason {
	return x.tell(o, say("%s 是 %s，还没有到", "%s is %s, which lies in the future", o.title(), o.value()))
}

// How two dates must lie to each other.
func earlier() lang.Text    { return lang.Say("应早于", "must be before") }
func later() lang.Text      { return lang.Say("应晚于", "must be after") }
func notEarlier() lang.Text { return lang.Say("不应早于", "must not be before") }
func notLater() lang.Text   { return lang.Say("不应晚于", "must not be after") }

// order tells of two dates, the first of which must lie so to the second, and the
// second, as it is turned, to the first.
func (x *explainer) order(of []operand, must, turned lang.Text) []Reason {
	a, b := of[0], of[1]
	if x.nearer(b, a) {
		a, b, must = b, a, turned
	}
	return x.tell(a, say("%s 是 %s，%s %s", "%s is %s, %s %s", a.title(), a.value(), open(must), b.beside(a)), b)
}

// nearer reports whether an operand stands at the place that is in question, and
// another does not.
func (x *explainer) nearer(o, other operand) bool { return x.holdsAt(o) && !x.holdsAt(other) }

func (x *explainer) holdsAt(o operand) bool {
	return o.at != nil && (o.at == x.place || x.place.Holds(o.at))
}

func (x *explainer) text(of []operand, want bool, must, mustNot lang.Marked) []Reason {
	if !want {
		must = mustNot
	}
	r := x.tell(of[0], say("%s 是 %s，%s", "%s is %s, %s", of[0].title(), of[0].value(), must))
	r[0].denies = !want
	return r
}

// whyFlag tells of a field that is true or false.
func (x *explainer) whyFlag(e *expr, want bool) []Reason {
	o := x.operand(e)
	if o.err != nil {
		return x.lacks(&o)
	}
	r := x.tell(o, say("%s 是 %s，应为 %s", "%s is %s, must be %s", o.title(), flag(o, !want), flag(o, want)))
	r[0].states, r[0].fixed = nil, o.of == nil // what else should it be
	return r
}

func flag(o operand, v bool) lang.Marked {
	word := "false"
	if v {
		word = "true"
	}
	return o.marked(lang.Same(word))
}

// whySame tells of two conditions that must be alike, or must not: what either
// would have to be.
func (x *explainer) whySame(args []expr, alike bool) []Reason {
	var ways []way
	for i := range args {
		v, err := x.eval(&args[1-i])
		if err != nil {
			return nil
		}
		reasons := x.why(&args[i], (v == types.True) == alike)
		for i := range reasons {
			reasons[i].fixed = false // it is what is in question
		}
		ways = append(ways, way{reasons: reasons})
	}
	return x.alternatives(ways)
}

// comparison is what is told of a comparison, long of lengths of time, and what
// its contrary is.
type comparison struct {
	must, long lang.Text
	not        string
}

// comparisonOf is what is told of a function or operator that compares.
func comparisonOf(function string) (c comparison, known bool) {
	switch function {
	case operators.GreaterEquals:
		return comparison{lang.Say("应不低于", "must be at least"), lang.Say("应不短于", "must be at least"), operators.Less}, true
	case operators.Greater:
		return comparison{lang.Say("应高于", "must be more than"), lang.Say("应长于", "must be more than"), operators.LessEquals}, true
	case operators.LessEquals:
		return comparison{lang.Say("应不高于", "must be at most"), lang.Say("应不长于", "must be at most"), operators.Greater}, true
	case operators.Less:
		return comparison{lang.Say("应低于", "must be less than"), lang.Say("应短于", "must be less than"), operators.GreaterEquals}, true
	case operators.Equals:
		return comparison{lang.Say("应为", "must be"), lang.Say("应为", "must be"), operators.NotEquals}, true
	case sameText:
		return comparison{lang.Say("应为", "must be"), lang.Say("应为", "must be"), otherText}, true
	case operators.NotEquals:
		return comparison{lang.Say("不应为", "must not be"), lang.Say("不应为", "must not be"), operators.Equals}, true
	case otherText:
		return comparison{lang.Say("不应为", "must not be"), lang.Say("不应为", "must not be"), sameText}, true
	}
	return comparison{}, false
}

// turned is the comparison with its sides exchanged.
func turned(function string) string {
	switch function {
	case operators.GreaterEquals:
		return operators.LessEquals
	case operators.LessEquals:
		return operators.GreaterEquals
	case operators.Greater:
		return operators.Less
	case operators.Less:
		return operators.Greater
	}
	return function
}

func (x *explainer) compares(function string, a, b operand, want bool) Reason {
	if !a.described() && b.described() || b.described() && x.nearer(b, a) {
		a, b, function = b, a, turned(function)
	}
	c, _ := comparisonOf(function)
	if !want {
		function = c.not
		c, _ = comparisonOf(function)
	}
	denies := !b.described() && (function == operators.NotEquals || function == otherText)
	b.hidden = b.hidden || denies && a.hidden // it is what stands there
	must := c.must
	if _, long := a.val.(*period); long {
		must = c.long
	}
	if b.described() && (function == operators.Equals || function == sameText) {
		must = lang.Say("应等于", "must equal")
	}
	if b.of == nil {
		b.of = a.of // its words are called alike
	}
	r := x.tell(a, say("%s 是 %s，%s %s", "%s is %s, %s %s", a.title(), a.value(), open(must), b.beside(a)), b)[0]
	if denies {
		r.states, r.denies = nil, true // its value is the one that it must not be
	}
	return r
}

// holds tells of a list that must hold a word, or of a word that must be of a list.
func (x *explainer) holds(word, list operand, want bool) []Reason {
	switch {
	case list.described() && (!word.described() || word.keys || x.ofItem(list)):
		if word.of == nil {
			word.of = list.of
		}
		r := x.tell(list, say("%s 没有列入 %s", "%s does not list %s", list.title(), word.value()))
		if !want {
			r = x.tell(list, say("%s 不应列入 %s", "%s must not list %s", list.title(), word.value()))
			r[0].denies = true
		}
		r[0].states, r[0].words = nil, list.of
		return r
	case want:
		return x.tell(word, say("%s 是 %s，应为 %s 之一", "%s is %s, must be one of %s", word.title(), word.value(), among(word, list)))
	}
	list.hidden = list.hidden || word.hidden // it is one of them
	r := x.tell(word, say("%s 是 %s，不应为 %s", "%s is %s, must be none of %s", word.title(), word.value(), among(word, list)))
	r[0].denies = true
	return r
}

// ofItem reports whether an operand belongs to an item of a list that is looked
// through.
func (x *explainer) ofItem(o operand) bool { return x.walked(topicOf(o.path)) != nil }

func among(word, list operand) lang.Marked {
	if list.described() {
		return list.refer()
	}
	list.of = word.of
	return list.value()
}

// share tells of a part that must be some percentage of a whole.
func (x *explainer) share(e *expr, want bool) (Reason, bool) {
	c, known := comparisonOf(e.name)
	if !known || len(e.args) != 2 {
		return Reason{}, false
	}
	part, hundred, ok := x.product(&e.args[0])
	whole, percent, also := x.product(&e.args[1])
	if percent.described() && !whole.described() { // a product has its factors in either order
		whole, percent = percent, whole
	}
	if !ok || !also || !isHundred(hundred.val) || !part.described() || whole.err != nil || percent.err != nil {
		return Reason{}, false
	}
	if !want {
		c, _ = comparisonOf(c.not)
	}
	return x.tell(part, say("%s 是 %s，%s %s的 %s%%", "%s is %s, %s %[5]s%% of %[4]s", part.title(), part.value(), open(c.must), whole.refer(), percent.value()), whole)[0], true
}

// product is a product's factors.
func (x *explainer) product(e *expr) (a, b operand, ok bool) {
	if !e.calls(operators.Multiply) {
		return a, b, false
	}
	return x.operand(&e.args[0]), x.operand(&e.args[1]), true
}

func isHundred(v ref.Val) bool { return v == types.Int(100) || v == types.Double(100) }
