package document

import (
	"strings"
	"sync"

	"hegui/internal/pack"
)

// Pack writes what Parse has found of a file without problems.
func (d *Document) Pack(w *pack.Writer) {
	values, fields := size(d.Root)
	w.Int(int64(values))
	w.Int(int64(fields))
	at := Pos{}
	packValue(w, d.Root, &at)
}

func size(v *Value) (values, fields int) {
	values, fields = 1, len(v.Fields)
	add := func(child *Value) {
		n, m := size(child)
		values, fields = values+n, fields+m
	}
	for _, item := range v.Items {
		add(item)
	}
	for i := range v.Fields {
		add(v.Fields[i].Value)
	}
	return values, fields
}

// packValue writes places as steps from the last one, which keeps them short.
func packValue(w *pack.Writer, v *Value, at *Pos) {
	kind := int64(v.Kind) << 1
	if v.plain {
		kind |= 1
	}
	w.Int(kind)
	packPos(w, v.Start, at)
	packPos(w, v.End, at)
	switch v.Kind {
	case List:
		w.Int(int64(len(v.Items)))
		for _, item := range v.Items {
			packValue(w, item, at)
		}
		return
	case Map:
		w.Int(int64(len(v.Fields)))
		for i := range v.Fields {
			field := &v.Fields[i]
			w.Text(field.Key)
			packPos(w, field.KeyStart, at)
			packPos(w, field.KeyEnd, at)
			packValue(w, field.Value, at)
		}
		return
	case Bool:
		w.Bool(v.Bool)
	case Int:
		w.Int(v.Int)
	case Float:
		w.Float(v.Float)
	}
	w.Text(v.Text)
}

// Pack writes a value alone, without its place.
func (v *Value) Pack(w *pack.Writer) {
	values, fields := size(v)
	w.Int(int64(values))
	w.Int(int64(fields))
	packValue(w, v, &Pos{})
}

// UnpackValue reads a value that Pack has written.
func UnpackValue(r *pack.Reader) *Value {
	u := &unpacker{r: r}
	u.values, u.fields = make([]Value, r.Int()), make([]Field, r.Int())
	return u.value()
}

func packPos(w *pack.Writer, p Pos, at *Pos) {
	w.Int(int64(p.Line - at.Line))
	w.Int(int64(p.Column - at.Column))
	*at = p
}

// Unpack reads what Pack has written: the document that Parse would make of
// the same bytes, which are read only when someone asks for a line.
func Unpack(path string, bytes func() []byte, r *pack.Reader) *Document {
	d := &Document{Path: path}
	d.reread = sync.OnceFunc(func() {
		d.text = strings.TrimPrefix(string(bytes()), byteOrderMark)
		d.lines = lineStarts(d.text)
	})
	u := &unpacker{r: r}
	u.values, u.fields = make([]Value, r.Int()), make([]Field, r.Int())
	d.root(u.value())
	return d
}

// unpacker cuts its values and fields from one piece of memory each.
type unpacker struct {
	r      *pack.Reader
	values []Value
	fields []Field
	at     Pos
}

func (u *unpacker) value() *Value {
	v := &u.values[0]
	u.values = u.values[1:]
	kind := u.r.Int()
	v.Kind, v.plain = Kind(kind>>1), kind&1 == 1
	v.Start = u.pos()
	v.End = u.pos()
	switch v.Kind {
	case List:
		v.Items = make([]*Value, u.r.Int())
		for i := range v.Items {
			item := u.value()
			item.Parent, item.Index = v, i
			v.Items[i] = item
		}
		return v
	case Map:
		n := u.r.Int()
		v.Fields, u.fields = u.fields[:n:n], u.fields[n:]
		for i := range v.Fields {
			field := &v.Fields[i]
			field.Key = u.r.Text()
			field.KeyStart = u.pos()
			field.KeyEnd = u.pos()
			field.Value = u.value()
			field.Value.Parent, field.Value.Key = v, field.Key
		}
		return v
	case Bool:
		v.Bool = u.r.Bool()
	case Int:
		v.Int = u.r.Int()
	case Float:
		v.Float = u.r.Float()
	}
	v.Text = u.r.Text()
	return v
}

func (u *unpacker) pos() Pos {
	u.at.Line += int(u.r.Int())
	u.at.Column += int(u.r.Int())
	return u.at
}
