package slab_test

import (
	"testing"

	"hegui/internal/slab"
)

// What is cut again is zero, and lies apart from what else was cut since.
func TestSlabIsUsedAgain(t *testing.T) {
	var s slab.Slab[int]
	for round := range 3 {
		var all [][]int
		for n := range 20 {
			cut := s.All(n)
			for i := range cut {
				if cut[i] != 0 {
					t.Fatalf("round %d: %d was there before", round, cut[i])
				}
				cut[i] = n
			}
			all = append(all, append(cut, -1)) // there is no room for more
		}
		for n, cut := range all {
			for _, v := range cut[:n] {
				if v != n {
					t.Fatalf("round %d: %d in the list of %d", round, v, n)
				}
			}
		}
		s.Reuse()
	}
	if fresh := testing.AllocsPerRun(5, func() { s.All(20); *s.One() = 1; s.Reuse() }); fresh > 0 {
		t.Errorf("%v allocations", fresh)
	}
}

// Memory as large as platforms never need is not kept for the rest of a run.
func TestSlabIsNotKeptForTheLargest(t *testing.T) {
	var s slab.Slab[int]
	s.Cut(slab.Most + 1)
	s.Reuse()
	if cut := s.Cut(1); cap(cut) != 1 || testing.AllocsPerRun(1, func() { s.Cut(slab.Most) }) == 0 {
		t.Error("kept")
	}
	if testing.AllocsPerRun(1, func() { s.Cut(slab.Most); s.Cut(1) }) < 2 {
		t.Error("what is cut next has room for more than is kept")
	}
}
