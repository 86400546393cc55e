package results

import (
	"cmp"
	"slices"

	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// Order is what an assessor has ordered to be fixed by a day, as long as it is not.
type Order struct {
	Check    string           `json:"check"`
	Title    lang.Text        `json:"title"`
	Item     string           `json:"item"`
	Severity finding.Severity `json:"severity"`
	// Deadline is the last day, Overdue whether it has passed.
	Deadline        string `json:"deadline"`
	Overdue         bool   `json:"overdue"`
	ResponsiblePost string `json:"responsible_post,omitempty"`
	Recheck         string `json:"recheck,omitempty"`
	// Findings are the fingerprints of what keeps it open, none where only the
	// assessor's word does.
	Findings []string `json:"findings"`

	redacted string
}

// orders are the orders that stand on a day, the nearest deadline first. One is
// carried out when its item passes: a rejection by the assessor stands until an
// assessor has looked again.
func orders(p *examine.Platform, day string) []Order {
	var out []Order
	for i := range p.Verdicts {
		v := &p.Verdicts[i]
		ordered := v.Verdict == examine.NotMet || v.Verdict == examine.PartlyMet
		if !ordered || v.Deadline == "" || v.State == examine.Pending || v.AssessedOn > day {
			continue
		}
		at := slices.IndexFunc(p.Checks, func(c examine.Check) bool { return c.Rule.ID == v.Check })
		if at < 0 {
			continue
		}
		if o, open := order(&p.Checks[at], v, p.Code); open {
			o.Overdue = o.Deadline < day
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b Order) int { return cmp.Compare(a.Deadline, b.Deadline) })
	return out
}

// order is what a verdict orders to be fixed of a check; open says that it is still to
// be done.
func order(c *examine.Check, v *examine.Verdict, code string) (o Order, open bool) {
	o = Order{Check: v.Check, Title: c.Rule.Title, Item: v.Item, Severity: c.Severity, Deadline: v.Deadline, ResponsiblePost: v.ResponsiblePost, Recheck: v.Recheck,
		Findings: []string{}, redacted: v.Redacted}
	for i := range c.Items {
		item := &c.Items[i]
		if v.Item != "" && !item.Holds(v.Item) {
			continue
		}
		switch {
		case item.Outcome == finding.Fail && len(item.CausedBy) == 0:
			o.Findings, open = append(o.Findings, finding.Fingerprint(v.Check, code, item.Keys...)), true
		case item.Outcome == finding.Fail:
			o.Findings, open = append(o.Findings, item.CausedBy...), true
		case item.State == examine.Partly:
			open = true
		}
	}
	return o, open
}

// rechecked are the verdicts by which an assessor had found, by a day, that something
// was fixed: met, with what the re-check found.
func rechecked(verdicts []examine.Verdict, day string) []examine.Verdict {
	return slices.DeleteFunc(slices.Clone(verdicts), func(v examine.Verdict) bool {
		return v.Verdict != examine.Met || v.Recheck == "" || v.AssessedOn > day || v.State == examine.Pending
	})
}

// Overdue counts the orders whose day has passed.
func (p *Platform) Overdue() int {
	n := 0
	for i := range p.Orders {
		if p.Orders[i].Overdue {
			n++
		}
	}
	return n
}
