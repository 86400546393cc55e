package handbook

import (
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

const (
	// maxWhole is how many lines of one value an excerpt shows whole; of a
	// longer one it shows the scalars, or the first items with theirs.
	maxWhole = 16
	maxItems = 2
)

// excerpt is the part of one topic's file that an example is about. note is
// the comment on the file as a whole.
type excerpt struct {
	topic, note string
	lines       []string
}

// excerpts cut out of an example's topics the values at the pointers, in the
// order of the topics. mark is the comment at what the finding points at.
func (s shown) excerpts(book *rulebook.Rulebook, pointers []string, mark string) []excerpt {
	c := cut{}
	for _, pointer := range pointers {
		c.add(nearest(s.topics, pointer))
	}
	y := yaml{shown: c.shows, note: func(v *document.Value) string {
		if v == s.at {
			return mark
		}
		return ""
	}}
	var out []excerpt
	for _, topic := range book.Schemas.Topics() {
		root := s.topics[topic.Name]
		if root == nil || !c.has(root) {
			continue
		}
		c.name(root, topic.Root)
		lines := y.lines(root)
		if len(lines) == 0 {
			lines = []string{"# …"}
		}
		out = append(out, excerpt{topic.Name, y.comment(root), lines})
	}
	return out
}

// cut holds what an excerpt shows: true for a value that matters, false for
// one on the way to it.
type cut map[*document.Value]bool

// pass marks a value as one on the way, unless it matters itself.
func (c cut) pass(v *document.Value) {
	if !c.has(v) {
		c[v] = false
	}
}

func (c cut) has(v *document.Value) bool {
	_, ok := c[v]
	return ok
}

func (c cut) add(v *document.Value) {
	if v == nil {
		return
	}
	c[v] = true
	for v = v.Parent; v != nil; v = v.Parent {
		c.pass(v)
	}
}

// name adds the names of the items on the way, so that readers know which
// these are.
func (c cut) name(v *document.Value, t *schema.Type) {
	if t == nil || !c.has(v) {
		return
	}
	for _, item := range v.Items() {
		if !c.has(item) {
			continue
		}
		if key := item.Get(t.Key); key != nil {
			c.pass(key)
		}
		c.name(item, t.Item)
	}
	for _, field := range v.Fields() {
		if f := t.Field(field.Key); f != nil {
			c.name(field.Value, f.Type)
		}
	}
}

func (c cut) shows(v *document.Value) bool {
	if c.has(v) {
		return true
	}
	for above := v.Parent; above != nil; above = above.Parent {
		if c[above] {
			return len(yaml{}.lines(above)) <= maxWhole || outlines(above, v)
		}
	}
	return false
}

// outlines reports whether v is in the outline of something long: its scalars,
// or its first items with theirs.
func outlines(long, v *document.Value) bool {
	switch {
	case long.Parent == nil:
		return false // a whole file has no useful outline
	case v.Parent == long && long.Kind == document.List:
		return v.Index() < maxItems
	case v.Parent == long:
		return !nested(v)
	case long.Kind == document.List && v.Parent.Parent == long:
		return v.Parent.Index() < maxItems && !nested(v)
	}
	return false
}
