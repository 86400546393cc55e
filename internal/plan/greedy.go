package plan

import (
	"cmp"
	"math/big"
	"slices"
)

// greedy is a choice that solves the cover, though it may not be the cheapest: what
// helps most for its cost is taken, and what was not needed after all is put back.
func (s *solver) greedy() (choice, bool) {
	order := make([]int, len(s.options))
	for i := range order {
		order[i] = i
	}
	s.byWorth(order)
	g := &grab{solver: s, taken: make([]bool, len(s.options)), out: make([]int, len(s.spare)), gain: new(big.Int), rises: map[int]*big.Int{}}
	for i := range s.options {
		for bit := range s.spare {
			g.out[bit] += int(s.options[i].mask >> bit & 1)
		}
	}
	for _, missing := range []func(i int) bool{g.demanded, g.belowFloor, g.amongTooMany, g.belowNeed} {
		for _, i := range order {
			if !g.taken[i] && missing(i) {
				g.take(i)
			}
		}
	}
	if !g.solved() {
		return choice{}, false
	}
	g.putBack(order)
	return g.choice(), true
}

// byWorth sorts options by gain for their cost, the best first.
func (s *solver) byWorth(of []int) {
	slices.SortStableFunc(of, func(a, b int) int {
		left := new(big.Int).Mul(s.gains[a], big.NewInt(int64(s.options[b].cost)))
		return new(big.Int).Mul(s.gains[b], big.NewInt(int64(s.options[a].cost))).Cmp(left)
	})
}

// grab is a greedy choice on its way.
type grab struct {
	*solver
	taken []bool
	out   []int // how many of each mask are left out
	gain  *big.Int
	rises map[int]*big.Int
}

func (g *grab) take(i int) { g.move(i, 1) }

func (g *grab) move(i, by int) {
	o := &g.options[i]
	g.taken[i] = by > 0
	for bit := range g.out {
		g.out[bit] -= by * int(o.mask>>bit&1)
	}
	if g.rises[o.group] == nil {
		g.rises[o.group] = new(big.Int)
	}
	step := big.NewInt(int64(by))
	g.gain.Add(g.gain, new(big.Int).Mul(step, g.gains[i]))
	g.rises[o.group].Add(g.rises[o.group], step.Mul(step, g.solver.rises[i]))
}

// The options that are still missed.
func (g *grab) demanded(i int) bool { return g.options[i].must }

func (g *grab) belowFloor(i int) bool {
	return g.low(g.options[i].group) && g.solver.rises[i].Sign() > 0
}

func (g *grab) amongTooMany(i int) bool {
	for bit, spare := range g.spare {
		if g.options[i].mask&(1<<bit) != 0 && g.out[bit] > spare {
			return true
		}
	}
	return false
}

func (g *grab) belowNeed(i int) bool {
	return g.gain.Cmp(g.need) < 0 && g.gains[i].Sign() > 0
}

func (g *grab) low(group int) bool {
	floor, risen := g.floors[group], g.rises[group]
	return floor != nil && floor.Sign() > 0 && (risen == nil || risen.Cmp(floor) < 0)
}

func (g *grab) solved() bool {
	for group := range g.floors {
		if g.low(group) {
			return false
		}
	}
	for bit, spare := range g.spare {
		if g.out[bit] > spare {
			return false
		}
	}
	return g.gain.Cmp(g.need) >= 0
}

// putBack gives up what is not needed, the dearest first.
func (g *grab) putBack(order []int) {
	order = slices.Clone(order)
	slices.Reverse(order)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.options[b].cost, g.options[a].cost) })
	for _, i := range order {
		if !g.taken[i] || g.options[i].must {
			continue
		}
		if g.move(i, -1); !g.solved() {
			g.move(i, 1)
		}
	}
}

func (g *grab) choice() (c choice) {
	for i, taken := range g.taken {
		if taken {
			c.options = append(c.options, i)
			c.cost += g.options[i].cost
		}
	}
	return c
}
