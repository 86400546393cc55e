package handbook

import (
	"hegui/internal/document"
	"hegui/internal/rulebook"
)

// maxWhole is how many lines of one value an excerpt shows whole; of a longer
// one it shows the scalars and what matters.
const maxWhole = 16

// excerpt is the part of one topic's file that an example is about.
type excerpt struct {
	topic string
	lines []string
}

// excerpts cut out of an example's topics what stands at the pointers, in the
// order of the topics. mark is the comment at what the finding points at.
func (s shown) excerpts(book *rulebook.Rulebook, pointers []string, mark string) []excerpt {
	// cut holds what is shown: true for a value that matters, false for one on
	// the way to it.
	cut := map[*document.Value]bool{}
	for _, pointer := range pointers {
		v := nearest(s.topics, pointer)
		if v == nil {
			continue
		}
		cut[v] = true
		for v = v.Parent; v != nil; v = v.Parent {
			cut[v] = cut[v]
		}
	}
	y := yaml{
		shown: func(v *document.Value) bool { return shows(book, cut, v) },
		note: func(v *document.Value) string {
			if v == s.at {
				return mark
			}
			return ""
		},
	}
	var out []excerpt
	for _, topic := range book.Schemas.Topics() {
		root := s.topics[topic.Name]
		if _, concerned := cut[root]; root != nil && concerned {
			out = append(out, excerpt{topic.Name, y.lines(root)})
		}
	}
	return out
}

// shows reports whether a value belongs in an excerpt: it matters, leads to
// what matters, lies in what matters, or names an item on the way.
func shows(book *rulebook.Rulebook, cut map[*document.Value]bool, v *document.Value) bool {
	if _, leads := cut[v]; leads {
		return true
	}
	parent := v.Parent
	if parent.Kind == document.Map && parent.Parent != nil && parent.Parent.Kind == document.List && v.Key == keyOf(book, parent) {
		return true
	}
	for above := parent; above != nil; above = above.Parent {
		if !cut[above] {
			continue
		}
		if len(yaml{}.lines(above)) <= maxWhole {
			return true
		}
		// Too long for the page: its own scalars, and the first items of a list.
		return above == parent && (!nested(v) || parent.Kind == document.List && v.Index < 2) ||
			above.Kind == document.List && above == parent.Parent && parent.Index < 2 && !nested(v)
	}
	return false
}

// keyOf is the field that names an item among its list's, as the schema says.
func keyOf(book *rulebook.Rulebook, item *document.Value) string {
	var path []*document.Value
	root := item.Parent
	for ; root.Parent != nil; root = root.Parent {
		path = append(path, root)
	}
	// The topic of a detached value is found by its shape alone.
	for _, topic := range book.Schemas.Topics() {
		t := topic.Root
		for i := len(path) - 1; i >= 0 && t != nil; i-- {
			if path[i].Parent.Kind == document.List {
				t = t.Item
				continue
			}
			field := t.Field(path[i].Key)
			if field == nil {
				t = nil
				break
			}
			t = field.Type
		}
		if t != nil && t.Key != "" {
			return t.Key
		}
	}
	return ""
}
