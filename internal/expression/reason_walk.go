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

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// walk is a macro that asks a condition of the items of a list.
type walk struct {
	macro string // all, exists, exists_one, newest
	over  *expr
	name  string
	asked *expr
	// which is what newest chooses by, records what it finds newest.
	which, records *expr
}

// walkOf recognises the macros that ask; filter and map give lists.
func walkOf(e *expr) (walk, bool) {
	w := walk{over: &e.args[walkOver], name: e.name}
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
		every := &result.args[1]
		w.macro, w.which, w.asked = newest, &step.args[3], &every.args[walkStep].args[1]
		w.records = &expr{kind: e.kind, id: e.id, name: e.name, sum: e.sum, args: slices.Clone(e.args)}
		w.records.args[walkResult] = every.args[walkOver]
	default:
		return w, false
	}
	return w, true
}

// whyWalk gives the reasons for which what a macro asks of a list is not as wanted.
func (x *explainer) whyWalk(w walk, want bool) []Reason {
	over := x.operand(w.over)
	elements, ok := over.val.(traits.Lister)
	if over.err != nil || !ok {
		return x.lacks(over)
	}
	var all []ref.Val
	for it := elements.Iterator(); it.HasNext() == types.True; {
		all = append(all, it.Next())
	}
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
	at := x.frame.place(w.name)
	outer := x.frame.shown(at)
	x.frame.show(at, shown{all[i], outer.place})
	x.items = append(x.items, itemOf(w.name, over, all[i], i))
	out := ask()
	x.items = x.items[:len(x.items)-1]
	x.frame.show(at, outer)
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
				if over.of != nil && over.of.Item.Kind != schema.Object {
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

// whyNewest tells of the newest records that are not as wanted, or that there is
// none of the kind.
func (x *explainer) whyNewest(w walk, over operand, all []ref.Val) []Reason {
	found, err := x.run(w.records, -w.records.id)
	records, ok := found.(traits.Lister)
	if err != nil || !ok {
		return nil
	}
	if records.Size() == types.Int(0) {
		return x.whyExists(walk{macro: "exists", over: w.over, name: w.name, asked: w.which}, over, all)
	}
	var newest []ref.Val
	for it := records.Iterator(); it.HasNext() == types.True; {
		newest = append(newest, it.Next())
	}
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

// whyExists tells of the item that comes nearest to what is asked, or that none is
// of the kind.
func (x *explainer) whyExists(w walk, over operand, all []ref.Val) []Reason {
	conditions := flat(w.asked, operators.LogicalAnd)
	if len(conditions) == 1 {
		conditions = flat(w.asked, bothHold)
	}
	left := make([]int, len(all))
	for i := range left {
		left[i] = i
	}
	// The kind of item that is wanted stands there, and lacks something.
	if meant := slices.DeleteFunc(slices.Clone(left), func(i int) bool {
		return slices.ContainsFunc(conditions, func(c *expr) bool { return x.chooses(c) && !x.holdsOf(w, over, all, i, c) })
	}); len(meant) > 0 && w.macro == "exists" {
		return x.nearest(w, over, all, meant, conditions)
	}
	for k, c := range conditions {
		held := slices.DeleteFunc(slices.Clone(left), func(i int) bool { return !x.holdsOf(w, over, all, i, c) })
		if len(held) > 0 {
			left = held
			continue
		}
		if len(left) == 0 || c.kind != ast.ComprehensionKind && x.chooses(c) && (len(left) > 1 || k == 0 && !contains(c)) {
			return x.none(w, over, len(all), conditions[:k+1])
		}
		return x.nearest(w, over, all, left, conditions[k:])
	}
	if w.macro == "exists_one" && len(left) > 1 {
		return []Reason{x.about(over, Reason{Message: say("%s 中有 %s 项符合，只应有一项", "%s holds %s such items, must hold one", over.title(), over.marked(lang.Same(strconv.Itoa(len(left)))))})}
	}
	return nil
}

// holdsOf reports whether a condition holds of one item of a list.
func (x *explainer) holdsOf(w walk, over operand, all []ref.Val, i int, c *expr) (yes bool) {
	x.asked(w, over, all, i, func() []Reason { yes, _ = x.is(c, true); return nil })
	return yes
}

// nearest tells of the item that lacks least of the conditions, the latest of
// several.
func (x *explainer) nearest(w walk, over operand, all []ref.Val, left []int, conditions []*expr) []Reason {
	best, fewest, latest := left[0], len(conditions)+1, ""
	for _, i := range left {
		fails, day := 0, ""
		if x.asks(place(all[i])) { // no record stands beside itself
			fails++
		}
		for _, c := range conditions {
			if !x.holdsOf(w, over, all, i, c) {
				fails++
			}
		}
		x.asked(w, over, all, i, func() []Reason { day = x.day(conditions); return nil })
		if fails < fewest || fails == fewest && day > latest {
			best, fewest, latest = i, fails, day
		}
	}
	return x.asked(w, over, all, best, func() []Reason { return x.whyJoined(conditions, true, true) })
}

// asks reports whether a value is an item that is being asked about.
func (x *explainer) asks(v *document.Value) bool {
	for _, known := range x.items {
		if v != nil && known.at == v {
			return true
		}
	}
	return false
}

// day is the day that the first of conditions about time looks at, empty for none.
func (x *explainer) day(conditions []*expr) string {
	for _, c := range conditions {
		if c.kind != ast.CallKind || !slices.Contains(clockFunctions(), c.name) {
			continue
		}
		if d, ok := x.operand(&c.args[0]).val.(*date); ok {
			return d.String()
		}
	}
	return ""
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
	case over.of != nil && over.of.Item.Kind != schema.Object:
		out.Message = say("%s 是 %s，应含 %s", "%s is %s, must include %s", over.title(), over.value(), joined(kinds))
	default:
		out.Message = say("%s 的 %s 项中没有一项 %s", "none of the items of %s (%s) has %s", over.title(), over.marked(lang.Same(strconv.Itoa(n))), joined(kinds))
	}
	return []Reason{out}
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
		r.Fields = append(r.Fields, of.Name)
	}
}
