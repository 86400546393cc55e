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
