package compare

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/term"
)

// identity is what a finding is about inside its platform. It is the
// fingerprint without the platform's code, which a broken file may hide on one
// side.
func identity(f *finding.Finding) string { return finding.Fingerprint(f.Check, "", f.Keys...) }

// findings sorts the open findings of both sides into new, fixed and unchanged
// ones. They compare as multisets: a second item of the same name is another
// finding.
func (p *Platform) findings(severity finding.Severity) {
	stood := map[string][]finding.Finding{}
	if p.Before != nil {
		for _, f := range p.Before.Open() {
			stood[identity(&f)] = append(stood[identity(&f)], f)
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
	for _, f := range rest {
		revealed := p.Before != nil && hides(p.Before, &f)
		p.New = append(p.New, New{Finding: f, Revealed: revealed, Blocking: !revealed && f.Severity >= severity})
	}
	for _, fs := range stood {
		for _, f := range fs {
			// What cannot be judged any more is not fixed.
			if hides(p.After, &f) {
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
		id := identity(&f)
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

// hides reports whether a side could not have a finding, since the file that it is
// about could not be read or judged there.
func hides(side *Side, f *finding.Finding) bool {
	topic := strings.TrimSuffix(path.Base(f.Location.Path), ".yaml")
	switch term.FamilyOf(f.Check).HiddenBy {
	case term.Broken:
		return slices.Contains(side.Broken, topic)
	case term.Unparsed:
		return unparsed(side, topic)
	case term.Syntax:
		// What a file has besides syntax, such as a marking, is never hidden.
		return unparsed(side, topic) && slices.Equal(f.Keys, []string{topic})
	}
	return slices.ContainsFunc(side.Checks, func(c examine.Check) bool { return c.Rule.ID == f.Check && waited(&c, f.Keys) })
}

// waited reports whether the item with these keys could not be judged, alone or with
// a whole list.
func waited(c *examine.Check, keys []string) bool {
	return slices.ContainsFunc(c.Items, func(i examine.Item) bool {
		return len(i.CausedBy) > 0 && len(i.Keys) <= len(keys) && slices.Equal(i.Keys, keys[:len(i.Keys)])
	})
}

// unparsed reports whether a file of a side does not parse.
func unparsed(side *Side, topic string) bool {
	doc := side.Documents[topic]
	return doc != nil && !doc.Sound()
}
