package expression

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// Fact is something that an expression reads of a description.
type Fact struct {
	// Path is as the expression writes it.
	Path string
	// Value is nil when nothing is stated there, or when the name that the path
	// begins with stands for something that was computed.
	Value *document.Value
}

// Facts are what the expression reads as the frame stands: all that it names,
// whether or not evaluation would come to it, so that the answer depends on no
// order.
func (p *Program) Facts(f *Frame) []Fact {
	var out []Fact
	for _, paths := range [][]string{p.reads, p.names} {
		for _, path := range paths {
			out = append(out, Fact{path, f.find(path)})
		}
	}
	return out
}

// find is what stands at a path, nil for nothing.
func (f *Frame) find(path string) *document.Value {
	names := strings.Split(path, ".")
	v := place(f.values[names[0]])
	if v == nil {
		v = f.places[names[0]]
	}
	var shape *schema.Type
	if of, ok := f.values[names[0]].(*object); ok {
		shape = of.shape
	}
	for _, name := range names[1:] {
		field := shape.Field(name)
		if shape = nil; field != nil {
			if shape = field.Type; v.Get(name) == nil && shape.Otherwise != "" {
				name = shape.Otherwise
			}
		}
		v = v.Get(name)
	}
	return v
}
