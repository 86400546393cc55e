package results

// Compare fills each platform's Previous from the results of an earlier
// examination. Platforms are the same by their code, which stays when a folder
// moves; one that had none, or that shares it, is told apart by its id. A
// platform without an earlier self keeps Previous nil.
func Compare(previous, current *Results) {
	earlier := map[string][]*Platform{}
	for i := range previous.Platforms {
		p := &previous.Platforms[i]
		earlier[p.Code] = append(earlier[p.Code], p)
	}
	for i := range current.Platforms {
		p := &current.Platforms[i]
		if before := sameAs(p, earlier[p.Code]); before != nil {
			p.Previous = since(before, p)
			p.Previous.AsOf, p.Previous.Revision = previous.AsOf, previous.Revision
		}
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

// since tells what has become of a platform.
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
