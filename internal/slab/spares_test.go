package slab_test

import (
	"runtime"
	"sync"
	"testing"

	"hegui/internal/slab"
)

// What was left is taken again, by whoever comes and after collections as well: never is
// there more than was in use at once.
func TestSpares(t *testing.T) {
	const users = 4
	var spares slab.Spares[int]
	var lock sync.Mutex
	made := map[*int]bool{}
	take := func() *int {
		one := spares.Take()
		lock.Lock()
		defer lock.Unlock()
		if one == nil {
			one = new(int)
			made[one] = true
		}
		if *one++; *one != 1 {
			t.Error("two have the same")
		}
		return one
	}
	leave := func(one *int) {
		lock.Lock()
		*one--
		lock.Unlock()
		spares.Leave(one)
	}
	for range 3 {
		var all sync.WaitGroup
		for range users {
			all.Go(func() {
				for range 100 {
					leave(take())
				}
			})
		}
		all.Wait()
		runtime.GC()
		runtime.GC()
	}
	if len(made) > users {
		t.Errorf("%d were made for %d", len(made), users)
	}
}

// The one that was used last is warm.
func TestSparesLastFirst(t *testing.T) {
	var spares slab.Spares[int]
	one, other := new(int), new(int)
	spares.Leave(one)
	spares.Leave(other)
	if spares.Take() != other || spares.Take() != one || spares.Take() != nil {
		t.Error("another order")
	}
}
