package expression

import (
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// expr is a checked expression, or a part of one, its macros written out. It is CEL's tree
// with what the checker found beside each part.
type expr struct {
	kind ast.ExprKind
	// member is set where a function is called of the first of args.
	member bool
	// id is its place in the whole expression.
	id int64
	// name is that of a function, a field or what it names; of a walk that of the items,
	// sum that of what it sums up.
	name, sum string
	// args are what a function is called with, what a field is of, what a list holds, or
	// the parts of a walk.
	args []expr
	// value is what a literal stands for.
	value ref.Val
	// of is the type of an object or of the name of a type, nil for others; meant is what
	// a name or call means, nil where nothing needs to be known.
	of    *types.Type
	meant *ast.ReferenceInfo
	// path is a chain of selections from a name as it is written, and at where frames keep
	// the name; of a walk at is that of the items. Only explained trees know them.
	path string
	at   Name
}

// The parts of a walk, by their places in its args.
const (
	walkOver = iota
	walkStart
	walkWhile
	walkStep
	walkResult
)

// calls reports whether a part calls a function.
func (e *expr) calls(function string) bool { return e.kind == ast.CallKind && e.name == function }

// each does something with each part, those inside a part before it.
func (e *expr) each(do func(*expr)) {
	for i := range e.args {
		e.args[i].each(do)
	}
	do(e)
}

// dotted writes a chain of selections from a name as a path.
func (e *expr) dotted() (string, bool) {
	switch e.kind {
	case ast.IdentKind:
		return e.name, true
	case ast.SelectKind:
		if operand, ok := e.args[0].dotted(); ok {
			return operand + "." + e.name, true
		}
	}
	return "", false
}

// place works out what reasons ask of every part: where its names are kept, and its path.
func (e *expr) place(known *names) {
	e.each(func(e *expr) {
		switch e.kind {
		case ast.IdentKind, ast.ComprehensionKind:
			e.at = known.place(e.name)
		}
		e.path, _ = e.dotted()
	})
}

// treeOf is an expression as CEL has checked it. Has() and maps are refused, and nothing
// else is beyond it.
func treeOf(checked *ast.AST) *expr {
	t := &tree{checked: checked}
	root := new(expr)
	t.read(root, checked.Expr())
	return root
}

// tree is one that is being made of CEL's.
type tree struct {
	checked *ast.AST
	parts   int64
}

func (t *tree) read(e *expr, native ast.Expr) {
	t.parts++
	e.kind, e.id, e.meant = native.Kind(), t.parts, t.checked.ReferenceMap()[native.ID()]
	if of := t.checked.GetType(native.ID()); of.Kind() == types.StructKind || of.Kind() == types.TypeKind {
		e.of = of // nobody asks for others
	}
	switch e.kind {
	case ast.LiteralKind:
		e.value = native.AsLiteral()
	case ast.IdentKind:
		e.name = native.AsIdent()
	case ast.SelectKind:
		e.name = native.AsSelect().FieldName()
		t.all(e, native.AsSelect().Operand())
	case ast.ListKind:
		t.all(e, native.AsList().Elements()...)
	case ast.CallKind:
		call := native.AsCall()
		e.name, e.member = call.FunctionName(), call.IsMemberFunction()
		if args := call.Args(); e.member {
			t.all(e, append([]ast.Expr{call.Target()}, args...)...)
		} else {
			t.all(e, args...)
		}
	case ast.ComprehensionKind:
		c := native.AsComprehension()
		e.name, e.sum = c.IterVar(), c.AccuVar()
		t.all(e, c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result())
	}
}

func (t *tree) all(e *expr, parts ...ast.Expr) {
	e.args = make([]expr, len(parts))
	for i, part := range parts {
		t.read(&e.args[i], part)
	}
}

// native is the expression as CEL's interpreter takes it.
func (e *expr) native() *ast.AST {
	n := &nativeTree{ast.NewExprFactory(), map[int64]*types.Type{}, map[int64]*ast.ReferenceInfo{}}
	return ast.NewCheckedAST(ast.NewAST(n.write(e), nil), n.types, n.references)
}

// nativeTree is a tree of CEL's that is being made.
type nativeTree struct {
	make       ast.ExprFactory
	types      map[int64]*types.Type
	references map[int64]*ast.ReferenceInfo
}

func (n *nativeTree) write(e *expr) ast.Expr {
	if e.of != nil {
		n.types[e.id] = e.of
	}
	if e.meant != nil {
		n.references[e.id] = e.meant
	}
	args := make([]ast.Expr, len(e.args))
	for i := range e.args {
		args[i] = n.write(&e.args[i])
	}
	switch e.kind {
	case ast.IdentKind:
		return n.make.NewIdent(e.id, e.name)
	case ast.SelectKind:
		return n.make.NewSelect(e.id, args[0], e.name)
	case ast.ListKind:
		return n.make.NewList(e.id, args, nil)
	case ast.ComprehensionKind:
		return n.make.NewComprehension(e.id, args[walkOver], e.name, e.sum, args[walkStart], args[walkWhile], args[walkStep], args[walkResult])
	case ast.CallKind:
		if e.member {
			return n.make.NewMemberCall(e.id, e.name, args[0], args[1:]...)
		}
		return n.make.NewCall(e.id, e.name, args...)
	}
	return n.make.NewLiteral(e.id, e.value)
}
