package expression

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"hegui/internal/schema"
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
// success would hide the newest failure. To look for a recent one here and for a
// good one there is the same, and so is to look for a good one of any day.
func (r *refuser) picksOutcome(e ast.Expr) {
	seen := r.choice(e, false)
	if seen.clock == nil || seen.outcome == nil {
		seen = r.elsewhere(e)
	}
	if seen.clock == nil && !seen.anyDay || seen.outcome == nil || r.blamed[seen.outcome.ID()] {
		return
	}
	r.blamed[seen.outcome.ID()] = true
	r.fail(seen.outcome, "不得按结果 %[1]s 挑选记录，旧的成功会遮住最新的失败：请写 记录.newest(r, r.date, 是哪一类, 条件)",
		"the outcome %[1]s must not choose records, an older success would hide the newest failure: write records.newest(r, r.date, <which kind>, <condition>)", seen.outcome.AsSelect().FieldName())
}

// choice is what a choice among records looks at: the first call that sees the
// clock and the first outcome, nil for none. Where of is set, only those of
// items of that type.
type choice struct {
	clock, outcome ast.Expr
	of             string
	// anyDay is set where one dated record is asked for by its outcome.
	anyDay bool
}

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
		if slices.Contains(clockFunctions(), call.FunctionName()) && slices.ContainsFunc(call.Args(), func(arg ast.Expr) bool { return r.isOf(arg, seen.of) }) {
			seen.clock = first(seen.clock, e)
		}
		if call.IsMemberFunction() {
			r.look(call.Target(), inside, seen)
		}
		r.lookAll(call.Args(), inside, seen)
	case ast.SelectKind:
		if field := r.field(e); field != nil && field.Type.Outcome && r.isOf(e, seen.of) {
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

// elsewhere adds to what the expression has chosen records of a kind by what this
// macro chooses them by.
func (r *refuser) elsewhere(e ast.Expr) choice {
	written, _ := r.info.GetMacroCall(e.ID())
	kind := r.itemOf(written.AsCall().Target())
	if kind == "" {
		return choice{}
	}
	own := choice{of: kind}
	r.lookAll(written.AsCall().Args(), false, &own)
	seen := r.chosen[kind]
	seen.clock, seen.outcome = first(seen.clock, own.clock), first(seen.outcome, own.outcome)
	r.chosen[kind] = seen
	seen.anyDay = own.outcome != nil && strings.HasPrefix(written.AsCall().FunctionName(), "exists") && r.dated(kind)
	return seen
}

// dated reports whether the items of a type are records, each with its day.
func (r *refuser) dated(item string) bool {
	t := r.env.provider.find(item)
	return t != nil && slices.ContainsFunc(t.Fields, func(f schema.Field) bool { return f.Type.Kind == schema.Date })
}

// itemOf is the type of the items of a list, empty for what is no record.
func (r *refuser) itemOf(list ast.Expr) string {
	t := r.native.GetType(list.ID())
	if t == nil || t.Kind() != types.ListKind || len(t.Parameters()) != 1 || t.Parameters()[0].Kind() != types.StructKind {
		return ""
	}
	return t.Parameters()[0].TypeName()
}

// isOf reports whether an expression reads a field of an item of a type; of any,
// where none is named.
func (r *refuser) isOf(e ast.Expr, item string) bool {
	for ; e.Kind() == ast.SelectKind; e = e.AsSelect().Operand() {
		if t := r.native.GetType(e.AsSelect().Operand().ID()); t != nil && t.TypeName() == item {
			return true
		}
	}
	return item == ""
}
