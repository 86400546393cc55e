package schema

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// Resolve returns the target of a reference in a schema; nil if there is none.
func (s *Set) Resolve(from *Schema, ref string) (*Schema, *document.Value) {
	file, pointer, _ := strings.Cut(ref, "#")
	in := from
	if file != "" {
		name, ok := strings.CutSuffix(file, suffix)
		if in = s.Find(name); !ok || in == nil {
			return nil, nil
		}
	}
	return in, in.Document().Root.Find(pointer)
}

// references rejects every reference without a target, or that leads only to
// references.
func (l *loader) references() {
	for _, s := range l.set.All() {
		l.referencesIn(s, s.Document().Root)
	}
}

func (l *loader) referencesIn(s *Schema, node *document.Value) {
	for _, item := range node.Items() {
		l.referencesIn(s, item)
	}
	for _, field := range node.Fields() {
		switch {
		case field.Key == "$ref" && field.Value.Kind == document.String:
			l.reference(s, field.Value)
		case !holdsValues(field.Key):
			l.referencesIn(s, field.Value)
		}
	}
}

func (l *loader) reference(s *Schema, ref *document.Value) {
	seen := map[*document.Value]bool{}
	for in, next := s, ref; next != nil && next.Kind == document.String; {
		if seen[next] {
			l.fail(s.Path, ref.Start(), lang.Say("引用 %q 绕回自己", "reference %q leads back to itself", ref.Text))
			return
		}
		seen[next] = true
		target, node := l.set.Resolve(in, next.Text)
		if node == nil {
			l.fail(s.Path, ref.Start(), lang.Say("引用 %q 无处可去%s", "reference %q leads nowhere%s", ref.Text, l.refMeant(in, next.Text)))
			return
		}
		s.uses = append(s.uses, target)
		in, next = target, node.Get("$ref")
	}
}

// refMeant asks whether another definition was meant by a reference; zero where none is near.
func (l *loader) refMeant(from *Schema, ref string) lang.Text {
	file, pointer, _ := strings.Cut(ref, "#")
	if name, ok := strings.CutSuffix(file, suffix); ok && l.set.byName[name] != nil {
		from = l.set.byName[name]
	}
	var known []string
	if defs := from.Document().Root.Get("$defs"); defs != nil {
		for _, field := range defs.Fields() {
			known = append(known, field.Key)
		}
	}
	if meant := near.Word(strings.TrimPrefix(pointer, "/$defs/"), known); meant != "" {
		return lang.Say("：是不是 %s？", ": did you mean %s?", from.Name+suffix+"#/$defs/"+meant)
	}
	return lang.Text{}
}

// keyed are the paths of the lists of named objects.
func (s *Set) keyed() (paths []string) {
	var add func(t *Type, at string)
	add = func(t *Type, at string) {
		if t == nil {
			return
		}
		if t.Kind == List && t.Key != "" {
			paths = append(paths, at)
		}
		for _, field := range t.Fields {
			add(field.Type, at+"."+field.Name)
		}
		add(t.Item, at)
	}
	for _, topic := range s.topics {
		add(topic.Root, topic.Name)
	}
	return paths
}

// List returns the list of named objects at a path such as architecture.sites,
// nil if there is none.
func (s *Set) List(path string) *Type {
	names := strings.Split(path, ".")
	topic := s.Find(names[0])
	if topic == nil || !topic.Topic {
		return nil
	}
	at := topic.Root
	for _, name := range names[1:] {
		if at.Kind == List {
			at = at.Item
		}
		field := at.Field(name)
		if field == nil {
			return nil
		}
		at = field.Type
	}
	if at.Kind != List || at.Key == "" {
		return nil
	}
	return at
}

// Around are the types of the entries of a list of named objects and of the lists
// around it, from the inside out; none where there is no such list.
func (s *Set) Around(path string) []*Type {
	var out []*Type
	for path != "" {
		if list := s.List(path); list != nil {
			out = append(out, list.Item)
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return out
}

// lists rejects every x-ref that is not the path of a list of named objects.
func (l *loader) lists(s *Schema) { l.listsIn(s, s.Document().Root) }

func (l *loader) listsIn(s *Schema, node *document.Value) {
	for _, item := range node.Items() {
		l.listsIn(s, item)
	}
	for _, field := range node.Fields() {
		switch {
		case field.Key == "x-ref":
			for _, path := range texts(field.Value) {
				if l.set.List(path) == nil {
					remedy := lang.Say("要写某专题里带 x-key 的列表，如 architecture.sites", "want a list with an x-key in some topic, such as architecture.sites")
					if meant := near.ID(path, l.set.keyed()); meant != "" {
						remedy = lang.Say("是不是 %s？", "did you mean %s?", meant)
					}
					l.fail(s.Path, field.Value.Start(), lang.Say("x-ref %q 无处可去：%s", "x-ref %q leads nowhere: %s", path, remedy))
				}
			}
		case !holdsValues(field.Key):
			l.listsIn(s, field.Value)
		}
	}
}

// holdsValues reports whether a keyword contains values instead of schemas.
func holdsValues(keyword string) bool {
	return keyword == "enum" || keyword == "const" || keyword == "examples"
}
