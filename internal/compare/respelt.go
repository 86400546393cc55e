package compare

import (
	"path"
	"slices"

	"hegui/internal/document"
	"hegui/internal/schema"
)

// unknownKey is the finding of a key that a schema does not know.
const unknownKey = "schema.additional_properties"

// respell reads head's unknown keys as the baseline spells them where they hold the
// same content: a misspelt key stops the change by itself, and its content is not gone.
func (s *scoping) respell() {
	unknown := map[string]map[document.Pos]bool{}
	for i := range s.p.New {
		if f := &s.p.New[i]; f.Blocking && f.Check == unknownKey {
			name := path.Base(f.Location.Path)
			if unknown[name] == nil {
				unknown[name] = map[document.Pos]bool{}
			}
			unknown[name][document.Pos{Line: f.Location.Line, Column: f.Location.Column}] = true
		}
	}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		was, is := s.p.was(topic.Name), s.p.After.Documents[topic.Name]
		m := &misspelt{unknown: unknown[topic.Name+".yaml"], keys: map[document.Pos]string{}}
		if len(m.unknown) == 0 || was == nil || was.Root == nil || is.Root == nil {
			continue
		}
		if m.within(topic.Root, was.Root, is.Root); len(m.keys) > 0 {
			s.respelt[topic.Name] = is.Respelt(m.keys)
		}
		for _, name := range m.names {
			s.gone[[2]string{topic.Name, name}] = true
		}
	}
}

// stated is what head says of a topic, nil where it has none.
func (s *scoping) stated(topic string) *document.Document {
	if doc := s.respelt[topic]; doc != nil {
		return doc
	}
	return s.p.After.Documents[topic]
}

// misspelt finds the keys of a file that nobody knows, and how the baseline spells them.
type misspelt struct {
	unknown map[document.Pos]bool
	keys    map[document.Pos]string
	names   []string // of items whose name stands under such a key
}

func (m *misspelt) within(t *schema.Type, was, is *document.Value) {
	if t == nil || was == nil || was.Kind != is.Kind {
		return
	}
	for _, f := range is.Fields() {
		known := t.Field(f.Key)
		if known != nil {
			m.within(known.Type, was.Get(f.Key), f.Value)
		} else if key := m.meant(t, was, is, f); key != "" {
			m.keys[f.KeyStart()] = key
		}
	}
	for i, item := range is.Items() {
		m.within(t.Item, m.partner(t, was, item, i), item)
	}
}

// meant is the key under which the baseline says what head says under one that nobody
// knows; empty for none.
func (m *misspelt) meant(t *schema.Type, was, is *document.Value, f document.Field) string {
	i := slices.IndexFunc(was.Fields(), func(b document.Field) bool {
		return t.Field(b.Key) != nil && is.Get(b.Key) == nil && b.Value.Canonical() == f.Value.Canonical()
	})
	if i < 0 || !m.unknown[f.KeyStart()] {
		return ""
	}
	return was.Fields()[i].Key
}

// partner is the item of the baseline that an item of head is, by its name, be the
// name's own key misspelt; without names by its place.
func (m *misspelt) partner(t *schema.Type, was, item *document.Value, at int) *document.Value {
	name := t.ItemKey(item)
	i := slices.IndexFunc(was.Items(), func(o *document.Value) bool {
		key := t.ItemKey(o)
		return key != "" && (key == name || name == "" && slices.ContainsFunc(item.Fields(), func(f document.Field) bool {
			return m.unknown[f.KeyStart()] && f.Value.Text == key
		}))
	})
	switch {
	case i >= 0:
		if name == "" {
			m.names = append(m.names, t.ItemKey(was.Items()[i]))
		}
		return was.Items()[i]
	case t.Key == "" && at < len(was.Items()):
		return was.Items()[at]
	}
	return nil
}
