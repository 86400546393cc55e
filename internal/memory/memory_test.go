package memory

import "testing"

// An ordinary run has the room that buys time, one that holds more, or has more beside it,
// a third more than is alive, and none takes the machine.
func TestLimitOf(t *testing.T) {
	for _, c := range []struct{ live, beside, want int64 }{
		{0, 18, 92}, {30, 18, 92}, {39, 47, 99}, {63, 24, 108}, {198, 24, 288}, {600, 24, 768}, {4 << 10, 24, 768},
	} {
		if got := limitOf(c.live<<20, c.beside<<20) >> 20; got != c.want {
			t.Errorf("of %d MiB alive and %d beside it takes %d, want %d", c.live, c.beside, got, c.want)
		}
	}
}
