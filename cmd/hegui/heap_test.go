package main

import "testing"

// A small heap may grow manifold, a large one by half: what a run holds is what it
// costs.
func TestGrowth(t *testing.T) {
	for live, want := range map[uint64]int{0: 400, 1 << 20: 400, 64 << 20: 100, 80 << 20: 60, 128 << 20: 50, 4 << 30: 50} {
		if got := growth(live); got != want {
			t.Errorf("of %d MiB alive it may grow by %d %%, want %d", live>>20, got, want)
		}
	}
}
