package memory

import "testing"

// An ordinary run has the room that buys time, one that holds more, or has more beside it,
// half as much again as is alive, and none takes the machine.
func TestLimitOf(t *testing.T) {
	for _, c := range []struct{ live, beside, want int64 }{
		{0, 18, 92}, {30, 18, 92}, {40, 47, 107}, {64, 24, 120}, {200, 24, 324}, {600, 24, 768}, {4 << 10, 24, 768},
	} {
		if got := limitOf(c.live<<20, c.beside<<20) >> 20; got != c.want {
			t.Errorf("of %d MiB alive and %d beside it takes %d, want %d", c.live, c.beside, got, c.want)
		}
	}
}
