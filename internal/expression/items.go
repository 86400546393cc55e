package expression

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hegui/internal/document"
)

// Item is one element that a list expression gave.
type Item struct {
	// Key names the item in its list; Place is where it stands, nil when no
	// description holds it.
	Key   string
	Place *document.Value
	// Sensitive is set where not everyone may see the key.
	Sensitive bool
	// Undecided is what keeps a filter from saying whether it means the item.
	Undecided []*Absent
	value     ref.Val
}

// Emptiness says what it means that a list expression gave nothing.
type Emptiness uint8

// The meanings of an empty list.
const (
	// Silent: the list has to say something. One that is stated as [] is absent,
	// so that this is only met where no item counts.
	Silent Emptiness = iota
	// Clean: a list of adverse facts is stated to be empty.
	Clean
	// Nothing: there is honestly nothing there, or a filter selects nothing
	// from what is there.
	Nothing
)

// Items evaluates a list expression. Where it gives no items, empty says what
// that means and at where the empty list stands.
func (p *Program) Items(f *Frame) (items []Item, empty Emptiness, at *document.Value, err error) {
	if p.choice != nil {
		return p.chosen(f)
	}
	out, err := p.eval(f)
	if err != nil {
		return nil, 0, nil, err
	}
	elements, ok := out.(traits.Lister)
	if !ok {
		return nil, 0, nil, fmt.Errorf("%q gave %s, not a list", p.Text, out.Type())
	}
	stated, _ := out.(*list)
	items = make([]Item, 0, length(elements))
	for it, i := elements.Iterator(), 0; it.HasNext() == types.True; i++ {
		item := Item{value: it.Next()}
		item.Place = place(item.value)
		if stated != nil {
			item.Place = stated.value.Items[i]
		}
		item.Key = keyOf(item.value)
		item.Sensitive = p.hides(item.value)
		items = append(items, item)
	}
	if len(items) > 0 {
		return items, 0, nil, nil
	}
	return p.whyEmpty(f, stated)
}

// chosen are the items that a filter means, and those of which it cannot say
// so: what hides whether a check looks at something does not take it away.
func (p *Program) chosen(f *Frame) ([]Item, Emptiness, *document.Value, error) {
	all, empty, at, err := p.from.Items(f)
	if err != nil || len(all) == 0 {
		return nil, empty, at, err
	}
	outer, shadowed := f.values[p.item]
	var out []Item
	for _, item := range all {
		if item.Undecided == nil {
			f.values[p.item] = item.value
			meant, err := p.choice.True(f)
			if item.Undecided = f.Absences(); err != nil && len(item.Undecided) == 0 {
				return nil, 0, nil, err
			}
			if err == nil && !meant {
				continue
			}
		}
		item.Sensitive = p.hides(item.value)
		out = append(out, item)
	}
	if delete(f.values, p.item); shadowed {
		f.values[p.item] = outer
	}
	return out, Nothing, nil, nil
}

func (p *Program) whyEmpty(f *Frame, stated *list) ([]Item, Emptiness, *document.Value, error) {
	if stated == nil && p.from != nil {
		selected, empty, at, err := p.from.Items(f)
		if err != nil || len(selected) == 0 {
			return nil, empty, at, err
		}
		return nil, Nothing, nil, nil
	}
	empty, at := stated.emptiness()
	return nil, empty, at, nil
}

// Emptied says what it means that none of the items counts, as if the list that
// they come from were stated as []; at is where that list stands.
func (p *Program) Emptied(f *Frame) (empty Emptiness, at *document.Value, err error) {
	if p.from != nil {
		return p.from.Emptied(f)
	}
	out, err := p.eval(f)
	if err != nil {
		return 0, nil, err
	}
	stated, _ := out.(*list)
	empty, at = stated.emptiness()
	return empty, at, nil
}

// emptiness is what a list means that is stated as []; a nil list is computed.
func (l *list) emptiness() (Emptiness, *document.Value) {
	switch {
	case l == nil:
		return Nothing, nil
	case l.shape.Adverse:
		return Clean, l.value
	case l.shape.MayBeEmpty:
		return Nothing, l.value
	}
	return Silent, l.value
}

// hides reports whether an item's key is sensitive: that of an object where the
// object is, any other where the list reads something sensitive.
func (p *Program) hides(v ref.Val) bool {
	if o, ok := v.(*object); ok {
		return o.shape.Sensitive
	}
	return p.sensitive
}

// Enter binds a name to an item.
func (f *Frame) Enter(name string, item Item) {
	f.values[name] = item.value
	f.places[name] = item.Place
}

func keyOf(v ref.Val) string {
	if o, ok := v.(*object); ok {
		if o.shape.Of == nil {
			return ""
		}
		return o.shape.Of.ItemKey(o.value)
	}
	return phrase(v).EN
}

// withSource compiles the list that an outermost filter or map works on, to
// tell "nothing selected" from "nothing there", and what a filter asks of each
// item, to tell "not meant" from "cannot be said".
func (s Scope) withSource(p *Program, checked *cel.Ast) (*Program, []Problem) {
	native := checked.NativeRep()
	written, ok := native.SourceInfo().GetMacroCall(native.Expr().ID())
	if !ok || written.Kind() != ast.CallKind {
		return p, nil
	}
	call := written.AsCall()
	text, err := cel.ExprToString(call.Target(), native.SourceInfo())
	if err != nil {
		return p, []Problem{{0, unknownSource(err)}}
	}
	from, problems := s.Compile(text, Items)
	if p.from = from; len(problems) > 0 || call.FunctionName() != "filter" {
		return p, problems
	}
	if text, err = cel.ExprToString(call.Args()[1], native.SourceInfo()); err != nil {
		return p, []Problem{{0, unknownSource(err)}}
	}
	p.item = call.Args()[0].AsIdent()
	p.choice, problems = s.WithItems(p.item, from).Compile(text, Choice)
	return p, problems
}
