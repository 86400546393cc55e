package results

import (
	"cmp"
	"context"

	"hegui/internal/audit"
	"hegui/internal/calendar"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/score"
	"hegui/internal/term"
	"hegui/internal/timeline"
)

// Forecast is what becomes of a platform if nobody changes anything.
type Forecast struct {
	// Until is the last day that was looked at.
	Until string `json:"until"`
	// Now is the first day.
	Now Outlook `json:"now"`
	// Days are those on which an outcome changes, in their order.
	Days []ForecastDay `json:"days"`
}

// Outlook is what a platform is judged to be on one day.
type Outlook struct {
	On        string `json:"on"`
	Score     Number `json:"score"`
	Grade     Grade  `json:"grade"`
	Compliant bool   `json:"compliant"`
	// Unmet counts the statutory duties that are not met.
	Unmet int `json:"statutory_unmet"`
}

// ForecastDay is one on which something changes, and what the platform is after it.
type ForecastDay struct {
	Outlook
	Changes []Lapse `json:"changes"`
}

// Lapse is one outcome that changes by itself, for the worse or for the better.
type Lapse struct {
	// Check is the check, or the id of a finding that no check makes.
	Check    string           `json:"check"`
	Title    lang.Text        `json:"title"`
	Clauses  []string         `json:"clauses"`
	Severity finding.Severity `json:"severity"`
	Item     string           `json:"item"`
	From     finding.Outcome  `json:"from"`
	To       finding.Outcome  `json:"to"`
	// Cause says what comes into or goes out of force on the day, zero where nothing
	// does.
	Cause lang.Text `json:"cause,omitzero"`
	// Message says why it fails and Remedy what to do, zero where it does not.
	Message lang.Text `json:"message"`
	Remedy  lang.Text `json:"remedy"`
	Effort  string    `json:"effort,omitempty"`
	// Begin is the day by which work on it has to begin.
	Begin       string            `json:"begin_by,omitempty"`
	Location    *finding.Location `json:"location,omitempty"`
	Fingerprint string            `json:"fingerprint"`

	redacted *finding.Redaction
}

// Worse reports whether the outcome changes for the worse.
func (l *Lapse) Worse() bool { return l.To == finding.Fail }

// Foresee judges the platforms in these folders like Each, and on every day up to
// another on which an answer may change, as long as nobody changes anything.
func Foresee(ctx context.Context, auditor *audit.Auditor, folders []audit.Folder, until calendar.Date, reads Reads, hand func(Platform)) []audit.Failure {
	book := auditor.Rulebook
	l := newLayout(book)
	return timeline.Follow(ctx, auditor, folders, until, func(first *timeline.Standing) *Platform {
		one := l.lay(first.Platform, &first.Score, first.On, reads)
		one.Forecast = &Forecast{Until: until.String(), Now: outlook(first), Days: []ForecastDay{}}
		return &one
	}, func(p *Platform, d *timeline.Day) {
		day := ForecastDay{Outlook: outlook(&d.Standing), Changes: []Lapse{}}
		for i := range d.Changes {
			day.Changes = append(day.Changes, lapse(book, p.Code, &d.Changes[i], auditor.AsOf, d.On))
		}
		p.Forecast.Days = append(p.Forecast.Days, day)
	}, func(p *Platform) { hand(*p) })
}

func outlook(s *timeline.Standing) Outlook {
	r := &s.Score
	return Outlook{On: s.On.String(), Score: Number(score.Format(r.Raw)), Grade: Grade{ID: r.Grade.ID, Title: r.Grade.Title, Vetoes: list(r.Vetoes), Open: len(r.Vetoes)},
		Compliant: r.Compliant, Unmet: len(r.Statutory.Unmet)}
}

func lapse(book *rulebook.Rulebook, code string, c *timeline.Change, today, on calendar.Date) Lapse {
	out := Lapse{From: c.From, To: c.To}
	if f := c.Finding; f != nil {
		at := f.Location
		out.Check, out.Title, out.Clauses, out.Severity, out.Item = f.Check, cmp.Or(f.Title, term.TitleOf(f.Check)), list(f.Clauses), f.Severity, f.Item
		out.Message, out.Remedy, out.Location, out.Fingerprint, out.redacted = f.Message, f.Remedy, &at, f.Fingerprint, f.Redacted
	}
	if check := c.Check; check != nil {
		out.Check, out.Title, out.Clauses, out.Severity, out.Effort = check.Rule.ID, check.Rule.Title, list(check.Rule.Clauses), check.Severity, check.Rule.Effort
		out.Cause = cause(c)
		out.Item, out.Fingerprint = c.Item.Name, finding.Fingerprint(check.Rule.ID, code, c.Item.Keys...)
		if c.Worse() && out.Remedy.IsZero() {
			out.Remedy = check.Rule.Remedy
		}
		if out.redacted == nil && c.Item.Redacted != c.Item.Name {
			out.redacted = &finding.Redaction{Item: c.Item.Redacted, Message: out.Message, Remedy: out.Remedy}
		}
	}
	if !c.Worse() {
		out.Message, out.Remedy = lang.Text{}, lang.Text{}
		return out
	}
	out.begin(book, today, on)
	return out
}

// begin is the day by which work has to begin on what has to be done by another.
func (l *Lapse) begin(book *rulebook.Rulebook, today, on calendar.Date) {
	lead := book.Policy.LeadTimes[l.Effort]
	begin := on.Add(calendar.Period{Months: -lead.Months, Days: -lead.Days})
	if begin.Before(today) {
		begin = today
	}
	l.Begin = begin.String()
}

// For is what an audience may see of a forecast: the public what the score and the
// verdict will be.
func (f *Forecast) For(a Audience) *Forecast {
	if f == nil || a == Assessor {
		return f
	}
	out := *f
	out.Days = each(f.Days, func(d *ForecastDay) {
		d.Changes = each(d.Changes, (*Lapse).redact)
		if a == Public {
			d.Changes = []Lapse{}
			d.Grade.Vetoes = []string{}
		}
	})
	if a == Public {
		out.Now.Grade.Vetoes = []string{}
	}
	return &out
}

func (l *Lapse) redact() {
	if r := l.redacted; r != nil {
		l.Item, l.Message, l.Remedy, l.redacted = r.Item, r.Message, r.Remedy, nil
		if !l.Worse() {
			l.Message, l.Remedy = lang.Text{}, lang.Text{}
		}
	}
}
