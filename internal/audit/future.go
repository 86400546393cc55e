package audit

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
)

// note reports the future dates that a check has met, as severe as the severest of the
// checks that met them and under the clauses of all: what has not happened cannot be on
// record.
func (r *reading) note(c *Check, dates []*document.Value) {
	for _, date := range dates {
		known := r.awaited(date)
		known.Severity = max(known.Severity, c.Severity)
		for _, clause := range c.Rule.Clauses {
			if !slices.Contains(known.Clauses, clause) {
				known.Clauses = append(known.Clauses, clause)
			}
		}
	}
}

// awaited is the finding about the date of a record that is dated ahead.
func (r *reading) awaited(date *document.Value) *finding.Finding {
	if known := r.ahead[date]; known != nil {
		return known
	}
	doc := date.Document()
	s := r.Rulebook.Schemas.Find(doc.Topic())
	say := func(date lang.Text) lang.Text {
		return lang.Say("记录的日期 %s 晚于评定日期 %s：还没有发生，不能作为记录", "the record is dated %s, after the day of judging, %s: what has not happened cannot be on record", date, r.AsOf)
	}
	f := r.Finding("fact.future", finding.At(date), say(lang.Same(document.Quote(date.Text))),
		lang.Say("改正日期，或等发生之后再登记", "correct the date, or record it once it has happened"), s.Name+s.Root.KeyedPath(date))
	r.excerpts.Quote(&f, doc)
	if s.Sensitive(date) {
		f.Hide().Message = say(lang.Redacted())
	}
	if redacted := s.Name + s.Root.RedactedPath(date); redacted != f.Item {
		f.Hide().Item = redacted
	}
	r.ahead[date] = &f
	return &f
}

// future reports the records that are dated ahead, each once.
func (r *reading) future() {
	for _, f := range r.ahead {
		r.report(*f)
	}
}
