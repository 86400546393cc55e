package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"

	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// tree is the syntax of a condition as it is written.
func tree(text string) (ast.Expr, error) {
	p, err := parser.NewParser(parser.Macros())
	if err != nil {
		return nil, err
	}
	parsed, problems := p.Parse(common.NewTextSource(text))
	if len(problems.GetErrors()) > 0 {
		return nil, fmt.Errorf("parse %q: %s", text, problems.ToDisplayString())
	}
	return parsed.Expr(), nil
}

// parsed are the lines that hold where a condition does, or where it does not.
func (r *rule) parsed(text string, want bool) ([]string, error) {
	e, err := tree(text)
	if err != nil {
		return nil, err
	}
	return r.condition(e, want)
}

// each are the lines that go through a range, and the key of what they are at.
func (r *rule) each(over rulebook.Range) (lines []string, key string, err error) {
	e, err := tree(over.List)
	if err != nil {
		return nil, "", err
	}
	lines, item, err := r.through(e, over.Name)
	if err != nil {
		return nil, "", err
	}
	r.scope[over.Name] = item
	switch {
	case item.kind == nil || item.kind.Kind == schema.String:
		return lines, item.name, nil
	case item.kind.Of == nil || item.kind.Of.Key == "":
		return lines, `""`, nil
	case item.kind.Field(item.kind.Of.Key).Type.Kind != schema.String:
		return nil, "", errUntranslated
	}
	return lines, item.name + "." + item.kind.Of.Key, nil
}

// through are the lines that go through a list, under a new name for its items.
func (r *rule) through(e ast.Expr, as string) ([]string, bound, error) {
	if list, name, condition, ok := walk(e, "filter"); ok {
		lines, item, err := r.through(list, as)
		if err != nil {
			return nil, item, err
		}
		meant, err := r.within(name, item, func() ([]string, error) { return r.condition(condition, true) })
		return append(lines, meant...), item, err
	}
	list, item, err := r.list(e, as)
	return []string{"some " + item.name + " in " + list}, item, err
}

// list is a list as it is stated, with a new name for its items.
func (r *rule) list(e ast.Expr, as string) (string, bound, error) {
	list, kind, err := r.term(e)
	item := bound{name: r.name(as)}
	if kind != nil {
		item.kind = kind.Item
	}
	return list, item, err
}

// within translates what a name means something of its own in.
func (r *rule) within(name string, item bound, do func() ([]string, error)) ([]string, error) {
	outer, hidden := r.scope[name]
	r.scope[name] = item
	lines, err := do()
	if delete(r.scope, name); hidden {
		r.scope[name] = outer
	}
	return lines, err
}

// walk takes a call such as list.exists(name, condition) apart.
func walk(e ast.Expr, function string) (list ast.Expr, name string, condition ast.Expr, ok bool) {
	if e.Kind() != ast.CallKind {
		return nil, "", nil, false
	}
	call := e.AsCall()
	if call.FunctionName() != function || !call.IsMemberFunction() || len(call.Args()) != 2 || call.Args()[0].Kind() != ast.IdentKind {
		return nil, "", nil, false
	}
	return call.Target(), call.Args()[0].AsIdent(), call.Args()[1], true
}

// opposite is the comparison that holds where another does not.
var opposite = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

// condition are the lines that hold where a condition holds, or where it does not: where
// something that it reads is not stated, neither do.
func (r *rule) condition(e ast.Expr, want bool) ([]string, error) {
	if e.Kind() == ast.SelectKind || e.Kind() == ast.IdentKind {
		value, _, err := r.term(e)
		return []string{fmt.Sprintf("%s == %t", value, want)}, err
	}
	if e.Kind() != ast.CallKind {
		return nil, errUntranslated
	}
	call := e.AsCall()
	switch call.FunctionName() {
	case operators.LogicalNot:
		return r.condition(call.Args()[0], !want)
	case operators.LogicalAnd:
		return r.join(call.Args(), want, want)
	case operators.LogicalOr:
		return r.join(call.Args(), want, !want)
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		return r.comparison(call, want)
	case operators.In:
		return r.membership(call, want)
	case "exists", "all":
		if want == (call.FunctionName() == "exists") {
			return r.some(e, want)
		}
		return r.every(e, want)
	case "newest":
		return r.newest(call, want)
	}
	return r.question(call, want)
}

// join are the lines of several conditions, of which all are to hold or one.
func (r *rule) join(parts []ast.Expr, want, all bool) ([]string, error) {
	var alternatives [][]string
	for _, part := range parts {
		lines, err := r.condition(part, want)
		if err != nil {
			return nil, err
		}
		alternatives = append(alternatives, lines)
	}
	if all {
		return slices.Concat(alternatives...), nil
	}
	return []string{r.either(alternatives...)}, nil
}

func (r *rule) comparison(call ast.CallExpr, want bool) ([]string, error) {
	operator := strings.Trim(call.FunctionName(), "_")
	if !want {
		operator = opposite[operator]
	}
	left, kind, err := r.term(call.Args()[0])
	if err != nil {
		return nil, err
	}
	right, other, err := r.term(call.Args()[1])
	if err != nil || long(kind) || long(other) {
		return nil, errUntranslated
	}
	return []string{left + " " + operator + " " + right}, nil
}

// long reports whether values are durations, which Rego cannot compare.
func long(kind *schema.Type) bool { return kind != nil && kind.Kind == schema.Period }

func (r *rule) membership(call ast.CallExpr, want bool) ([]string, error) {
	item, _, err := r.term(call.Args()[0])
	if err != nil {
		return nil, err
	}
	list, _, err := r.term(call.Args()[1])
	if err != nil {
		return nil, err
	}
	if want {
		return []string{item + " in " + list}, nil
	}
	a, b := r.name("item"), r.name("list") // that are stated
	return []string{a + " := " + item, b + " := " + list, "not " + a + " in " + b}, nil
}

// some are the lines on which an item of a list holds, or does not.
func (r *rule) some(e ast.Expr, want bool) ([]string, error) {
	list, name, condition, ok := walk(e, e.AsCall().FunctionName())
	if !ok {
		return nil, errUntranslated
	}
	lines, item, err := r.through(list, name)
	if err != nil {
		return nil, err
	}
	holds, err := r.within(name, item, func() ([]string, error) { return r.condition(condition, want) })
	return append(lines, holds...), err
}

// every is the line on which all items of a list hold, or none does. Those that a filter
// leaves out need not.
func (r *rule) every(e ast.Expr, want bool) ([]string, error) {
	from, name, condition, ok := walk(e, e.AsCall().FunctionName())
	if !ok {
		return nil, errUntranslated
	}
	inner, chosen, choice, filtered := walk(from, "filter")
	if filtered {
		from = inner
	}
	list, item, err := r.list(from, name)
	if err != nil {
		return nil, err
	}
	holds, err := r.within(name, item, func() ([]string, error) { return r.condition(condition, want) })
	if err != nil {
		return nil, err
	}
	if filtered {
		out, err := r.within(chosen, item, func() ([]string, error) { return r.condition(choice, false) })
		if err != nil {
			return nil, err
		}
		// What the alternatives read has the item among it.
		if holds, err = r.within(name, item, func() ([]string, error) { return []string{r.either(out, holds)}, nil }); err != nil {
			return nil, err
		}
	}
	return []string{"every " + item.name + " in " + list + " " + block(holds)}, nil
}

// newest are the lines of what is asked of the newest records alone: that there are
// some, and all of that day hold.
func (r *rule) newest(call ast.CallExpr, want bool) ([]string, error) {
	name := call.Args()[0].AsIdent()
	list, item, err := r.list(call.Target(), name)
	if err != nil || item.kind.Field("retests") != nil {
		return nil, errUntranslated
	}
	var date string
	var holds []string
	meant, err := r.within(name, item, func() (meant []string, err error) {
		if date, _, err = r.term(call.Args()[1]); err != nil {
			return nil, err
		}
		if which := call.Args()[2]; which.Kind() != ast.LiteralKind {
			if meant, err = r.condition(which, true); err != nil {
				return nil, err
			}
		}
		holds, err = r.condition(call.Args()[3], want)
		return meant, err
	})
	if err != nil {
		return nil, err
	}
	records, last := r.name("records"), r.name("last")
	one := append([]string{"some " + item.name + " in " + records}, meant...)
	days := fmt.Sprintf("[day | %s; day := %s; past(day)]", strings.Join(one, "; "), date)
	given := []string{records + " := " + list}
	of := append(slices.Clone(given), last+" := max("+days+")")
	on := slices.Concat(one, []string{date + " == " + last})
	if want {
		return append(of, fmt.Sprintf("every %[1]s in [%[1]s | %[2]s] %[3]s", item.name, strings.Join(on, "; "), block(holds))), nil
	}
	return []string{r.either(append(given, "count("+days+") == 0"), slices.Concat(of, on, holds))}, nil
}

// questions are the functions that are asked of values, and their opposites.
var questions = map[string][2]string{
	"past": {"%s <= as_of", "%s > as_of"}, "unexpired": {"%s >= as_of", "%s < as_of"},
	"not_after": {"%s <= %s", "%s > %s"}, "before": {"%s < %s", "%s >= %s"},
	"recent":     {"recent(%s, %s)", "stale(%s, %s)"},
	"startsWith": {"startswith(%s, %s) == true", "startswith(%s, %s) == false"},
	"matches":    {"regex.match(%[2]s, %[1]s) == true", "regex.match(%[2]s, %[1]s) == false"},
}

func (r *rule) question(call ast.CallExpr, want bool) ([]string, error) {
	written, known := questions[call.FunctionName()]
	if !known {
		return nil, errUntranslated
	}
	args := call.Args()
	if call.IsMemberFunction() {
		args = append([]ast.Expr{call.Target()}, args...)
	}
	var values []any
	for i, arg := range args {
		value, kind, err := r.term(arg)
		if err != nil {
			return nil, err
		}
		if age := call.FunctionName() == "recent" && i == 1; age != long(kind) || age && !constant(arg) {
			return nil, errUntranslated
		}
		values = append(values, value)
	}
	if want {
		return []string{fmt.Sprintf(written[0], values...)}, nil
	}
	return []string{fmt.Sprintf(written[1], values...)}, nil
}

// constant reports whether an age does not come from the description.
func constant(e ast.Expr) bool {
	return e.Kind() == ast.CallKind || e.Kind() == ast.SelectKind && e.AsSelect().Operand().Kind() == ast.IdentKind && e.AsSelect().Operand().AsIdent() == "limits"
}

// term is a value in Rego, with what the schema says of it where it knows.
func (r *rule) term(e ast.Expr) (string, *schema.Type, error) {
	switch e.Kind() {
	case ast.LiteralKind:
		return literal(e)
	case ast.ListKind:
		var items []string
		for _, item := range e.AsList().Elements() {
			text, _, err := r.term(item)
			if err != nil {
				return "", nil, err
			}
			items = append(items, text)
		}
		return "[" + strings.Join(items, ", ") + "]", nil, nil
	case ast.IdentKind:
		return r.named(e.AsIdent())
	case ast.SelectKind:
		return r.field(e.AsSelect())
	case ast.CallKind:
		return r.computed(e.AsCall())
	}
	return "", nil, errUntranslated
}

func literal(e ast.Expr) (string, *schema.Type, error) {
	switch v := e.AsLiteral().(type) {
	case types.String:
		text, err := json.Marshal(string(v))
		return string(text), nil, err
	case types.Int, types.Double, types.Bool:
		return fmt.Sprint(v.Value()), nil, nil
	}
	return "", nil, errUntranslated
}

func (r *rule) named(name string) (string, *schema.Type, error) {
	if b, ok := r.scope[name]; ok {
		return b.name, b.kind, nil
	}
	if topic := r.book.Schemas.Find(name); topic != nil {
		return "topics." + name, topic.Root, nil
	}
	return "", nil, errUntranslated
}

func (r *rule) field(e ast.SelectExpr) (string, *schema.Type, error) {
	if e.Operand().Kind() == ast.IdentKind && e.Operand().AsIdent() == "limits" {
		return r.limit(e.FieldName())
	}
	of, kind, err := r.term(e.Operand())
	if err != nil {
		return "", nil, err
	}
	field := kind.Field(e.FieldName())
	if field == nil || !field.Type.Absent.IsZero() || field.Type.Otherwise != "" {
		return "", nil, errUntranslated
	}
	return of + "." + e.FieldName(), field.Type, nil
}

// limit is a limit at the platform's level: of an age the first day that is young enough.
func (r *rule) limit(name string) (string, *schema.Type, error) {
	for _, limit := range r.check.Limits {
		if limit.Name == name {
			kind := &schema.Type{Kind: schema.Number}
			if _, age := r.since(limit.At(rulebook.MaxLevel).Value); age {
				kind.Kind = schema.Period
			}
			return "lim." + name, kind, nil
		}
	}
	return "", nil, errUntranslated
}

// sums are the operators of arithmetic.
var sums = map[string]string{operators.Add: "+", operators.Subtract: "-", operators.Multiply: "*"}

func (r *rule) computed(call ast.CallExpr) (string, *schema.Type, error) {
	switch operator, args := sums[call.FunctionName()], call.Args(); {
	case operator != "":
		left, a, err := r.term(args[0])
		if err != nil {
			return "", nil, err
		}
		right, b, err := r.term(args[1])
		if err != nil || long(a) || long(b) {
			return "", nil, errUntranslated
		}
		return fmt.Sprintf("(%s %s %s)", left, operator, right), nil, nil
	case call.FunctionName() == "size" && !call.IsMemberFunction():
		list, _, err := r.term(args[0])
		return "count(" + list + ")", nil, err
	case call.FunctionName() == "period" && args[0].Kind() == ast.LiteralKind:
		if since, ok := r.since(fmt.Sprint(args[0].AsLiteral().Value())); ok {
			return fmt.Sprintf("%q", since), &schema.Type{Kind: schema.Period}, nil
		}
	}
	return "", nil, errUntranslated
}
