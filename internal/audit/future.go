package audit

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// ahead is the date of a record that lies after the day of judging, with the
// severest of the checks that met it and all their clauses.
type ahead struct {
	date     *document.Value
	severity finding.Severity
	clauses  []string
}

// note collects the dates ahead that a check has met.
func (r *reading) note(c *Check, dates []*document.Value) {
	for _, date := range dates {
		i := slices.IndexFunc(r.ahead, func(known ahead) bool { return known.date == date })
		if i < 0 {
			i = len(r.ahead)
			r.ahead = append(r.ahead, ahead{date: date, clauses: []string{}})
		}
		known := &r.ahead[i]
		known.severity = max(known.severity, c.Severity)
		for _, clause := range c.Rule.Clauses {
			if !slices.Contains(known.clauses, clause) {
				known.clauses = append(known.clauses, clause)
			}
		}
	}
}

// future reports the records that are dated ahead, each once: what has not
// happened cannot be on record.
func (r *reading) future() {
	for _, known := range r.ahead {
		doc := known.date.Document()
		s := r.Rulebook.Schemas.Find(doc.Topic())
		say := func(date lang.Text) lang.Text {
			return lang.Say("记录的日期 %s 晚于评定日期 %s：还没有发生，不能作为记录", "the record is dated %s, after the day of judging, %s: what has not happened cannot be on record", date, r.AsOf)
		}
		f := r.Finding("fact.future", finding.At(known.date), say(lang.Same(document.Quote(known.date.Text))),
			lang.Say("改正日期，或等发生之后再登记", "correct the date, or record it once it has happened"), s.Name+s.Root.KeyedPath(known.date))
		f.Severity, f.Clauses = known.severity, known.clauses
		r.excerpts.Quote(&f, doc)
		if s.Sensitive(known.date) {
			f.Hide().Message = say(lang.Redacted())
		}
		if redacted := s.Name + s.Root.RedactedPath(known.date); redacted != f.Item {
			f.Hide().Item = redacted
		}
		r.Findings = append(r.Findings, f)
	}
}
