package schema

import (
	"hegui/internal/document"
)

// Walk visits every value of a description that the schema describes, with its
// type, parents first.
func (s *Schema) Walk(root *document.Value, visit func(*Type, *document.Value)) {
	walk(s.Root, root, visit)
}

// WalkSensitive is Walk for what is sensitive and what holds it.
func (s *Schema) WalkSensitive(root *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(s.Root, root, func(t *Type) bool { return t.guards }, visit)
}

// WalkEvidence is Walk for the places of evidence and what holds them.
func (s *Schema) WalkEvidence(root *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(s.Root, root, func(t *Type) bool { return t.proves }, visit)
}

func walk(t *Type, v *document.Value, visit func(*Type, *document.Value)) {
	walkWhere(t, v, func(*Type) bool { return true }, visit)
}

// walkWhere walks the types that are worth it.
func walkWhere(t *Type, v *document.Value, worth func(*Type) bool, visit func(*Type, *document.Value)) {
	if t == nil || v == nil || !worth(t) {
		return
	}
	visit(t, v)
	for _, item := range v.Items() {
		walkWhere(t.Item, item, worth, visit)
	}
	next := 0
	for i := range v.Fields() {
		if known := t.fieldFrom(v.Fields()[i].Key, next); known != nil {
			next = known.Index + 1
			walkWhere(known.Type, v.Fields()[i].Value, worth, visit)
		}
	}
}
