package expression

import (
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// Path is a dotted path such as set.copies: it finds places, which a computed
// value no longer has, and costs nothing to compile.
type Path struct {
	text, root string
	at         Name
	fields     []*schema.Field
	// sensitive says that the path leads to or through what is sensitive.
	sensitive bool
}

// Path checks a dotted path against the types.
func (s Scope) Path(text string) (*Path, []Problem) {
	names := strings.Split(text, ".")
	p := &Path{text: text, root: names[0], at: s.env.names.place(names[0]), sensitive: s.hides(names[0])}
	t, ok := s.typeOf(p.root)
	if !ok {
		return nil, []Problem{{0, s.unknown(p.root)}}
	}
	offset := len([]rune(p.root)) + 1
	for _, name := range names[1:] {
		field := t.Field(name)
		if field == nil {
			return nil, []Problem{{offset, noField(t, name)}}
		}
		p.fields = append(p.fields, field)
		p.sensitive = p.sensitive || field.Type.Sensitive
		t = field.Type
		offset += len([]rune(name)) + 1
	}
	return p, nil
}

// Find is the path where it leads to something, else nil.
func (s Scope) Find(text string) *Path {
	names := strings.Split(text, ".")
	t, ok := s.typeOf(names[0])
	for _, name := range names[1:] {
		field := t.Field(name)
		if !ok || field == nil {
			return nil // to say what is wrong would cost more than the path
		}
		t = field.Type
	}
	path, _ := s.Path(text)
	return path
}

// hides reports whether the values of a name are sensitive themselves.
func (s Scope) hides(name string) bool {
	for _, v := range s.vars {
		if v.name == name {
			return v.sensitive
		}
	}
	for _, t := range s.env.topics {
		if t.Name == name {
			return t.Sensitive
		}
	}
	return false
}

// TypeOf is the schema's type of a name, nil for one whose values no schema describes.
func (s Scope) TypeOf(name string) *schema.Type {
	t, _ := s.typeOf(name)
	return t
}

// typeOf is the schema's type of a name; nil, true for a name whose values no
// schema describes.
func (s Scope) typeOf(name string) (*schema.Type, bool) {
	for _, v := range s.vars {
		if v.name == name {
			if v.kind.Kind() != types.StructKind {
				return nil, true
			}
			return s.env.provider.find(v.kind.TypeName()), true
		}
	}
	for _, t := range s.env.topics {
		if t.Name == name {
			return t, true
		}
	}
	return nil, false
}

// Last is the field that the path ends in, nil for a bare name.
func (p *Path) Last() *schema.Field {
	if len(p.fields) == 0 {
		return nil
	}
	return p.fields[len(p.fields)-1]
}

// Fields are the places in schemas that the path leads through.
func (p *Path) Fields() []string {
	names := make([]string, len(p.fields))
	for i, field := range p.fields {
		names[i] = field.Type.Name
	}
	return names
}

// Root is the name that the path begins with.
func (p *Path) Root() string { return p.root }

// Place is where the path leads, or the nearest stated value above; nil when
// not even its root stands anywhere.
func (p *Path) Place(f *Frame) *document.Value {
	root := f.shown(p.at)
	at := place(root.value)
	if at == nil {
		return root.place
	}
	for _, field := range p.fields {
		next := at.GetNear(field.Index, field.Name)
		if next == nil && field.Type.Otherwise != "" {
			next = at.Get(field.Type.Otherwise)
		}
		if next == nil {
			break
		}
		at = next
	}
	return at
}

// Whole is the whole number that the path leads to, false where none is stated. It
// leaves no trace in the frame.
func (p *Path) Whole(f *Frame) (int64, bool) {
	outer := f.absences
	v, err := p.value(f)
	f.absences = outer
	n, whole := v.(types.Int)
	return int64(n), err == nil && whole
}

func (p *Path) value(f *Frame) (ref.Val, error) {
	v := f.shown(p.at).value
	for _, field := range p.fields {
		o, ok := v.(*object)
		if !ok {
			return nil, notAnObject(field)
		}
		next, err := o.get(field)
		if err != nil {
			return nil, err
		}
		v = next
	}
	return v, nil
}
