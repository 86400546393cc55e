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
func (t *translator) walk(c ast.ComprehensionExpr) node {
	if c.IterVar2() != "" {
		return t.leave()
	}
	step := c.LoopStep().AsCall()
	switch {
	case asksEach(c):
		return t.quantified(c, step)
	case gathers(c):
		return t.gathered(c, step)
	}
	return t.folded(c)
}

// sums reports whether an expression is what a macro sums up, which no check can name.
func sums(c ast.ComprehensionExpr, e ast.Expr) bool {
	return strings.HasPrefix(c.AccuVar(), "@") && c.AccuVar() != c.IterVar() && e.Kind() == ast.IdentKind && e.AsIdent() == c.AccuVar()
}

// within translates what a walk does with each item, which it binds at a place.
func (t *translator) within(name string, e ast.Expr) (n node, at int) {
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
func asksEach(c ast.ComprehensionExpr) bool {
	step, while := c.LoopStep(), c.LoopCondition()
	if !isCall(while, operators.NotStrictlyFalse) || !sums(c, c.Result()) || c.AccuInit().Kind() != ast.LiteralKind {
		return false
	}
	goesOn := while.AsCall().Args()[0]
	switch {
	case isCall(step, operators.LogicalAnd):
		return sums(c, step.AsCall().Args()[0]) && sums(c, goesOn) && c.AccuInit().AsLiteral() == types.True
	case isCall(step, operators.LogicalOr):
		return sums(c, step.AsCall().Args()[0]) && isCall(goesOn, operators.LogicalNot) && sums(c, goesOn.AsCall().Args()[0]) && c.AccuInit().AsLiteral() == types.False
	}
	return false
}

func (t *translator) quantified(c ast.ComprehensionExpr, step ast.CallExpr) node {
	q := &quantifier{over: t.expr(c.IterRange()).run, look: nameCost + callCost}
	if step.FunctionName() == operators.LogicalOr {
		q.decided, q.look = true, q.look+callCost
	}
	asked, at := t.within(c.IterVar(), step.Args()[1])
	q.asked, q.item = asked.run, at
	return node{run: settles(q.run)}
}

func (q *quantifier) run(f *Frame) ref.Val {
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
	return answer
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
func gathers(c ast.ComprehensionExpr) bool {
	if !sums(c, c.Result()) || c.AccuInit().Kind() != ast.ListKind || c.AccuInit().AsList().Size() != 0 || c.LoopCondition().Kind() != ast.LiteralKind {
		return false
	}
	step := c.LoopStep()
	if isCall(step, operators.Conditional) {
		if !sums(c, step.AsCall().Args()[2]) {
			return false
		}
		step = step.AsCall().Args()[1]
	}
	if !isCall(step, operators.Add) {
		return false
	}
	more := step.AsCall().Args()[1]
	return sums(c, step.AsCall().Args()[0]) && more.Kind() == ast.ListKind && more.AsList().Size() == 1 && len(more.AsList().OptionalIndices()) == 0
}

func (t *translator) gathered(c ast.ComprehensionExpr, step ast.CallExpr) node {
	g := &gathering{over: t.expr(c.IterRange()).run, cost: callCost}
	if step.FunctionName() == operators.Conditional {
		which, _ := t.within(c.IterVar(), step.Args()[0])
		g.which, step = which.run, step.Args()[1].AsCall()
	}
	what, at := t.within(c.IterVar(), step.Args()[1].AsList().Elements()[0])
	if g.what, g.item = what.run, at; what.constant == nil {
		g.cost += listCost
	}
	return node{run: settles(g.run)}
}

func (g *gathering) run(f *Frame) ref.Val {
	items, failed := through(g.over(f))
	if failed != nil {
		return failed
	}
	var found []ref.Val
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
			found = append(found, v)
		}
	}
	f.locals[g.item] = nil
	if f.cost += nameCost; failed != nil {
		return failed
	}
	return types.NewRefValList(types.DefaultTypeAdapter, found)
}

// means reports whether the item counts, or why that cannot be said.
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

// fold is a walk over a list: what it sums up begins as start, is step of itself
// and each item while the condition holds, and becomes the result.
type fold struct {
	over, start, while, step, result code
	// item and sum are the places of the local names.
	item, sum int
}

func (t *translator) folded(c ast.ComprehensionExpr) node {
	w := &fold{over: t.expr(c.IterRange()).run, start: t.expr(c.AccuInit()).run}
	w.sum, w.item = len(t.locals), len(t.locals)+1
	t.locals = append(t.locals, c.AccuVar())
	w.result = t.expr(c.Result()).run
	t.locals = append(t.locals, c.IterVar())
	t.most = max(t.most, len(t.locals))
	if while := t.expr(c.LoopCondition()); while.constant != types.True {
		w.while = while.run
	}
	w.step = t.expr(c.LoopStep()).run
	t.locals = t.locals[:w.sum]
	return node{run: settles(w.run)}
}

func (w *fold) run(f *Frame) ref.Val {
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
	return out
}

func isCall(e ast.Expr, function string) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == function
}
