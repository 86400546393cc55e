package expression

import (
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// walk translates a macro that looks through a list.
func (t *translator) walk(e *expr) node {
	switch {
	case e.asksEach():
		return t.quantified(e)
	case e.gathers():
		return t.gathered(e)
	}
	return t.folded(e)
}

// sums reports whether a part of a walk is its accumulator, which no check can name.
func (e *expr) sums(part *expr) bool {
	return strings.HasPrefix(e.sum, "@") && e.sum != e.name && part.kind == ast.IdentKind && part.name == e.sum
}

// within translates what a walk does with each item, which it binds at a place.
func (t *translator) within(name string, e *expr) (n node, at int) {
	at = len(t.locals)
	t.locals = append(t.locals, name)
	t.most = max(t.most, len(t.locals))
	n = t.expr(e)
	t.locals = t.locals[:at]
	return n, at
}

// through gives the items of what a walk looks through, or else the error that
// there is instead.
func through(over ref.Val) ([]ref.Val, ref.Val) {
	switch over := over.(type) {
	case *types.Err:
		return nil, over
	case *list:
		return over.items, nil
	case *ordinary:
		return over.items, nil
	case traits.Lister:
		if items, ok := over.Value().([]ref.Val); ok {
			return items, nil
		}
		var items []ref.Val
		for it := over.Iterator(); it.HasNext() == types.True; {
			items = append(items, it.Next())
		}
		return items, nil
	}
	return nil, types.NewErr("got '%T', expected iterable type", over)
}

// quantifier is all or exists: decided is the answer that ends the walk.
type quantifier struct {
	over, asked code
	item        int
	decided     types.Bool
	// look is what it costs to see whether the walk has ended.
	look uint64
}

// asksEach recognises all and exists: their walks end where the answer is known.
func (e *expr) asksEach() bool {
	start, step, while := &e.args[walkStart], &e.args[walkStep], &e.args[walkWhile]
	if !while.calls(operators.NotStrictlyFalse) || !e.sums(&e.args[walkResult]) || start.kind != ast.LiteralKind {
		return false
	}
	goesOn := &while.args[0]
	switch {
	case step.calls(operators.LogicalAnd):
		return e.sums(&step.args[0]) && e.sums(goesOn) && start.value == types.True
	case step.calls(operators.LogicalOr):
		return e.sums(&step.args[0]) && goesOn.calls(operators.LogicalNot) && e.sums(&goesOn.args[0]) && start.value == types.False
	}
	return false
}

func (t *translator) quantified(e *expr) node {
	q := &quantifier{over: t.expr(&e.args[walkOver]).run, look: nameCost + callCost}
	step := &e.args[walkStep]
	if step.name == operators.LogicalOr {
		q.decided, q.look = true, q.look+callCost
	}
	asked, at := t.within(e.name, &step.args[1])
	q.asked, q.item = asked.run, at
	return node{run: q.run}
}

func (q *quantifier) run(f *Frame) ref.Val {
	before := len(f.absences)
	items, failed := through(q.over(f))
	if failed != nil {
		return failed
	}
	var answer ref.Val = !q.decided
	for _, item := range items {
		if f.locals[q.item] = item; f.exhausted() || q.ends(f, answer) {
			break
		}
		answer = q.with(f, answer)
	}
	f.locals[q.item] = nil
	f.cost += nameCost
	return f.settled(before, answer)
}

// ends reports whether nothing is left to find out. To turn an absent answer round
// names it once more.
func (q *quantifier) ends(f *Frame, answer ref.Val) bool {
	f.cost += q.look
	if err, failed := answer.(*types.Err); failed && bool(q.decided) && isAbsent(err) {
		f.cost += nameCost
	}
	return answer == q.decided
}

// with is the answer when one more item has been asked.
func (q *quantifier) with(f *Frame, answer ref.Val) ref.Val {
	before := len(f.absences)
	f.cost += nameCost
	v := q.asked(f)
	truth, ok := v.(types.Bool)
	_, failed := answer.(*types.Err)
	switch {
	case ok && truth == q.decided:
		answer = q.decided
	case failed:
		return answer
	case !ok:
		return types.MaybeNoSuchOverloadErr(v)
	}
	f.absences = f.absences[:before]
	return answer
}

// gathering is filter or map: what of each item, or of those of which a condition
// holds.
type gathering struct {
	over, which, what code
	item              int
	// cost is that of adding what an item gives.
	cost uint64
}

// gathers recognises filter and map: nothing but their own steps sees the list that
// they make.
func (e *expr) gathers() bool {
	start, step := &e.args[walkStart], &e.args[walkStep]
	if !e.sums(&e.args[walkResult]) || start.kind != ast.ListKind || len(start.args) != 0 || e.args[walkWhile].kind != ast.LiteralKind {
		return false
	}
	if step.calls(operators.Conditional) {
		if !e.sums(&step.args[2]) {
			return false
		}
		step = &step.args[1]
	}
	if !step.calls(operators.Add) {
		return false
	}
	more := &step.args[1]
	return e.sums(&step.args[0]) && more.kind == ast.ListKind && len(more.args) == 1
}

func (t *translator) gathered(e *expr) node {
	g := &gathering{over: t.expr(&e.args[walkOver]).run, cost: callCost}
	step := &e.args[walkStep]
	if step.name == operators.Conditional {
		which, _ := t.within(e.name, &step.args[0])
		g.which, step = which.run, &step.args[1]
	}
	what, at := t.within(e.name, &step.args[1].args[0])
	if g.what, g.item = what.run, at; what.constant == nil {
		g.cost += listCost
	}
	return node{run: g.run}
}

func (g *gathering) run(f *Frame) ref.Val {
	before := len(f.absences)
	items, failed := through(g.over(f))
	if failed != nil {
		return failed
	}
	from := len(f.gathered) // what the walks around this one have found
	for _, item := range items {
		if f.locals[g.item] = item; f.exhausted() {
			break
		}
		meant, err := g.means(f)
		switch {
		case err != nil:
			failed = err
		case meant && failed != nil:
			f.cost += nameCost
			failed = again(f, failed)
		case meant:
			f.cost += nameCost
			v := g.what(f)
			if _, lost := v.(*types.Err); lost {
				failed = again(f, v)
				continue
			}
			f.cost += g.cost
			f.gathered = append(f.gathered, v)
		}
	}
	found := f.gathered[from:]
	f.locals[g.item], f.gathered = nil, f.gathered[:from]
	if f.cost += nameCost; failed != nil {
		return failed
	}
	f.absences = f.absences[:before]
	return f.memory.list(found)
}

// means reports whether the walk's condition holds of the item, or the error for which
// that cannot be said.
func (g *gathering) means(f *Frame) (bool, ref.Val) {
	if g.which == nil {
		return true, nil
	}
	v := g.which(f)
	truth, ok := v.(types.Bool)
	if !ok {
		return false, types.MaybeNoSuchOverloadErr(v)
	}
	return bool(truth), nil
}

// again charges for the list that is named once more where something is absent.
func again(f *Frame, failed ref.Val) ref.Val {
	if err, ok := failed.(*types.Err); ok && isAbsent(err) {
		f.cost += nameCost
	}
	return failed
}

// fold is a walk over a list: its accumulator begins as start, becomes step of itself
// and each item while the condition holds, and ends as the result.
type fold struct {
	over, start, while, step, result code
	// item and sum are the places of the local names.
	item, sum int
}

func (t *translator) folded(e *expr) node {
	w := &fold{over: t.expr(&e.args[walkOver]).run, start: t.expr(&e.args[walkStart]).run}
	w.sum, w.item = len(t.locals), len(t.locals)+1
	t.locals = append(t.locals, e.sum)
	w.result = t.expr(&e.args[walkResult]).run
	t.locals = append(t.locals, e.name)
	t.most = max(t.most, len(t.locals))
	if while := t.expr(&e.args[walkWhile]); while.constant != types.True {
		w.while = while.run
	}
	w.step = t.expr(&e.args[walkStep]).run
	t.locals = t.locals[:w.sum]
	return node{run: w.run}
}

func (w *fold) run(f *Frame) ref.Val {
	before := len(f.absences)
	items, failed := through(w.over(f))
	if failed != nil {
		return failed
	}
	f.locals[w.sum] = w.start(f)
	for _, item := range items {
		if f.locals[w.item] = item; f.exhausted() || w.while != nil && w.while(f) != types.True {
			break
		}
		f.locals[w.sum] = w.step(f)
	}
	f.locals[w.item] = nil
	out := w.result(f)
	f.locals[w.sum] = nil
	return f.settled(before, out)
}
