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
	// Silent is a list that has to state something. Stated as [] it would be absent, so
	// this is met only where none of its items counts.
	Silent Emptiness = iota
	// Clean: a list of adverse facts is stated to be empty.
	Clean
	// Nothing is a list that may be empty, or a filter that selects none of what is
	// there.
	Nothing
)

// ranged is what a list of the topics alone gave on a frame: many checks look through
// the same one.
type ranged struct {
	items []Item
	empty Emptiness
	at    *document.Value
	cost  uint64
}

// Items evaluates a list expression, once on each frame where nothing but topics and
// no day decides what it gives; it costs every check the same. Where it gives no
// items, empty says what that means and at where the empty list stands.
func (p *Program) Items(f *Frame) (items []Item, empty Emptiness, at *document.Value, err error) {
	f.forgetNewest()
	if known, asked := f.ranges[p]; asked && f.budget.spend(known.cost) {
		return known.items, known.empty, known.at, nil
	}
	spent, flips, future := f.budget.spent, len(f.flips), len(f.future)
	if p.choice != nil {
		items, empty, at, err = p.chosen(f)
	} else {
		items, empty, at, err = p.all(f)
	}
	if err == nil && len(p.names) == 0 && len(f.flips) == flips && len(f.future) == future && len(f.chosen) == 0 {
		f.ranges[p] = ranged{items, empty, at, f.budget.spent - spent}
	}
	return items, empty, at, err
}

// all are the items of a list without a filter.
func (p *Program) all(f *Frame) ([]Item, Emptiness, *document.Value, error) {
	out, err := p.eval(f)
	if err != nil {
		return nil, 0, nil, err
	}
	elements, ok := out.(traits.Lister)
	if !ok {
		return nil, 0, nil, fmt.Errorf("%q gave %s, not a list", p.Text, out.Type())
	}
	stated, _ := out.(*list)
	items := f.memory.items.All(int(length(elements))) //nolint:gosec // no list is as long
	for i := range items {
		item := &items[i]
		if stated != nil {
			item.value, item.Place = stated.items[i], stated.value.Items()[i]
		} else {
			item.value = elements.Get(types.Int(i))
			item.Place = place(item.value)
		}
		item.Key = keyOf(item.value)
		item.Sensitive = p.hides(item.value)
	}
	if len(items) > 0 {
		return items, 0, nil, nil
	}
	return p.whyEmpty(f, stated)
}

// chosen are the items that a filter selects, and those of which it cannot say: what
// hides whether a check looks at an item does not take it away.
func (p *Program) chosen(f *Frame) ([]Item, Emptiness, *document.Value, error) {
	all, empty, at, err := p.from.Items(f)
	if err != nil || len(all) == 0 {
		return nil, empty, at, err
	}
	outer := f.shown(p.itemAt)
	defer f.show(p.itemAt, outer)
	out := f.memory.chosen[:0]
	for _, item := range all {
		if item.Undecided == nil {
			f.show(p.itemAt, shown{item.value, outer.place})
			meant, err := p.choice.True(f)
			if err != nil {
				if item.Undecided = f.Absences(); len(item.Undecided) == 0 {
					return nil, 0, nil, err
				}
			}
			if err == nil && !meant {
				continue
			}
		}
		item.Sensitive = p.hides(item.value)
		out = append(out, item)
	}
	f.memory.chosen = out
	return append(f.memory.items.Cut(len(out)), out...), Nothing, nil, nil
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
	p.itemAt = s.env.names.place(p.item)
	p.choice, problems = s.WithItems(p.item, from).Compile(text, Choice)
	return p, problems
}
