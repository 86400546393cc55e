package results

import (
	"cmp"

	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Due are the outcomes of a platform that change for the worse by themselves as far
// as its forecast looks, as notes that weigh nothing yet, in the order of their days.
func (p *Platform) Due() []Listed {
	if p.Forecast == nil {
		return nil
	}
	var out []Listed
	for i := range p.Forecast.Days {
		day := &p.Forecast.Days[i]
		for j := range day.Changes {
			if l := &day.Changes[j]; l.Worse() {
				out = append(out, Listed{Platform: p, Finding: l.ahead(p, day.On)})
			}
		}
	}
	return out
}

// ListedAhead are the findings that Listed lists, and behind them what is due.
func (r *Results) ListedAhead(p *Platform) []Listed {
	listed := r.Listed(p)
	if p != nil {
		listed = append(listed, p.Due()...)
	}
	return listed
}

// ahead is a lapse as a note. Its fingerprint differs from that of the finding that it
// will become.
func (l *Lapse) ahead(p *Platform, on string) *finding.Finding {
	f := &finding.Finding{Check: l.Check, Title: l.Title, Clauses: l.Clauses, Severity: finding.Advisory, Platform: p.ID, Item: l.Item,
		Message: lang.Say("%[1]s 起不再成立（%[2]s）：%[3]s", "fails from %[1]s on (%[2]s): %[3]s", on, l.Severity.Text(), cmp.Or(l.Message, l.Title)),
		Remedy:  lang.Say("%s 前动手：%s", "begin by %s: %s", l.Begin, l.Remedy), Fingerprint: finding.Fingerprint("lapse", p.Code, l.Fingerprint)}
	if l.Location != nil {
		f.Location = *l.Location
	} else {
		f.Location = finding.WholeFile(p.Path + "/platform.yaml")
	}
	return f
}
