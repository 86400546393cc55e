package plan

import (
	"math"
	"math/big"
	"slices"
)

// dual says below which cost a choice cannot be completed. It gives a price to what is
// missing of the gain and to each option that is left out, and takes of every group
// the choice that costs least by these prices: whatever the prices are, no completion
// is cheaper than that (Lagrange's relaxation). Good prices come close to the truth.
type dual struct {
	*solver
	gain float64
	out  [MaxConditions]float64
	// rest are the costs by these prices of the groups from each one on.
	rest []float64
}

// slack is more than floating point loses.
const slack = 1e-6

// atLeast is a cost below which a choice in the first groups cannot be completed.
func (d *dual) atLeast(p *partial, groups int) int {
	cost := float64(p.cost) + d.rest[groups]
	if d.gain > 0 {
		cost += d.gain * (1 - d.share(p))
	}
	for bit, spare := range d.spare {
		cost += d.out[bit] * float64(p.out[bit]-spare)
	}
	return int(math.Ceil(cost - slack*max(1, math.Abs(cost))))
}

// share is the gain of a choice as a part of the one that is needed.
func (s *solver) share(p *partial) float64 {
	if p.portion == nil {
		f, _ := new(big.Float).Quo(new(big.Float).SetInt(p.gain), new(big.Float).SetInt(s.need)).Float64()
		p.portion = &f
	}
	return *p.portion
}

// rounds is how often the prices are changed, patience how often in vain before they
// are changed by less.
const rounds, patience = 400, 8

// bestDual finds good prices, step by step: what too little is chosen of by these
// prices becomes dearer. known is what some choice costs.
func (s *solver) bestDual(known int) dual {
	d := dual{solver: s, rest: make([]float64, len(s.groups)+1)}
	best, worth := d, math.Inf(-1)
	reach, vain := 1.0, 0
	for range rounds {
		gain, out := d.price()
		value := d.rest[0]
		if s.need.Sign() > 0 {
			value, gain = value+d.gain, 1-gain
		}
		length := gain * gain
		for bit, spare := range s.spare {
			value -= d.out[bit] * float64(spare)
			out[bit] = (out[bit] - float64(spare)) / s.sizes[bit] // so that all are of one size
			length += out[bit] * out[bit]
		}
		if vain++; value > worth {
			best, worth, vain = d, value, 0
			best.rest = slices.Clone(d.rest)
		}
		if vain > patience {
			reach, vain = reach/2, 0
		}
		if length == 0 {
			break
		}
		step := reach * max(float64(known)-value, 1) / length
		if s.need.Sign() > 0 {
			d.gain = max(0, d.gain+step*gain)
		}
		for bit := range s.spare {
			d.out[bit] = max(0, d.out[bit]+step*out[bit]/s.sizes[bit])
		}
	}
	return best
}

// price fills in what the groups cost by the prices, and says how much gain and how
// many left out that chooses.
func (d *dual) price() (gain float64, out [MaxConditions]float64) {
	d.rest[len(d.groups)] = 0
	for i := len(d.groups) - 1; i >= 0; i-- {
		var chosen *partial
		least := math.Inf(1)
		for _, p := range d.groups[i] {
			cost := float64(p.cost)
			if d.gain > 0 {
				cost -= d.gain * d.share(p)
			}
			for bit := range d.spare {
				cost += d.out[bit] * float64(p.out[bit])
			}
			if cost < least {
				chosen, least = p, cost
			}
		}
		d.rest[i] = d.rest[i+1] + least
		if d.need.Sign() > 0 {
			gain += d.share(chosen)
		}
		for bit := range d.spare {
			out[bit] += float64(chosen.out[bit])
		}
	}
	return gain, out
}
