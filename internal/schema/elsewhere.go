package schema

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// elsewhere says where a key belongs that its place does not know: what somebody indented
// too little or too much, put below the name of its topic or into another one's file.
// Zero where nobody knows it, and where many do.
func (s *Schema) elsewhere(field *document.Field, known []string) (remedy lang.Text) {
	t := s.typeAt(field.Value.Parent)
	if t == nil || t.Kind != Object || !s.Topic {
		return remedy
	}
	if wraps(field, known) {
		return lang.Say("这里不写专题名：删去这一行，下面各行左移一层", "the topic is not named here: delete the line and move those below it to the left")
	}
	if above := s.above(field); above != "" {
		return lang.Say("若属于上面的 %s，与它下面的各行对齐", "if it belongs to %s above, align it with the lines below that", document.Quote(above))
	}
	if places := s.Root.placesOf(field.Key, ""); len(places) > 0 {
		if len(places) > maxPlaces {
			return remedy
		}
		return lang.Say("这个键属于 %s：写到那里", "the key belongs to %s: write it there", listed(places))
	}
	for _, topic := range s.set.Topics() {
		if topic.Root.Field(field.Key) != nil {
			return lang.Say("这个键属于 %s.yaml：写到那个文件里", "the key belongs to %s.yaml: write it there", topic.Name)
		}
	}
	return remedy
}

// maxPlaces is how many places of a key are named: more are no help.
const maxPlaces = 3

// wraps reports whether a key at the top holds all that belongs there.
func wraps(field *document.Field, known []string) bool {
	top := field.Value.Parent
	if top.Parent != nil || top.Stated() != 1 || field.Value.Kind != document.Map {
		return false
	}
	return slices.ContainsFunc(field.Value.Fields(), func(f document.Field) bool { return slices.Contains(known, f.Key) })
}

// above is the key just above one, of a map or of a list whose last item knows it and does
// not state it; empty for none.
func (s *Schema) above(field *document.Field) string {
	var before *document.Field
	holder := field.Value.Parent
	for i := range holder.Fields() {
		if f := &holder.Fields()[i]; f.Key == field.Key {
			break
		} else {
			before = f
		}
	}
	if before == nil {
		return ""
	}
	v := before.Value
	if items := v.Items(); len(items) > 0 {
		v = items[len(items)-1]
	}
	if t := s.typeAt(v); v.Kind == document.Map && t != nil && t.Field(field.Key) != nil && v.Get(field.Key) == nil {
		return before.Key
	}
	return ""
}

// placesOf are the objects inside a type that have a key, as sets[].copies[].
func (t *Type) placesOf(key, path string) (places []string) {
	switch t.Kind {
	case List:
		return t.Item.placesOf(key, path+"[]")
	case Object:
		if t.Field(key) != nil && path != "" {
			places = append(places, path)
		}
		for _, field := range t.Fields {
			places = append(places, field.Type.placesOf(key, strings.TrimPrefix(path+"."+field.Name, "."))...)
		}
	}
	return places
}

// bracketed reports an item of evidence that stands in square brackets in place of braces:
// each key is a map of its own then.
func bracketed(at *document.Value) bool {
	list := at.Parent
	return list != nil && list.Kind == document.List && len(list.Items()) > 1 && !slices.ContainsFunc(list.Items(), func(item *document.Value) bool {
		return len(item.Fields()) != 1 || !slices.Contains(evidenceKeys, item.Fields()[0].Key)
	})
}

// unbraced reports evidence in square brackets, once for all its keys.
func (s *Schema) unbraced(at *document.Value) []Violation {
	if at.Index() > 0 {
		return nil
	}
	parts := make([]string, len(at.Parent.Items()))
	for i, item := range at.Parent.Items() {
		parts[i] = item.Fields()[0].Key + ": " + item.Fields()[0].Value.Text
	}
	v := s.violation("type", at.Parent, lang.Mark("方括号里是列表，各键被读作各项", "square brackets hold a list, and each key reads as an item of it"))
	s.offer(&v, lang.Say("写花括号：{%s}", "write braces: {%s}", strings.Join(parts, ", ")))
	return []Violation{v}
}
