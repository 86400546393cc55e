package expression

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/schema"
)

// code is an expression, or a part of one, as a Go function. It gives what CEL's
// interpreter gives, charges what that charges and leaves the same traces in the
// frame; what the translator does not know stays with the interpreter.
type code func(f *Frame) ref.Val

// node is a translated part, with what the parts around it want to know.
type node struct {
	run code
	// constant is the value of what is the same everywhere, nil for what is not.
	constant ref.Val
	// resolve is run without the step that naming something costs, nil for what
	// names nothing.
	resolve code
	// facts are what an operation, and those inside it, name; nil for what is no
	// operation.
	facts []code
}

// What steps cost is CEL's own cost model.
const (
	nameCost, fieldCost, callCost = 1, 1, 1
	listCost                      = 10
)

// exhausted reports whether the evaluation has cost more than it may: walks end
// there.
func (f *Frame) exhausted() bool { return f.cost > f.limit }

// translator turns a checked expression into code.
type translator struct {
	env  *Env
	tree *ast.AST
	// locals are the names that walks around the part have bound, innermost last;
	// most is how many there are at once.
	locals []string
	most   int
	// unknown is set by what the translator does not know.
	unknown bool
}

// translate gives an expression's code and how many local names it needs; nil for
// an expression that only the interpreter knows.
func translate(env *Env, tree *ast.AST) (code, int) {
	t := &translator{env: env, tree: tree}
	whole := t.expr(tree.Expr())
	if t.unknown {
		return nil, 0
	}
	return whole.run, t.most
}

// leave leaves the expression to the interpreter.
func (t *translator) leave() node {
	t.unknown = true
	return constant(types.NullValue)
}

func constant(v ref.Val) node { return node{run: func(*Frame) ref.Val { return v }, constant: v} }

func (t *translator) expr(e ast.Expr) node {
	switch e.Kind() {
	case ast.LiteralKind:
		return constant(e.AsLiteral())
	case ast.IdentKind:
		return t.name(e)
	case ast.SelectKind:
		return t.selection(e)
	case ast.CallKind:
		return t.call(e)
	case ast.ListKind:
		return t.list(e.AsList())
	case ast.ComprehensionKind:
		return t.walk(e.AsComprehension())
	}
	return t.leave()
}

func (t *translator) all(exprs []ast.Expr) []node {
	out := make([]node, len(exprs))
	for i, e := range exprs {
		out[i] = t.expr(e)
	}
	return out
}

// name reads what a walk has bound, else what the frame shows.
func (t *translator) name(e ast.Expr) node {
	meant, known := t.tree.ReferenceMap()[e.ID()]
	if !known || meant.Value != nil || t.tree.GetType(e.ID()).Kind() == types.TypeKind || strings.HasPrefix(meant.Name, ".") {
		return t.leave()
	}
	name := meant.Name
	if slot := slices.Index(t.locals, name); slot >= 0 {
		for i := slot + 1; i < len(t.locals); i++ { // the innermost hides the others
			if t.locals[i] == name {
				slot = i
			}
		}
		return naming(func(f *Frame) ref.Val { return f.locals[slot] })
	}
	return naming(func(f *Frame) ref.Val {
		if v, shown := f.values[name]; shown {
			return v
		}
		return types.NewErr("no such attribute(s): %s", name)
	})
}

// naming is the node of what names something.
func naming(resolve code) node {
	return node{resolve: resolve, run: func(f *Frame) ref.Val {
		f.cost += nameCost
		return resolve(f)
	}}
}

// selection reads a field of an object, or of one of its fields.
func (t *translator) selection(e ast.Expr) node {
	var fields []*schema.Field
	for ; e.Kind() == ast.SelectKind; e = e.AsSelect().Operand() {
		_, elsewhere := t.tree.ReferenceMap()[e.ID()]
		of := t.tree.GetType(e.AsSelect().Operand().ID())
		field := t.env.provider.find(of.TypeName()).Field(e.AsSelect().FieldName())
		if elsewhere || e.AsSelect().IsTestOnly() || of.Kind() != types.StructKind || field == nil {
			return t.leave()
		}
		fields = append(fields, field)
	}
	if e.Kind() != ast.IdentKind {
		return t.leave()
	}
	slices.Reverse(fields)
	root := t.name(e).resolve
	return naming(func(f *Frame) ref.Val {
		v := root(f)
		for _, field := range fields {
			if _, failed := v.(*types.Err); failed {
				return v
			}
			f.cost += fieldCost
			next, err := read(v, field)
			if err != nil {
				return types.WrapErr(err)
			}
			v = next
		}
		return v
	})
}

// list makes a list of its elements.
func (t *translator) list(l ast.ListExpr) node {
	if len(l.OptionalIndices()) > 0 {
		return t.leave()
	}
	elements := t.all(l.Elements())
	if !slices.ContainsFunc(elements, func(n node) bool { return n.constant == nil }) {
		values := make([]ref.Val, len(elements))
		for i, n := range elements {
			values[i] = n.constant
		}
		return constant(types.NewRefValList(types.DefaultTypeAdapter, values))
	}
	return node{run: func(f *Frame) ref.Val {
		values := make([]ref.Val, len(elements))
		for i, n := range elements {
			values[i] = n.run(f)
			if _, failed := values[i].(*types.Err); failed {
				return values[i]
			}
		}
		f.cost += listCost
		return types.NewRefValList(types.DefaultTypeAdapter, values)
	}}
}

func read(in any, field *schema.Field) (ref.Val, error) {
	o, ok := in.(*object)
	if !ok {
		return nil, fmt.Errorf("%q is read from a value that is not an object", field.Name)
	}
	return o.get(field)
}
