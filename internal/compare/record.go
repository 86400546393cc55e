package compare

import (
	"slices"
	"strings"

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

// recordsOf looks at what stands on both sides, is dated and cites evidence. Where a
// finding is gone by what it says now, other evidence is not enough: it must be new.
func (s *scoping) recordsOf(r *register) {
	var changed []*document.Value
	stated := map[*document.Value][]*edit{}
	facts := s.edits(r.topic)
	for i := range facts {
		e := &facts[i]
		if e.was == nil || e.kind.Kind == schema.Evidence || e.kind.Kind == schema.Opaque {
			continue
		}
		if v := r.recordOf(e); v != nil {
			if stated[v] == nil {
				changed = append(changed, v)
			}
			stated[v] = append(stated[v], e)
		}
	}
	for _, v := range changed {
		path, of := r.topic.Root.KeyedPath(v), stated[v]
		now := r.find(path, v)
		if now == nil || s.told[r.topic.Name+path] {
			continue
		}
		var gone []finding.Finding
		if !s.corrects(r, of, v, now) {
			gone = s.cured(of)
		}
		if len(gone) == 0 {
			if r.proves(v, now) {
				continue
			}
			of = slices.DeleteFunc(of, func(e *edit) bool { return !e.figures() })
		}
		if len(of) > 0 {
			s.refigured(r, v, of, unseen(gone))
		}
	}
}

// refigured adds a record with other figures.
func (s *scoping) refigured(r *register, v *document.Value, figures []*edit, gone []Unseen) {
	what := sayAll(figures)
	message := func(said lang.Text) lang.Text {
		return lang.Say("%s，没有它自己的新证据", "%s, without new evidence of its own", said)
	}
	said := lang.Marked{Full: message(what.Full), Redacted: message(what.Redacted)}
	if len(gone) > 0 {
		said = loses(said, lang.Say("不再报出问题", "no longer find anything"), gone)
	}
	s.add(ScopeChange{Kind: recordChanged, Subject: r.topic.Name + r.topic.Root.KeyedPath(v), Redacted: r.topic.Name + r.topic.Root.RedactedPath(v),
		Location: figures[0].at(r.is, r.is.Path), Message: said, Unseen: gone,
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
		if found == nil && v.Kind == document.Map && v.Key == was.Key && r.topic.Root.KeyedPath(v) == path {
			found = v
		}
	})
	return found
}

// telling reports whether a fact is one of a record, or lies in an item that is
// reported.
func (s *scoping) telling(r *register, e *edit) bool {
	if r.recordOf(e) != nil {
		return true
	}
	for subject := range s.told {
		if strings.HasPrefix(e.topic.Name+"/"+e.path, subject+"/") {
			return true
		}
	}
	return false
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
