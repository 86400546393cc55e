package expression

import (
	"errors"
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// celType is the type of a schema place in expressions.
func celType(t *schema.Type) *cel.Type {
	switch t.Kind {
	case schema.Object:
		return cel.ObjectType(structName(t))
	case schema.List:
		return cel.ListType(celType(t.Item))
	case schema.String:
		return cel.StringType
	case schema.Integer:
		return cel.IntType
	case schema.Number:
		return cel.DoubleType
	case schema.Boolean:
		return cel.BoolType
	case schema.Date:
		return dateType()
	case schema.Period:
		return periodType()
	}
	return unreadable()
}

// unreadable is the type of what expressions can pass on and not look into.
func unreadable() *cel.Type { return cel.OpaqueType("unreadable") }

// structName keeps the names of types apart from the paths that expressions
// write: CEL would take the path backups.sets for a type of that name.
func structName(t *schema.Type) string { return objectPrefix + t.Name }

const objectPrefix = "object "

func dateType() *cel.Type { return cel.OpaqueType("date") }

// periodType has the trait that CEL's own comparisons ask for.
func periodType() *cel.Type { return cel.ObjectType("period", traits.ComparerType) }

// wrap makes a description's value readable for expressions. Nothing is
// converted before it is read, and what is read still knows its place.
func (f *Frame) wrap(t *schema.Type, v *document.Value) (ref.Val, error) {
	switch t.Kind {
	case schema.Object:
		if v.Kind == document.Map {
			return f.object(t, v), nil
		}
	case schema.List:
		if v.Kind == document.List {
			return f.list(t, v)
		}
	case schema.String:
		if v.Kind == document.String {
			return types.String(v.Text), nil
		}
	case schema.Integer:
		if v.Kind == document.Int {
			return types.Int(v.Int()), nil
		}
	case schema.Number:
		switch v.Kind {
		case document.Int:
			return types.Double(v.Int()), nil
		case document.Float:
			return types.Double(v.Float()), nil
		}
	case schema.Boolean:
		if v.Kind == document.Bool {
			return types.Bool(v.Bool), nil
		}
	case schema.Date:
		d, err := calendar.ParseDate(v.Text)
		on := f.memory.dates.One()
		*on = date{Date: d, frame: f, of: t, at: v}
		return on, err
	case schema.Period:
		p, err := calendar.ParsePeriod(v.Text)
		long := f.memory.periods.One()
		long.Period = p
		return long, err
	case schema.Opaque, schema.Evidence:
		return f.object(t, v), nil
	}
	return nil, fmt.Errorf("%s is not what its schema says", schema.PathText(v))
}

func notAnObject(field *schema.Field) error {
	return fmt.Errorf("%q is read from a value that is not an object", field.Name)
}

// opaque is the part that all our values share: they convert to nothing.
type opaque struct{}

func (opaque) ConvertToNative(to reflect.Type) (any, error) {
	return nil, fmt.Errorf("a value of a description cannot be converted to %s", to)
}

func (opaque) ConvertToType(to ref.Type) ref.Val {
	return types.NewErr("a value of a description cannot be converted to %s", to)
}

// object is a map of a description.
type object struct {
	opaque
	shape *schema.Type
	value *document.Value // nil: the whole topic is absent
	frame *Frame
	// fields are those that were read since so many holes were dug, by their place in
	// the shape: their values, or the errors of what is not stated.
	fields []ref.Val
	dug    int
	// holed is set where some of them were dug.
	holed bool
}

func (o *object) Equal(other ref.Val) ref.Val {
	same, ok := other.(*object)
	return types.Bool(ok && o.value == same.value)
}

func (o *object) Type() ref.Type { return celType(o.shape) }
func (o *object) Value() any     { return o }

// get is read for those who tell values from errors.
func (o *object) get(field *schema.Field) (ref.Val, error) {
	if o.value == nil { // whoever asks may know no such field
		return nil, o.frame.noTopic(o.shape)
	}
	v := o.read(member{field.Index, field})
	if err, failed := v.(*types.Err); failed {
		return nil, err.Unwrap()
	}
	return v, nil
}

// read is the value of a field, or the error of what counts as not stated. What was
// read before is known.
func (o *object) read(m member) ref.Val {
	if o.value == nil {
		return types.WrapErr(o.frame.noTopic(o.shape))
	}
	if o.fields == nil || o.dug != o.frame.dug {
		o.fields = o.frame.memory.fields.All(len(o.shape.Fields))
		o.dug, o.holed = o.frame.dug, o.frame.holed[o.value]
	}
	switch known := o.fields[m.at].(type) {
	case nil:
		return o.find(m)
	case *types.Err:
		if absent, ok := errors.AsType[*Absent](known); ok {
			_ = o.frame.note(absent) // what it returns is known
		}
		return known
	case *date:
		return o.frame.happened(known)
	default:
		return known
	}
}

// find reads a field; where it states nothing, what its schema names instead. A list that
// has to say something and is stated as [] counts as not stated, and so does what is
// not what its schema says, though whoever holds descriptions to their schemas has
// made a hole of that.
func (o *object) find(m member) ref.Val {
	field := m.field
	if o.holed {
		if hole := o.frame.hole(o.value, field.Name); hole != nil {
			return types.WrapErr(o.frame.miss(o.value, field, hole))
		}
	}
	stated := o.value.GetNear(m.at, field.Name)
	if stated != nil && !silent(field.Type, stated) {
		if wrapped, err := o.frame.wrap(field.Type, stated); err == nil {
			if o.fields[m.at] = wrapped; field.Type.Kind == schema.Date {
				return o.frame.happened(wrapped.(*date))
			}
			return wrapped
		}
	}
	if stated == nil && field.Type.Otherwise != "" {
		if other := o.shape.Field(field.Type.Otherwise); other != nil {
			return o.read(member{other.Index, other})
		}
	}
	missed := types.WrapErr(o.frame.miss(o.value, field, nil))
	o.fields[m.at] = missed
	return missed
}

// happened refuses the date of what has not happened yet: it cannot be on record.
func (f *Frame) happened(d *date) ref.Val {
	if !d.of.Happened || !d.After(f.asOf) {
		return d
	}
	f.flip(d.Day())
	return types.WrapErr(f.note(d.ahead()))
}

// silent reports whether a list is empty that may not be.
func silent(t *schema.Type, v *document.Value) bool {
	return t.Kind == schema.List && v.Kind == document.List && len(v.Items()) == 0 && !t.Adverse && !t.MayBeEmpty
}

// object is a map of a description, or what a topic is that is absent.
func (f *Frame) object(of *schema.Type, v *document.Value) *object {
	o := f.memory.objects.One()
	*o = object{shape: of, value: v, frame: f}
	return o
}

// list is a list of a description; what expressions derive from it, by filter
// or map, is an ordinary list, which it is itself for what few ask of it.
type list struct {
	ordinary
	shape *schema.Type
	value *document.Value
}

func (f *Frame) list(t *schema.Type, v *document.Value) (ref.Val, error) {
	if known, ok := f.lists[v]; ok && known.shape == t {
		return known, nil
	}
	items := f.memory.fields.All(len(v.Items()))
	objects := f.objects(t.Item, v.Items())
	for i, item := range v.Items() {
		if objects != nil && item.Kind == document.Map {
			items[i] = &objects[i]
			continue
		}
		wrapped, err := f.wrap(t.Item, item)
		if err != nil {
			return nil, err
		}
		items[i] = wrapped
	}
	read := f.memory.listed.One()
	*read = list{ordinary{items: items}, t, v}
	f.lists[v] = read
	return read, nil
}

// objects are those of a list, side by side as they are read; nil for a list of
// anything else.
func (f *Frame) objects(of *schema.Type, all []*document.Value) []object {
	if of.Kind != schema.Object {
		return nil
	}
	width := len(of.Fields)
	objects, fields := f.memory.objects.All(len(all)), f.memory.fields.All(len(all)*width)
	for i, v := range all {
		objects[i] = object{shape: of, value: v, frame: f, fields: fields[i*width : (i+1)*width], dug: f.dug, holed: f.holed[v]}
	}
	return objects
}

// ordinary is CEL's own list of some items, made when somebody asks for it.
type ordinary struct {
	items []ref.Val
	made  traits.Lister
}

// list is a list of a copy of some values.
func (m *Memory) list(of []ref.Val) *ordinary {
	out := m.made.One()
	out.items = append(m.fields.Cut(len(of)), of...)
	return out
}

func (l *ordinary) cel() traits.Lister {
	if l.made == nil {
		l.made = types.NewRefValList(types.DefaultTypeAdapter, l.items)
	}
	return l.made
}

func (l *ordinary) ConvertToNative(to reflect.Type) (any, error) { return l.cel().ConvertToNative(to) }
func (l *ordinary) ConvertToType(to ref.Type) ref.Val            { return l.cel().ConvertToType(to) }
func (l *ordinary) Equal(other ref.Val) ref.Val                  { return l.cel().Equal(other) }
func (l *ordinary) Type() ref.Type                               { return types.ListType }
func (l *ordinary) Value() any                                   { return l.cel().Value() }
func (l *ordinary) Add(other ref.Val) ref.Val                    { return l.cel().Add(other) }
func (l *ordinary) Get(index ref.Val) ref.Val                    { return l.cel().Get(index) }
func (l *ordinary) Iterator() traits.Iterator                    { return l.cel().Iterator() }
func (l *ordinary) Size() ref.Val                                { return types.Int(len(l.items)) }

// Contains compares texts itself.
func (l *ordinary) Contains(value ref.Val) ref.Val {
	wanted, ok := value.(types.String)
	if !ok {
		return l.cel().Contains(value)
	}
	for _, item := range l.items {
		switch text, ok := item.(types.String); {
		case !ok:
			return l.cel().Contains(value)
		case text == wanted:
			return types.True
		}
	}
	return types.False
}

// date is a day or instant: it is seen only through the clock's functions.
type date struct {
	opaque
	calendar.Date
	frame *Frame
	of    *schema.Type
	at    *document.Value // where it stands
}

// ahead is what is absent while the date has not come.
func (d *date) ahead() *Absent {
	return &Absent{In: d.at.Parent, Key: d.at.Key(), Of: d.of, Ahead: d.at}
}

func (d *date) Equal(ref.Val) ref.Val {
	return types.NewErr("dates are compared by before() and not_after()")
}
func (d *date) Type() ref.Type { return dateType() }
func (d *date) Value() any     { return d.Date }

// period is a length of time.
type period struct {
	opaque
	calendar.Period
}

func (p *period) Equal(other ref.Val) ref.Val {
	same, ok := other.(*period)
	return types.Bool(ok && p.Period.Compare(same.Period) == 0)
}

// Compare lets CEL's own <, <=, > and >= order periods.
func (p *period) Compare(other ref.Val) ref.Val {
	q, ok := other.(*period)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	return types.Int(p.Period.Compare(q.Period))
}

func (p *period) Type() ref.Type { return periodType() }
func (p *period) Value() any     { return p.Period }
