package mutation

import (
	"slices"
	"time"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// operator is one way to make a declared fact worse.
type operator struct {
	name string
	// silences: it leaves nothing stated, which is not a lie where nobody asks.
	silences bool
	// apply returns the alternatives to a fact; nil where the operator does not
	// fit. The mutant counts as noticed when one of them is, because only the
	// rulebook knows which direction is worse. A nil value removes the fact.
	apply func(m *mutator, t *schema.Type, v *document.Value) []*document.Value
}

func operators() []operator {
	return []operator{
		{"remove", true, remove}, {"empty", true, empty}, {"blank", false, blank}, {"falsify", false, falsify}, {"dangle", false, dangle},
		{"belittle", false, belittle}, {"age", false, age}, {"exceed", false, exceed},
	}
}

// lie is one fact made worse in one way: what stands at a place is replaced by
// one of the alternatives.
type lie struct {
	fact         *schema.Type
	operator     string
	silences     bool
	alternatives []*document.Value
}

// lies are all lies that change a value.
func (m *mutator) lies(t *schema.Type, v *document.Value) []lie {
	all := m.overtake(t, v)
	for _, op := range operators() {
		if alternatives := op.apply(m, t, v); len(alternatives) > 0 && (m.read[t.Name] || !op.silences) {
			all = append(all, lie{t, op.name, op.silences, alternatives})
		}
	}
	return all
}

func remove(_ *mutator, _ *schema.Type, v *document.Value) []*document.Value {
	if v.Parent == nil || v.Parent.Kind != document.Map {
		return nil // removing a list item changes the scope, not a fact
	}
	return []*document.Value{nil}
}

func empty(_ *mutator, t *schema.Type, v *document.Value) []*document.Value {
	switch {
	case t.Adverse || t.MayBeEmpty:
		return nil // [] is a valid statement; the gate reports lost items
	case v.Kind == document.List && len(v.Items()) > 0:
		return []*document.Value{{Kind: document.List}}
	case v.Kind == document.String && t.Kind == schema.String:
		return []*document.Value{{Kind: document.String}}
	}
	return nil
}

// blank writes a text that says nothing.
func blank(_ *mutator, t *schema.Type, v *document.Value) []*document.Value {
	if v.Kind != document.String || t.Kind != schema.String || len(t.Enum) > 0 {
		return nil
	}
	return []*document.Value{document.NewText(" \u3000")}
}

// falsify inverts a truth value or picks another value of an enumeration.
func falsify(m *mutator, t *schema.Type, v *document.Value) []*document.Value {
	switch {
	case t.Kind == schema.Boolean:
		return []*document.Value{document.NewBool(!v.Bool)}
	case t.Kind != schema.String || m.names[t]:
		return nil // another name is another item, not another fact
	}
	var out []*document.Value
	for _, other := range t.Enum {
		if other != v.Text {
			out = append(out, document.NewText(other))
		}
	}
	return out
}

// dangle breaks a reference.
func dangle(m *mutator, t *schema.Type, v *document.Value) []*document.Value {
	if t.Kind != schema.String || m.names[t] || len(t.Enum) > 0 || !m.keys[v.Text] {
		return nil
	}
	return []*document.Value{document.NewText("no-such-name")}
}

// belittle turns off all that makes an object matter to checks.
func belittle(_ *mutator, t *schema.Type, v *document.Value) []*document.Value {
	if t.Kind != schema.Object {
		return nil
	}
	out, changed := *v, false
	out.SetFields(slices.Clone(v.Fields()))
	for i, field := range out.Fields() {
		if known := t.Field(field.Key); known != nil && known.Type.Switch && field.Value.Kind == document.Bool && field.Value.Bool {
			out.Fields()[i].Value, changed = document.NewBool(false), true
		}
	}
	if !changed {
		return nil
	}
	return []*document.Value{&out}
}

// age moves a date ten years back and ten years ahead: certificates expire, and
// a record may never have been made.
func age(_ *mutator, t *schema.Type, v *document.Value) []*document.Value {
	if t.Kind != schema.Date || len(v.Text) < len(time.DateOnly) {
		return nil
	}
	day, err := time.Parse(time.DateOnly, v.Text[:len(time.DateOnly)])
	if err != nil {
		return nil
	}
	rest := v.Text[len(time.DateOnly):]
	return []*document.Value{
		document.NewText(day.AddDate(-10, 0, 0).Format(time.DateOnly) + rest),
		document.NewText(day.AddDate(10, 0, 0).Format(time.DateOnly) + rest),
	}
}

// exceed moves a quantity far past any limit, in both directions.
func exceed(_ *mutator, t *schema.Type, v *document.Value) []*document.Value {
	switch t.Kind {
	case schema.Integer:
		return []*document.Value{document.NewInt(v.Int()*1000 + 1000), document.NewInt(0)}
	case schema.Number:
		// Percentages end at 100: a value inside that range must be tried too.
		return []*document.Value{document.NewInt(100_000_000), document.NewInt(0), document.NewInt(100)}
	case schema.Period:
		return []*document.Value{document.NewText("P100Y"), document.NewText("PT1S")}
	}
	return nil
}
