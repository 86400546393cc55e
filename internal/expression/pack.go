package expression

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"hegui/internal/pack"
)

// Pack writes every expression that was compiled, so that another process need
// neither parse it nor check its types. An expression that uses more than the
// rulebook's do is left out, and is compiled again.
func (e *Env) Pack(w *pack.Writer) {
	p := &packer{seen: map[string]int{}}
	kept := []programKey{}
	for _, key := range slices.SortedFunc(maps.Keys(e.programs), programKey.compare) {
		p.failed = false
		p.program(pack.NewWriter(), e.programs[key]) // only to see whether it can be done, and with which types
		if !p.failed {
			kept = append(kept, key)
		}
	}
	w.Int(int64(len(p.types)))
	for _, t := range p.types {
		p.kind(w, t)
	}
	w.Int(int64(len(p.references)))
	for _, reference := range p.references {
		w.Text(reference.Name)
		w.Int(int64(len(reference.OverloadIDs)))
		for _, id := range reference.OverloadIDs {
			w.Text(id)
		}
	}
	w.Int(int64(len(kept)))
	for _, key := range kept {
		w.Text(key.scope)
		w.Text(key.text)
		w.Int(int64(key.want))
		w.Part(func(w *pack.Writer) { p.program(w, e.programs[key]) })
	}
}

func (k programKey) compare(other programKey) int {
	return cmp.Or(cmp.Compare(k.scope, other.scope), cmp.Compare(k.text, other.text), cmp.Compare(k.want, other.want))
}

// packer writes programs; it fails on what it does not know.
type packer struct {
	// seen is where a type, or the meaning of a name or call, stands in its table.
	seen       map[string]int
	types      []*types.Type
	references []*ast.ReferenceInfo
	native     *ast.AST
	failed     bool
}

func (p *packer) program(w *pack.Writer, program *Program) {
	p.native = program.native
	p.typed(w, program.kind)
	w.Bool(program.sensitive)
	for _, paths := range [][]string{program.reads, program.names, program.fields} {
		w.Int(int64(len(paths)))
		for _, path := range paths {
			w.Text(path)
		}
	}
	w.Text(program.from.text())
	w.Text(program.item)
	w.Text(program.choice.text())
	w.Part(func(w *pack.Writer) { p.expr(w, p.native.Expr()) })
}

// text is what was compiled, nothing for no program.
func (p *Program) text() string {
	if p == nil {
		return ""
	}
	return p.Text
}

// typed writes a type as its place in the table of types.
func (p *packer) typed(w *pack.Writer, t *types.Type) {
	key := fmt.Sprint(t.Kind(), t)
	at, known := p.seen[key]
	if !known {
		at = len(p.types)
		p.seen[key], p.types = at, append(p.types, t)
		p.kind(pack.NewWriter(), t)
	}
	w.Int(int64(at))
}

// kind writes a type; restored is its other half.
func (p *packer) kind(w *pack.Writer, t *types.Type) {
	w.Int(int64(t.Kind()))
	w.Text(t.TypeName())
	w.Int(int64(len(t.Parameters())))
	for _, parameter := range t.Parameters() {
		p.kind(w, parameter)
	}
	if back := restored(t.Kind(), t.TypeName(), t.Parameters()); back == nil || !back.IsExactType(t) {
		p.failed = true
	}
}

// restored is the type of that kind, name and parameters; nil for kinds that
// no check needs.
func restored(kind types.Kind, name string, parameters []*types.Type) *types.Type {
	switch kind {
	case types.BoolKind:
		return types.BoolType
	case types.IntKind:
		return types.IntType
	case types.DoubleKind:
		return types.DoubleType
	case types.StringKind:
		return types.StringType
	case types.DynKind:
		return types.DynType
	case types.ListKind:
		return types.NewListType(parameters[0])
	case types.OpaqueKind:
		return types.NewOpaqueType(name, parameters...)
	case types.StructKind:
		if name == periodType().TypeName() {
			return periodType()
		}
		return types.NewObjectType(name)
	}
	return nil
}

func (p *packer) expr(w *pack.Writer, e ast.Expr) {
	w.Int(int64(e.Kind()))
	w.Int(e.ID())
	p.typed(w, p.native.GetType(e.ID()))
	p.reference(w, e)
	switch e.Kind() {
	case ast.LiteralKind:
		p.literal(w, e)
	case ast.IdentKind:
		w.Text(e.AsIdent())
	case ast.SelectKind:
		p.failed = p.failed || e.AsSelect().IsTestOnly()
		w.Text(e.AsSelect().FieldName())
		p.expr(w, e.AsSelect().Operand())
	case ast.CallKind:
		call := e.AsCall()
		w.Text(call.FunctionName())
		w.Bool(call.IsMemberFunction())
		if call.IsMemberFunction() {
			p.expr(w, call.Target())
		}
		p.all(w, call.Args())
	case ast.ListKind:
		p.failed = p.failed || len(e.AsList().OptionalIndices()) > 0
		p.all(w, e.AsList().Elements())
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		for _, name := range []string{c.IterVar(), c.IterVar2(), c.AccuVar()} {
			w.Text(name)
		}
		for _, part := range []ast.Expr{c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result()} {
			p.expr(w, part)
		}
	default:
		p.failed = true
	}
}

func (p *packer) all(w *pack.Writer, list []ast.Expr) {
	w.Int(int64(len(list)))
	for _, e := range list {
		p.expr(w, e)
	}
}

// reference writes what the checker found a name or call to mean as its place in the
// table of references, -1 for none.
func (p *packer) reference(w *pack.Writer, e ast.Expr) {
	found, ok := p.native.ReferenceMap()[e.ID()]
	if !ok {
		w.Int(-1)
		return
	}
	p.failed = p.failed || found.Value != nil
	key := fmt.Sprintf("%q %q", found.Name, found.OverloadIDs)
	at, known := p.seen[key]
	if !known {
		at = len(p.references)
		p.seen[key], p.references = at, append(p.references, found)
	}
	w.Int(int64(at))
}

func (p *packer) literal(w *pack.Writer, e ast.Expr) {
	switch v := e.AsLiteral().(type) {
	case types.Bool:
		w.Bool(bool(v))
	case types.Int:
		w.Int(int64(v))
	case types.Double:
		w.Float(float64(v))
	case types.String:
		w.Text(string(v))
	default:
		p.failed = true
	}
}

// Unpack makes the expressions known that an environment of the same topics
// has packed.
func (e *Env) Unpack(r *pack.Reader) {
	e.types = make([]*types.Type, r.Int())
	for i := range e.types {
		e.types[i] = unpackKind(r)
	}
	e.references = make([]*ast.ReferenceInfo, r.Int())
	for i := range e.references {
		e.references[i] = &ast.ReferenceInfo{Name: r.Text(), OverloadIDs: make([]string, r.Int())}
		for j := range e.references[i].OverloadIDs {
			e.references[i].OverloadIDs[j] = r.Text()
		}
	}
	n := r.Int()
	e.packed, e.programs = make(map[programKey]pack.Reader, n), make(map[programKey]*Program, n)
	for range n {
		key := programKey{r.Text(), r.Text(), Want(r.Int())}
		e.packed[key] = *r.Part()
	}
}

func unpackKind(r *pack.Reader) *types.Type {
	kind, name := types.Kind(r.Int()), r.Text()
	parameters := make([]*types.Type, r.Int())
	for i := range parameters {
		parameters[i] = unpackKind(r)
	}
	return restored(kind, name, parameters)
}

// recall is a program that is known, nil for one that is not. It is made ready
// to run when it first runs: a platform needs few of the messages.
func (s Scope) recall(key programKey) *Program {
	r, known := s.env.packed[key]
	if !known {
		return nil
	}
	u := &unpacker{Reader: r, env: s.env}
	p := &Program{Text: key.text, kind: u.typed(), sensitive: u.Bool()}
	for _, paths := range []*[]string{&p.reads, &p.names, &p.fields} {
		if n := u.Int(); n > 0 {
			*paths = make([]string, n)
		}
		for i := range *paths {
			(*paths)[i] = u.Text()
		}
	}
	from, item, choice := u.Text(), u.Text(), u.Text()
	var problems []Problem
	if from != "" {
		p.from, problems = s.Compile(from, Items)
	}
	if choice != "" && len(problems) == 0 {
		p.item, p.itemAt = item, s.env.names.place(item)
		p.choice, problems = s.WithItems(item, p.from).Compile(choice, Choice)
	}
	if len(problems) > 0 {
		return nil
	}
	body := *u.Part()
	p.run = plans{env: s.env, tree: func() *ast.AST { return (&unpacker{Reader: body, env: s.env}).tree() }}
	return p
}

// unpacker reads what a packer has written.
type unpacker struct {
	pack.Reader
	env        *Env
	make       ast.ExprFactory
	types      map[int64]*types.Type
	references map[int64]*ast.ReferenceInfo
}

func (u *unpacker) typed() *types.Type { return u.env.types[u.Int()] }

func (u *unpacker) tree() *ast.AST {
	u.make, u.types, u.references = ast.NewExprFactory(), map[int64]*types.Type{}, map[int64]*ast.ReferenceInfo{}
	root := u.expr()
	return ast.NewCheckedAST(ast.NewAST(root, nil), u.types, u.references)
}

func (u *unpacker) expr() ast.Expr {
	kind, id := ast.ExprKind(u.Int()), u.Int()
	t := u.typed()
	if t.Kind() == types.StructKind {
		u.types[id] = t // planning asks for no others
	}
	if at := u.Int(); at >= 0 {
		u.references[id] = u.env.references[at]
	}
	switch kind {
	case ast.LiteralKind:
		return u.literal(id, t)
	case ast.IdentKind:
		return u.make.NewIdent(id, u.Text())
	case ast.SelectKind:
		field := u.Text()
		return u.make.NewSelect(id, u.expr(), field)
	case ast.CallKind:
		name := u.Text()
		if !u.Bool() {
			return u.make.NewCall(id, name, u.all()...)
		}
		target := u.expr()
		return u.make.NewMemberCall(id, name, target, u.all()...)
	case ast.ListKind:
		return u.make.NewList(id, u.all(), nil)
	}
	item, second, sum := u.Text(), u.Text(), u.Text()
	over, start, while, step, result := u.expr(), u.expr(), u.expr(), u.expr(), u.expr()
	return u.make.NewComprehensionTwoVar(id, over, item, second, sum, start, while, step, result)
}

func (u *unpacker) all() []ast.Expr {
	list := make([]ast.Expr, u.Int())
	for i := range list {
		list[i] = u.expr()
	}
	return list
}

func (u *unpacker) literal(id int64, t *types.Type) ast.Expr {
	switch t.Kind() {
	case types.BoolKind:
		return u.make.NewLiteral(id, types.Bool(u.Bool()))
	case types.IntKind:
		return u.make.NewLiteral(id, types.Int(u.Int()))
	case types.DoubleKind:
		return u.make.NewLiteral(id, types.Double(u.Float()))
	}
	return u.make.NewLiteral(id, types.String(u.Text()))
}
