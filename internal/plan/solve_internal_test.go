package plan

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"hegui/internal/trial"
)

// drawCover makes up a cover small enough to try every choice.
func drawCover(t *rapid.T) *cover {
	fraction := func(label string, most int64) *big.Rat {
		return big.NewRat(rapid.Int64Range(0, most).Draw(t, label), rapid.Int64Range(1, 4).Draw(t, "parts"))
	}
	c := &cover{gain: fraction("gain", 60), floors: map[int]*big.Rat{}}
	for range rapid.IntRange(0, 3).Draw(t, "conditions") {
		c.spare = append(c.spare, rapid.IntRange(-1, 4).Draw(t, "spare"))
	}
	for range rapid.IntRange(0, 9).Draw(t, "options") {
		c.options = append(c.options, option{
			cost: rapid.SampledFrom([]int{1, 1, 3, 8}).Draw(t, "cost"), gain: fraction("worth", 20), rise: fraction("rise", 9),
			group: rapid.IntRange(0, 3).Draw(t, "group"), mask: rapid.Uint64Range(0, 1<<len(c.spare)-1).Draw(t, "mask"),
			must: rapid.IntRange(0, 7).Draw(t, "must") == 0,
		})
	}
	for group := range 4 {
		if rapid.IntRange(0, 2).Draw(t, "floored") == 0 {
			c.floors[group] = fraction("floor", 12)
		}
	}
	return c
}

// solves reports whether a choice of options, a bit each, solves a cover, what it
// costs and what it gains.
func (c *cover) solves(chosen uint64) (cost int, gain *big.Rat, ok bool) {
	gain, ok = new(big.Rat), true
	out, rises := make([]int, len(c.spare)), map[int]*big.Rat{}
	for group := range c.floors {
		rises[group] = new(big.Rat)
	}
	for i, o := range c.options {
		if chosen>>i&1 == 0 {
			ok = ok && !o.must
			for bit := range out {
				out[bit] += int(o.mask >> bit & 1)
			}
			continue
		}
		cost += o.cost
		gain.Add(gain, o.gain)
		if rises[o.group] != nil {
			rises[o.group].Add(rises[o.group], o.rise)
		}
	}
	for bit, spare := range c.spare {
		ok = ok && out[bit] <= spare
	}
	for group, floor := range c.floors {
		ok = ok && rises[group].Cmp(floor) >= 0
	}
	return cost, gain, ok && gain.Cmp(c.gain) >= 0
}

// The choice is as cheap as the cheapest of all there are, and of these none gains
// more; where there is none it says so.
func TestSolveIsTryingEveryChoice(t *testing.T) {
	solved := 0
	trial.Check(t, 3000, func(t *rapid.T) {
		c := drawCover(t)
		cost, gain := -1, new(big.Rat)
		for chosen := range uint64(1) << len(c.options) {
			if n, g, ok := c.solves(chosen); ok && (cost < 0 || n < cost || n == cost && g.Cmp(gain) > 0) {
				cost, gain = n, g
			}
		}
		got, ok := c.solve(math.MaxInt)
		if ok != (cost >= 0) {
			t.Fatalf("solved %v, the cheapest costs %d", ok, cost)
		}
		if !ok {
			return
		}
		solved++
		chosen := uint64(0)
		for _, i := range got.options {
			chosen |= 1 << i
		}
		n, g, ok := c.solves(chosen)
		if !ok || n != cost || got.cost != cost || got.least != cost || g.Cmp(gain) != 0 {
			t.Fatalf("chose %v for %d (%d), at least %d, gains %s, solves %v: want %d and %s", got.options, got.cost, n, got.least, g, ok, cost, gain)
		}
	})
	if solved == 0 {
		t.Error("nothing could be solved")
	}
}
