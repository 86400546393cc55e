package picture

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
)

// judge lays what the checks say over the parts: an outcome is about the part in
// whose entry it was found, or in that of what protects it.
func (b *builder) judge() {
	prints := map[[2]string]string{}
	for i := range b.platform.Findings {
		f := &b.platform.Findings[i]
		prints[[2]string{f.Check, f.Item}] = f.Fingerprint
		if f.Waived {
			continue
		}
		state := stateOf(f.Severity)
		if f.Defect() || len(f.Waiting) > 0 {
			state = Waiting
		}
		b.say(b.valueAt(f.Location), state, f.Fingerprint)
	}
	for i := range b.platform.Checks {
		c := &b.platform.Checks[i]
		for j := range c.Items {
			item := &c.Items[j]
			state, open := outcome(c, item)
			if state == "" {
				continue
			}
			if open && len(item.CausedBy) == 0 {
				b.say(item.Place, state, prints[[2]string{c.Rule.ID, item.Name}])
				continue
			}
			b.say(item.Place, state, item.CausedBy...)
		}
	}
}

// outcome is the state that an item puts a part into, empty where nothing is
// judged; open is set for what is to be fixed.
func outcome(c *examine.Check, item *examine.Item) (state State, open bool) {
	switch {
	case item.Outcome == finding.Pass:
		return Met, false
	case item.Outcome == finding.Waived, item.Outcome == finding.Rectified:
		return Waived, false
	case item.Outcome == finding.Fail && len(item.CausedBy) > 0:
		return Waiting, true
	case item.Outcome == finding.Fail:
		return stateOf(c.Severity), true
	}
	return "", false
}

func stateOf(s finding.Severity) State {
	if s >= finding.Major {
		return Failing
	}
	return Lesser
}

// valueAt is the value that a finding points at, nil for none that is drawn from.
func (b *builder) valueAt(at finding.Location) *document.Value {
	doc := b.platform.Documents[topicOf(at.Path)]
	if !doc.Sound() || doc.Path != at.Path {
		return nil
	}
	return doc.Root.Find(at.Pointer)
}

// say puts the parts that a value is about into a state, unless theirs is worse.
func (b *builder) say(v *document.Value, state State, prints ...string) {
	for ; v != nil; v = v.Parent {
		owners := b.owners[v]
		for _, p := range owners {
			if slices.Index(States(), state) < slices.Index(States(), p.State) || p.State == Unjudged && state == Met {
				p.State = state
			}
			for _, print := range prints {
				if print != "" && !slices.Contains(p.Findings, print) {
					p.Findings = append(p.Findings, print)
				}
			}
		}
		if len(owners) > 0 {
			return
		}
	}
}
