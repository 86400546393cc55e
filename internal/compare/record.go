package compare

import (
	"slices"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// records reports figures of records that the change states otherwise with the
// same evidence, one entry a record, and demands that the platform makes on itself,
// such as an interval.
func (s *scoping) records() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		s.recordsOf(r)
		facts := s.edits(topic)
		for i := range facts {
			switch e := &facts[i]; {
			case e.was == nil || s.telling(r, e):
			case e.kind.Kind == schema.Period:
				s.demand(e, r)
			}
		}
	}
}

// recordEdit is a record of the baseline and what the change states otherwise of it.
type recordEdit struct {
	value *document.Value
	facts []*edit
}

// recordEdits are the records of a topic that say something else, but for evidence, in
// the order of their facts.
func (s *scoping) recordEdits(r *register) (all []recordEdit) {
	facts := s.edits(r.topic)
	for i := range facts {
		e := &facts[i]
		if e.was == nil || e.kind.Kind == schema.Evidence || e.kind.Kind == schema.Opaque {
			continue
		}
		v := r.recordOf(e)
		if v == nil || s.told[r.topic.Name+r.topic.Root.KeyedPath(v)] {
			continue
		}
		k := slices.IndexFunc(all, func(one recordEdit) bool { return one.value == v })
		if k < 0 {
			k, all = len(all), append(all, recordEdit{value: v})
		}
		all[k].facts = append(all[k].facts, e)
	}
	return all
}

// recordsOf looks at what stands on both sides, is dated and cites evidence.
func (s *scoping) recordsOf(r *register) {
	for _, record := range s.recordEdits(r) {
		now := r.find(r.topic.Root.KeyedPath(record.value), record.value)
		figures := slices.DeleteFunc(record.facts, func(e *edit) bool { return !e.figures() })
		switch {
		case now == nil || len(figures) == 0:
		case !r.proves(record.value, now):
			s.refigured(r, record.value, figures, lang.Say("证据没有变", "with the same evidence"))
		case s.settles(figures) && !s.corrects(r, figures, record.value, now):
			s.refigured(r, record.value, figures, lang.Say("没有它自己的新证据", "without new evidence of its own"))
		}
	}
}

// settles reports whether findings about some facts themselves are gone, such as that a
// day lies ahead.
func (s *scoping) settles(facts []*edit) bool {
	return slices.ContainsFunc(s.p.Fixed, func(f finding.Finding) bool {
		return slices.ContainsFunc(facts, func(e *edit) bool { return s.placeOf(e, &f) == e.was })
	})
}

// refigured adds a record with other figures.
func (s *scoping) refigured(r *register, v *document.Value, figures []*edit, on lang.Text) {
	what := sayAll(figures)
	message := func(said lang.Text) lang.Text { return lang.Say("%s，%s", "%s, %s", said, on) }
	s.add(ScopeChange{Kind: recordChanged, Subject: r.topic.Name + r.topic.Root.KeyedPath(v), Redacted: r.topic.Name + r.topic.Root.RedactedPath(v),
		Location: figures[0].at(r.is, r.is.Path), Message: lang.Marked{Full: message(what.Full), Redacted: message(what.Redacted)},
		Remedy: lang.Say("核对哪个是对的，把更正的依据作为新证据附在这条记录上", "see what is right, and cite what the correction rests on as new evidence of this record")})
}

// recounted reports whether a state of affairs, which is no record among others, is
// that of a later day.
func recounted(t *schema.Type, was, is *document.Value) bool {
	return t.Of == nil && later(t, was, is)
}

// isRecord reports whether an object cannot be understood without the day on which
// something was done and what shows it.
func isRecord(t *schema.Type) bool {
	return holds(t, schema.Date, true) && holds(t, schema.Evidence, true)
}

// isDated reports whether an object can say when something was so and what shows it.
func isDated(t *schema.Type) bool {
	return holds(t, schema.Date, false) && holds(t, schema.Evidence, false)
}

func holds(t *schema.Type, kind schema.Kind, required bool) bool {
	return slices.ContainsFunc(t.Fields, func(f schema.Field) bool { return f.Type.Kind == kind && (f.Required || !required) })
}

// recordOf is the innermost record of the baseline that a fact belongs to, nil where
// it belongs to none.
func (r *register) recordOf(e *edit) *document.Value {
	for v := e.was.Parent; v != nil; v = v.Parent {
		if t := r.kinds[v]; t != nil && v.Kind == document.Map && isDated(t) {
			return v
		}
	}
	return nil
}

// find is what head says at a keyed path at which the baseline has an object.
func (r *register) find(path string, was *document.Value) (found *document.Value) {
	if was.Parent != nil && was.Parent.Kind == document.List {
		return r.at[path]
	}
	r.topic.Walk(r.is.Root, func(_ *schema.Type, v *document.Value) {
		if found == nil && v.Kind == document.Map && v.Key() == was.Key() && r.topic.Root.KeyedPath(v) == path {
			found = v
		}
	})
	return found
}

// telling reports whether a fact lies in a record or item that is reported already.
func (s *scoping) telling(r *register, e *edit) bool {
	return r.recordOf(e) != nil || e.in(s.told) || e.in(s.removed)
}

// demand adds what the platform asks of itself where that has changed.
func (s *scoping) demand(e *edit, r *register) {
	s.changedFact(e, r, func(said lang.Text) lang.Text {
		return lang.Say("%s（对自己的要求）", "%s (a demand on itself)", said)
	},
		lang.Say("确认新的要求经过批准", "make sure that the new demand was approved"))
}

// changedFact adds a fact that stands for itself and is stated otherwise.
func (s *scoping) changedFact(e *edit, r *register, message func(lang.Text) lang.Text, remedy lang.Text) {
	said := e.said()
	s.add(ScopeChange{Kind: recordChanged, Subject: e.subject(false), Redacted: e.subject(true), Location: e.at(r.is, r.is.Path),
		Message: lang.Marked{Full: message(said.Full), Redacted: message(said.Redacted)}, Remedy: remedy})
}
