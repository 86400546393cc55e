package compare

import (
	"slices"

	"hegui/internal/finding"
)

// findings sorts the open findings of both sides into new, fixed and unchanged
// ones. They compare as multisets: a second item of the same name is another
// finding.
func (p *Platform) findings(severity finding.Severity) {
	stood := map[string][]finding.Finding{}
	if p.Before != nil {
		for _, f := range p.Before.Open() {
			stood[f.Identity()] = append(stood[f.Identity()], f)
		}
	}
	rest := p.After.Open()
	// Where of several alike not all are new, those that read as before are the
	// old ones.
	rest = p.settle(rest, stood, func(a, b *finding.Finding) bool {
		return a.Message == b.Message && a.Location.Pointer == b.Location.Pointer
	})
	rest = p.settle(rest, stood, func(a, b *finding.Finding) bool { return a.Message == b.Message })
	rest = p.settle(rest, stood, func(_, _ *finding.Finding) bool { return true })
	rest = p.settleUnnamed(rest, stood)
	for _, f := range rest {
		revealed := p.Before != nil && p.Before.reach.Hides(&f)
		p.New = append(p.New, New{Finding: f, Revealed: revealed, Blocking: !revealed && f.Severity >= severity})
	}
	for _, fs := range stood {
		for _, f := range fs {
			// What cannot be judged any more is not fixed.
			if p.After.reach.Hides(&f) || p.After.reach.Unnamed(f.Check) {
				p.Unchanged = append(p.Unchanged, f)
			} else {
				p.Fixed = append(p.Fixed, f)
			}
		}
	}
	finding.Sort(p.Fixed)
	finding.Sort(p.Unchanged)
}

// settle pairs findings with those that stood at the baseline and returns the
// others.
func (p *Platform) settle(found []finding.Finding, stood map[string][]finding.Finding, alike func(a, b *finding.Finding) bool) []finding.Finding {
	var rest []finding.Finding
	for _, f := range found {
		id := f.Identity()
		i := slices.IndexFunc(stood[id], func(old finding.Finding) bool { return alike(&old, &f) })
		if i < 0 {
			rest = append(rest, f)
			continue
		}
		stood[id] = slices.Delete(stood[id], i, i+1)
		p.Unchanged = append(p.Unchanged, f)
	}
	return rest
}

// settleUnnamed pairs findings about items that no longer say their names with those
// that stood at the same place.
func (p *Platform) settleUnnamed(found []finding.Finding, stood map[string][]finding.Finding) (rest []finding.Finding) {
	for _, f := range found {
		id, i := p.nameless(&f, stood)
		if i < 0 {
			rest = append(rest, f)
			continue
		}
		stood[id] = slices.Delete(stood[id], i, i+1)
		p.Unchanged = append(p.Unchanged, f)
	}
	return rest
}

// nameless is the finding of the baseline that one about an item without a name goes on.
func (p *Platform) nameless(f *finding.Finding, stood map[string][]finding.Finding) (id string, at int) {
	if p.Before == nil || !slices.Contains(f.Keys, "") {
		return "", -1
	}
	for _, old := range p.Before.Open() {
		if id = old.Identity(); old.Check == f.Check && old.Location.Path == f.Location.Path && old.Location.Pointer == f.Location.Pointer && len(stood[id]) > 0 {
			return id, 0
		}
	}
	return "", -1
}
