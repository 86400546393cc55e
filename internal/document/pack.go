package document

import (
	"math"
	"strings"
	"sync"

	"hegui/internal/pack"
)

// Pack writes what Parse has found of a file without problems.
func (d *Document) Pack(w *pack.Writer) { d.Root.Pack(w) }

// Pack writes a value with all below it, without its document.
func (v *Value) Pack(w *pack.Writer) {
	var n size
	n.add(v)
	w.Int(int64(n.values))
	w.Int(int64(n.fields))
	w.Int(int64(n.inners))
	packValue(w, v, &spot{})
}

// size is how much is kept of a value with all below it.
type size struct{ values, fields, inners int }

func (n *size) add(v *Value) {
	n.values++
	if v.Kind == List || v.Kind == Map {
		n.inners++
	}
	for _, item := range v.Items() {
		n.add(item)
	}
	for i := range v.Fields() {
		n.fields++
		n.add(v.Fields()[i].Value)
	}
}

// packValue writes places as steps from the last one, which keeps them short.
func packValue(w *pack.Writer, v *Value, at *spot) {
	kind := int64(v.Kind) << 1
	if v.plain {
		kind |= 1
	}
	w.Int(kind)
	packSpot(w, v.start, at)
	packSpot(w, v.end, at)
	switch v.Kind {
	case List:
		w.Int(int64(len(v.Items())))
		for _, item := range v.Items() {
			packValue(w, item, at)
		}
		return
	case Map:
		w.Int(int64(len(v.Fields())))
		for i := range v.Fields() {
			field := &v.Fields()[i]
			w.Text(field.Key)
			packSpot(w, field.start, at)
			packSpot(w, field.end, at)
			packValue(w, field.Value, at)
		}
		return
	case Bool:
		w.Bool(v.Bool)
	case Int:
		w.Int(v.Int())
	case Float:
		w.Float(v.Float())
	}
	w.Text(v.Text)
}

// UnpackValue reads a value that Pack has written.
func UnpackValue(r *pack.Reader) *Value {
	values, fields, inners := int(r.Int()), int(r.Int()), int(r.Int())
	u := &unpacker{
		r: r, values: make([]Value, values), fields: make([]Field, fields), inners: make([]inner, inners),
		items: make([]*Value, values-fields-1), // all but the root are either
	}
	return u.value()
}

func packSpot(w *pack.Writer, p spot, at *spot) {
	w.Int(int64(p.line - at.line))
	w.Int(int64(p.column - at.column))
	*at = p
}

// Unpack reads what Pack has written: the document that Parse would make of
// the same bytes, which are read only when someone asks for a line.
func Unpack(path string, bytes func() []byte, r *pack.Reader) *Document {
	d := &Document{Path: path, packed: true}
	d.reread = sync.OnceFunc(func() {
		d.text = strings.TrimPrefix(string(bytes()), byteOrderMark)
		d.lines = lineStarts(d.text)
	})
	d.root(UnpackValue(r))
	return d
}

// unpacker cuts what it makes from one piece of memory for each kind.
type unpacker struct {
	r      *pack.Reader
	values []Value
	fields []Field
	inners []inner
	items  []*Value
	at     spot
}

// inner is room for what a list or map holds.
func (u *unpacker) inner() *inner {
	next := &u.inners[0]
	u.inners = u.inners[1:]
	return next
}

func (u *unpacker) value() *Value {
	v := &u.values[0]
	u.values = u.values[1:]
	kind := u.r.Int()
	v.Kind, v.plain = Kind(kind>>1), kind&1 == 1
	v.start = u.spot()
	v.end = u.spot()
	switch v.Kind {
	case List:
		n := u.r.Int()
		items := u.items[:n:n]
		u.items = u.items[n:]
		v.inner = u.inner()
		v.inner.items = items
		for i := range items {
			item := u.value()
			item.Parent, item.index = v, int32(i)
			items[i] = item
		}
		return v
	case Map:
		n := u.r.Int()
		fields := u.fields[:n:n]
		u.fields = u.fields[n:]
		v.inner = u.inner()
		v.inner.fields = fields
		for i := range fields {
			field := &fields[i]
			field.Key = u.r.Text()
			field.start = u.spot()
			field.end = u.spot()
			field.Value = u.value()
			field.Value.Parent, field.Value.index = v, int32(i)
		}
		return v
	case Bool:
		v.Bool = u.r.Bool()
	case Int:
		v.number = uint64(u.r.Int())
	case Float:
		v.number = math.Float64bits(u.r.Float())
	}
	v.Text = u.r.Text()
	return v
}

func (u *unpacker) spot() spot {
	u.at.line += int32(u.r.Int())
	u.at.column += int32(u.r.Int())
	return u.at
}
