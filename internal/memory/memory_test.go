package memory

import "testing"

// An ordinary run has the room that buys time, one that holds more, or has more beside it,
// a fifth more than is alive, and none takes the machine.
func TestLimitOf(t *testing.T) {
	for _, c := range []struct{ live, beside, least, want int64 }{
		{0, 18, 92, 92}, {30, 18, 92, 92}, {39, 47, 92, 93}, {63, 24, 92, 99}, {198, 24, 92, 261}, {620, 24, 92, 768}, {4 << 10, 24, 92, 768},
		{63, 24, 216, 216}, {198, 24, 216, 261},
	} {
		if got := limitOf(c.live<<20, c.beside<<20, c.least<<20) >> 20; got != c.want {
			t.Errorf("of %d MiB alive and %d beside it takes %d, want %d", c.live, c.beside, got, c.want)
		}
	}
}

// The percentage never asks for a collection before the limit does, and lets a heap grow by
// little more where one goes on for longer.
func TestPercentOf(t *testing.T) {
	for _, live := range []int64{0, 1, 20, 44, 63, 74, 200} {
		for _, least := range []int64{small, roomy} {
			live, beside := live<<20, int64(24<<20)
			goal := limitOf(live, beside, least) - beside
			percent := int64(percentOf(live, goal))
			if full := live + live*percent/100; live > 0 && (full < goal || full > goal+goal/50) {
				t.Errorf("of %d MiB alive it is full at %d, want %d", live>>20, full>>20, goal>>20)
			}
		}
	}
	if got := percentOf(0, 768<<20); got != mostGrowth {
		t.Errorf("a heap of nothing may grow by %d %%", got)
	}
	if got := percentOf(110<<20, 70<<20); got != leastGrowth {
		t.Errorf("a heap that has outgrown its limit may grow by %d %%", got)
	}
}
