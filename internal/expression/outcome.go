package expression

import (
	"slices"

	"cel.dev/cel-go/common/ast"
)

// asksNewest holds newest to what keeps it honest: neither time nor the outcome
// may choose among the records before the newest is known.
func (r *refuser) asksNewest(e ast.Expr, call ast.CallExpr, clock bool) {
	r.newest = true
	r.positive(e, newest, clock)
	r.visit(call.Target(), false)
	record, which, condition := call.Args()[1], call.Args()[2], call.Args()[3]
	r.visit(record, false)
	r.visit(which, true) // below it is refused in its own words
	r.visit(condition, clock)
	for _, chosen := range []ast.Expr{call.Target(), which} {
		seen := r.choice(chosen, true)
		if seen.clock != nil {
			r.fail(seen.clock, "选哪些记录不得看日子：把时间条件移到 newest() 的最后一个参数",
				"which records count must not depend on the day: move what is about time to the last argument of newest()")
		}
		if seen.outcome != nil && !r.blamed[seen.outcome.ID()] {
			r.blamed[seen.outcome.ID()] = true
			r.fail(seen.outcome, "选哪些记录不得看结果：把结果移到 newest() 的最后一个参数，否则失败的记录就不算最新",
				"which records count must not depend on what they found: move it to the last argument of newest(), or a failure would never be the newest")
		}
	}
}

// picksOutcome refuses to look for any record that is recent and good: an older
// success would hide the newest failure.
func (r *refuser) picksOutcome(e ast.Expr) {
	seen := r.choice(e, false)
	if seen.clock == nil || seen.outcome == nil || r.blamed[seen.outcome.ID()] {
		return
	}
	r.blamed[seen.outcome.ID()] = true
	r.fail(seen.outcome, "结果 %[1]s 不得与时间条件一同用来挑选记录，旧的成功会遮住最新的失败：请写 记录.newest(r, r.date, 是哪一类, 条件)",
		"the outcome %[1]s must not choose records together with their time, an older success would hide the newest failure: write records.newest(r, r.date, <which kind>, <condition>)", seen.outcome.AsSelect().FieldName())
}

// choice is what a choice among records looks at: the first call that sees the
// clock and the first outcome, nil for none.
type choice struct{ clock, outcome ast.Expr }

// choice looks through an expression as it was written. What newest looks at is
// its own affair, unless inside asks for it.
func (r *refuser) choice(e ast.Expr, inside bool) choice {
	var seen choice
	r.look(e, inside, &seen)
	return seen
}

func (r *refuser) look(e ast.Expr, inside bool, seen *choice) {
	if written, ok := r.info.GetMacroCall(e.ID()); ok {
		call := written.AsCall()
		if call.FunctionName() == newest {
			if !inside {
				return
			}
			seen.clock = first(seen.clock, e)
		}
		if call.IsMemberFunction() {
			r.look(call.Target(), inside, seen)
		}
		r.lookAll(call.Args(), inside, seen)
		return
	}
	switch e.Kind() {
	case ast.CallKind:
		call := e.AsCall()
		if slices.Contains(clockFunctions(), call.FunctionName()) {
			seen.clock = first(seen.clock, e)
		}
		if call.IsMemberFunction() {
			r.look(call.Target(), inside, seen)
		}
		r.lookAll(call.Args(), inside, seen)
	case ast.SelectKind:
		if field := r.field(e); field != nil && field.Type.Outcome {
			seen.outcome = first(seen.outcome, e)
		}
		r.look(e.AsSelect().Operand(), inside, seen)
	case ast.ListKind:
		r.lookAll(e.AsList().Elements(), inside, seen)
	}
}

func (r *refuser) lookAll(all []ast.Expr, inside bool, seen *choice) {
	for _, e := range all {
		r.look(e, inside, seen)
	}
}

func first(known, found ast.Expr) ast.Expr {
	if known != nil {
		return known
	}
	return found
}
