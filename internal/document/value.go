package document

import (
	"math"
	"strconv"
	"strings"
)

// Kind is the kind of a value.
type Kind uint8

// The kinds of values that a description can hold. Dates are strings.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	List
	Map
)

// Pos is a place in a file: line and column, both from 1, columns in runes.
type Pos struct{ Line, Column int }

// Value is one YAML value that knows its place in the file. A description has
// thousands, so that what is kept of each is 64 bytes: what only lists and maps have is
// behind a pointer of theirs.
type Value struct {
	Kind Kind
	// plain is set for a scalar without quotes.
	plain bool
	Bool  bool
	// index is the value's place among those of its parent.
	index      int32
	start, end spot
	// number is an Int, or the bits of a Float.
	number uint64
	// Text is a scalar as a reader sees it, quotes and escapes resolved.
	Text string
	// inner is what a list or map holds, and what is known of the root.
	inner *inner
	// Parent is nil at the root.
	Parent *Value
}

// inner is not changed any more once its value can be seen: copies of it share it.
type inner struct {
	items  []*Value
	fields []Field
	// document is set at the root.
	document *Document
}

// spot is a Pos as it is kept. No line or column of a file is beyond it: there are no
// more of either than bytes, and those are at most maxBytes.
type spot struct{ line, column int32 }

func (p Pos) spot() spot { return spot{int32(p.Line), int32(p.Column)} }

func (s spot) pos() Pos { return Pos{int(s.line), int(s.column)} }

// Field is one key of a map with its value.
type Field struct {
	Key        string
	start, end spot
	Value      *Value
}

// KeyStart is the first rune of the key.
func (f *Field) KeyStart() Pos { return f.start.pos() }

// KeyEnd is the place just after the key.
func (f *Field) KeyEnd() Pos { return f.end.pos() }

// Start is the first rune of the value.
func (v *Value) Start() Pos { return v.start.pos() }

// End is the place just after the value's last rune; for a list or map in a block it
// is that of its last child.
func (v *Value) End() Pos { return v.end.pos() }

// Items are a list's items.
func (v *Value) Items() []*Value {
	if v.inner == nil {
		return nil
	}
	return v.inner.items
}

// Fields are a map's fields in the order of the file.
func (v *Value) Fields() []Field {
	if v.inner == nil {
		return nil
	}
	return v.inner.fields
}

// Key is the value's key in a map, empty elsewhere.
func (v *Value) Key() string {
	if v.Parent == nil || v.Parent.Kind != Map {
		return ""
	}
	return v.Parent.inner.fields[v.index].Key
}

// Index is the value's place in a list, from 0; 0 elsewhere.
func (v *Value) Index() int {
	if v.Parent == nil || v.Parent.Kind != List {
		return 0
	}
	return int(v.index)
}

// Int is a whole number, 0 for what is none.
func (v *Value) Int() int64 {
	if v.Kind != Int {
		return 0
	}
	return int64(v.number)
}

// Float is a number with a point or an exponent, 0 for what is none.
func (v *Value) Float() float64 {
	if v.Kind != Float {
		return 0
	}
	return math.Float64frombits(v.number)
}

// Document is the file that holds the value, nil for a value made in memory.
func (v *Value) Document() *Document {
	if v == nil {
		return nil
	}
	for v.Parent != nil {
		v = v.Parent
	}
	if v.inner == nil {
		return nil
	}
	return v.inner.document
}

// Written reports whether the file writes a scalar here, on one line and not by an
// alias: its text can then be exchanged without harm to anything else.
func (v *Value) Written() bool {
	return v.Kind != List && v.Kind != Map && v.Document().Writes(v.Start(), v.End(), v.Text)
}

// Point is where a reader looks for a value: the key of a map or list, so that
// what is marked covers one line; the value itself for a scalar or list item.
func (v *Value) Point() (start, end Pos) {
	if v.Parent != nil && v.Parent.Kind == Map && (v.Kind == Map || v.Kind == List) {
		if field := v.Parent.Field(v.Key()); field != nil {
			return field.KeyStart(), field.KeyEnd()
		}
	}
	if v.Kind == Map && len(v.Fields()) > 0 && v.Fields()[0].KeyStart().Line == v.Start().Line {
		// The first key of a list item names it better than its start would.
		return v.Start(), v.Fields()[0].Value.End()
	}
	return v.Start(), v.End()
}

// TextAt is the text under a key, empty when v is not a map or does not state it.
func (v *Value) TextAt(key string) string {
	if field := v.Get(key); field != nil {
		return field.Text
	}
	return ""
}

// ListAt is the list under a key, nil when v is not a map or has none there.
func (v *Value) ListAt(key string) []*Value {
	if list := v.Get(key); list != nil {
		return list.Items()
	}
	return nil
}

// Get returns the value that is stated under a key: nil when v is not a map, has
// no such key or leaves it empty, for what is blank is not stated.
func (v *Value) Get(key string) *Value {
	if f := v.Field(key); f != nil && f.Value.Kind != Null {
		return f.Value
	}
	return nil
}

// Field returns the field of a key, be it empty; nil when there is none.
func (v *Value) Field(key string) *Field {
	if v == nil {
		return nil
	}
	for i := range v.Fields() {
		if v.Fields()[i].Key == key {
			return &v.Fields()[i]
		}
	}
	return nil
}

// GetNear is Get of a key that mostly stands at a place, or shortly before it where keys
// before it are missing.
func (v *Value) GetNear(at int, key string) *Value {
	if v == nil {
		return nil
	}
	fields := v.Fields()
	for i := min(at, len(fields)-1); i >= 0; i-- {
		if fields[i].Key == key {
			return fields[i].stated()
		}
	}
	for i := at + 1; i < len(fields); i++ {
		if fields[i].Key == key {
			return fields[i].stated()
		}
	}
	return nil
}

// stated is the field's value, nil where there is none.
func (f *Field) stated() *Value {
	if f.Value.Kind == Null {
		return nil
	}
	return f.Value
}

// Stated is how many keys of a map have a value.
func (v *Value) Stated() int {
	n := 0
	for i := range v.Fields() {
		if v.Fields()[i].Value.Kind != Null {
			n++
		}
	}
	return n
}

// Holds reports whether inner lies somewhere inside v.
func (v *Value) Holds(inner *Value) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner.Parent == v {
			return v != nil
		}
	}
	return false
}

// Pointer is the value's JSON pointer in its file, empty for the root.
func (v *Value) Pointer() string {
	if v == nil || v.Parent == nil {
		return ""
	}
	return string(v.appendPointer(make([]byte, 0, 64)))
}

func (v *Value) appendPointer(to []byte) []byte {
	if v.Parent == nil {
		return to
	}
	to = append(v.Parent.appendPointer(to), '/')
	if v.Parent.Kind == List {
		return strconv.AppendInt(to, int64(v.Index()), 10)
	}
	return append(to, escapePointer(v.Key())...)
}

// Find follows a JSON pointer down from v; nil when there is nothing.
func (v *Value) Find(pointer string) *Value {
	if pointer == "" {
		return v
	}
	for _, token := range strings.Split(pointer, "/")[1:] {
		if v = v.child(unescapePointer(token)); v == nil {
			return nil
		}
	}
	return v
}

func (v *Value) child(token string) *Value {
	if v.Kind != List {
		if field := v.Field(token); field != nil {
			return field.Value
		}
		return nil
	}
	i, err := strconv.Atoi(token)
	// Only the canonical spelling: "+1" and "01" are other pointers.
	if err != nil || i < 0 || i >= len(v.Items()) || strconv.Itoa(i) != token {
		return nil
	}
	return v.Items()[i]
}

// Any converts the value for a JSON Schema validator: map[string]any, []any,
// string, bool, int64, float64 or nil.
func (v *Value) Any() any {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case Bool:
		return v.Bool
	case Int:
		return v.Int()
	case Float:
		return v.Float()
	case String:
		return v.Text
	case List:
		list := make([]any, len(v.Items()))
		for i, item := range v.Items() {
			list[i] = item.Any()
		}
		return list
	case Map:
		fields := make(map[string]any, len(v.Fields()))
		for i := range v.Fields() {
			fields[v.Fields()[i].Key] = v.Fields()[i].Value.Any()
		}
		return fields
	}
	return nil
}

func escapePointer(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
}

func unescapePointer(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
