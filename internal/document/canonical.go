package document

import (
	"slices"
	"strconv"
	"strings"
)

// Canonical is a text that two values share exactly when they say the same:
// whatever the order of keys and items, the quotes, the layout or the comments.
func (v *Value) Canonical() string {
	var b strings.Builder
	v.canonical(&b)
	return b.String()
}

func (v *Value) canonical(b *strings.Builder) {
	if v == nil {
		return
	}
	switch v.Kind {
	case List:
		parts := make([]string, len(v.Items()))
		for i, item := range v.Items() {
			parts[i] = item.Canonical()
		}
		join(b, '[', parts, ']')
	case Map:
		parts := make([]string, len(v.Fields()))
		for i, field := range v.Fields() {
			parts[i] = strconv.Quote(field.Key) + ":" + field.Value.Canonical()
		}
		join(b, '{', parts, '}')
	case String:
		b.WriteString(strconv.Quote(v.Text))
	case Int:
		b.WriteString(strconv.FormatInt(v.Int(), 10))
	case Float:
		b.WriteString(strconv.FormatFloat(v.Float(), 'g', -1, 64))
	case Bool:
		b.WriteString(strconv.FormatBool(v.Bool))
	default:
		b.WriteString("null")
	}
}

// join writes parts in an order of their own; quotes and brackets keep them
// apart from each other.
func join(b *strings.Builder, open byte, parts []string, end byte) {
	slices.Sort(parts)
	b.WriteByte(open)
	b.WriteString(strings.Join(parts, ","))
	b.WriteByte(end)
}
