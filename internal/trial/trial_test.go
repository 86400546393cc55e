package trial_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/trial"
)

// Each form makes its own number of tries, in rapid's tests as in others.
func TestTries(t *testing.T) {
	for _, c := range []struct {
		long string
		want int
	}{{"", 30}, {"1", 30}, {"40", 1200}} {
		t.Run(c.long, func(t *testing.T) {
			t.Setenv("HEGUI_LONG", c.long)
			want := c.want
			if testing.Short() {
				want = 6
			}
			if got := trial.Tries(t, 30); got != want {
				t.Errorf("%d tries, want %d", got, want)
			}
			ran := 0
			trial.Check(t, 30, func(*rapid.T) { ran++ })
			if ran != want {
				t.Errorf("rapid made %d tries, want %d", ran, want)
			}
			if trial.Long(t) != (c.long == "40" && !testing.Short()) {
				t.Errorf("long is %v", trial.Long(t))
			}
		})
	}
}

// A seed gives the same again; another one something else.
func TestSeed(t *testing.T) {
	drawn := func(t *testing.T) (number uint64, ints []int) {
		trial.Check(t, 10, func(r *rapid.T) { ints = append(ints, rapid.Int().Draw(r, "n")) })
		return trial.Random(t).Uint64(), ints
	}
	number, ints := drawn(t)
	again, intsAgain := drawn(t)
	t.Setenv("HEGUI_SEED", "2")
	other, intsOther := drawn(t)
	if again != number || other == number {
		t.Errorf("drew %d, again %d, from another seed %d", number, again, other)
	}
	if ints[0] != intsAgain[0] || ints[0] == intsOther[0] {
		t.Errorf("rapid drew %v, again %v, from another seed %v", ints, intsAgain, intsOther)
	}
}

// The number of steps is that of the work: what is twice as long takes twice as
// many, and what is not called takes none.
func TestMeter(t *testing.T) {
	m := trial.NewMeter(t, "strings", "hegui/internal/trial")
	once, twice := m.Steps(t, "TestMetered", "1 time"), m.Steps(t, "TestMetered", "2 times")
	if once < 1_000_000 || twice < 2*once-10_000 || twice > 2*once+10_000 {
		t.Errorf("%d steps once, %d twice", once, twice)
	}
	if idle := m.Steps(t, "TestMetered", "0 times"); idle > 10_000 {
		t.Errorf("%d steps for nothing", idle)
	}
}

// TestMetered is what TestMeter runs.
func TestMetered(t *testing.T) {
	text := strings.Repeat(" ", 1_000_000)
	for name, times := range map[string]int{"0 times": 0, "1 time": 1, "2 times": 2} {
		t.Run(name, func(t *testing.T) {
			for range times {
				if strings.TrimLeft(text, " ") != "" {
					t.Error("it trims nothing")
				}
			}
		})
	}
}
