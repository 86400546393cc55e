package plan

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// cover is a problem of pure numbers: the cheapest choice of options that brings
// every sum to where it must be.
type cover struct {
	options []option
	// gain is how much the gains must sum to, spare how many options with each bit of
	// mask may be left out, floors how much the rises must sum to in a group.
	gain   *big.Rat
	spare  []int
	floors map[int]*big.Rat
}

// option is one thing that may be chosen.
type option struct {
	cost int
	gain *big.Rat
	// group is that of its rise; every option is in one.
	group int
	rise  *big.Rat
	// mask has a bit for each number of spare ones that the option is among.
	mask uint64
	must bool
}

// choice is what solves a cover.
type choice struct {
	options []int
	cost    int
	// least is a cost below which nothing solves it: cost itself where the choice is
	// proved to be the cheapest.
	least int
	// steps is how many partial choices were looked at.
	steps int
}

// maxSteps bounds the partial choices that are looked at: seven times what it takes
// where every check of the built-in rulebook fails.
const maxSteps = 4_000_000

// partial is a choice among the options of some groups. Of several with one cost that
// leave out as many only that with the largest gain matters.
type partial struct {
	mark
	gain   *big.Int
	rise   *big.Int
	option int // -1 for none
	before *partial
	with   *partial // of a group, put to before
	// portion is the gain as a part of the one that is needed, once somebody asked.
	portion *float64
}

// mark is what a choice costs and how many options of each mask it leaves out.
type mark struct {
	cost int
	out  [MaxConditions]int
}

// MaxConditions is how many conditions of a grade count: a policy has no more.
const MaxConditions = 8

// solve finds the cheapest choice, of several that with the largest gain; false
// where there is none. It looks for ever dearer ones, from a cost below which none can
// be, and gives up with the best that it knows where that is too much.
// One that costs as much as below, or more, may be none.
func (c *cover) solve(below int) (choice, bool) {
	s := newSolver(c)
	known, ok := s.greedy()
	if !ok {
		return choice{}, false
	}
	s.lay()
	s.dual = s.bestDual(known.cost)
	least := s.dual.atLeast(&partial{gain: new(big.Int)}, 0)
	if least >= below {
		return choice{steps: s.steps}, false
	}
	for bound, stride := least, 1; ; bound, stride = bound+stride, 2*stride {
		bound = min(max(bound, 0), known.cost)
		if found := s.search(bound); found != nil {
			known = choice{cost: found.cost, least: found.cost}
			found.walk(func(i int) { known.options = append(known.options, i) })
			slices.Sort(known.options)
			break
		}
		if s.steps > maxSteps || bound == known.cost {
			known.least = min(max(least, 0), known.cost)
			break
		}
		least = bound + 1
	}
	known.steps = s.steps
	return known, true
}

// walk visits the options of a choice.
func (p *partial) walk(visit func(int)) {
	for ; p != nil; p = p.before {
		if p.with != nil {
			p.with.walk(visit)
		}
		if p.option >= 0 {
			visit(p.option)
		}
	}
}

// solver has the numbers of a cover as whole ones.
type solver struct {
	options []option
	gains   []*big.Int
	rises   []*big.Int
	need    *big.Int
	spare   []int
	sizes   []float64 // how many options have each bit, at least 1
	floors  map[int]*big.Int
	groups  [][]*partial // the choices within each
	dual    dual
	steps   int
}

func newSolver(c *cover) *solver {
	s := &solver{options: c.options, spare: c.spare, floors: map[int]*big.Int{}}
	gains, rises := []*big.Rat{c.gain}, []*big.Rat{}
	for i := range c.options {
		gains, rises = append(gains, c.options[i].gain), append(rises, c.options[i].rise)
	}
	for _, group := range slices.Sorted(maps.Keys(c.floors)) {
		rises = append(rises, c.floors[group])
	}
	whole := wholes(gains)
	s.need, s.gains = whole[0], whole[1:]
	whole = wholes(rises)
	s.rises = whole[:len(c.options)]
	for i, group := range slices.Sorted(maps.Keys(c.floors)) {
		s.floors[group] = whole[len(c.options)+i]
	}
	for bit := range s.spare {
		size := 0
		for i := range s.options {
			size += int(s.options[i].mask >> bit & 1)
		}
		s.sizes = append(s.sizes, float64(max(size, 1)))
	}
	return s
}

// wholes are numbers as multiples of one fraction that they all are multiples of.
func wholes(all []*big.Rat) []*big.Int {
	common := big.NewInt(1)
	for _, r := range all {
		shared := new(big.Int).GCD(nil, nil, common, r.Denom())
		common = new(big.Int).Mul(common, new(big.Int).Quo(r.Denom(), shared))
	}
	out := make([]*big.Int, len(all))
	for i, r := range all {
		out[i] = new(big.Int).Mul(r.Num(), new(big.Int).Quo(common, r.Denom()))
	}
	return out
}

// lay finds the choices within each group.
func (s *solver) lay() {
	var groups []int
	for i := range s.options {
		groups = append(groups, s.options[i].group)
	}
	slices.Sort(groups)
	for _, group := range slices.Compact(groups) {
		s.groups = append(s.groups, s.within(group))
	}
}

// within are the choices in one group that reach its floor, by cost.
func (s *solver) within(group int) []*partial {
	kept := []*partial{{gain: new(big.Int), rise: new(big.Int), option: -1}}
	floor := s.floors[group]
	for i := range s.options {
		o := &s.options[i]
		if o.group != group {
			continue
		}
		next := frontier{floored: floor != nil}
		for _, before := range kept {
			if out, ok := s.without(before, o); ok {
				next.add(out)
			}
			next.add(s.with(before, i, floor))
			s.steps++
		}
		kept = next.sorted()
	}
	return slices.DeleteFunc(kept, func(p *partial) bool { return floor != nil && p.rise.Cmp(floor) < 0 })
}

// search puts group to group and keeps what may still solve the cover for so much;
// nil where nothing does, or where that is too much to look at.
func (s *solver) search(bound int) *partial {
	kept := []*partial{{gain: new(big.Int), option: -1}}
	for i, within := range s.groups {
		next := frontier{}
		for _, before := range kept {
			for _, with := range within {
				if before.cost+with.cost > bound {
					break // they come by cost
				}
				if s.steps++; s.steps > maxSteps {
					return nil
				}
				if both, ok := s.joined(before, with); ok && s.dual.atLeast(both, i+1) <= bound {
					next.add(both)
				}
			}
		}
		kept = next.sorted()
	}
	for _, p := range kept {
		if p.gain.Cmp(s.need) >= 0 {
			return p // by cost, then by gain
		}
	}
	return nil
}

// without is a choice that leaves an option out; false where it may not.
func (s *solver) without(before *partial, o *option) (*partial, bool) {
	if o.mask == 0 || o.must {
		return before, !o.must
	}
	p := *before
	p.option, p.before, p.with = -1, before, nil
	for bit, spare := range s.spare {
		if o.mask&(1<<bit) != 0 {
			if p.out[bit]++; p.out[bit] > spare {
				return nil, false
			}
		}
	}
	return &p, true
}

// with is a choice with one more option.
func (s *solver) with(before *partial, i int, floor *big.Int) *partial {
	p := &partial{mark: before.mark, gain: new(big.Int).Add(before.gain, s.gains[i]), rise: before.rise, option: i, before: before}
	p.cost += s.options[i].cost
	if floor != nil {
		if p.rise = new(big.Int).Add(before.rise, s.rises[i]); p.rise.Cmp(floor) > 0 {
			p.rise = floor
		}
	}
	return p
}

// joined is a choice with one in another group; false where both leave out too much.
func (s *solver) joined(before, with *partial) (*partial, bool) {
	p := &partial{mark: before.mark, gain: new(big.Int).Add(before.gain, with.gain), option: -1, before: before, with: with}
	p.cost += with.cost
	for bit, spare := range s.spare {
		if p.out[bit] += with.out[bit]; p.out[bit] > spare {
			return nil, false
		}
	}
	return p, true
}

// frontier are the choices of which none is better than another in every way: by
// mark that with the largest gain, and where there is a floor those that rise higher.
type frontier struct {
	floored bool
	at      map[mark][]*partial
}

func (f *frontier) add(p *partial) {
	if f.at == nil {
		f.at = map[mark][]*partial{}
	}
	held := f.at[p.mark]
	better := func(a, b *partial) bool {
		return a.gain.Cmp(b.gain) >= 0 && (!f.floored || a.rise.Cmp(b.rise) >= 0)
	}
	if slices.ContainsFunc(held, func(other *partial) bool { return better(other, p) }) {
		return
	}
	f.at[p.mark] = append(slices.DeleteFunc(held, func(other *partial) bool { return better(p, other) }), p)
}

// sorted are all, by cost, then by gain from the largest down.
func (f *frontier) sorted() (out []*partial) {
	for _, held := range f.at {
		out = append(out, held...)
	}
	slices.SortFunc(out, func(a, b *partial) int {
		rise := 0
		if f.floored {
			rise = b.rise.Cmp(a.rise)
		}
		return cmp.Or(cmp.Compare(a.cost, b.cost), b.gain.Cmp(a.gain), slices.Compare(a.out[:], b.out[:]), rise)
	})
	return out
}
