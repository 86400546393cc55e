package results

import "hegui/internal/audit"

func verdicts(p *audit.Platform) []Verdict {
	out := make([]Verdict, len(p.Verdicts))
	for i, v := range p.Verdicts {
		out[i] = Verdict{ID: v.ID, Check: v.Check, Item: v.Item, Verdict: v.Verdict, Record: Record(v.Record), Fact: v.Fact,
			State: string(v.State), Location: v.Location, redacted: v.Redacted}
	}
	return out
}

func clauseVerdicts(p *audit.Platform) []ClauseVerdict {
	out := make([]ClauseVerdict, len(p.ClauseVerdicts))
	for i, v := range p.ClauseVerdicts {
		out[i] = ClauseVerdict{Clause: v.Clause, Verdict: v.Verdict, Record: Record(v.Record), Location: v.Location}
	}
	return out
}

// verification counts the claims and what has become of them, nil as long as
// there are no verdicts.
func verification(p *audit.Platform) *Verification {
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

func (n *Verification) add(state audit.State) {
	n.Claims++
	switch state {
	case audit.Verified:
		n.Verified++
	case audit.Partly:
		n.Partly++
	case audit.Rejected:
		n.Rejected++
	case audit.NeedsReview:
		n.NeedsReview++
	case audit.Excluded:
		n.NotApplicable++
	}
}
