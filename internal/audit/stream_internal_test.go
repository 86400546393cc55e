package audit

import (
	"slices"
	"testing"
	"testing/synctest"
)

// While the first of many takes its time, no more than half of the workers get ahead of
// their number: what waits for its turn takes memory.
func TestFewGetAheadOfTheSlowest(t *testing.T) {
	for jobs, most := range map[int]int{1: 2, 2: 4, 3: 5, 8: 13} {
		synctest.Test(t, func(t *testing.T) {
			first, got := make(chan struct{}), []int{}
			done := make(chan int, 100)
			units := make([]int, 40)
			for i := range units {
				units[i] = i
			}
			go func() {
				synctest.Wait()
				if n := len(done) + 1; n > most {
					t.Errorf("of %d workers one takes its time, and %d units are held", jobs, n)
				}
				close(first)
			}()
			stream(t.Context(), jobs, NewAdmission(), units, func(unit int, t *ticket) (int, []Failure) {
				t.pass()
				if unit == 0 {
					<-first
				}
				done <- unit
				return unit, nil
			}, func(unit int) { got = append(got, unit) })
			if !slices.Equal(got, units) {
				t.Errorf("handed over %d", got)
			}
		})
	}
}
