package memory

import "testing"

// An ordinary run has the room that buys time, one that holds more half as much again,
// and none takes the machine.
func TestLimitOf(t *testing.T) {
	for live, want := range map[uint64]int64{0: 92, 30: 92, 64: 120, 200: 324, 600: 768, 4 << 10: 768} {
		if got := limitOf(live<<20) >> 20; got != want {
			t.Errorf("of %d MiB alive it takes %d, want %d", live, got, want)
		}
	}
}
