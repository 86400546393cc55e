package results

import "hegui/internal/examine"

func verdicts(p *examine.Platform) []Verdict {
	out := make([]Verdict, len(p.Verdicts))
	for i, v := range p.Verdicts {
		out[i] = Verdict{ID: v.ID, Check: v.Check, Item: v.Item, Verdict: v.Verdict, Record: Record(v.Record), Fact: v.Fact,
			State: string(v.State), Location: v.Location, redacted: v.Redacted}
	}
	return out
}

func clauseVerdicts(p *examine.Platform) []ClauseVerdict {
	out := make([]ClauseVerdict, len(p.ClauseVerdicts))
	for i, v := range p.ClauseVerdicts {
		out[i] = ClauseVerdict{Clause: v.Clause, Verdict: v.Verdict, Record: Record(v.Record), Location: v.Location}
	}
	return out
}

// verification counts the claims and what has become of them, nil as long as
// there are no verdicts.
func verification(p *examine.Platform) *Verification {
	if !p.Examined {
		return nil
	}
	var n Verification
	for i := range p.Checks {
		for _, item := range p.Checks[i].Items {
			if item.Claim {
				n.add(item.State)
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
	}
}
