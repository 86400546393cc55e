package results

import (
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/term"
)

// Previous is what a platform was at the previous examination.
type Previous struct {
	AsOf     string    `json:"as_of"`
	Revision *Revision `json:"revision"`
	Score    Score     `json:"score"`
	Grade    Grade     `json:"grade"`
	// Compliant is the verdict of that time, by the rulebook of today.
	Compliant bool `json:"compliant"`
	// Findings count those of that time that were not waived.
	Findings Counts `json:"findings"`
	// Verdicts are the clauses whose verdict has changed since.
	Verdicts []VerdictChange `json:"verdicts"`
	// Changes are the findings of both examinations, each in one standing.
	Changes []Change `json:"changes"`
	// Repeated are the fingerprints of findings that came back, or that an ordered
	// deadline has passed over (屡查屡犯).
	Repeated []string `json:"repeated"`
	// The others count the changes by standing, without waived ones.
	Fixed     int `json:"fixed"`
	New       int `json:"new"`
	StillOpen int `json:"still_open"`
	CameBack  int `json:"came_back"`
	NotJudged int `json:"not_judged"`
}

// Standing is what has become of a finding since the previous examination.
type Standing string

// The standings. What one of the examinations could not judge is neither fixed nor
// new.
const (
	CameBack      Standing = "came_back"
	NewSince      Standing = "new"
	StillOpen     Standing = "still_open"
	Fixed         Standing = "fixed"
	NotJudgedThen Standing = "not_judged_then"
	NotJudgedNow  Standing = "not_judged_now"
)

// Change is a finding of either examination with what has become of it.
type Change struct {
	Standing    Standing         `json:"standing"`
	Check       string           `json:"check"`
	Title       lang.Text        `json:"title"`
	Clauses     []string         `json:"clauses"`
	Severity    finding.Severity `json:"severity"`
	Item        string           `json:"item"`
	Message     lang.Text        `json:"message"`
	Fingerprint string           `json:"fingerprint"`
	Waived      bool             `json:"waived"`
	// Location is where it stands now, or where it stood.
	Location finding.Location `json:"location"`
	// Repeated is set for what came back, or is overdue.
	Repeated bool `json:"repeated"`
	// Reason says what its standing rests on, where that is not plain.
	Reason lang.Text `json:"reason"`
	// Deadline is the day by which it was ordered to be fixed, Overdue whether that
	// has passed, Recheck what an assessor found since.
	Deadline string `json:"deadline,omitempty"`
	Overdue  bool   `json:"overdue,omitempty"`
	Recheck  string `json:"recheck,omitempty"`

	hidden *finding.Redaction
}

// VerdictChange is a clause whose verdict differs between two examinations.
type VerdictChange struct {
	Clause string `json:"clause"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Of are the changes of one standing.
func (p *Previous) Of(s Standing) []Change {
	var out []Change
	for i := range p.Changes {
		if p.Changes[i].Standing == s {
			out = append(out, p.Changes[i])
		}
	}
	return out
}

// Stands is the standing in words, and whether it is a repeated one.
func (c *Change) Stands() lang.Text {
	word := term.Standings().Text(string(c.Standing))
	if c.Repeated {
		return lang.Say("%s（屡查屡犯）", "%s (repeated)", word)
	}
	return word
}

// Ordered says by which day it was ordered to be fixed and what an assessor has seen
// since, nothing where nobody has ordered it.
func (c *Change) Ordered() lang.Text {
	if c.Deadline == "" {
		return lang.Text{}
	}
	by := lang.Say("整改期限 %s", "to be fixed by %s", c.Deadline)
	if c.Overdue {
		by = lang.Say("%s，已逾期", "%s, overdue", by)
	}
	if c.Recheck == "" {
		return by
	}
	return lang.Say("%s；复查：%s", "%s; re-check: %s", by, c.Recheck)
}

// Tally is how many findings have a standing, without waived ones.
type Tally struct {
	Standing Standing
	Text     lang.Text
	N        int
}

// Counted are the standings that there are, in the order of Standings.
func (p *Previous) Counted() []Tally {
	var out []Tally
	for _, s := range Standings() {
		n := 0
		for i := range p.Changes {
			if p.Changes[i].Standing == s && !p.Changes[i].Waived {
				n++
			}
		}
		if n > 0 {
			out = append(out, Tally{s, term.Standings().Text(string(s)), n})
		}
	}
	return out
}

// Standings are all standings, in the order in which reports list them.
func Standings() []Standing {
	return []Standing{CameBack, NewSince, StillOpen, NotJudgedThen, NotJudgedNow, Fixed}
}

// change is a finding in a standing.
func change(f *finding.Finding, s Standing, reason lang.Text) Change {
	return Change{Standing: s, Check: f.Check, Title: f.Title, Clauses: list(f.Clauses), Severity: f.Severity, Item: f.Item, Message: f.Message, Fingerprint: f.Fingerprint,
		Waived: f.Waived, Location: f.Location, Repeated: s == CameBack && !f.Waived, Reason: reason, hidden: f.Redacted}
}

// count counts a change.
func (p *Previous) count(c *Change) {
	if c.Repeated {
		p.Repeated = append(p.Repeated, c.Fingerprint)
	}
	if c.Waived {
		return
	}
	switch c.Standing {
	case CameBack:
		p.CameBack++
	case NewSince:
		p.New++
	case StillOpen:
		p.StillOpen++
	case Fixed:
		p.Fixed++
	default:
		p.NotJudged++
	}
}

// redacted is what an audience but the assessor may see of the comparison.
func (p *Previous) redacted() *Previous {
	if p == nil {
		return nil
	}
	out := *p
	out.Changes = each(p.Changes, func(c *Change) {
		if c.hidden != nil {
			c.Item, c.Message, c.hidden = c.hidden.Item, c.hidden.Message, nil
		}
	})
	return &out
}

// published keeps of each change only that there is one, and of which check.
func (p *Previous) published() *Previous {
	if p == nil {
		return nil
	}
	out := *p
	out.Changes = each(p.Changes, func(c *Change) {
		f := finding.Finding{Title: c.Title, Location: c.Location}
		publish(&f)
		c.Item, c.Message, c.Location = "", f.Message, f.Location
		c.Reason, c.Deadline, c.Overdue, c.Recheck = lang.Text{}, "", false, ""
	})
	return &out
}

// withheld keeps of the comparison what may be said of every platform: score, grade and
// clauses.
func (p *Previous) withheld() *Previous {
	if p == nil {
		return nil
	}
	out := Previous{AsOf: p.AsOf, Revision: p.Revision, Score: p.Score, Grade: p.Grade, Compliant: p.Compliant, Verdicts: p.Verdicts,
		Changes: []Change{}, Repeated: []string{}}
	out.Grade.Vetoes = []string{}
	return &out
}

// PreviousSummary is what the platforms of a run were at the previous examination.
type PreviousSummary struct {
	AsOf     string    `json:"as_of"`
	Revision *Revision `json:"revision"`
	// Platforms counts those that were examined, of which Compliant complied; Blockers
	// are their open ones.
	Platforms int `json:"platforms"`
	Compliant int `json:"compliant"`
	Blockers  int `json:"blockers"`
	// Gone are those that are examined no more.
	Gone []GonePlatform `json:"gone"`
}

// GonePlatform is a platform that the previous examination has and this one has not.
type GonePlatform struct {
	ID        string    `json:"id"`
	Code      string    `json:"code"`
	Name      lang.Text `json:"name"`
	Compliant bool      `json:"compliant"`
	Score     Number    `json:"score"`
}

// Verification counts what an assessor has looked at.
type Verification struct {
	// Claims are the items of checks that the description alone would pass or take
	// out of a check's reach, of which the others count; the rest nobody has examined.
	Claims        int `json:"claims"`
	Verified      int `json:"verified"`
	Partly        int `json:"partly"`
	Rejected      int `json:"rejected"`
	NeedsReview   int `json:"needs_review"`
	NotApplicable int `json:"not_applicable"`
	// Disagreements are the items, claims or not, on which the assessor confirms what
	// the description does not say.
	Disagreements int `json:"disagreements,omitempty"`
}
