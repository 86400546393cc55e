package stopwatch_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hegui/internal/stopwatch"
)

// Stages add up, at whatever worker; the start ends once.
func TestWatch(t *testing.T) {
	at := time.Unix(0, 0)
	w := stopwatch.New(func() time.Time { return at }, at)
	at = at.Add(time.Second)
	w.Started()
	w.Started()
	for range 2 {
		stop := w.Time(stopwatch.Judge)
		at = at.Add(2 * time.Second)
		stop()
	}
	w.Started()
	w.Time(stopwatch.Read)()
	var said []string
	w.Each(func(s stopwatch.Stage, spent time.Duration) { said = append(said, fmt.Sprint(s.Text().EN, " ", spent)) })
	if want := []string{"start 1s", "read 0s", "checks 4s"}; !slices.Equal(said, want) || w.Since() != 5*time.Second {
		t.Errorf("%q after %s, want %q", said, w.Since(), want)
	}
	var none *stopwatch.Watch
	none.Started()
	none.Time(stopwatch.Judge)()
}
