package expression

import (
	"slices"
	"sync"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// Reason is one thing for which a condition does not hold.
type Reason struct {
	Message lang.Marked
	// Fields are the places in schemas that it is about, the first the one that is
	// not as wanted; At is where what it tells of stands.
	Fields []string
	At     *document.Value

	// stands is what is stated, without what would have to be; nil where nobody asks
	// for it, or it cannot be told apart.
	stands *lang.Marked
	// states are the paths whose values it tells, as the expression writes them,
	// but for those that follow from its failing.
	states []string
	// words is of what type the words are that are missing.
	words *schema.Type
	// set is told of a list of which no item is as wanted, fixed of what nobody
	// would change to satisfy a check, denies of what must not be of some kind.
	set, fixed, denies bool
}

// maxReasons is how many reasons are told of one item.
const maxReasons = 3

// Adds reports whether the reason tells more than a message, which is filled from
// the same frame, at a place: a value, or another file.
func (r Reason) Adds(message *Template, place *document.Value) bool {
	if doc := r.At.Document(); doc != nil && place.Document() != nil && doc != place.Document() {
		return true
	}
	return slices.ContainsFunc(r.states, func(path string) bool { return !message.fills(path) })
}

// same reports whether two reasons say the same of one place.
func (r Reason) same(other Reason) bool { return r.At == other.At && r.Message == other.Message }

// within reports whether another reason is about the same, and more.
func (r Reason) within(other Reason) bool {
	return r.At == other.At && !slices.ContainsFunc(r.Fields, func(field string) bool { return !slices.Contains(other.Fields, field) })
}

// Explain asks for the reasons of what fails, which few need.
func (f *Frame) Explain() { f.explains = true }

// Explains reports whether Explain was called.
func (f *Frame) Explains() bool { return f.explains }

// Reasons are those for which the condition does not hold on the frame, in the
// condition's order. All reasons on one frame cost no more than one check may, and
// leave no trace in it. Of two values that do not agree they are about the one that
// stands at the place.
func (p *Program) Reasons(f *Frame, place *document.Value) []Reason {
	return f.reasons(explainer{frame: f, program: p, place: place})
}

func (f *Frame) reasons(of explainer) (out []Reason) {
	x := &f.memory.explainer
	of.items = x.items[:0]
	*x = of
	x.frame.aside(func() { out = x.why(x.program.parts.whole(x.program), true) })
	if x.spent {
		return nil
	}
	return out[:min(len(out), maxReasons)]
}

// aside runs something that must leave no trace in the frame.
func (f *Frame) aside(do func()) {
	saved := *f
	f.flips, f.future, f.chosen, f.absences = nil, nil, nil, nil
	f.awaited, f.asked = nil, nil
	f.budget.left = saved.budget.check - min(saved.budget.check, saved.explained)
	f.budget.purse = f.budget.left
	f.budget.spent = 0
	do()
	saved.explained += f.budget.spent
	*f = saved
}

// Arms is how many things a condition asks for.
func (p *Program) Arms() int {
	p.parts.whole(p)
	return p.parts.arms
}

func arms(e *expr) int {
	switch e.kind {
	case ast.ComprehensionKind:
		w, ok := walkOf(e)
		if ok && w.macro == "all" && w.over.kind == ast.ListKind {
			return len(w.over.args) * arms(w.asked)
		}
		if ok {
			return arms(w.asked)
		}
	case ast.CallKind:
		switch e.name {
		case operators.LogicalAnd, operators.LogicalOr, bothHold, eitherHold, operators.LogicalNot:
			n := 0
			for i := range e.args {
				n += arms(&e.args[i])
			}
			return n
		case operators.Conditional:
			return arms(&e.args[1]) + arms(&e.args[2])
		}
	}
	return 1
}

// parts are the parts of an expression made ready to run, each when it is first
// asked.
type parts struct {
	mu   sync.Mutex
	tree *expr
	arms int
	by   map[int64]*Program
	// reads are the facts that a part reads, by its number.
	reads map[int64][]*schema.Type
	// facts are the paths that a switch reads, told what it has said of platforms.
	facts []*Path
	told  map[string]told
}

// whole is the expression itself.
func (p *parts) whole(of *Program) *expr {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tree == nil {
		p.tree = of.run.tree(nil)
		p.tree.place(of.run.env.names)
		p.arms = arms(p.tree)
		p.by, p.reads = map[int64]*Program{}, map[int64][]*schema.Type{}
	}
	return p.tree
}

// part is a part of the expression as a program of its own, by its place or by a number of
// what is made of it; nil where it is not known yet.
func (p *parts) part(number int64) *Program {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.by[number]
}

// learn makes a part a program of its own.
func (p *parts) learn(of *Program, e *expr, number int64) *Program {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by[number] == nil { // nobody else has
		p.by[number] = &Program{Text: of.Text, run: plans{env: of.run.env, tree: func([]expr) *expr { return e }}}
	}
	return p.by[number]
}

// explainer looks for the reasons why a condition does not hold.
type explainer struct {
	frame   *Frame
	program *Program
	place   *document.Value
	// beside is set where reasons shall say what is stated, without what would have to
	// be.
	beside bool
	// spent is set where finding the reasons costs more than it may.
	spent bool
	// items are what the names of walks over lists stand for, innermost last.
	items []item
}

// item is one element of a list that a condition walks over, by the name of the walk.
type item struct {
	name string
	// list is the list's name for people, key the item's, empty for none.
	list, key string
	of        *schema.Type
	at        *document.Value
}

// walked is what the name of a walk stands for, nil for a name that is none.
func (x *explainer) walked(name string) *item {
	for i := len(x.items) - 1; i >= 0; i-- {
		if x.items[i].name == name {
			return &x.items[i]
		}
	}
	return nil
}

// one is a list of one reason.
func (x *explainer) one(r Reason) []Reason {
	return append(x.frame.memory.reasons.Cut(1), r)
}

func (x *explainer) eval(e *expr) (ref.Val, error) {
	known := x.program.parts.part(e.id)
	if known == nil {
		known = x.program.parts.learn(x.program, e, e.id)
	}
	return x.run(known)
}

// run evaluates a part of the condition, or what is made of it.
func (x *explainer) run(part *Program) (ref.Val, error) {
	v, err := part.eval(x.frame)
	x.spent = x.spent || TooCostly(err)
	return v, err
}

// is reports whether a condition is what is wanted of it; absent is told of one
// that cannot be decided.
func (x *explainer) is(e *expr, want bool) (yes, absent bool) {
	v, err := x.eval(e)
	return err == nil && v == types.Bool(want), err != nil
}

// why gives the reasons for which a condition is not what is wanted of it.
func (x *explainer) why(e *expr, want bool) []Reason {
	var room [8]*expr
	switch e.kind {
	case ast.LiteralKind:
		return nil
	case ast.ComprehensionKind:
		if w, ok := walkOf(e); ok {
			return x.whyWalk(w, want)
		}
	case ast.CallKind:
		switch e.name {
		case operators.LogicalAnd, bothHold:
			return x.whyJoined(appendFlat(room[:0], e, e.name), want, want)
		case operators.LogicalOr, eitherHold:
			return x.whyJoined(appendFlat(room[:0], e, e.name), want, !want)
		case operators.LogicalNot:
			return x.why(&e.args[0], !want)
		case operators.Conditional:
			return x.whyBranch(e.args, want)
		}
	}
	return x.concerning(e, x.whyLeaf(e, want))
}

// whyBranch gives the reasons of what is asked where a condition holds, or where
// it does not.
func (x *explainer) whyBranch(args []expr, want bool) []Reason {
	condition, yes, no := &args[0], &args[1], &args[2]
	holds, absent := x.is(condition, true)
	switch {
	case absent:
		return x.why(condition, true)
	case holds:
		return x.concerning(condition, x.why(yes, want))
	}
	return x.concerning(condition, x.why(no, want))
}

// concerning adds the fields that a part of the condition reads to what reasons
// are about.
func (x *explainer) concerning(e *expr, reasons []Reason) []Reason {
	if len(reasons) == 0 {
		return nil
	}
	for _, of := range x.program.parts.read(x.program, e) {
		for i := range reasons {
			reasons[i].concerns(of)
		}
	}
	return reasons
}

// read are the facts that a part reads: values of the description, and lists of them.
func (p *parts) read(of *Program, e *expr) []*schema.Type {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, done := p.reads[e.id]; done {
		return known
	}
	var all []*schema.Type
	e.each(func(e *expr) {
		if e.kind != ast.SelectKind || e.args[0].of == nil {
			return
		}
		field := of.run.env.provider.find(e.args[0].of.TypeName()).Field(e.name)
		if field != nil && field.Type.Kind != schema.Object && (field.Type.Item == nil || field.Type.Item.Kind != schema.Object) && topicOf(field.Type.Name) != "limits" {
			all = append(all, field.Type)
		}
	})
	p.reads[e.id] = all
	return all
}

// flat are the conditions that a function joins, in their order.
func flat(e *expr, function string) []*expr { return appendFlat(nil, e, function) }

func appendFlat(out []*expr, e *expr, function string) []*expr {
	if !e.calls(function) {
		return append(out, e)
	}
	for i := range e.args {
		out = appendFlat(out, &e.args[i], function)
	}
	return out
}

// whyJoined gives the reasons of conditions all of which must be as wanted, or one
// of which would do.
func (x *explainer) whyJoined(conditions []*expr, want, all bool) []Reason {
	var room, others [8]*expr
	failing, undecided := room[:0], others[:0]
	if !all {
		return x.whyNone(conditions, want)
	}
	for _, c := range conditions {
		switch yes, absent := x.is(c, want); {
		case absent:
			undecided = append(undecided, c)
		case !yes:
			failing = append(failing, c)
		}
	}
	if len(failing) == 0 {
		failing = undecided
	}
	var out []Reason
	for _, c := range failing {
		more := x.why(c, want)
		if len(out) == 0 && len(more) == 1 {
			out = more
			continue
		}
		for _, r := range more {
			if !slices.ContainsFunc(out, r.same) {
				out = append(out, r)
			}
		}
		if len(out) >= maxReasons {
			break
		}
	}
	return out
}

// whyNone gives the reasons of conditions one of which would do.
func (x *explainer) whyNone(conditions []*expr, want bool) []Reason {
	var ways []way
	for _, c := range conditions {
		ways = append(ways, way{x.why(c, want), want && denies(c)})
	}
	return x.alternatives(ways)
}

// way is what one of several conditions lacks. One that denies says when the
// others need not hold.
type way struct {
	reasons []Reason
	denies  bool
}

// poor reports whether a way is one that nobody would take: it changes what decides
// which checks apply, or only what says when others need not hold, unless that is what
// the check is about.
func (x *explainer) poor(w way) bool {
	if slices.ContainsFunc(w.reasons, func(r Reason) bool { return r.At != nil && r.At == x.place }) {
		return false
	}
	return w.denies || slices.ContainsFunc(w.reasons, func(r Reason) bool { return r.fixed })
}

// alternatives gives the reasons of several ways of which each would do, leaving out
// what nobody would change where there is something else to do.
func (x *explainer) alternatives(ways []way) []Reason {
	ways = slices.DeleteFunc(ways, func(w way) bool { return len(w.reasons) == 0 })
	if slices.ContainsFunc(ways, func(w way) bool {
		return !x.poor(w) && slices.ContainsFunc(w.reasons, func(r Reason) bool { return !r.denies })
	}) {
		ways = slices.DeleteFunc(ways, x.poor)
	}
	var out []Reason
	for _, w := range ways {
		if len(w.reasons) == 1 && slices.ContainsFunc(out, w.reasons[0].within) {
			continue
		}
		if len(out) > 0 {
			w.reasons[0].Message = say("或者 %s", "or %s", w.reasons[0].Message)
		}
		out = append(out, w.reasons...)
	}
	return out
}

// denies reports whether a condition is that something is not of some kind, which
// says when another one need not hold.
func denies(c *expr) bool {
	if c.kind != ast.CallKind {
		return false
	}
	switch c.name {
	case otherText, operators.NotEquals:
		return true
	case operators.Equals: // there is nothing to ask it of
		return c.args[0].calls("size")
	case operators.LogicalNot:
		inner := &c.args[0]
		return inner.calls(sameText) || inner.calls(operators.In) && !contains(inner)
	}
	return false
}

// oldest is the first day of which a period reaches to today.
func oldest(today calendar.Date, p calendar.Period) calendar.Date {
	reaches := func(d calendar.Date) bool { return !d.Day().Add(p).Before(today) }
	d := today
	if earlier := d.Add(calendar.Period{Months: -p.Months, Days: -p.Days}); reaches(earlier) {
		d = earlier
	}
	for reaches(d.PreviousDay()) {
		d = d.PreviousDay()
	}
	return d
}
