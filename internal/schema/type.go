// Package schema reads the JSON Schemas of the rulebook. It validates
// descriptions with hegui's own messages and gives the expression language the
// types of descriptions.
package schema

import (
	"strconv"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// Kind is the kind of values a schema allows.
type Kind uint8

// The kinds of a schema. Opaque values, unions among them, cannot be read by
// expressions.
const (
	Opaque Kind = iota
	Object
	List
	String
	Integer
	Number
	Boolean
	Date
	Period
	Evidence
)

// Type is one place in a schema: what may be said there and what it means.
type Type struct {
	// Name is the dotted path from the topic: backups.sets.copies. The items
	// of a list share its name.
	Name  string
	Kind  Kind
	Title lang.Text
	About lang.Text
	Unit  lang.Text
	// Enum are the values that are allowed, nil for any.
	Enum []string
	// Labels are what the values of an enumeration are called.
	Labels map[string]lang.Text
	// Fields of an object, in the schema's order.
	Fields []Field
	// Item is the type of a list's items, and of what stands under the keys of an
	// Opaque map whose keys are free; Key the field that names an object among them.
	Item *Type
	Key  string
	// Of is the list or map that this is the item of, nil for other places.
	Of *Type
	// Adverse lists hold bad things that happened, MayBeEmpty lists may honestly
	// be empty; both must be stated.
	Adverse, MayBeEmpty bool
	// Sensitive values are redacted for all but the assessor; what lies inside
	// them is sensitive too.
	Sensitive bool
	// Outcome is what a record found: a result, a score, a share. Of dated
	// records only the newest may be asked for it. What lies inside an outcome
	// is one too.
	Outcome bool
	// Happened dates say when something happened: one that has not come yet counts
	// as not stated.
	Happened bool
	// Open holds what is open now: what leaves it needs a closing entry or a
	// newer dated count.
	Open bool
	// Progress is an enumeration in the order in which things happen: to state a later
	// value is no rewriting.
	Progress bool
	// Switch decides whether checks apply.
	Switch bool
	// Own is what belongs to one platform alone: another that states the same has it
	// from there.
	Own bool
	// Declared is what nothing stands behind but the platform's word, and checks go by.
	Declared bool
	// Absent says what it means that nothing is stated here ("not closed yet");
	// zero where absence says nothing.
	Absent lang.Text
	// Otherwise is the property of the same object whose value holds here where
	// nothing is stated; empty for none.
	Otherwise string
	// Refs are the lists whose keys are the only values, as architecture.sites;
	// none for any value.
	Refs []string
	// examples makes values as they may be written, nil for none.
	examples func() []*document.Value

	// refers: names stand here or inside; guards: what is sensitive does; proves:
	// evidence does.
	refers, guards, proves bool
}

// Field is one property of an object.
type Field struct {
	Name     string
	Type     *Type
	Required bool
	// Index is the field's place among those of its object.
	Index int
}

// Field returns the field of that name, nil if there is none.
func (t *Type) Field(name string) *Field {
	if t == nil {
		return nil
	}
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	return nil
}

// fieldFrom is Field for keys that are mostly written in the schema's order: it is
// looked for from the place behind the last one.
func (t *Type) fieldFrom(name string, from int) *Field {
	for i := from; i < len(t.Fields); i++ {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	return t.Field(name)
}

// Required are the names of the fields that an object cannot be understood without.
func (t *Type) Required() []string {
	var out []string
	if t == nil {
		return nil
	}
	for _, field := range t.Fields {
		if field.Required {
			out = append(out, field.Name)
		}
	}
	return out
}

// Names are those of an object's fields.
func (t *Type) Names() []string {
	out := make([]string, len(t.Fields))
	for i, field := range t.Fields {
		out[i] = field.Name
	}
	return out
}

// Examples are values as they may be written.
func (t *Type) Examples() []*document.Value {
	if t.examples == nil {
		return nil
	}
	return t.examples()
}

// HasSensitive reports whether anything that the schema describes is sensitive.
func (s *Schema) HasSensitive() bool { return s.Root != nil && s.Root.guards }

// ItemKey names an item of a list: the value of its key field, or the scalar
// itself. Without one it is empty.
func (t *Type) ItemKey(item *document.Value) string {
	if t.Key != "" {
		item = item.Get(t.Key)
	}
	if item == nil || item.Kind == document.List || item.Kind == document.Map {
		return ""
	}
	return item.Text
}

// KeyedPath is the path from the root to v with list items named by their keys
// instead of their positions: /sets[bids]/copies[west]. It stays when items
// are added, removed or reordered. t is the type of v's root.
func (t *Type) KeyedPath(v *document.Value) string {
	return t.keyedPath(v, false)
}

// Place is what the schema says of the place of a value, or of the nearest above
// that it knows. t is the type of v's root.
func (t *Type) Place(v *document.Value) *Type {
	if v == nil || v.Parent == nil {
		return t
	}
	above := t.Place(v.Parent)
	if field := above.Field(v.Key()); v.Parent.Kind == document.Map && field != nil {
		return field.Type
	}
	if v.Parent.Kind == document.List && above.Item != nil {
		return above.Item
	}
	return above
}

// RedactedKey replaces the key of a sensitive item.
const RedactedKey = "***"

// RedactedPath is the keyed path for readers who must not see what is sensitive.
func (t *Type) RedactedPath(v *document.Value) string {
	return t.keyedPath(v, true)
}

// keyedPath is written from the root down, so that it takes one text, not one for
// each step.
func (t *Type) keyedPath(v *document.Value, hide bool) string {
	path, _ := t.appendPath(make([]byte, 0, 64), v, hide)
	return string(path)
}

func (t *Type) appendPath(path []byte, v *document.Value, hide bool) ([]byte, *Type) {
	if v == nil || v.Parent == nil {
		return path, t
	}
	path, parent := t.appendPath(path, v.Parent, hide)
	if v.Parent.Kind != document.List {
		return append(append(path, '/'), v.Key()...), parent.inside(v)
	}
	key := ""
	if parent != nil && parent.Kind == List {
		if key = parent.ItemKey(v); hide && parent.Item.Sensitive && key != "" {
			key = RedactedKey
		}
	}
	return append(append(append(path, '['), key...), ']'), parent.inside(v)
}

// inside is the type of a value that lies in one of type t, nil for what t does not
// describe.
func (t *Type) inside(v *document.Value) *Type {
	switch {
	case v.Parent.Kind == document.List && t != nil && t.Kind == List:
		return t.Item
	case v.Parent.Kind == document.List:
		return nil
	}
	if field := t.Field(v.Key()); field != nil {
		return field.Type
	}
	if t != nil && t.Kind == Opaque {
		return t.Item
	}
	return nil
}

// PathText is the path from the root to v as an expression would write it:
// sets[2].copies.
func PathText(v *document.Value) string {
	if v == nil || v.Parent == nil {
		return ""
	}
	parent := PathText(v.Parent)
	if v.Parent.Kind == document.List {
		return parent + "[" + strconv.Itoa(v.Index()) + "]"
	}
	if parent == "" {
		return v.Key()
	}
	return parent + "." + v.Key()
}
