package document

// Respelt is the document with other keys in place of some, by where each begins. All
// that it says keeps its place.
func (d *Document) Respelt(keys map[Pos]string) *Document {
	d.reread()
	respelt := *d
	respelt.Root = d.Root.respelt(keys)
	respelt.Root.document = d
	return &respelt
}

func (v *Value) respelt(keys map[Pos]string) *Value {
	copied := *v
	copied.Items, copied.Fields = make([]*Value, len(v.Items)), make([]Field, len(v.Fields))
	for i, item := range v.Items {
		child := item.respelt(keys)
		child.Parent, copied.Items[i] = &copied, child
	}
	for i, field := range v.Fields {
		if key, other := keys[field.KeyStart]; other {
			field.Key = key
		}
		field.Value = field.Value.respelt(keys)
		field.Value.Parent, field.Value.Key = &copied, field.Key
		copied.Fields[i] = field
	}
	return &copied
}
