package expression

import (
	"errors"
	"fmt"
	"math"
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

// operand is a part of a condition that has a value.
type operand struct {
	val ref.Val
	err error
	// of is the schema's type, nil for what no description states; at is where it
	// stands, name how people call it, path how the expression writes it.
	of         *schema.Type
	at         *document.Value
	name, path string
	// formula is told of what is computed from what stands at the place.
	formula lang.Text
	// list is a list that the expression writes.
	list *expr
	// keys is told of what its item is called by.
	keys, hidden bool
}

// operand evaluates a part of a condition, and learns what it stands for.
func (x *explainer) operand(e *expr) operand {
	switch e.kind {
	case ast.IdentKind:
		return x.named(e)
	case ast.SelectKind:
		return x.selected(e)
	case ast.ListKind:
		out := x.computed(e)
		out.list, out.hidden = e, false
		return out
	case ast.LiteralKind:
		return operand{val: e.value}
	}
	return x.computed(e)
}

// named is what a name stands for: a topic, an item of the check, or one of a walk
// over a list.
func (x *explainer) named(e *expr) operand {
	root := x.frame.shown(e.at)
	out := operand{val: root.value, at: root.place, path: e.name, hidden: x.program.sensitive}
	if out.val == nil { // an item that no walk is at
		out.err = fmt.Errorf("%q stands for nothing here", e.name)
	}
	if known := x.walked(e.name); known != nil {
		out.of, out.at, out.name = known.of, known.at, known.list
		if known.key != "" && known.list != "" {
			out.name += "[" + known.key + "]"
		}
	}
	if o, ok := out.val.(*object); ok {
		out.of, out.at, out.hidden = o.shape, o.value, o.shape.Sensitive
	}
	return out
}

// selected is a field of what another part stands for.
func (x *explainer) selected(e *expr) operand {
	of := x.operand(&e.args[0])
	o, ok := of.val.(*object)
	if of.err != nil || !ok {
		return of
	}
	name := e.name
	field := o.shape.Field(name)
	if field == nil {
		return operand{err: errors.New("no such field")}
	}
	out := operand{of: field.Type, path: e.path, name: name, hidden: of.hidden || field.Type.Sensitive, at: o.value}
	if e.path == "" {
		out.path = of.path + "." + name
	}
	if of.name != "" {
		out.name = of.name + "." + name
	}
	out.keys = o.shape.Of != nil && o.shape.Of.Key == name
	stated := o.value.GetNear(field.Index, name)
	if stated == nil && field.Type.Otherwise != "" {
		stated = o.value.Get(field.Type.Otherwise)
	}
	if stated != nil {
		out.at = stated
	}
	v, err := o.get(field)
	out.err = err
	out.val = v
	if strings.HasPrefix(out.path, "limits.") { // the rulebook's, not the description's
		return operand{val: out.val, err: err}
	}
	return out
}

// computed is a value that an operation gives.
func (x *explainer) computed(e *expr) operand {
	out := operand{hidden: x.program.sensitive}
	out.val, out.err = x.eval(e)
	if e.kind == ast.ComprehensionKind {
		return x.picked(out, e)
	}
	if e.kind != ast.CallKind {
		return out
	}
	args := e.args
	if e.name == operators.Conditional {
		branch := &args[2]
		if yes, _ := x.is(&args[0], true); yes {
			branch = &args[1]
		}
		return x.operand(branch)
	}
	if len(args) == 1 && !e.member {
		of := x.operand(&args[0])
		switch e.name {
		case "double", "int":
			of.val, of.err = out.val, out.err
			return of
		case "size":
			return out.from(of, lang.Say("%s 的项数", "number of %s", of.shown()))
		case "sum":
			return out.from(of, lang.Say("%s 之和", "sum of %s", of.shown()))
		}
	}
	if symbol, ok := operators.FindReverse(e.name); ok && len(args) == 2 {
		left, right := x.operand(&args[0]), x.operand(&args[1])
		from := left
		if from.of == nil {
			from = right
		}
		return out.from(from, lang.Say("%s "+strings.ReplaceAll(symbol, "%", "%%")+" %s", "%s "+strings.ReplaceAll(symbol, "%", "%%")+" %s", left.shown(), right.shown()))
	}
	return out
}

// picked is what a macro takes from a list: some of its items, or a field of each.
func (x *explainer) picked(out operand, e *expr) operand {
	of, step := x.operand(&e.args[walkOver]), &e.args[walkStep]
	if !step.calls(operators.Add) || of.of == nil {
		return out.from(of, lang.Say("所计的 %s", "%s that count", of.shown()))
	}
	item := of.of.Item
	if path, ok := step.args[1].args[0].dotted(); ok {
		for _, name := range strings.Split(path, ".")[1:] {
			if field := item.Field(name); field != nil {
				item, of.name, of.of = field.Type, of.name+"."+name, field.Type
			}
		}
	}
	return out.from(of, lang.Text{})
}

// from takes what a computed value is called from what it is computed of.
func (o operand) from(of operand, formula lang.Text) operand {
	o.of, o.at, o.name, o.path, o.formula = of.of, of.at, of.name, of.path, formula
	o.hidden = o.hidden || of.hidden
	return o
}

// described reports whether the value is one of the description.
func (o operand) described() bool { return o.name != "" && o.of != nil }

// title is how the operand is called in a sentence.
func (o operand) title() lang.Marked {
	if !o.formula.IsZero() {
		return open(o.formula)
	}
	return open(o.shown())
}

// shown is the operand's name with the title of its schema, or its value where it
// has no name.
func (o operand) shown() lang.Text {
	switch {
	case !o.formula.IsZero():
		return lang.Say("（%s）", "(%s)", o.formula)
	case o.name == "" && o.val != nil && o.err == nil:
		return o.marked(phrase(o.val)).Redacted // a formula is one for all
	case o.of == nil || o.of.Title.ZH == "" || o.of.Title.ZH == o.name:
		return lang.Same(o.name)
	}
	return lang.Text{ZH: o.of.Title.ZH + " " + o.name, EN: o.name}
}

// value is the operand's value in a sentence.
func (o operand) value() lang.Marked {
	var full lang.Text
	switch d, dated := o.val.(*date); {
	case dated && d.at != nil:
		full = lang.Same(clip(d.at.Text))
	case !o.formula.IsZero():
		full = phrase(rounded(o.val))
	default:
		full = labelled(o.of, o.val)
	}
	return o.marked(full)
}

// rounded spares people the digits that only arithmetic leaves.
func rounded(v ref.Val) ref.Val {
	if n, ok := v.(types.Double); ok {
		return types.Double(math.Round(float64(n)*1e4) / 1e4)
	}
	return v
}

// marked is what is told of the operand, which not everyone may see.
func (o operand) marked(full lang.Text) lang.Marked {
	if o.hidden {
		return lang.Marked{Full: full, Redacted: lang.Redacted()}
	}
	return open(full)
}

// refer is the operand as what another is compared to.
func (o operand) refer() lang.Marked {
	if !o.described() {
		return o.value()
	}
	return say("%s（%s）", "%s (%s)", o.title(), o.value())
}

// beside is the operand as what another is compared to, by its whole path where
// they would be called alike.
func (o operand) beside(a operand) lang.Marked {
	if o.at != nil && o.at == a.at { // an only item beside itself: the rule's name for it tells nobody anything
		return o.value()
	}
	if o.of != nil && a.of != nil && (o.name == a.name || topicOf(o.of.Name) != topicOf(a.of.Name) && topicOf(o.path) == topicOf(o.of.Name)) {
		o.name = o.path
	}
	return o.refer()
}

// labelled writes a value for people, a word with what it is called.
func labelled(of *schema.Type, v ref.Val) lang.Text {
	switch v := v.(type) {
	case types.String:
		return word(of, string(v))
	case traits.Lister:
		if of != nil && of.Item != nil {
			of = of.Item
		}
		var zh, en []string
		items, _ := through(v)
		for _, item := range items {
			next := labelled(of, item)
			zh, en = append(zh, next.ZH), append(en, next.EN)
		}
		if len(zh) > 0 {
			return lang.Text{ZH: clip(strings.Join(zh, "、")), EN: clip(strings.Join(en, ", "))}
		}
	}
	return phrase(v)
}

func word(of *schema.Type, text string) lang.Text {
	label, known := lang.Text{}, false
	if of != nil {
		label, known = of.Labels[text]
	}
	if !known {
		return lang.Same(clip(text))
	}
	out := lang.Text{ZH: text + "（" + label.ZH + "）", EN: text + " (" + label.EN + ")"}
	if strings.EqualFold(label.EN, strings.ReplaceAll(text, "_", " ")) {
		out.EN = text
	}
	return out
}

// say is a sentence about what may be sensitive.
func say(zh, en string, args ...lang.Marked) lang.Marked { return lang.Fill(zh, en, args...) }

func open(t lang.Text) lang.Marked { return lang.Open(t) }
