package schema

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// Blank reports whether a value states nothing: it is empty, or holds nothing but
// what is. A list that is stated as [] says something.
func Blank(v *document.Value) bool {
	switch v.Kind {
	case document.Null:
		return true
	case document.Map:
		return !slices.ContainsFunc(v.Fields(), func(f document.Field) bool { return !Blank(f.Value) })
	case document.List:
		return len(v.Items()) > 0 && !slices.ContainsFunc(v.Items(), func(item *document.Value) bool { return !Blank(item) })
	}
	return false
}

// blankItem is the outermost item of a list that v is or lies in and that states
// nothing, nil for none. It is one that cannot be understood without something.
func (s *Schema) blankItem(v *document.Value) (item *document.Value) {
	for ; v != nil && Blank(v); v = v.Parent {
		if v.Kind == document.Map && v.Parent != nil && v.Parent.Kind == document.List && len(s.typeAt(v).Required()) > 0 {
			item = v
		}
	}
	return item
}

// unfilled reports an item with keys and no values: it is nothing that could be
// counted, so that its list is not stated until it is filled in or deleted.
func (s *Schema) unfilled(item *document.Value) Violation {
	t := s.typeAt(item)
	v := s.violation("required", item, lang.Mark("这一项还没有填写", "this item is not filled in yet"))
	v.Start, v.End = objectPlace(item)
	v.Hole, v.Lacks = s.hole(item.Parent), t
	v.advise(lang.Say("至少写出 %s，或删去这一项", "state at least %s, or delete the item", strings.Join(t.Required(), ", ")))
	return v
}
