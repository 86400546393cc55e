package document

// Respelt is the document with other keys in place of some, by where each begins. All
// that it says keeps its place.
func (d *Document) Respelt(keys map[Pos]string) *Document {
	d.reread()
	respelt := *d
	respelt.Root = d.Root.Copy()
	respelt.Root.respell(keys)
	return &respelt
}

func (v *Value) respell(keys map[Pos]string) {
	for _, item := range v.Items() {
		item.respell(keys)
	}
	for i := range v.Fields() {
		field := &v.Fields()[i]
		if key, other := keys[field.KeyStart()]; other {
			field.Key = key
		}
		field.Value.respell(keys)
	}
}
