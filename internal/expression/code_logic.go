package expression

import (
	"errors"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// connective is && or ||: decided is the value that decides alone, and lets what comes
// after it unasked. An error of one condition is absorbed where another decides.
func connective(decided types.Bool, conditions []code) code {
	return func(f *Frame) ref.Val {
		before := len(f.absences)
		var failed ref.Val
		for _, condition := range conditions {
			v := condition(f)
			truth, ok := v.(types.Bool)
			switch {
			case ok && truth == decided:
				f.absences = f.absences[:before]
				return decided
			case !ok && failed == nil:
				failed = types.MaybeNoSuchOverloadErr(v)
			}
		}
		if failed != nil {
			return failed
		}
		f.absences = f.absences[:before]
		return !decided
	}
}

// joinedBy are the conditions that a connective joins, those of one within it too.
func joinedBy(function string, args []ast.Expr) []ast.Expr {
	var out []ast.Expr
	for _, arg := range args {
		if isCall(arg, function) {
			out = append(out, joinedBy(function, arg.AsCall().Args())...)
		} else {
			out = append(out, arg)
		}
	}
	return out
}

// inFull is a connective that asks both sides whatever the first says.
func inFull(decided types.Bool, left, right code) code {
	return func(f *Frame) ref.Val {
		l, r := left(f), right(f)
		f.cost += callCost
		a, ok := l.(types.Bool)
		b, also := r.(types.Bool)
		switch {
		case !ok || !also:
			return together(decided, l, r)
		case a == decided || b == decided:
			return decided
		}
		return !decided
	}
}

// branch is the choice between two values. It names what the chosen one names.
func branch(args []node) node {
	condition, yes, no := args[0].run, args[1].quiet(), args[2].quiet()
	choose := func(f *Frame) ref.Val {
		v := condition(f)
		switch truth, ok := v.(types.Bool); {
		case !ok:
			return types.MaybeNoSuchOverloadErr(v)
		case bool(truth):
			return yes(f)
		}
		return no(f)
	}
	return node{run: choose, resolve: choose}
}

// quiet is the code that does not charge for naming.
func (n node) quiet() code {
	if n.resolve != nil {
		return n.resolve
	}
	return n.run
}

// settles wraps what may have a value in spite of what is absent below it: then
// the evaluation could do without.
func settles(run code) code {
	return func(f *Frame) ref.Val {
		before := len(f.absences)
		v := run(f)
		if _, failed := v.(*types.Err); !failed {
			f.absences = f.absences[:before]
		}
		return v
	}
}

// asks wraps an operation that needs all of its operands: it stops at the first
// that is absent, and whoever has to state the others as well must learn of them.
func asks(run code, args []node) node {
	out := node{run: run}
	for _, n := range args {
		if n.resolve != nil {
			out.facts = append(out.facts, n.run)
		}
		out.facts = append(out.facts, n.facts...)
	}
	if len(out.facts) == 0 {
		return out
	}
	out.run = func(f *Frame) ref.Val {
		v := run(f)
		if err, failed := v.(*types.Err); failed && isAbsent(err) {
			for _, fact := range out.facts {
				fact(f)
			}
		}
		return v
	}
	return out
}

// equality is == or !=, which charge by the length of what they compare.
func equality(function string, args []node) code {
	left, right, same := args[0].run, args[1].run, types.Bool(function == operators.Equals)
	return func(f *Frame) ref.Val {
		l := left(f)
		if _, failed := l.(*types.Err); failed {
			f.cost += callCost
			return l
		}
		r := right(f)
		if _, failed := r.(*types.Err); failed {
			f.cost += callCost
			return r
		}
		v := types.Equal(l, r)
		f.cost += max(callCost, tenth(min(length(l), length(r))))
		if same {
			return v
		}
		return types.Bool(v != types.True)
	}
}

// isAbsent reports whether an error tells that something is not stated.
func isAbsent(err error) bool {
	_, absent := errors.AsType[*Absent](err)
	return absent
}
