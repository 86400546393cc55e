package expression

// switched is what a switch came to on a frame. Many checks have the same one, and
// while they run nothing changes of what it looks at.
type switched struct {
	holds  bool
	err    error
	absent []*Absent
	cost   uint64
	// reasons are those for which it does not hold, spent what they have cost; nil
	// until they are asked for.
	reasons *[]Reason
	spent   uint64
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

// Beside is Reasons of a switch that was asked on the frame.
func (p *Program) Beside(f *Frame) []Reason {
	known := f.switches[p]
	if known == nil {
		return p.Reasons(f, nil)
	}
	if known.reasons != nil && f.explained+known.spent < f.budget.check {
		f.explained += known.spent
		return *known.reasons
	}
	before := f.explained
	reasons := p.Reasons(f, nil)
	known.reasons, known.spent = &reasons, f.explained-before
	return reasons
}
