package expression

import (
	"errors"
	"slices"

	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// connective is && or ||. decided is the value that settles the answer alone; what
// comes after it is not evaluated. An error of one condition is absorbed where another
// settles the answer.
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

// joined are the conditions that a connective joins, those of one within it too.
func (t *translator) joined(e *expr) []code {
	var room [8]code
	return slices.Clone(t.join(room[:0], e))
}

func (t *translator) join(out []code, e *expr) []code {
	for i := range e.args {
		if arg := &e.args[i]; arg.calls(e.name) {
			out = t.join(out, arg)
		} else {
			out = append(out, t.expr(arg).run)
		}
	}
	return out
}

// inFull is a connective that evaluates both sides whatever the first gives.
func inFull(decided types.Bool, left, right code) code {
	return func(f *Frame) ref.Val {
		before := len(f.absences)
		l, r := left(f), right(f)
		f.cost += callCost
		a, ok := l.(types.Bool)
		b, also := r.(types.Bool)
		switch {
		case !ok || !also:
			return f.settled(before, together(decided, l, r))
		case a == decided || b == decided:
			return f.settled(before, decided)
		}
		return f.settled(before, !decided)
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
	return node{run: choose, names: true}
}

// quiet is the code that does not charge for naming.
func (n node) quiet() code {
	if n.path != nil {
		return n.path.resolve
	}
	return n.run
}

// settled is the value of a part that may have one although something below it is
// absent: in that case it forgets the absences noted since there were `before` of them.
func (f *Frame) settled(before int, v ref.Val) ref.Val {
	if _, failed := v.(*types.Err); !failed {
		f.absences = f.absences[:before]
	}
	return v
}

// facts are what an operation and those inside it name. Evaluation stops at the first
// absent operand, but whoever has to state the others must learn of all of them.
type facts []code

func factsOf(args []node) facts {
	n := 0
	for i := range args {
		if n += len(args[i].facts); args[i].names {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	all := make(facts, 0, n)
	for i := range args {
		if args[i].names {
			all = append(all, args[i].run)
		}
		all = append(all, args[i].facts...)
	}
	return all
}

// asked is the value of an operation: where something is absent, all facts are asked.
func (all facts) asked(f *Frame, v ref.Val) ref.Val {
	if err, failed := v.(*types.Err); failed && len(all) > 0 && isAbsent(err) {
		for _, fact := range all {
			fact(f)
		}
	}
	return v
}

// equality is == or !=, which charge by the length of what they compare.
func equality(function string, args []node) node {
	left, right, same, all := args[0].run, args[1].run, types.Bool(function == operators.Equals), factsOf(args)
	return node{facts: all, run: func(f *Frame) ref.Val {
		l := left(f)
		if _, failed := l.(*types.Err); failed {
			f.cost += callCost
			return all.asked(f, l)
		}
		r := right(f)
		if _, failed := r.(*types.Err); failed {
			f.cost += callCost
			return all.asked(f, r)
		}
		if n, whole := l.(types.Int); whole {
			if m, also := r.(types.Int); also {
				f.cost += callCost
				return types.Bool((n == m) == bool(same))
			}
		}
		v := types.Equal(l, r)
		f.cost += max(callCost, tenth(min(length(l), length(r))))
		if same {
			return all.asked(f, v)
		}
		return types.Bool(v != types.True)
	}}
}

// isAbsent reports whether an error tells that something is not stated.
func isAbsent(err error) bool {
	_, absent := errors.AsType[*Absent](err)
	return absent
}
