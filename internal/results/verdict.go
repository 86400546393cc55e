package results

import "hegui/internal/examine"

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
