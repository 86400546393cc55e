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

// node is a translated part of an expression, with what the parts around it need to
// know.
type node struct {
	run code
	// constant is the value of a part that is the same everywhere, nil for any other.
	constant ref.Val
	// names is set for what names something, path where that is always the same.
	names bool
	path  *path
	// facts are what an operation, and those inside it, name; nil for what is no
	// operation.
	facts facts
}

// The cost of each step, by CEL's own cost model.
const (
	nameCost, fieldCost, callCost = 1, 1, 1
	listCost                      = 10
)

// exhausted reports whether the evaluation has cost more than it may: walks end
// there.
func (f *Frame) exhausted() bool { return f.cost > f.limit }

// translator turns a checked expression into code.
type translator struct {
	env *Env
	// locals are the names that walks around the part have bound, innermost last;
	// most is how many there are at once.
	locals []string
	most   int
	// unknown is set when the expression has a form that the translator does not know.
	unknown bool
}

// translate gives an expression's code and how many local names it needs; nil for
// an expression that only the interpreter knows. Nothing of the tree is kept.
func translate(env *Env, tree *expr) (code, int) {
	t := &translator{env: env}
	whole := t.expr(tree)
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

func (t *translator) expr(e *expr) node {
	switch e.kind {
	case ast.LiteralKind:
		return constant(e.value)
	case ast.IdentKind:
		return t.name(e)
	case ast.SelectKind:
		return t.selection(e)
	case ast.CallKind:
		return t.call(e)
	case ast.ListKind:
		return t.list(e.args)
	case ast.ComprehensionKind:
		return t.walk(e)
	}
	return t.leave()
}

// all translates parts, into a room for as many as most have.
func (t *translator) all(room []node, parts []expr) []node {
	for i := range parts {
		room = append(room, t.expr(&parts[i]))
	}
	return room
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
func (t *translator) name(e *expr) node {
	p := &path{root: t.root(e)}
	switch {
	case t.unknown:
		return t.leave()
	case p.local:
		return node{names: true, path: p, run: p.bound}
	}
	return node{names: true, path: p, run: p.named}
}

// root is where a name is found: among what walks have bound, or in the frame.
type root struct {
	local bool
	slot  int
	name  string
}

func (t *translator) root(e *expr) root {
	if e.meant == nil || e.meant.Value != nil || e.of != nil && e.of.Kind() == types.TypeKind || strings.HasPrefix(e.meant.Name, ".") {
		t.unknown = true
		return root{}
	}
	for slot, local := range slices.Backward(t.locals) { // the innermost hides the others
		if local == e.meant.Name {
			return root{true, slot, local}
		}
	}
	return root{false, int(t.env.names.place(e.meant.Name)), e.meant.Name}
}

func (r *root) read(f *Frame) ref.Val {
	if r.local {
		return f.locals[r.slot]
	}
	if r.slot < len(f.stands) && f.stands[r.slot].value != nil {
		return f.stands[r.slot].value
	}
	return types.NewErr("no such attribute(s): %s", r.name)
}

func (r *root) bound(f *Frame) ref.Val {
	f.cost += nameCost
	return f.locals[r.slot]
}

func (r *root) named(f *Frame) ref.Val {
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

func (t *translator) selection(e *expr) node {
	p, depth := &path{}, 0
	for at := e; at.kind == ast.SelectKind; at = &at.args[0] {
		depth++
	}
	for p.members = make([]member, depth); depth > 0; e = &e.args[0] {
		depth--
		of := e.args[0].of
		if e.meant != nil || of == nil || of.Kind() != types.StructKind {
			return t.leave()
		}
		field := t.env.provider.find(of.TypeName()).Field(e.name)
		if field == nil {
			return t.leave()
		}
		p.members[depth] = member{field.Index, field}
	}
	if e.kind != ast.IdentKind {
		return t.leave()
	}
	if p.root = t.root(e); t.unknown {
		return t.leave()
	}
	return node{names: true, path: p, run: p.run}
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

// lost is what reading a field of something that is not an object gives.
func lost(f *Frame, v ref.Val, field *schema.Field) ref.Val {
	if _, failed := v.(*types.Err); failed {
		return v
	}
	f.cost += fieldCost
	return types.WrapErr(notAnObject(field))
}

// list makes a list of its elements.
func (t *translator) list(parts []expr) node {
	elements := t.all(nil, parts)
	if !slices.ContainsFunc(elements, func(n node) bool { return n.constant == nil }) {
		values := make([]ref.Val, len(elements))
		for i, n := range elements {
			values[i] = n.constant
		}
		return constant(types.NewRefValList(types.DefaultTypeAdapter, values))
	}
	all := runs(elements)
	return node{run: func(f *Frame) ref.Val {
		values := f.memory.fields.All(len(all))
		for i, element := range all {
			values[i] = element(f)
			if _, failed := values[i].(*types.Err); failed {
				return values[i]
			}
		}
		f.cost += listCost
		out := f.memory.made.One()
		out.items = values
		return out
	}}
}
