package document

// Memory is what the values of files are made in, for one set of files after the
// other: they are most of what a run would throw away. The zero Memory is empty; a nil
// one is new for every file.
type Memory struct {
	values slab[Value]
	inners slab[inner]
	items  slab[*Value]
	fields slab[Field]
}

// maxMemory is how many values memory is kept for, ten times what a platform has.
const maxMemory = 1 << 15

// Parse is Parse in this memory: the document is good until Reuse.
func (m *Memory) Parse(path string, data []byte, limits Limits) *Document {
	return parseAs(path, data, limits, m, readsSubset())
}

// Reuse takes back what was made since the last Reuse. Nobody may look at it any more;
// texts last.
func (m *Memory) Reuse() {
	m.values.empty()
	m.inners.empty()
	m.items.empty()
	m.fields.empty()
}

// slab is a piece of memory that is cut from its start on.
type slab[T any] struct {
	whole []T
	used  int
}

// cut is an empty list with room for n.
func (s *slab[T]) cut(n int) []T {
	if n == 0 {
		return []T{}
	}
	if s.used+n > len(s.whole) {
		// What was cut before stays with those who have it.
		s.whole, s.used = make([]T, max(n, min(2*len(s.whole), maxMemory))), 0
	}
	from := s.used
	s.used += n
	return s.whole[from:from:s.used]
}

func (s *slab[T]) empty() {
	if len(s.whole) > maxMemory {
		s.whole = nil
	}
	clear(s.whole[:min(s.used, len(s.whole))])
	s.used = 0
}
