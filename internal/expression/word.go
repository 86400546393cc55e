package expression

import (
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"hegui/internal/lang"
	"hegui/internal/schema"
)

// words are what is known of a text, or of the texts of a list: of which enumeration it
// is a value, nil for none, and the literals that it may be.
type words struct {
	of       *schema.Type
	literals []ast.Expr
}

// comparesWords refuses to ask whether a fact is a word that its schema does not allow:
// it can never be that, and the check would hold, or not apply, whatever is stated.
func (r *refuser) comparesWords(a, b words) {
	for _, pair := range [][2]words{{a, b}, {b, a}} {
		of := pair[0].of
		if of == nil {
			continue
		}
		for _, literal := range pair[1].literals {
			word, _ := literal.AsLiteral().Value().(string)
			if slices.Contains(of.Enum, word) || r.blamed[literal.ID()] {
				continue
			}
			r.blamed[literal.ID()] = true
			meant := lang.Text{}
			if near := of.Meant(word); !near.IsZero() {
				meant = lang.Say("；是不是 %s？", "; did you mean %s?", near)
			}
			r.fail(literal, "%[1]q 不是 %[2]s 的值：%[3]s%[4]s", "%[1]q is none of the values of %[2]s: %[3]s%[4]s", word, of.Name, of.Choices(), meant)
		}
	}
}

// wordsOf is what is known of a text.
func (r *refuser) wordsOf(e ast.Expr) (w words) {
	switch e.Kind() {
	case ast.LiteralKind:
		if e.AsLiteral().Type() == types.StringType {
			w.literals = []ast.Expr{e}
		}
	case ast.IdentKind:
		if known, ok := r.each[e.AsIdent()]; ok {
			return known
		}
		return r.scope.wordsOf(e.AsIdent())
	case ast.SelectKind:
		if field := r.field(e); field != nil && field.Type.Enum != nil {
			w.of = field.Type
		}
	case ast.CallKind:
		if call := e.AsCall(); call.FunctionName() == operators.Conditional {
			w.literals = slices.Concat(r.wordsOf(call.Args()[1]).literals, r.wordsOf(call.Args()[2]).literals)
		}
	}
	return w
}

// wordsIn is what is known of the texts of a list.
func (r *refuser) wordsIn(e ast.Expr) (w words) {
	if written, ok := r.info.GetMacroCall(e.ID()); ok {
		call := written.AsCall()
		in := words{}
		if call.IsMemberFunction() {
			in = r.wordsIn(call.Target())
		}
		switch args := call.Args(); call.FunctionName() {
		case "filter":
			return in
		case "map":
			defer r.walk(args[0], in)()
			return r.wordsOf(args[len(args)-1])
		}
		return w
	}
	switch e.Kind() {
	case ast.ListKind:
		for _, item := range e.AsList().Elements() {
			w.literals = append(w.literals, r.wordsOf(item).literals...)
		}
	case ast.SelectKind:
		if field := r.field(e); field != nil && field.Type.Item != nil && field.Type.Item.Enum != nil {
			w.of = field.Type.Item
		}
	}
	return w
}

// walk gives what is known of the items of a list the name that a walk has for them,
// until what it returns is called.
func (r *refuser) walk(name ast.Expr, items words) (end func()) {
	if name.Kind() != ast.IdentKind {
		return func() {}
	}
	outer, had := r.each[name.AsIdent()]
	r.each[name.AsIdent()] = items
	return func() {
		if delete(r.each, name.AsIdent()); had {
			r.each[name.AsIdent()] = outer
		}
	}
}

// wordsOf is what is known of a name of the scope.
func (s Scope) wordsOf(name string) words {
	for _, v := range s.vars {
		if v.name == name {
			return words{of: v.words}
		}
	}
	return words{}
}
