package schema

import (
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
)

// shape shows how a value of a type is written on one line: a list with an item,
// a map with the keys that it needs. said is a text to put where the first text
// belongs, if any.
func (t *Type) shape(said string) string {
	switch {
	case t == nil:
		return "…"
	case t.Kind == List:
		return "[" + t.Item.shape(said) + "]"
	case t.Kind == Object:
		return t.keys(said)
	case said != "" && t.Kind == String:
		return said
	case len(t.Enum) > 0:
		return t.Enum[0]
	case len(t.Examples()) > 0 && t.Kind != Evidence:
		return written(t.Examples()[0])
	}
	return "…"
}

// maxKeys is how many keys of a map are shown that needs none of them.
const maxKeys = 3

func (t *Type) keys(said string) string {
	var parts []string
	for _, field := range t.Fields {
		if !field.Required && (len(t.Required()) > 0 || len(parts) == maxKeys) {
			continue
		}
		value := "…"
		switch meant := rightWord(field.Type, said); {
		case said == "" || field.Type.Kind != String:
		case field.Type.Enum == nil:
			value, said = said, ""
		case meant.sure:
			value, said = meant.text, ""
		}
		parts = append(parts, field.Name+": "+value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// shaped says how the list or map is written that belongs where something else
// was found.
func (s *Schema) shaped(t *Type, v *document.Value) lang.Text {
	said := ""
	if v.Kind == document.String && len(v.Text) <= maxSaid && !strings.ContainsAny(v.Text, "\n:#,[]{}\"'") {
		said = v.Text
	}
	if t.Kind == Object {
		return lang.Say("写成若干“键: 值”，如 %s", "write keys with values, such as %s", t.shape(said))
	}
	if t.Item.Kind == String && said != "" && !s.allows(v, "["+said+"]") {
		said = ""
	}
	return lang.Say("写成列表，如 %s；或每项一行，以“- ”开头", "write a list, such as %s, or each item on a line of its own behind \"- \"", t.shape(said))
}

// maxSaid is how many bytes of a text an example repeats.
const maxSaid = 90
