package slab_test

import (
	"runtime"
	"sync"
	"testing"

	"hegui/internal/slab"
)

// What was left is taken again, the last first, by whoever comes and after collections as
// well; each is taken by one, and never are there more than were in use at once.
func TestSpares(t *testing.T) {
	const users = 8
	var spares slab.Spares[int]
	known := map[*int]bool{}
	for range users {
		one := new(int)
		known[one] = true
		spares.Leave(one)
	}
	for round := range 20 {
		runtime.GC()
		taken := make([]*int, users)
		var all sync.WaitGroup
		for i := range taken {
			all.Go(func() { taken[i] = spares.Take() })
		}
		all.Wait()
		distinct := map[*int]bool{}
		for _, one := range taken {
			distinct[one] = known[one]
		}
		if len(distinct) != users || distinct[nil] {
			t.Fatalf("round %d: %d of %d are taken by as many", round, len(distinct), users)
		}
		if spares.Take() != nil {
			t.Fatalf("round %d: there is one more", round)
		}
		for _, one := range taken {
			all.Go(func() { spares.Leave(one) })
		}
		all.Wait()
	}
	last := new(int)
	spares.Leave(last)
	if spares.Take() != last {
		t.Error("another than the last is taken")
	}
}
