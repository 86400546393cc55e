package schema

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// resolve finds what a reference in a schema leads to; nil for nothing.
func (s *Set) resolve(from *Schema, ref string) (*Schema, *document.Value) {
	file, pointer, _ := strings.Cut(ref, "#")
	in := from
	if file != "" {
		name, ok := strings.CutSuffix(file, suffix)
		if in = s.Find(name); !ok || in == nil {
			return nil, nil
		}
	}
	return in, in.doc.Root.Find(pointer)
}

// references refuses every reference that leads nowhere, or to no more than
// references.
func (l *loader) references() {
	for _, s := range l.set.All() {
		l.referencesIn(s, s.doc.Root)
	}
}

func (l *loader) referencesIn(s *Schema, node *document.Value) {
	for _, item := range node.Items {
		l.referencesIn(s, item)
	}
	for _, field := range node.Fields {
		switch {
		case field.Key == "$ref" && field.Value.Kind == document.String:
			l.reference(s, field.Value)
		case field.Key != "enum" && field.Key != "const" && field.Key != "examples": // those hold values, not schemas
			l.referencesIn(s, field.Value)
		}
	}
}

func (l *loader) reference(s *Schema, ref *document.Value) {
	seen := map[*document.Value]bool{}
	for in, next := s, ref; next != nil && next.Kind == document.String; {
		if seen[next] {
			l.fail(s.Path, ref.Start, lang.Say("引用 %q 绕回自己", "reference %q leads back to itself", ref.Text))
			return
		}
		seen[next] = true
		target, node := l.set.resolve(in, next.Text)
		if node == nil {
			l.fail(s.Path, ref.Start, lang.Say("引用 %q 无处可去", "reference %q leads nowhere", ref.Text))
			return
		}
		in, next = target, node.Get("$ref")
	}
}
