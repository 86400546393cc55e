package expression

import (
	"errors"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/parser"
)

// newest is the macro through which a condition is asked of the newest records
// alone:
//
//	records.newest(r, r.date, <which>, <condition>)
//
// It holds when a record for which <which> holds has happened, and every such
// record of the newest day satisfies <condition>. An older success never hides
// the newest failure, and none can be known while such a record is dated ahead.
const newest = "newest"

// The functions that newest expands to. No expression can write their names.
const (
	newestNone = "@newest"
	newestSee  = "@newest_see"
	newestOf   = "@newest_of"
	bothHold   = "@both"
	eitherHold = "@either"
)

// retests is the property of a record that names the record which it stands
// for: a failed test that was repeated on the same day is judged by the repeat.
const retests = "retests"

// newestArguments is what the macro's expansion says of wrong arguments; no
// reader sees it.
const newestArguments = "newest wants (name, date, which, condition)"

// expandNewest writes a walk over the records that keeps those of the newest
// day, and asks them all.
func expandNewest(make parser.ExprHelper, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	if len(args) != 4 || args[0].Kind() != ast.IdentKind {
		return nil, make.NewError(target.ID(), newestArguments)
	}
	record := args[0].AsIdent()
	seen := func() ast.Expr { return make.NewIdent(newestNone) }
	every, problem := parser.MakeAll(make, make.NewCall(newestOf, seen()), []ast.Expr{args[0], args[3]})
	if problem != nil {
		return nil, problem
	}
	some := make.NewCall(operators.Greater, make.NewCall("size", make.NewCall(newestOf, seen())), make.NewLiteral(types.Int(0)))
	return make.NewComprehension(target, record, newestNone, make.NewCall(newestNone), make.NewLiteral(types.True),
		make.NewCall(newestSee, seen(), make.NewIdent(record), args[1], args[2]), make.NewCall(operators.LogicalAnd, some, every)), nil
}

func newestFunctions() []cel.EnvOption {
	of := cel.TypeParamType("T")
	walk := cel.OpaqueType(newestNone, of)
	logic := func(name string, decided types.Bool) cel.EnvOption {
		return declared(name, cel.Overload(name, []*cel.Type{cel.BoolType, cel.BoolType}, cel.BoolType, cel.OverloadIsNonStrict(),
			cel.BinaryBinding(func(a, b ref.Val) ref.Val { return together(decided, a, b) })))
	}
	return []cel.EnvOption{
		declared(newestNone, cel.Overload(newestNone, nil, walk, cel.FunctionBinding(func(...ref.Val) ref.Val { return &walked{} }))),
		declared(newestSee, cel.Overload(newestSee, []*cel.Type{walk, of, dateType(), cel.BoolType}, walk, cel.OverloadIsNonStrict(), cel.FunctionBinding(func(args ...ref.Val) ref.Val { return see(args[0], args[1], args[2], args[3]) }))),
		declared(newestOf, cel.Overload(newestOf, []*cel.Type{walk}, cel.ListType(of), cel.UnaryBinding(func(w ref.Val) ref.Val { return w.(*walked).newest() }))),
		logic(bothHold, types.False), logic(eitherHold, types.True),
		cel.Macros(parser.NewReceiverVarArgMacro(newest, expandNewest)),
	}
}

// walked is what a walk over records has found so far.
type walked struct {
	opaque
	// undecided is the error of a record that does not say when it was or
	// whether it is meant, or is dated ahead: else dating a failure ahead would let
	// an older success decide.
	undecided ref.Val
	records   []dated
	// one is where the only record mostly lies.
	one [1]dated
	// found are the newest, once somebody has asked for them.
	found *ordinary
}

// dated is a record of the newest day.
type dated struct {
	date   *date
	record ref.Val
}

func (w *walked) Equal(ref.Val) ref.Val { return types.False }
func (w *walked) Type() ref.Type        { return cel.OpaqueType(newestNone, cel.DynType) }
func (w *walked) Value() any            { return w }

// beginning is the code of a walk that has found nothing yet.
func beginning(f *Frame) ref.Val {
	f.cost += callCost
	return f.memory.walks.One()
}

// seeing is the code of see.
func seeing(walk, record, date, meant code) code {
	return func(f *Frame) ref.Val {
		w, r, d, m := walk(f), record(f), date(f), meant(f)
		f.cost += callCost
		return see(w, r, d, m)
	}
}

// see takes a record into the walk by its date, if it is meant.
func see(walk, record, on, meant ref.Val) ref.Val {
	w, ok := walk.(*walked)
	switch {
	case !ok:
		return walk
	case types.IsUnknownOrError(on):
		w.lose(on)
	case types.IsUnknownOrError(meant):
		w.lose(meant)
	case meant == types.True:
		w.take(dated{on.(*date), record})
	}
	return w
}

// lose notes why the newest cannot be known.
func (w *walked) lose(why ref.Val) {
	if w.undecided == nil {
		w.undecided = decisive(why)
	}
}

func (w *walked) take(d dated) {
	if frame := d.date.frame; d.date.After(frame.asOf) {
		frame.await(d.date)
		w.lose(types.WrapErr(frame.note(d.date.ahead())))
		return
	}
	switch day := d.date.Day(); {
	case len(w.records) == 0 || w.records[0].date.Day().Before(day):
		w.one[0] = d
		w.records = w.one[:]
	case !day.Before(w.records[0].date.Day()):
		w.records = append(w.records, d)
	}
}

// newest are the records of the newest day but those that others of that day
// stand for, which are asked for how many they are and then one by one.
func (w *walked) newest() ref.Val {
	switch {
	case w.undecided != nil:
		return w.undecided
	case w.found != nil:
		return w.found
	}
	if len(w.records) == 0 {
		return &ordinary{}
	}
	memory := w.records[0].date.frame.memory
	out := memory.fields.Cut(len(w.records))
	replaced := w.replaced()
	for i, d := range w.records {
		if replaced == nil || !replaced[i] {
			out = append(out, d.record)
			d.date.frame.chose(d)
		}
	}
	w.found = memory.made.One()
	w.found.items = out
	return w.found
}

// replaced reports for each record whether another stands for it, nil where none
// does. Records that name each other in a circle replace nothing.
func (w *walked) replaced() []bool {
	if len(w.records) < 2 || !slices.ContainsFunc(w.records, func(d dated) bool { return retested(d.record) != "" }) {
		return nil
	}
	at := map[string]int{}
	for i, d := range w.records {
		if key := keyOf(d.record); key != "" {
			at[key] = i
		}
	}
	names, named := make([]int, len(w.records)), make([]int, len(w.records))
	for i, d := range w.records {
		names[i] = -1
		if j, known := at[retested(d.record)]; known {
			names[i] = j
			named[j]++
		}
	}
	replaced := make([]bool, len(w.records))
	for i := range w.records {
		for named[i] == 0 { // nothing that counts stands for i: i counts
			named[i] = -1
			if i = names[i]; i < 0 {
				break
			}
			replaced[i] = true
			named[i]--
		}
	}
	return replaced
}

// retested is the key of the record that this one stands for.
func retested(record ref.Val) string {
	if o, ok := record.(*object); ok {
		if key := o.value.Get(retests); key != nil {
			return key.Text
		}
	}
	return ""
}

// undecided is an error that no ||, &&, all or exists absorbs: while a record
// does not say when it was or what it was about, the newest cannot be known.
type undecided struct{ error }

func (u undecided) Unwrap() error { return u.error }

func isUndecided(err error) bool {
	_, open := errors.AsType[undecided](err)
	return open
}

func decisive(v ref.Val) ref.Val {
	if err, ok := v.Value().(error); ok {
		return types.WrapErr(undecided{err})
	}
	return v
}

// together joins two truth values as CEL does, decided being the one that
// decides alone, but lets no value absorb what is undecided.
func together(decided types.Bool, values ...ref.Val) ref.Val {
	var failed ref.Val
	out := !decided
	for _, v := range values {
		switch err, broken := v.Value().(error); {
		case broken && isUndecided(err):
			return v
		case broken && failed == nil:
			failed = v
		case v == decided:
			out = decided
		}
	}
	if out != decided && failed != nil {
		return failed
	}
	return out
}

// decideInFull rewrites an expression that asks for the newest so that nothing
// stops short: what is undecided must be seen wherever it stands, and the order
// of a list must not matter.
func decideInFull(checked *ast.AST) {
	make := ast.NewExprFactory()
	full := map[string]string{operators.LogicalAnd: bothHold, operators.LogicalOr: eitherHold}
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.CallKind:
			if name, short := full[e.AsCall().FunctionName()]; short {
				e.SetKindCase(make.NewCall(e.ID(), name, slices.Clone(e.AsCall().Args())...))
				checked.SetReference(e.ID(), ast.NewFunctionReference(name))
			}
		case ast.ComprehensionKind:
			if while := e.AsComprehension().LoopCondition(); while.Kind() == ast.CallKind {
				while.SetKindCase(make.NewLiteral(while.ID(), types.True))
				delete(checked.ReferenceMap(), while.ID())
			}
		}
	}))
}
