package editor

import (
	"bytes"
	"encoding/json"
	"strings"

	"hegui/internal/document"
)

// key writes a key of an object, on a line of its own where it names a property,
// so that a change of one field is a change of one line.
func (b *bundler) key(name string) {
	switch last := b.out.Bytes()[b.out.Len()-1]; {
	case last == '{':
	case last != ',':
		b.out.WriteByte(',')
	}
	if bytes.HasSuffix(b.out.Bytes(), []byte("},")) || bytes.HasSuffix(b.out.Bytes(), []byte(`"properties":{`)) {
		b.out.WriteByte('\n')
	}
	b.text(name)
	b.out.WriteByte(':')
}

// text writes a text as JSON does, but leaves < and > as they are.
func (b *bundler) text(s string) {
	encoder := json.NewEncoder(&b.out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return // a text always encodes
	}
	b.out.Truncate(b.out.Len() - 1) // Encode ends the line
}

// value writes a value as it was read.
func (b *bundler) value(v *document.Value) {
	switch v.Kind {
	case document.List:
		b.list(len(v.Items()), func(i int) { b.value(v.Items()[i]) })
	case document.Map:
		b.out.WriteByte('{')
		for i, field := range v.Fields() {
			if i > 0 {
				b.out.WriteByte(',')
			}
			b.text(field.Key)
			b.out.WriteByte(':')
			b.value(field.Value)
		}
		b.out.WriteByte('}')
	case document.String:
		b.text(v.Text)
	case document.Null:
		b.out.WriteString("null")
	default:
		b.out.WriteString(strings.ToLower(v.Text))
	}
}

func (b *bundler) list(n int, write func(i int)) {
	b.out.WriteByte('[')
	for i := range n {
		if i > 0 {
			b.out.WriteByte(',')
		}
		write(i)
	}
	b.out.WriteByte(']')
}
