package compare

import (
	"slices"
	"strings"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// cured are the findings that are gone because the change states some facts
// otherwise: with these put back they stand in head as well.
func (s *scoping) cured(facts []*edit) (all []finding.Finding) {
	if len(s.p.Fixed) == 0 || len(facts) == 0 {
		return nil
	}
	topics := rulebook.Topics{}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if doc := s.p.After.Documents[topic.Name]; doc.Sound() {
			topics[topic.Name] = doc.Root
		}
	}
	var back []edit
	for _, e := range facts {
		back = append(back, *e)
	}
	topics, err := putBack(topics, back)
	if err != nil {
		return nil // nothing stands there any more to put them back into
	}
	frame, _ := s.Rulebook.View(topics, nil, s.AsOf)
	level := s.Rulebook.Level(frame, topics[rulebook.HeaderTopic])
	for _, f := range s.p.Fixed {
		rule := s.Rulebook.Check(f.Check)
		if rule == nil {
			continue
		}
		then, err := rule.Judge(frame, level)
		if err == nil && slices.ContainsFunc(then.Items, func(j rulebook.Judged) bool {
			return j.Outcome == finding.Fail && finding.Fingerprint(f.Check, "", j.Keys...) == identity(&f)
		}) {
			all = append(all, f)
		}
	}
	return all
}

// unseen are the checks of findings that are gone.
func unseen(gone []finding.Finding) (all []Unseen) {
	for _, f := range gone {
		if u := (Unseen{f.Check, f.Severity}); !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	return all
}

// claims reports dates that have moved, and facts that say what the platform or a
// part of it is, where findings about something else are gone with them: one entry a
// fact, and one for those that only together take a finding away.
func (s *scoping) claims() {
	if len(s.p.Fixed) == 0 {
		return
	}
	var all []*edit
	registers := map[*edit]*register{}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		facts := s.edits(topic)
		for i := range facts {
			if e := &facts[i]; e.was != nil && s.claim(r, e) && len(all) < maxTried {
				all, registers[e] = append(all, e), r
			}
		}
	}
	said := map[string]bool{}
	for _, e := range all {
		gone := slices.DeleteFunc(s.cured([]*edit{e}), func(f finding.Finding) bool { return e.kind.Kind != schema.Date && s.meant(e, &f) })
		if len(gone) > 0 {
			s.claimed(registers[e], []*edit{e}, gone)
		}
		for _, f := range gone {
			said[identity(&f)] = true
		}
	}
	if len(all) > 1 {
		together := slices.DeleteFunc(s.cured(all), func(f finding.Finding) bool {
			return said[identity(&f)] || slices.ContainsFunc(all, func(e *edit) bool { return e.kind.Kind != schema.Date && s.meant(e, &f) })
		})
		if len(together) > 0 {
			s.claimed(registers[all[0]], all, together)
		}
	}
}

// claim reports whether a fact is one that nothing but the platform's word stands
// behind: a date outside records, what the header says of the platform as a whole, a
// switch that has been turned down.
func (s *scoping) claim(r *register, e *edit) bool {
	switch {
	case e.kind.Kind == schema.Evidence || s.telling(r, e):
		return false
	case e.kind.Kind == schema.Date || e.topic.Name == rulebook.HeaderTopic && !strings.Contains(e.path, "["):
		return true
	}
	return e.lowered()
}

// lowered reports whether a switch that is a figure or a yes has become less.
func (e *edit) lowered() bool {
	return e.was != nil && e.kind.Switch && (e.kind.Kind == schema.Boolean || e.kind.Kind == schema.Integer) && (e.is == nil || order(e) < 0)
}

// meant reports whether a finding was about the fact itself, so that to state it
// otherwise is to fix it.
func (s *scoping) meant(e *edit, f *finding.Finding) bool {
	was := s.p.was(e.topic.Name)
	if f.Location.Path != was.Path || f.Location.Pointer == "" {
		return false
	}
	place := was.Root.Find(f.Location.Pointer)
	return place == e.was || place.Holds(e.was)
}

// claimed adds facts that are stated otherwise, with the findings that are gone by it.
// A fact of which something is said already only has more to answer for.
func (s *scoping) claimed(r *register, facts []*edit, gone []finding.Finding) {
	var subjects, hidden []string
	var full, redacted []lang.Text
	for _, e := range facts {
		subjects, hidden = append(subjects, e.subject(false)), append(hidden, e.subject(true))
		said := e.said()
		full, redacted = append(full, said.Full), append(redacted, said.Redacted)
	}
	subject := strings.Join(subjects, " ")
	if i := slices.IndexFunc(s.found, func(c ScopeChange) bool { return c.Subject == subject }); i >= 0 {
		s.found[i].see(unseen(gone))
		return
	}
	c := ScopeChange{Kind: recordChanged, Subject: subject, Redacted: strings.Join(hidden, " "), Unseen: unseen(gone), Location: facts[0].at(r.is, r.is.Path),
		Message: loses(lang.Marked{Full: list(full), Redacted: list(redacted)}, lang.Say("不再报出问题", "no longer find anything"), unseen(gone)),
		Remedy:  lang.Say("改回这个事实；属实的附上依据，涉及一票否决的由监管岗位先在主干上放行", "state the fact as before; where it is true cite what shows it, and where a veto goes with it have the supervising post release it in base first")}
	if facts[0].kind.Kind != schema.Date {
		c.Kind = sightLost
	}
	s.add(c)
}

// turnedDown reports figures that decide what is asked of the platform and have become
// less, as far as nothing else is said of them.
func (s *scoping) turnedDown() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		facts := s.edits(topic)
		for i := range facts {
			e := &facts[i]
			if e.was == nil || !e.lowered() || e.kind.Kind != schema.Integer || slices.ContainsFunc(s.found, func(c ScopeChange) bool { return c.Subject == e.subject(false) }) {
				continue
			}
			s.changedFact(e, r, func(said lang.Text) lang.Text {
				return lang.Say("%s（决定要求高低）", "%s (what is asked depends on it)", said)
			}, lang.Say("确认这是最近一次统计的数", "make sure that it is the newest count"))
		}
	}
}
