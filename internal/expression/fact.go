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
	// Type is the schema's of the place, nil where no schema knows it.
	Type *schema.Type
	// Above is the nearest value above the place that is stated, nil for none.
	Above *document.Value
}

// Facts are what the expression reads as the frame stands: all that it names,
// whether or not evaluation would come to it, so that the answer depends on no
// order.
func (p *Program) Facts(f *Frame) []Fact {
	var out []Fact
	for _, paths := range [][]string{p.reads, p.names} {
		for _, path := range paths {
			out = append(out, f.find(path))
		}
	}
	return out
}

// Choosing are the facts by which a filter has chosen the item that a name stands
// for; none for a list that is taken as it is.
func (p *Program) Choosing(f *Frame, name string) []Fact {
	if p.choice == nil {
		return nil
	}
	outer := f.shown(p.itemAt)
	f.show(p.itemAt, f.shown(f.place(name)))
	out := append(p.choice.Facts(f), p.from.Choosing(f, name)...)
	f.show(p.itemAt, outer)
	return out
}

// Fact is what stands where the path leads.
func (p *Path) Fact(f *Frame) Fact { return f.find(p.text) }

// Fact is what stands at a path into a topic.
func (f *Frame) Fact(path string) Fact { return f.find(path) }

// find is what stands at a path.
func (f *Frame) find(path string) Fact {
	names := strings.Split(path, ".")
	root := f.shown(f.place(names[0]))
	out := Fact{Path: path, Value: place(root.value)}
	if out.Value == nil {
		out.Value = root.place
	}
	switch of := root.value.(type) {
	case *object:
		out.Type = of.shape
	case *list:
		out.Type = of.shape
	}
	for _, name := range names[1:] {
		field := out.Type.Field(name)
		if out.Type = nil; field != nil {
			if out.Type = field.Type; out.Value.Get(name) == nil && field.Type.Otherwise != "" {
				name = field.Type.Otherwise
			}
		}
		if out.Value != nil {
			out.Above = out.Value
		}
		out.Value = out.Value.Get(name)
	}
	return out
}
