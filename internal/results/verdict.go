package results

import (
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// verification counts the claims and what has become of them, nil as long as
// there are no verdicts.
func verification(p *examine.Platform) *Verification {
	if !p.Examined {
		return nil
	}
	var n Verification
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			switch {
			case item.Claim:
				n.add(item.State)
			case item.State == examine.Disagreement:
				n.Disagreements++
			}
		}
	}
	return &n
}

// Said counts the claims, what an assessor has made of them, and the disagreements
// where there are any.
func (n *Verification) Said() lang.Text {
	said := lang.Say("声明（自评通过或不适用）%d 项：已核实 %d，部分符合 %d，被否定 %d，待复核 %d", "%d claims (what passes or does not apply by the description): %d verified, %d partly met, %d rejected, %d in need of review",
		n.Claims, n.Verified, n.Partly, n.Rejected, n.NeedsReview)
	if n.NotApplicable > 0 {
		said = lang.Say("%s，认定不适用 %d", "%s, %d found not to apply", said, n.NotApplicable)
	}
	if n.Disagreements > 0 {
		said = lang.Say("%s；评估结论与描述不一致 %d 项", "%s; assessor and description disagree on %d", said, n.Disagreements)
	}
	return said
}

// Against returns a function that says why an item does not pass by the description:
// what is found, what it waits for, or why its check does not apply; zero where it
// passes.
func (p *Platform) Against() func(*Check, *Item) lang.Text {
	found, caused := map[[2]string]lang.Text{}, map[string]lang.Text{}
	for i := range p.Findings {
		f := &p.Findings[i]
		if name := [2]string{f.Check, f.Item}; found[name].IsZero() {
			found[name] = f.Message
		}
		caused[f.Fingerprint] = f.Message
	}
	return func(c *Check, i *Item) lang.Text {
		switch {
		case i.Outcome == finding.Pass:
			return lang.Text{}
		case i.Outcome == finding.NotApplicable:
			return c.Reason
		case len(i.CausedBy) > 0:
			return caused[i.CausedBy[0]]
		}
		return found[[2]string{c.ID, i.Item}]
	}
}

func (n *Verification) add(state examine.State) {
	n.Claims++
	switch state {
	case examine.Verified:
		n.Verified++
	case examine.Partly:
		n.Partly++
	case examine.Rejected:
		n.Rejected++
	case examine.NeedsReview:
		n.NeedsReview++
	case examine.Excluded:
		n.NotApplicable++
	case examine.Disagreement:
		n.Disagreements++
	}
}
