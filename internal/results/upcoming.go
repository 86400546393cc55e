package results

import (
	"cmp"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// Upcoming is what fails today of a demand that comes into force on a later day.
type Upcoming struct {
	On string `json:"on"`
	Lapse
}

// upcoming lists by their days what is only announced.
func upcoming(book *rulebook.Rulebook, p *examine.Platform, day string) []Upcoming {
	var out []Upcoming
	today, _ := calendar.ParseDate(day) // a day of the model
	for i := range p.Upcoming {
		u := &p.Upcoming[i]
		at := u.Finding.Location
		one := Lapse{Check: u.Finding.Check, Title: u.Finding.Title, Clauses: list(u.Finding.Clauses), Severity: u.Finding.Severity, Item: u.Finding.Item,
			From: finding.Pass, To: finding.Fail, Message: u.Finding.Message, Remedy: u.Finding.Remedy, Effort: u.Ruling.Rule.Effort,
			Location: &at, Fingerprint: u.Finding.Fingerprint, redacted: u.Finding.Redacted}
		if !u.Ruling.OutOfForce.IsZero() {
			one.From = finding.NotApplicable
		}
		one.begin(book, today, u.On)
		out = append(out, Upcoming{u.On.String(), one})
	}
	slices.SortStableFunc(out, func(a, b Upcoming) int { return cmp.Compare(a.On, b.On) })
	return out
}
