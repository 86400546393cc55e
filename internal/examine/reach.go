package examine

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/term"
)

// Reach is how much of a platform could be looked at: what it takes to know whether
// a finding that is not there could have been. It outlives the platform.
type Reach struct {
	// broken are the topics that cannot be read or judged, unparsed those whose files
	// do not parse.
	broken, unparsed []string
	// waits are the keys of the items that could not be judged, by check.
	waits map[string][][]string
}

// Reach is what of the platform could be looked at.
func (p *Platform) Reach() *Reach {
	r := &Reach{broken: p.Broken, waits: map[string][][]string{}}
	for topic, doc := range p.Documents {
		if doc != nil && !doc.Sound() {
			r.unparsed = append(r.unparsed, topic)
		}
	}
	for i := range p.Checks {
		c := &p.Checks[i]
		for j := range c.Items {
			if len(c.Items[j].CausedBy) > 0 {
				r.waits[c.Rule.ID] = append(r.waits[c.Rule.ID], c.Items[j].Keys)
			}
		}
	}
	return r
}

// Hides reports whether the platform could not have a finding, since the file that it
// is about could not be read or judged.
func (r *Reach) Hides(f *finding.Finding) bool {
	topic := strings.TrimSuffix(path.Base(f.Location.Path), ".yaml")
	switch term.FamilyOf(f.Check).HiddenBy {
	case term.Broken:
		return slices.Contains(r.broken, topic)
	case term.Unparsed:
		return slices.Contains(r.unparsed, topic)
	case term.Syntax:
		// What a file has besides syntax, such as a marking, is never hidden.
		return slices.Contains(r.unparsed, topic) && slices.Equal(f.Keys, []string{topic})
	}
	return r.Waits(f.Check, f.Keys)
}

// Waits reports whether the item of a check with these keys could not be judged, alone
// or with a whole list.
func (r *Reach) Waits(check string, keys []string) bool {
	return slices.ContainsFunc(r.waits[check], func(known []string) bool {
		return len(known) <= len(keys) && slices.Equal(known, keys[:len(known)])
	})
}

// Unnamed reports whether a check has an item that could not be judged and does not say
// its name: what is known of another may be about that one.
func (r *Reach) Unnamed(check string) bool {
	return slices.ContainsFunc(r.waits[check], func(keys []string) bool { return slices.Contains(keys, "") })
}
