package document

import "hegui/internal/slab"

// Memory is what the values of files are made in, for one set of files after the
// other: they are most of what a run would throw away. The zero Memory is empty; a nil
// one is new for every file.
type Memory struct {
	values slab.Slab[Value]
	inners slab.Slab[inner]
	items  slab.Slab[*Value]
	fields slab.Slab[Field]
}

// Parse is Parse in this memory: the document is good until Reuse.
func (m *Memory) Parse(path string, data []byte, limits Limits) *Document {
	return parseAs(path, data, limits, m, readsSubset())
}

// Reuse takes back what was made since the last Reuse. Nobody may look at it any more;
// texts last.
func (m *Memory) Reuse() {
	m.values.Reuse()
	m.inners.Reuse()
	m.items.Reuse()
	m.fields.Reuse()
}
