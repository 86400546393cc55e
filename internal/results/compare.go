package results

import "hegui/internal/finding"

// Earlier is an earlier examination that platforms are compared with. It keeps
// of each platform no more than that.
type Earlier struct {
	asOf     string
	revision *Revision
	byCode   map[string][]*Platform
}

// NewEarlier is an earlier run whose platforms are not known yet.
func NewEarlier(run *Results) *Earlier {
	return &Earlier{asOf: run.AsOf, revision: run.Revision, byCode: map[string][]*Platform{}}
}

// Add adds a platform as it was.
func (e *Earlier) Add(p *Platform) {
	was := &Platform{ID: p.ID, Code: p.Code, Score: p.Score, Grade: p.Grade, Compliant: p.Compliant}
	for i := range p.Clauses {
		was.Clauses = append(was.Clauses, Clause{ID: p.Clauses[i].ID, Verdict: p.Clauses[i].Verdict})
	}
	for i := range p.Findings {
		was.Findings = append(was.Findings, finding.Finding{Fingerprint: p.Findings[i].Fingerprint, Waived: p.Findings[i].Waived})
	}
	e.byCode[p.Code] = append(e.byCode[p.Code], was)
}

// Compare fills in what a platform was before. Platforms are the same by their
// code, which stays when a folder moves; one that had none, or that shares it, is
// told apart by its id. A platform without an earlier self keeps Previous nil.
func (e *Earlier) Compare(p *Platform) {
	if before := sameAs(p, e.byCode[p.Code]); before != nil {
		p.Previous = since(before, p)
		p.Previous.AsOf, p.Previous.Revision = e.asOf, e.revision
	}
}

func sameAs(p *Platform, candidates []*Platform) *Platform {
	for _, candidate := range candidates {
		if candidate.ID == p.ID {
			return candidate
		}
	}
	if len(candidates) == 1 && p.Code != "" {
		return candidates[0]
	}
	return nil
}

// since is what has changed in a platform.
func since(before, now *Platform) *Previous {
	p := &Previous{Score: before.Score, Grade: before.Grade, Compliant: before.Compliant, Verdicts: []VerdictChange{}, Repeated: []string{}}
	verdicts := map[string]string{}
	for _, c := range before.Clauses {
		verdicts[c.ID] = c.Verdict
	}
	for _, c := range now.Clauses {
		if was, known := verdicts[c.ID]; known && was != c.Verdict {
			p.Verdicts = append(p.Verdicts, VerdictChange{Clause: c.ID, Before: was, After: c.Verdict})
		}
	}
	p.findings(before, now)
	return p
}

// findings compares fingerprints as multisets. A finding that is waived is not
// counted, but it stands: it is not fixed by a waiver, nor new when the waiver
// ends.
func (p *Previous) findings(before, now *Platform) {
	stood := map[string]int{}
	for i := range before.Findings {
		stood[before.Findings[i].Fingerprint]++
	}
	stands := map[string]int{}
	for i := range now.Findings {
		f := &now.Findings[i]
		stands[f.Fingerprint]++
		switch again := stands[f.Fingerprint] <= stood[f.Fingerprint]; {
		case f.Waived:
		case again:
			p.Repeated = append(p.Repeated, f.Fingerprint)
		default:
			p.New++
		}
	}
	for i := range before.Findings {
		f := &before.Findings[i]
		if stands[f.Fingerprint] > 0 {
			stands[f.Fingerprint]--
		} else if !f.Waived {
			p.Fixed++
		}
	}
}
