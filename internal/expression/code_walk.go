package expression

import (
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// fold is a walk over a list: what it sums up begins as start, is step of itself
// and each item while the condition holds, and becomes the result.
type fold struct {
	over, start, while, step, result code
	// item and sum are the places of the local names; collects is set where the sum
	// is a list that grows.
	item, sum int
	collects  bool
}

func (t *translator) walk(c ast.ComprehensionExpr) node {
	if c.IterVar2() != "" {
		return t.leave()
	}
	w := &fold{over: t.expr(c.IterRange()).run, start: t.expr(c.AccuInit()).run, collects: collects(c)}
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
	over := w.over(f)
	if _, failed := over.(*types.Err); failed {
		return over
	}
	all, ok := over.(traits.Lister)
	if !ok {
		return types.NewErr("got '%T', expected iterable type", over)
	}
	if f.locals[w.sum] = w.start(f); w.collects {
		f.locals[w.sum] = types.NewMutableList(types.DefaultTypeAdapter)
	}
	w.each(f, all)
	f.locals[w.item] = nil
	return w.end(f)
}

// each takes the items in, as long as they are asked for.
func (w *fold) each(f *Frame, all traits.Lister) {
	if stated, ok := all.(*list); ok {
		for _, item := range stated.items {
			if !w.take(f, item) {
				return
			}
		}
		return
	}
	for i, n := types.Int(0), all.Size().(types.Int); i < n; i++ {
		if !w.take(f, all.Get(i)) {
			return
		}
	}
}

// take takes an item in, unless nothing is left to find out or to spend.
func (w *fold) take(f *Frame, item ref.Val) bool {
	if f.locals[w.item] = item; f.exhausted() || w.while != nil && w.while(f) != types.True {
		return false
	}
	f.locals[w.sum] = w.step(f)
	return true
}

func (w *fold) end(f *Frame) ref.Val {
	out := w.result(f)
	f.locals[w.sum] = nil
	if grown, ok := out.(traits.MutableLister); ok && w.collects {
		return grown.ToImmutableList()
	}
	return out
}

// collects reports whether a walk is the kind that filter and map are written as:
// nothing but its own steps sees the list that it makes.
func collects(c ast.ComprehensionExpr) bool {
	sum := func(e ast.Expr) bool { return e.Kind() == ast.IdentKind && e.AsIdent() == c.AccuVar() }
	if !strings.HasPrefix(c.AccuVar(), "@") || c.AccuVar() == c.IterVar() || !sum(c.Result()) ||
		c.AccuInit().Kind() != ast.ListKind || c.AccuInit().AsList().Size() != 0 {
		return false
	}
	step := c.LoopStep()
	if isCall(step, operators.Conditional) {
		step = step.AsCall().Args()[1]
	}
	if !isCall(step, operators.Add) {
		return false
	}
	more := step.AsCall().Args()[1]
	return sum(step.AsCall().Args()[0]) && more.Kind() == ast.ListKind && more.AsList().Size() == 1
}

func isCall(e ast.Expr, function string) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == function
}
