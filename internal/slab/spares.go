package slab

import (
	"math"
	"sync"
)

// Spares are things to be used again. Other than those of a sync.Pool they are never more
// than were in use at once, as none waits where another processor does not look, and none
// is made anew after a collection. The zero Spares are none.
type Spares[T any] struct {
	lock sync.Mutex
	all  []*T
}

// Take is the one that was left last, nil for none.
func (s *Spares[T]) Take() *T {
	s.lock.Lock()
	defer s.lock.Unlock()
	last := len(s.all) - 1
	if last < 0 {
		return nil
	}
	one := s.all[last]
	s.all[last], s.all = nil, s.all[:last]
	return one
}

// waiting is how many are left.
func (s *Spares[T]) waiting() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return len(s.all)
}

// Leave leaves one for the next.
func (s *Spares[T]) Leave(one *T) { s.leave(one, math.MaxInt) }

// leave leaves one for the next, unless so many are left already.
func (s *Spares[T]) leave(one *T, most int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.all) < most {
		s.all = append(s.all, one)
	}
}
