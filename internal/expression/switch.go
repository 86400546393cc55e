package expression

import (
	"slices"

	"hegui/internal/lang"
)

// switched is what a switch came to on a frame. Many checks have the same one, and
// while they run nothing changes of what it looks at.
type switched struct {
	holds  bool
	err    error
	absent []*Absent
	cost   uint64
	// beside says why it does not hold, spent is what that has cost; nil until
	// somebody asks.
	beside *lang.Text
	spent  uint64
}

// Switched is True of a switch, which is evaluated once on each frame and costs
// every check the same.
func (p *Program) Switched(f *Frame) (bool, error) {
	if known := f.switches[p]; known != nil && f.budget.spend(known.cost) {
		f.absences = known.absent
		return known.holds, known.err
	}
	before := f.budget.spent
	holds, err := p.True(f)
	if !TooCostly(err) && len(f.flips) == 0 {
		f.switches[p] = &switched{holds: holds, err: err, absent: f.absences, cost: f.budget.spent - before}
	}
	return holds, err
}

// Beside says, to all who may read the description, for what is stated a switch does
// not hold that was asked on the frame.
func (p *Program) Beside(f *Frame) lang.Text {
	known := f.switches[p]
	if known == nil {
		return p.besides(f)
	}
	if known.beside != nil && f.explained+known.spent < f.budget.check {
		f.explained += known.spent
		return *known.beside
	}
	before := f.explained
	said := p.besides(f)
	known.beside, known.spent = &said, f.explained-before
	return said
}

func (p *Program) besides(f *Frame) (said lang.Text) {
	var all []lang.Text
	for _, r := range (&explainer{frame: f, program: p, beside: true}).reasons() {
		one := r.Message.Redacted
		if r.stands != nil && !r.stands.Redacted.IsZero() {
			one = r.stands.Redacted
		}
		switch {
		case slices.Contains(all, one):
			continue
		case said.IsZero():
			said = one
		default:
			said = lang.Say("%s；%s", "%s; %s", said, one)
		}
		all = append(all, one)
	}
	return said
}
