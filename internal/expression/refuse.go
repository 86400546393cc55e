package expression

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"hegui/internal/lang"
	"hegui/internal/schema"
)

// inspect finds the forms that would let an expression turn silence into
// compliance: asking whether something is stated, or hiding the clock under a
// negation, so that a finding could vanish by growing older. It also learns what
// the expression reads.
func (s Scope) inspect(checked *cel.Ast, want Want) (form, []Problem) {
	native := checked.NativeRep()
	r := &refuser{scope: s, env: s.env, native: native, info: native.SourceInfo(), still: want == Switch, blamed: map[int64]bool{}, chosen: map[string]choice{}, each: map[string]words{}}
	r.visit(native.Expr(), want == Condition)
	return r.form, r.problems
}

// form is what an expression reads.
type form struct {
	// reads are paths into topics, in the expression's order.
	reads []string
	// names are paths into the other names of the scope.
	names []string
	// fields are the places in schemas that it looks at.
	fields    []string
	sensitive bool
	// newest is set where the expression uses newest().
	newest bool
}

type refuser struct {
	form
	scope  Scope
	env    *Env
	native *ast.AST
	info   *ast.SourceInfo
	// still is set where the answer must not change with the day, nor with what
	// the items of a list leave out.
	still    bool
	problems []Problem
	// blamed are outcomes and words that were refused already.
	blamed map[int64]bool
	// each is what is known of the texts that walks go over, by the name of the item.
	each map[string]words
	// chosen is by what items are chosen, by the type of the items.
	chosen map[string]choice
}

func (r *refuser) fail(e ast.Expr, zh, en string, args ...any) {
	offset := 0
	if span, ok := r.info.GetOffsetRange(e.ID()); ok {
		offset = int(span.Start)
	}
	r.problems = append(r.problems, Problem{offset, lang.Say(zh, en, args...)})
}

// visit walks the expression as it was written, macros unexpanded. clock says
// whether recent() may stand here: only where its becoming false cannot make the
// whole true.
func (r *refuser) visit(e ast.Expr, clock bool) {
	if written, ok := r.info.GetMacroCall(e.ID()); ok {
		r.macro(e, written.AsCall(), clock)
		return
	}
	switch e.Kind() {
	case ast.CallKind:
		r.call(e, e.AsCall(), clock)
	case ast.SelectKind:
		r.selects(e)
	case ast.IdentKind:
		r.read(e.AsIdent())
	case ast.ListKind:
		for _, item := range e.AsList().Elements() {
			r.visit(item, false)
		}
	case ast.MapKind, ast.StructKind:
		r.fail(e, "检查项里不得构造映射", "maps cannot be built in checks")
	}
}

// selects notes the path of a selection and whether any step is sensitive.
func (r *refuser) selects(e ast.Expr) {
	path, isPath := dotted(e)
	for step := e; step.Kind() == ast.SelectKind; step = step.AsSelect().Operand() {
		if field := r.field(step); field != nil {
			r.sensitive = r.sensitive || field.Type.Sensitive
			r.fields = append(r.fields, field.Type.Name)
		}
	}
	if isPath {
		r.read(path)
		return
	}
	r.visit(e.AsSelect().Operand(), false)
}

// field is what a selection leads to, nil where no schema says so.
func (r *refuser) field(e ast.Expr) *schema.Field {
	kind := r.native.GetType(e.AsSelect().Operand().ID())
	if kind == nil {
		return nil
	}
	return r.env.provider.find(kind.TypeName()).Field(e.AsSelect().FieldName())
}

func (r *refuser) read(path string) {
	r.sensitive = r.sensitive || r.scope.hides(topicOf(path))
	switch root := topicOf(path); {
	case r.env.isTopic(root):
		r.reads = append(r.reads, path)
	case r.scope.Has(root):
		r.names = append(r.names, path)
	}
}

// dotted writes a chain of selections from a name as a path.
func dotted(e ast.Expr) (string, bool) {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent(), true
	case ast.SelectKind:
		operand, ok := dotted(e.AsSelect().Operand())
		return operand + "." + e.AsSelect().FieldName(), ok
	}
	return "", false
}

func (r *refuser) macro(e ast.Expr, call ast.CallExpr, clock bool) {
	name := call.FunctionName()
	if r.still && name != operators.Has {
		r.fail(e, "适用条件不得逐项判断：不得用 %s()", "when must not look into lists: %s() is refused", name)
	}
	if name != operators.Has && call.IsMemberFunction() {
		defer r.walk(call.Args()[0], r.wordsIn(call.Target()))()
	}
	switch name {
	case operators.Has:
		r.fail(e, "检查项不得用 has()：没有声明就是没有做到", "has() is refused: what is not stated does not hold")
	case newest:
		r.asksNewest(e, call, clock)
	case "all", "exists":
		// What a filter lets through helps exists, but hinders all.
		r.filtered(call.Target(), clock && name == "exists")
		r.visit(call.Args()[len(call.Args())-1], clock)
	case "filter":
		r.visit(call.Target(), false)
		r.visit(call.Args()[len(call.Args())-1], false)
	default:
		r.visit(call.Target(), false)
		for _, arg := range call.Args()[1:] {
			r.visit(arg, false)
		}
	}
	if name != newest && name != "all" {
		r.picksOutcome(e)
	}
}

func (r *refuser) filtered(e ast.Expr, clock bool) {
	written, ok := r.info.GetMacroCall(e.ID())
	if !ok || written.AsCall().FunctionName() != "filter" {
		r.visit(e, false)
		return
	}
	call := written.AsCall()
	r.filtered(call.Target(), clock)
	r.visit(call.Args()[len(call.Args())-1], clock)
	r.picksOutcome(e)
}

func (r *refuser) call(e ast.Expr, call ast.CallExpr, clock bool) {
	name := call.FunctionName()
	if r.still && slices.Contains(clockFunctions(), name) {
		r.fail(e, "适用条件不得随日子变化：不得用 %s()", "when must not change with the day: %s() is refused", name)
		return
	}
	switch name {
	case operators.LogicalAnd, operators.LogicalOr:
		r.visitAll(call.Args(), clock)
		return
	case operators.Conditional:
		r.visit(call.Args()[0], false)
		r.visitAll(call.Args()[1:], clock)
		return
	case "recent", "unbroken":
		r.positive(e, name, clock)
	case operators.Index, operators.OptIndex, operators.OptSelect:
		r.fail(e, "检查项不得用下标：请用 exists() 或 all()", "indexing is refused: use exists() or all()")
	case "dyn", "type", "orValue", "or", "optMap", "optFlatMap", "hasValue":
		r.fail(e, "检查项不得用 %s()", "%s() is refused in checks", name)
	case operators.In:
		if r.kindOf(call.Args()[1]) == types.MapKind {
			r.fail(e, "检查项不得在映射上用 in", "in on a map is refused")
		}
		r.comparesDates(e, call.Args()[0])
		r.comparesWords(r.wordsOf(call.Args()[0]), r.wordsIn(call.Args()[1]))
	case operators.Equals, operators.NotEquals:
		r.comparesDates(e, call.Args()[0])
		r.comparesWords(r.wordsOf(call.Args()[0]), r.wordsOf(call.Args()[1]))
		r.comparesWords(r.wordsIn(call.Args()[0]), r.wordsIn(call.Args()[1]))
	}
	if call.IsMemberFunction() {
		r.visit(call.Target(), false)
	}
	r.visitAll(call.Args(), false)
}

// positive refuses what grows false by itself where that could make the whole
// truer.
func (r *refuser) positive(e ast.Expr, name string, clock bool) {
	if !clock {
		r.fail(e, "%s() 不得用在取反、比较、三元条件或计数之下：日子过去不能让结论变好",
			"%s() must not stand under a negation, a comparison, a condition or a count: no finding may vanish by growing older", name)
	}
}

// comparesDates refuses to compare dates, or lists of them, for equality: that
// would read the raw date.
func (r *refuser) comparesDates(e, operand ast.Expr) {
	t := r.native.GetType(operand.ID())
	for t != nil && t.Kind() == types.ListKind && len(t.Parameters()) == 1 {
		t = t.Parameters()[0]
	}
	if t != nil && t.IsExactType(dateType()) {
		r.fail(e, "日期只能用 before()、not_after()、within() 比较", "dates are compared by before(), not_after() and within()")
	}
}

func (r *refuser) visitAll(all []ast.Expr, clock bool) {
	for _, e := range all {
		r.visit(e, clock)
	}
}

func (r *refuser) kindOf(e ast.Expr) types.Kind {
	if t := r.native.GetType(e.ID()); t != nil {
		return t.Kind()
	}
	return types.UnspecifiedKind
}
