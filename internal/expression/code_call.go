package expression

import (
	"cmp"
	"math"
	"regexp"
	"slices"

	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// call translates a call of a function or operator.
func (t *translator) call(e *expr) node {
	var room [4]node
	switch e.name {
	case operators.LogicalAnd:
		return node{run: connective(types.False, t.joined(e))}
	case operators.LogicalOr:
		return node{run: connective(types.True, t.joined(e))}
	case operators.Conditional:
		return branch(t.all(room[:0], e.args))
	case operators.Equals, operators.NotEquals:
		return equality(e.name, t.all(room[:0], e.args))
	case operators.Index, operators.OptIndex, operators.OptSelect:
		return t.leave()
	}
	args := t.all(room[:0], e.args)
	if t.unknown || e.meant == nil || len(e.meant.OverloadIDs) != 1 {
		return t.leave()
	}
	return t.function(e.name, e.meant.OverloadIDs[0], args)
}

// function calls what a name and overload stand for.
func (t *translator) function(name, overload string, args []node) node {
	m := t.env.meaning(name, overload)
	if m == nil || folded(name, overload, args) {
		return t.leave()
	}
	switch name {
	case bothHold:
		return node{run: inFull(types.False, args[0].run, args[1].run)}
	case eitherHold:
		return node{run: inFull(types.True, args[0].run, args[1].run)}
	case newestNone:
		return node{run: beginning}
	case newestSee:
		return node{run: seeing(args[0].run, args[1].run, args[2].run, args[3].run)}
	}
	switch {
	case overload == overloads.InList:
		return membership(args)
	case name == "period" && args[0].constant != nil:
		written := parsePeriod(args[0].constant)
		return node{run: func(f *Frame) ref.Val {
			f.cost += callCost
			return written
		}}
	case overload == overloads.MatchesString && args[1].constant != nil:
		pattern, err := regexp.Compile(string(args[1].constant.(types.String)))
		if err != nil {
			return t.leave()
		}
		prepared := *m
		prepared.Binary = func(text, _ ref.Val) ref.Val { return types.Bool(pattern.MatchString(string(text.(types.String)))) }
		m = &prepared
	}
	return m.called(args)
}

// folded reports whether the interpreter computes a call, or part of it, when it plans:
// such a call costs something else.
func folded(name, overload string, args []node) bool {
	given := func(n node) bool { return n.constant != nil }
	if overload == overloads.InList {
		return given(args[1]) && !args[0].names && len(args[0].facts) == 0
	}
	return overloads.IsTypeConversionFunction(name) && slices.ContainsFunc(args, given)
}

// meaning is what a function does and costs.
type meaning struct {
	functions.Overload
	name  string
	price cost.FunctionTracker
}

// meaning finds the function that cel-go's interpreter would call, apart from those
// that we implement ourselves; nil where it would call none.
func (e *Env) meaning(name, overload string) *meaning {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.meanings == nil {
		e.meanings, e.declared, e.prices = map[string]*meaning{}, e.base.Functions(), cost.StandardOverloadTrackers()
	}
	if known := e.meanings[overload]; known != nil {
		return known
	}
	bound, err := e.declared[name].Bindings()
	if err != nil {
		return nil
	}
	for _, id := range []string{overload, name} {
		for _, o := range bound {
			if o.Operator == id {
				m := &meaning{*o, name, e.prices[overload]}
				if by := own(name); by != nil {
					m.Binary = by
				} else if m.price == nil {
					m.compare()
				}
				e.meanings[overload] = m
				return m
			}
		}
	}
	return nil
}

// call is a call of a function with what it is called with. Functions are handed no
// errors but those that are made to take them.
type call struct {
	*meaning
	args  []code
	facts facts
	few   [2]code // which args mostly are
}

func (m *meaning) called(args []node) node {
	c := &call{meaning: m, facts: factsOf(args)}
	c.args = c.few[:0]
	for _, arg := range args {
		c.args = append(c.args, arg.run)
	}
	out := node{run: c.run, facts: c.facts}
	switch {
	case len(args) == 1 && m.Unary != nil:
		out.run = c.ofOne
	case len(args) == 2 && m.Binary != nil:
		out.run = c.ofTwo
	}
	return out
}

func (c *call) run(f *Frame) ref.Val {
	from := len(f.gathered)
	defer func() { f.gathered = f.gathered[:from] }()
	for _, arg := range c.args {
		v := arg(f)
		if c.refuses(v) {
			return c.facts.asked(f, v)
		}
		f.gathered = append(f.gathered, v)
	}
	values := f.gathered[from:]
	v := c.apply(values...)
	f.cost += c.cost(values, v)
	return c.facts.asked(f, v)
}

func (c *call) refuses(v ref.Val) bool {
	_, failed := v.(*types.Err)
	return failed && !c.NonStrict
}

func (c *call) ofOne(f *Frame) ref.Val {
	a := c.few[0](f)
	if c.refuses(a) {
		if c.name == operators.LogicalNot {
			f.cost += callCost
		}
		return c.facts.asked(f, a)
	}
	if c.plain(a) {
		f.cost += callCost
		return c.facts.asked(f, c.Unary(a))
	}
	v := c.apply(a)
	f.cost += c.cost([]ref.Val{a}, v)
	return c.facts.asked(f, v)
}

func (c *call) ofTwo(f *Frame) ref.Val {
	l := c.few[0](f)
	if c.refuses(l) {
		return c.facts.asked(f, l)
	}
	r := c.few[1](f)
	if c.refuses(r) {
		return c.facts.asked(f, r)
	}
	if c.plain(l) {
		f.cost += callCost
		return c.facts.asked(f, c.Binary(l, r))
	}
	v := c.apply(l, r)
	f.cost += c.cost([]ref.Val{l, r}, v)
	return c.facts.asked(f, v)
}

// plain reports whether the function can be called of such a first value, and then
// costs the same whatever its values are.
func (m *meaning) plain(first ref.Val) bool {
	return m.price == nil && (m.OperandTrait == 0 || first.Type().HasTrait(m.OperandTrait))
}

// apply calls the function, or the method that the first value has instead.
func (m *meaning) apply(args ...ref.Val) ref.Val {
	if m.OperandTrait != 0 && !args[0].Type().HasTrait(m.OperandTrait) {
		if receiver, ok := args[0].(traits.Receiver); ok && args[0].Type().HasTrait(traits.ReceiverType) {
			return receiver.Receive(m.name, m.Operator, args[1:])
		}
		return types.NewErr("no such overload: %s", m.name)
	}
	switch {
	case len(args) == 1 && m.Unary != nil:
		return m.Unary(args[0])
	case len(args) == 2 && m.Binary != nil:
		return m.Binary(args[0], args[1])
	}
	return m.Function(args...)
}

func (m *meaning) cost(args []ref.Val, result ref.Val) uint64 {
	if m.price != nil {
		if priced := m.price(args, result); priced != nil {
			return *priced
		}
	}
	return callCost
}

// length is how long a value is in the cost model.
func length(v ref.Val) uint64 {
	if sized, ok := v.(traits.Sizer); ok {
		return uint64(sized.Size().(types.Int)) //nolint:gosec // nothing has a negative length
	}
	return 1
}

// tenth is what going over a text of that length costs.
func tenth(n uint64) uint64 { return uint64(math.Ceil(float64(n) * 0.1)) }

// compare lets a comparison order whole numbers and periods itself.
func (m *meaning) compare() {
	holds := map[string]func(order int) bool{
		operators.Less:          func(order int) bool { return order < 0 },
		operators.LessEquals:    func(order int) bool { return order <= 0 },
		operators.Greater:       func(order int) bool { return order > 0 },
		operators.GreaterEquals: func(order int) bool { return order >= 0 },
	}[m.name]
	if holds == nil {
		return
	}
	otherwise := *m
	m.OperandTrait = 0
	m.Binary = func(l, r ref.Val) ref.Val {
		switch l := l.(type) {
		case types.Int:
			if r, ok := r.(types.Int); ok {
				return types.Bool(holds(cmp.Compare(l, r)))
			}
		case types.Double:
			if r, ok := r.(types.Double); ok && !math.IsNaN(float64(l)) && !math.IsNaN(float64(r)) { // which have no order
				return types.Bool(holds(cmp.Compare(l, r)))
			}
		case *period:
			if r, ok := r.(*period); ok {
				return types.Bool(holds(l.Period.Compare(r.Period)))
			}
		}
		return otherwise.apply(l, r)
	}
}

// membership is in, which charges by the length of the list.
func membership(args []node) node {
	wanted, among, all := args[0].run, args[1].run, factsOf(args)
	texts := constantTexts(args[1].constant)
	return node{facts: all, run: func(f *Frame) ref.Val {
		v := wanted(f)
		if text, ok := v.(types.String); ok && texts != nil {
			f.cost += max(callCost, uint64(len(texts)))
			return types.Bool(slices.Contains(texts, text))
		}
		if _, failed := v.(*types.Err); failed {
			return all.asked(f, v)
		}
		l := among(f)
		if _, failed := l.(*types.Err); failed {
			return all.asked(f, l)
		}
		f.cost += max(callCost, length(l))
		return all.asked(f, l.(traits.Container).Contains(v))
	}}
}

// constantTexts are the texts of a list that an expression writes, nil for any other.
func constantTexts(v ref.Val) []types.String {
	list, ok := v.(traits.Lister)
	if !ok {
		return nil
	}
	var texts []types.String
	for it := list.Iterator(); it.HasNext() == types.True; {
		text, ok := it.Next().(types.String)
		if !ok {
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}
