// Package slab is memory that is cut from its start on, and used again.
package slab

// Most is how many values memory is kept for, ten times what a platform has.
const Most = 1 << 15

// Slab is memory for values of one type. The zero Slab is empty.
type Slab[T any] struct {
	whole []T
	used  int
}

// Cut is an empty list with room for n.
func (s *Slab[T]) Cut(n int) []T {
	if n == 0 {
		return []T{}
	}
	if s.used+n > len(s.whole) {
		// What was cut before stays with those who have it.
		s.whole, s.used = make([]T, max(n, min(2*len(s.whole), Most))), 0
	}
	from := s.used
	s.used += n
	return s.whole[from:from:s.used]
}

// All is a list of n values, each zero.
func (s *Slab[T]) All(n int) []T { return s.Cut(n)[:n] }

// One is a zero value.
func (s *Slab[T]) One() *T { return &s.All(1)[0] }

// Reuse takes back what was cut, and forgets it. Nobody may look at it any more.
func (s *Slab[T]) Reuse() {
	if len(s.whole) > Most {
		s.whole = nil
	}
	clear(s.whole[:min(s.used, len(s.whole))])
	s.used = 0
}
