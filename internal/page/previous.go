package page

import (
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// stood are the findings of one standing on a card's comparison.
type stood struct {
	Standing     results.Standing
	Title, Means lang.Text
	Class        string
	Changes      []results.Change
	// Waived are those of them that somebody answers for.
	Waived int
}

// Compared are the findings of both examinations by standing.
func (c *card) Compared() []stood {
	var out []stood
	for _, standing := range results.Standings() {
		s := stood{Standing: standing, Title: term.Standings().Text(string(standing)), Means: term.Standings().Long(string(standing)), Changes: c.Previous.Of(standing)}
		for i := range s.Changes {
			if s.Changes[i].Waived {
				s.Waived++
			}
		}
		switch standing {
		case results.CameBack:
			s.Class = "bad"
		case results.NewSince:
			s.Class = "half"
		case results.Fixed:
			s.Class = "good"
		}
		if len(s.Changes) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// Counted is how many there are that nobody answers for.
func (s stood) Counted() int { return len(s.Changes) - s.Waived }

// Stays reports whether the findings stand on the card anyway, so that they need not
// say again what is wrong.
func (s stood) Stays() bool { return s.Standing == results.StillOpen }
