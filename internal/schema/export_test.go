package schema

import (
	"reflect"

	"hegui/internal/document"
)

// Accepts is the quick yes, Known whether there can be one, LibraryTakes what
// the library says.
func (s *Schema) Accepts(v *document.Value) bool {
	valid, _ := s.accepts(v)
	return valid
}

func (s *Schema) Known() bool { s.accepts(&document.Value{}); return s.rule != nil }

func (s *Schema) LibraryTakes(v *document.Value) bool {
	library, err := s.library()
	return err == nil && library.Validate(stated(v.Any())) == nil
}

// Same reports whether two schemas have the same types and rules.
func (s *Schema) Same(other *Schema) bool {
	s.prepared()
	other.prepared()
	return s.Topic == other.Topic && reflect.DeepEqual(s.Root.bare(nil), other.Root.bare(nil)) && reflect.DeepEqual(s.Root.shown(), other.Root.shown()) && reflect.DeepEqual(s.rule.bare(map[*rule]*rule{}), other.rule.bare(map[*rule]*rule{}))
}

// shown are the examples of a type and of all in it, in their order.
func (t *Type) shown() []*document.Value {
	if t == nil {
		return nil
	}
	all := append(alone(t.Examples()), t.Item.shown()...)
	for _, field := range t.Fields {
		all = append(all, field.Type.shown()...)
	}
	return all
}

// bare is a type without its examples.
func (t *Type) bare(list *Type) *Type {
	if t == nil {
		return nil
	}
	out := *t
	out.Of, out.examples, out.Fields = list, nil, nil
	for _, field := range t.Fields {
		field.Type = field.Type.bare(nil)
		out.Fields = append(out.Fields, field)
	}
	out.Item = t.Item.bare(&Type{Name: t.Name})
	return &out
}

// bare is a rule without its functions, which cannot be compared: whether there are
// any can.
func (r *rule) bare(seen map[*rule]*rule) *rule {
	if r == nil || seen[r] != nil {
		return seen[r]
	}
	out := *r
	seen[r] = &out
	if (r.format != nil) != (r.formatName != "") || (r.pattern != nil) != (r.patternText != "") {
		out.never = !r.never
	}
	out.format, out.pattern, out.enum, out.properties = nil, nil, alone(r.enum), nil
	for _, inner := range r.properties {
		out.properties = append(out.properties, property{inner.name, inner.rule.bare(seen), inner.required})
	}
	for _, list := range []*[]*rule{&out.same, &out.any} {
		var all []*rule
		for _, inner := range *list {
			all = append(all, inner.bare(seen))
		}
		*list = all
	}
	for _, inner := range out.inner() {
		*inner = (*inner).bare(seen)
	}
	return &out
}

func alone(values []*document.Value) (texts []*document.Value) {
	for _, v := range values {
		texts = append(texts, &document.Value{Kind: v.Kind, Text: v.Canonical()})
	}
	return texts
}
