package schema

import (
	"encoding/json"

	"hegui/internal/document"
)

// Sample is a value of the type as it may be written on one line, from the schema's
// examples; empty for none. A list without examples of its own has one of its items.
func (t *Type) Sample() string {
	of, listed := t, false
	if t.Kind == List && len(t.Examples()) == 0 {
		of, listed = t.Item, true
	}
	if len(of.Examples()) == 0 {
		return ""
	}
	text := of.Examples()[0].Text
	if kind := of.Examples()[0].Kind; kind == document.List || kind == document.Map {
		data, err := json.Marshal(of.Examples()[0].Any())
		if err != nil {
			return ""
		}
		text = string(data)
	}
	if listed {
		return "[" + text + "]"
	}
	return text
}
