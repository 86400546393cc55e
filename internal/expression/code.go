package expression

import (
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
	facts facts
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

// runs are the parts' code.
func runs(nodes []node) []code {
	out := make([]code, len(nodes))
	for i, n := range nodes {
		out[i] = n.run
	}
	return out
}

// name reads what a walk has bound, else what the frame shows.
func (t *translator) name(e ast.Expr) node {
	at := t.root(e)
	if t.unknown {
		return t.leave()
	}
	if !at.local {
		return node{resolve: at.read, run: at.named}
	}
	slot := at.slot
	return node{
		resolve: func(f *Frame) ref.Val { return f.locals[slot] },
		run: func(f *Frame) ref.Val {
			f.cost += nameCost
			return f.locals[slot]
		},
	}
}

// root is where a name is found: among what walks have bound, or in the frame.
type root struct {
	local bool
	slot  int
	name  string
}

func (t *translator) root(e ast.Expr) root {
	meant, known := t.tree.ReferenceMap()[e.ID()]
	if !known || meant.Value != nil || t.tree.GetType(e.ID()).Kind() == types.TypeKind || strings.HasPrefix(meant.Name, ".") {
		t.unknown = true
		return root{}
	}
	for slot, local := range slices.Backward(t.locals) { // the innermost hides the others
		if local == meant.Name {
			return root{true, slot, meant.Name}
		}
	}
	return root{false, int(t.env.names.place(meant.Name)), meant.Name}
}

func (r root) read(f *Frame) ref.Val {
	if r.local {
		return f.locals[r.slot]
	}
	if r.slot < len(f.stands) && f.stands[r.slot].value != nil {
		return f.stands[r.slot].value
	}
	return types.NewErr("no such attribute(s): %s", r.name)
}

func (r root) named(f *Frame) ref.Val {
	f.cost += nameCost
	return r.read(f)
}

// path is a field of an object, or of one of its fields.
type path struct {
	root
	members []member
}

// member is a field by its place in its object, so that to read what is known needs no
// look at the schema.
type member struct {
	at    int
	field *schema.Field
}

func (t *translator) selection(e ast.Expr) node {
	p := &path{}
	for ; e.Kind() == ast.SelectKind; e = e.AsSelect().Operand() {
		_, elsewhere := t.tree.ReferenceMap()[e.ID()]
		of := t.tree.GetType(e.AsSelect().Operand().ID())
		field := t.env.provider.find(of.TypeName()).Field(e.AsSelect().FieldName())
		if elsewhere || e.AsSelect().IsTestOnly() || of.Kind() != types.StructKind || field == nil {
			return t.leave()
		}
		p.members = append(p.members, member{field.Index, field})
	}
	if e.Kind() != ast.IdentKind {
		return t.leave()
	}
	slices.Reverse(p.members)
	if p.root = t.root(e); t.unknown {
		return t.leave()
	}
	return node{resolve: p.resolve, run: p.run}
}

func (p *path) run(f *Frame) ref.Val {
	f.cost += nameCost
	return p.resolve(f)
}

func (p *path) resolve(f *Frame) ref.Val {
	v := p.read(f)
	for i := range p.members {
		o, ok := v.(*object)
		if !ok {
			return lost(f, v, p.members[i].field)
		}
		f.cost += fieldCost
		v = o.read(p.members[i])
	}
	return v
}

// lost is what reading a field of no object gives.
func lost(f *Frame, v ref.Val, field *schema.Field) ref.Val {
	if _, failed := v.(*types.Err); failed {
		return v
	}
	f.cost += fieldCost
	return types.WrapErr(notAnObject(field))
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
