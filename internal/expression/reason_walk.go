package expression

import (
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hegui/internal/lang"
	"hegui/internal/schema"
)

// walk is a macro that asks a condition of the items of a list.
type walk struct {
	macro string // all, exists, exists_one, newest
	over  *expr
	name  string
	asked *expr
	// which is what newest chooses by, every what asks all that it finds newest.
	which, every *expr
	whole        *expr
}

// walkOf recognises the macros that ask; filter and map give lists.
func walkOf(e *expr) (walk, bool) {
	w := walk{whole: e, over: &e.args[walkOver], name: e.name}
	step, result := &e.args[walkStep], &e.args[walkResult]
	if step.kind != ast.CallKind {
		return w, false
	}
	switch step.name {
	case operators.LogicalAnd, bothHold:
		w.macro, w.asked = "all", &step.args[1]
	case operators.LogicalOr, eitherHold:
		w.macro, w.asked = "exists", &step.args[1]
	case operators.Conditional:
		if result.kind != ast.CallKind { // filter gives the list itself
			return w, false
		}
		w.macro, w.asked = "exists_one", &step.args[0]
	case newestSee:
		w.macro, w.which, w.every = newest, &step.args[3], &result.args[1]
		w.asked = &w.every.args[walkStep].args[1]
	default:
		return w, false
	}
	return w, true
}

// newest is the walk that gives the records that newest asks.
func (w walk) newest() *expr {
	records := &expr{kind: w.whole.kind, name: w.whole.name, sum: w.whole.sum, args: slices.Clone(w.whole.args)}
	records.args[walkResult] = w.every.args[walkOver]
	return records
}

// whyWalk gives the reasons for which what a macro asks of a list is not as wanted.
func (x *explainer) whyWalk(w walk, want bool) []Reason {
	over := x.operand(w.over)
	elements, ok := over.val.(traits.Lister)
	if over.err != nil || !ok {
		return x.lacks(&over)
	}
	all, _ := through(elements)
	switch {
	case w.macro == newest:
		return x.whyNewest(w, over, all)
	case w.macro == "all" && want:
		return x.whyAll(w, over, all)
	case w.macro == "exists" && want, w.macro == "exists_one" && want:
		return x.whyExists(w, over, all)
	}
	for i := range all { // one item is as it must not be
		if found := x.asked(w, over, all, i, func() []Reason {
			if yes, _ := x.is(w.asked, !want); yes {
				return x.why(w.asked, want)
			}
			return nil
		}); len(found) > 0 {
			return found
		}
	}
	return nil
}

// asked runs what is asked of one item of a list, by its name.
func (x *explainer) asked(w walk, over operand, all []ref.Val, i int, ask func() []Reason) []Reason {
	outer := x.frame.shown(w.whole.at)
	x.frame.show(w.whole.at, shown{all[i], outer.place})
	x.items = append(x.items, itemOf(w.name, over, all[i], i))
	out := ask()
	x.items = x.items[:len(x.items)-1]
	x.frame.show(w.whole.at, outer)
	return out
}

func itemOf(name string, over operand, v ref.Val, i int) item {
	out := item{name: name, list: over.name, at: place(v)}
	if over.of != nil {
		out.of = over.of.Item
	}
	if o, ok := v.(*object); ok {
		if !o.shape.Sensitive {
			out.key = keyOf(o)
		}
		return out
	}
	if over.at != nil && i < len(over.at.Items()) {
		out.at = over.at.Items()[i]
	}
	return out
}

// whyAll tells of the items that are not as all must be; of words that a check
// lists, which are missing.
func (x *explainer) whyAll(w walk, over operand, all []ref.Val) []Reason {
	var out []Reason
	var missing []ref.Val
	for i := range all {
		reasons := x.asked(w, over, all, i, func() []Reason {
			if yes, _ := x.is(w.asked, true); yes {
				return nil
			}
			missing = append(missing, all[i])
			found := x.why(w.asked, true)
			for i := range found {
				if over.ofWords() {
					found[i].concerns(over.of)
				}
			}
			return found
		})
		out = append(out, reasons...)
		if w.over.kind != ast.ListKind && len(out) >= maxReasons {
			return out
		}
	}
	if w.over.kind != ast.ListKind || len(out) == 0 || len(missing) == 1 && !out[0].set {
		return out
	}
	return []Reason{{Message: say("缺 %s", "missing: %s", open(labelled(out[0].words, types.NewRefValList(types.DefaultTypeAdapter, missing)))), Fields: out[0].Fields, At: out[0].At, set: true}}
}

// ofWords reports whether an operand is a list of what is not an object: of what a schema
// says, or of one field of each item.
func (o operand) ofWords() bool {
	of := o.of
	if of != nil && of.Item != nil {
		of = of.Item
	}
	return of != nil && of.Kind != schema.Object
}

// whyNewest tells of the newest records that are not as wanted, or that there is
// none of the kind.
func (x *explainer) whyNewest(w walk, over operand, all []ref.Val) []Reason {
	number := -w.whole.id // no part has it
	known := x.program.parts.part(number)
	if known == nil {
		known = x.program.parts.learn(x.program, w.newest(), number)
	}
	found, err := x.run(known)
	records, ok := found.(traits.Lister)
	if err != nil || !ok {
		return nil
	}
	if records.Size() == types.Int(0) {
		return x.whyExists(walk{macro: "exists", over: w.over, name: w.name, asked: w.which, whole: w.whole}, over, all)
	}
	newest, _ := through(records)
	over.name = ""
	for i := range newest {
		if reasons := x.asked(w, over, newest, i, func() []Reason {
			if yes, _ := x.is(w.asked, true); yes {
				return nil
			}
			return x.why(w.asked, true)
		}); len(reasons) > 0 {
			return reasons
		}
	}
	return nil
}

// chooses reports whether a condition asks for one word among several, or for an
// item of that, so that another one is wanted where it does not hold.
func (x *explainer) chooses(c *expr) bool {
	if c.kind == ast.ComprehensionKind {
		w, ok := walkOf(c)
		return ok && w.macro == "exists" && slices.ContainsFunc(flat(w.asked, operators.LogicalAnd), x.chooses)
	}
	if c.kind != ast.CallKind {
		return false
	}
	switch c.name {
	case sameText, otherText, operators.In, "contains", "startsWith", "matches":
		return true
	case operators.LogicalNot:
		return x.chooses(&c.args[0])
	}
	return false
}

// contains reports whether a condition asks a list of the description for a word.
func contains(c *expr) bool {
	return c.calls(operators.In) && c.args[1].kind != ast.ListKind
}

// none tells that no item of a list is of the kind that the conditions describe.
func (x *explainer) none(w walk, over operand, n int, conditions []*expr) []Reason {
	out := x.about(over, Reason{set: true})
	var kinds []lang.Marked
	for _, c := range conditions {
		if kind, of, value := x.kind(w, over, c); !kind.Full.IsZero() {
			kinds, out.words = append(kinds, kind), of
			out.concerns(of)
			out.concerns(value.of)
		}
	}
	switch {
	case n == 0:
		out.Message = say("%s 是空的", "%s is empty", over.title())
	case len(kinds) == 0:
		out.Message = say("%s 里没有符合的一项", "%s has no such item", over.title())
	case over.ofWords():
		out.Message = say("%s 是 %s，应含 %s", "%s is %s, must include %s", over.title(), over.value(), joined(kinds))
	default:
		out.Message = say("%s 的 %s 项中没有一项 %s", "none of the items of %s (%s) has %s", over.title(), over.marked(lang.Same(strconv.Itoa(n))), joined(kinds))
	}
	return x.one(out)
}

func joined(kinds []lang.Marked) lang.Marked {
	out := kinds[0]
	for _, more := range kinds[1:] {
		out = say("%s、%s", "%s and %s", out, more)
	}
	return out
}

// kind describes the items of which a condition is true, and the field by which:
// nothing for what is no choice of a word.
func (x *explainer) kind(w walk, over operand, c *expr) (kind lang.Marked, of *schema.Type, value operand) {
	if c.kind != ast.CallKind || len(c.args) != 2 || over.of == nil {
		return kind, nil, value
	}
	field, other := &c.args[0], &c.args[1]
	name, of, ok := fieldOf(w.name, over.of.Item, field)
	turned := !ok
	if turned {
		field, other = other, field
		if name, of, ok = fieldOf(w.name, over.of.Item, field); !ok {
			return kind, nil, value
		}
	}
	value = x.operand(other)
	if value.err != nil {
		return kind, nil, value
	}
	shown := value
	if value.of == nil {
		shown.of = of
	}
	if value.list != nil {
		shown.of = &schema.Type{Kind: schema.List, Item: of}
	}
	switch c.name {
	case sameText:
		return say("%s%s", "%s%s", named(name), shown.value()), of, value
	case otherText:
		return say("%s不是 %s", "%sother than %s", name, shown.value()), of, value
	case operators.In:
		if turned {
			return say("%s含 %s", "%swith %s", name, shown.value()), of, value
		}
		return say("%s%s 之一", "%samong %s", named(name), shown.value()), of, value
	case "contains", "startsWith", "matches":
		return say("%s含有 %s", "%scontaining %s", name, shown.value()), of, value
	}
	return kind, nil, value
}

// named is a field's name before what it is.
func named(name lang.Marked) lang.Marked {
	if name.Full.IsZero() {
		return name
	}
	return say("%s为 ", "%s", name)
}

// fieldOf follows a selection from the name of a list's items.
func fieldOf(name string, item *schema.Type, e *expr) (lang.Marked, *schema.Type, bool) {
	path, ok := e.dotted()
	names := strings.Split(path, ".")
	if !ok || names[0] != name {
		return lang.Marked{}, nil, false
	}
	for _, next := range names[1:] {
		field := item.Field(next)
		if field == nil {
			return lang.Marked{}, nil, false
		}
		item = field.Type
	}
	if len(names) == 1 {
		return lang.Marked{}, item, true
	}
	return say("%s %s ", "%[2]s ", open(item.Title), open(lang.Same(strings.Join(names[1:], ".")))), item, true
}

// about gives a reason the place that an operand stands for.
func (x *explainer) about(o operand, r Reason) Reason {
	r.At = o.at
	r.concerns(o.of)
	return r
}

// concerns adds a field to those that the reason is about.
func (r *Reason) concerns(of *schema.Type) {
	if of != nil && of.Name != "" && !slices.Contains(r.Fields, of.Name) {
		if r.Fields == nil {
			r.Fields = make([]string, 0, 3)
		}
		r.Fields = append(r.Fields, of.Name)
	}
}
