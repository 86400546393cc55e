package expression

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

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
	failed     bool
}

func (p *packer) program(w *pack.Writer, program *Program) {
	if p.failed = p.failed || program.tree == nil; p.failed {
		return
	}
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
	w.Part(func(w *pack.Writer) {
		parts := 0
		program.tree.each(func(*expr) { parts++ })
		w.Int(int64(parts))
		p.expr(w, program.tree)
	})
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
		if p.kind(pack.NewWriter(), t); p.failed {
			return
		}
		at = len(p.types)
		p.seen[key], p.types = at, append(p.types, t)
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

// What the first number of a part says besides its kind.
const (
	kinds   = 1<<3 - 1
	isTyped = 1 << 3
	means   = 1 << 4
	hasSelf = 1 << 5
)

func (p *packer) expr(w *pack.Writer, e *expr) {
	head := int64(e.kind)
	if e.of != nil {
		head |= isTyped
	}
	if e.meant != nil {
		head |= means
	}
	if e.member {
		head |= hasSelf
	}
	w.Int(head)
	if e.of != nil {
		p.typed(w, e.of)
	}
	if e.meant != nil {
		p.reference(w, e.meant)
	}
	switch e.kind {
	case ast.LiteralKind:
		p.literal(w, e.value)
		return
	case ast.ListKind:
	case ast.IdentKind, ast.SelectKind, ast.CallKind:
		w.Text(e.name)
	case ast.ComprehensionKind:
		w.Text(e.name)
		w.Text(e.sum)
	default:
		p.failed = true
	}
	w.Int(int64(len(e.args)))
	for i := range e.args {
		p.expr(w, &e.args[i])
	}
}

// reference writes what the checker found a name or call to mean as its place in the
// table of references.
func (p *packer) reference(w *pack.Writer, found *ast.ReferenceInfo) {
	p.failed = p.failed || found.Value != nil
	key := fmt.Sprintf("%q %q", found.Name, found.OverloadIDs)
	at, known := p.seen[key]
	if !known {
		at = len(p.references)
		p.seen[key], p.references = at, append(p.references, found)
	}
	w.Int(int64(at))
}

// literal writes a value and its kind before it.
func (p *packer) literal(w *pack.Writer, v ref.Val) {
	switch v := v.(type) {
	case types.Bool:
		w.Int(int64(types.BoolKind))
		w.Bool(bool(v))
	case types.Int:
		w.Int(int64(types.IntKind))
		w.Int(int64(v))
	case types.Double:
		w.Int(int64(types.DoubleKind))
		w.Float(float64(v))
	case types.String:
		w.Int(int64(types.StringKind))
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
	p.run = plans{env: s.env, tree: func(room []expr) *expr { return (&unpacker{Reader: body, env: s.env}).tree(room) }}
	return p
}

// unpacker reads what a packer has written.
type unpacker struct {
	pack.Reader
	env *Env
	// parts is the room for those of the expression, read how many were.
	parts []expr
	read  int64
}

func (u *unpacker) typed() *types.Type { return u.env.types[u.Int()] }

// tree reads the expression into a room, one of its own where that is too small.
func (u *unpacker) tree(room []expr) *expr {
	u.parts = slices.Grow(room, int(u.Int()))
	root := u.take(1)
	u.expr(&root[0])
	return &root[0]
}

// take makes room for parts side by side.
func (u *unpacker) take(n int) []expr {
	at := len(u.parts)
	u.parts = u.parts[:at+n]
	return u.parts[at : at+n : at+n]
}

func (u *unpacker) expr(e *expr) {
	head := u.Int()
	u.read++
	*e = expr{kind: ast.ExprKind(head & kinds), member: head&hasSelf != 0, id: u.read}
	if head&isTyped != 0 {
		e.of = u.typed()
	}
	if head&means != 0 {
		e.meant = u.env.references[u.Int()]
	}
	switch e.kind {
	case ast.LiteralKind:
		e.value = u.literal()
		return
	case ast.IdentKind, ast.SelectKind, ast.CallKind:
		e.name = u.Text()
	case ast.ComprehensionKind:
		e.name, e.sum = u.Text(), u.Text()
	}
	e.args = u.take(int(u.Int()))
	for i := range e.args {
		u.expr(&e.args[i])
	}
}

func (u *unpacker) literal() ref.Val {
	switch types.Kind(u.Int()) {
	case types.BoolKind:
		return types.Bool(u.Bool())
	case types.IntKind:
		return types.Int(u.Int())
	case types.DoubleKind:
		return types.Double(u.Float())
	}
	return types.String(u.Text())
}
