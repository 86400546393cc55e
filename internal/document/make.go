package document

import (
	"math"
	"strconv"
)

// NewText is a text that no file holds.
func NewText(text string) *Value { return &Value{Kind: String, Text: text} }

// NewBool is true or false that no file holds.
func NewBool(b bool) *Value { return &Value{Kind: Bool, Bool: b, Text: strconv.FormatBool(b)} }

// NewInt is a whole number that no file holds.
func NewInt(n int64) *Value {
	return &Value{Kind: Int, number: uint64(n), Text: strconv.FormatInt(n, 10)}
}

// NewFloat is a number that no file holds, which is written as text.
func NewFloat(f float64, text string) *Value {
	return &Value{Kind: Float, number: math.Float64bits(f), Text: text}
}

// NewList is a list that no file holds. Its items keep the parents that they have.
func NewList(items ...*Value) *Value {
	return &Value{Kind: List, inner: &inner{items: items}}
}

// NewMap is a map that no file holds. Its values keep the parents that they have.
func NewMap(fields ...Field) *Value {
	return &Value{Kind: Map, inner: &inner{fields: fields}}
}

// SetItems gives a list other items. Those that have it as their parent are told where
// they are in it.
func (v *Value) SetItems(items []*Value) {
	v.inner = &inner{items: items, fields: v.Fields(), document: v.own()}
	for i, item := range items {
		if item.Parent == v {
			item.index = int32(i)
		}
	}
}

// SetFields gives a map other fields. The values that have it as their parent are told
// where they are in it.
func (v *Value) SetFields(fields []Field) {
	v.inner = &inner{items: v.Items(), fields: fields, document: v.own()}
	for i := range fields {
		if value := fields[i].Value; value.Parent == v {
			value.index = int32(i)
		}
	}
}

// Become makes a value say what another says, at the place among its siblings that it has.
func (v *Value) Become(other *Value) {
	parent, index := v.Parent, v.index
	*v = *other
	v.Parent, v.index = parent, index
}

// own is the document that the value is the root of.
func (v *Value) own() *Document {
	if v.inner == nil {
		return nil
	}
	return v.inner.document
}

// Copy copies a value with all below it. The copy has no parent.
func (v *Value) Copy() *Value {
	copied := *v
	copied.Parent, copied.index, copied.inner = nil, 0, nil
	if document := v.own(); document != nil {
		copied.inner = &inner{document: document}
	}
	switch v.Kind {
	case List:
		items := make([]*Value, len(v.Items()))
		for i, item := range v.Items() {
			items[i] = item.Copy()
			items[i].Parent = &copied
		}
		copied.SetItems(items)
	case Map:
		fields := make([]Field, len(v.Fields()))
		for i, field := range v.Fields() {
			field.Value = field.Value.Copy()
			field.Value.Parent = &copied
			fields[i] = field
		}
		copied.SetFields(fields)
	}
	return &copied
}
