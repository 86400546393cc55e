package expression

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/schema"
)

// The functions that compare texts. No expression can write their names.
const (
	sameText  = "@same"
	otherText = "@other"
)

func textFunctions() []cel.EnvOption {
	compare := func(name string, by functions.BinaryOp) cel.EnvOption {
		return declared(name, cel.Overload(name, []*cel.Type{cel.StringType, cel.StringType}, cel.BoolType, cel.BinaryBinding(by)))
	}
	return []cel.EnvOption{compare(sameText, alike), compare(otherText, unlike)}
}

func alike(a, b ref.Val) ref.Val {
	return types.Bool(schema.SameName(string(a.(types.String)), string(b.(types.String))))
}

func unlike(a, b ref.Val) ref.Val { return !alike(a, b).(types.Bool) }

// compareAsRead rewrites an expression so that texts are one and the same when a
// reader takes them for that: a blank at the end makes no other post.
func compareAsRead(checked *ast.AST) {
	make := ast.NewExprFactory()
	text := func(e ast.Expr) bool { return checked.GetType(e.ID()) == types.StringType }
	names := map[string]string{operators.Equals: sameText, operators.NotEquals: otherText}
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		if e.Kind() != ast.CallKind {
			return
		}
		call := e.AsCall()
		if name, compares := names[call.FunctionName()]; compares && text(call.Args()[0]) && text(call.Args()[1]) {
			e.SetKindCase(make.NewCall(e.ID(), name, slices.Clone(call.Args())...))
			checked.SetReference(e.ID(), ast.NewFunctionReference(name))
		}
	}))
}
