package compare

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Worse is a finding that stood at the baseline and whose facts the change has made
// worse, without a newer date or new evidence.
type Worse struct {
	finding.Finding
	// Change is what has become of the facts.
	Change lang.Marked
	// Blocking is set when the finding is grave enough to stop the change, Released
	// when a release in base lets it through.
	Blocking, Released bool
}

// worsened are the known findings whose facts the change makes worse. With a newer date
// or new evidence it is the truth of a later day, and not reported.
func (s *scoping) worsened() (all []Worse) {
	for _, f := range slices.Concat(s.p.Unchanged, s.waived()) {
		rule := s.Rulebook.Check(f.Check)
		if rule == nil {
			continue
		}
		var facts []*edit
		for _, topic := range rule.Topics() {
			r := s.register(s.Rulebook.Schemas.Find(topic))
			if r == nil {
				continue
			}
			edits := s.edits(r.topic)
			for i := range edits {
				if e := &edits[i]; e.was != nil && e.is != nil && e.concerns(&f) && worse(rule, e) && !s.renewed(r, e) {
					facts = append(facts, e)
				}
			}
		}
		if len(facts) > 0 {
			all = append(all, Worse{Finding: f, Change: sayAll(facts), Blocking: f.Severity >= s.Rulebook.Policy.Gate.Severity})
		}
	}
	return append(all, s.covered()...)
}

// covered are the findings that a waiver covers in head and that did not stand at the
// baseline, or stood there under another name than the one that it was approved for. They
// are shown: one that names no item was asked for what was known then.
func (s *scoping) covered() (all []Worse) {
	stood := map[string]bool{}
	for i := range s.p.Before.Findings {
		stood[s.p.Before.Findings[i].Identity()] = true
	}
	for _, f := range s.p.After.Findings {
		named := slices.ContainsFunc(s.p.After.Waivers, func(w examine.Waiver) bool { return w.Check == f.Check && w.Item == f.Item })
		switch {
		case !f.Waived:
		case named && s.p.names.foreign[[2]string{f.Check, f.Item}]:
			all = append(all, Worse{Finding: f, Change: lang.Open(lang.Say("改名之后，由写着这个新名字的原有豁免盖住", "under its new name a waiver covers it that named that before"))})
		case !stood[f.Identity()] && !named:
			all = append(all, Worse{Finding: f, Change: lang.Open(lang.Say("原来没有这个问题，由原有的豁免一并盖住", "it did not stand before, and a waiver that did covers it"))})
		}
	}
	return all
}

// waived are the findings that a waiver covers on both sides: it was asked for what
// was known then.
func (s *scoping) waived() (all []finding.Finding) {
	stood := map[string]bool{}
	for i := range s.p.Before.Findings {
		if f := &s.p.Before.Findings[i]; f.Waived {
			stood[f.Identity()] = true
		}
	}
	for _, f := range s.p.After.Findings {
		if f.Waived && stood[f.Identity()] {
			all = append(all, f)
		}
	}
	return all
}

// concerns reports whether a fact lies in the item that a finding is about.
func (e *edit) concerns(f *finding.Finding) bool {
	return !slices.ContainsFunc(f.Keys, func(key string) bool { return key != "" }) || e.within(f.Keys)
}

var ofLimits = regexp.MustCompile(`limits\.\w+`)

// worse reports whether a fact has moved away from what a check asks of it, as far
// as the check's condition shows which way that is.
func worse(rule *rulebook.Check, e *edit) bool {
	if !slices.Contains(rule.Fields(), e.kind.Name) {
		return false // another fact of the same name
	}
	name := `\.` + regexp.QuoteMeta(e.key()) + `\b`
	// A limit may have the name of the fact that it bounds.
	asked := ofLimits.ReplaceAllString(rule.Assert, "limit")
	asks := func(pattern string) bool { return regexp.MustCompile(pattern).MatchString(asked) }
	above := asks(name+`\)?\s*(>=|> )`) || asks(`(<=|< )\s*[\w.(]*`+name) || asks(`recent\([\w.]*`+name)
	below := asks(name+`\)?\s*(<=|< |== 0\b)`) || asks(`(>=|> )\s*[\w.(]*`+name)
	if e.kind.Kind == schema.Boolean {
		above, below = asks(`(^|[^!\w.])[\w.]*`+name), asks(`![\w.]*`+name)
	}
	moved := order(e)
	return above != below && (above && moved < 0 || below && moved > 0)
}

// order is negative where a fact has become less, earlier or untrue.
func order(e *edit) int {
	was, is := e.was, e.is
	switch {
	case was.Kind == document.Bool && is.Kind == document.Bool:
		return cmp.Compare(strings.Index("false true", is.Text), strings.Index("false true", was.Text))
	case e.kind.Kind == schema.Period:
		p, errP := calendar.ParsePeriod(was.Text)
		q, errQ := calendar.ParsePeriod(is.Text)
		if errP != nil || errQ != nil {
			return 0
		}
		return q.Compare(p)
	case was.Kind == document.String:
		return strings.Compare(is.Text, was.Text)
	}
	return cmp.Compare(float64(is.Int())+is.Float(), float64(was.Int())+was.Float())
}

// renewed reports whether an object around a fact that is dated, or cites evidence, has
// a later date and other evidence, as far as it can say either. The innermost that can
// say both decides.
func (s *scoping) renewed(r *register, e *edit) bool {
	was, is := e.was.Parent, e.is.Parent
	for ; was != nil && is != nil; was, is = was.Parent, is.Parent {
		kind := r.kinds[is]
		if kind == nil || is.Kind != document.Map {
			continue
		}
		dated, shown := holds(kind, schema.Date, false), holds(kind, schema.Evidence, false)
		if !dated && !shown {
			continue
		}
		later := slices.ContainsFunc(kind.Fields, func(f schema.Field) bool {
			now := is.Get(f.Name)
			return f.Type.Kind == schema.Date && now != nil && e.is != now && textOf(was.Get(f.Name)) < now.Text
		})
		if done := (later || !dated) && (r.proves(was, is) || !shown); done || dated && shown {
			return done
		}
	}
	return false
}

// withdraw moves findings out of the fixed ones whose item, or its sight, the change
// has taken away: nobody has fixed them.
func (s *scoping) withdraw() {
	for _, f := range s.p.Fixed {
		if s.hides(&f) {
			s.p.Withdrawn = append(s.p.Withdrawn, f)
		}
	}
	s.p.Fixed = slices.DeleteFunc(s.p.Fixed, func(f finding.Finding) bool { return s.hides(&f) })
	for i := range s.found {
		if c := &s.found[i]; c.thing != nil {
			s.tookAlong(c)
		}
	}
}

// tookAlong says what checks had found of an item that is gone.
func (s *scoping) tookAlong(c *ScopeChange) {
	var along []finding.Finding
	for i := range s.p.Withdrawn { // of very many few are about one thing
		f := &s.p.Withdrawn[i]
		if rule := s.Rulebook.Check(f.Check); rule != nil && about(rule, f.Keys, *c.thing) {
			along = append(along, *f)
		}
	}
	lost := unseen(along)
	if len(lost) > 0 {
		c.Message = loses(c.Message, noLongerFinds(), lost)
		c.see(lost)
		c.emptied = slices.ContainsFunc(lost, func(u Unseen) bool { return u.Severity == finding.Blocker && s.idle(u.Check) })
	}
}

// idle reports whether a check has nothing left in head that it could look at.
func (s *scoping) idle(check string) bool {
	return slices.ContainsFunc(s.p.After.Checks, func(c examine.Check) bool {
		return c.Rule.ID == check && c.Applies && !slices.ContainsFunc(c.Items, func(i examine.Item) bool { return i.Judged() })
	})
}

// hides reports whether nothing is left in head that a finding could be about.
func (s *scoping) hides(f *finding.Finding) bool {
	if slices.ContainsFunc(s.found, func(c ScopeChange) bool {
		return c.Kind == topicGone && strings.HasPrefix(f.Item, c.Subject) || c.Kind == itemGone && strings.HasPrefix(f.Item, c.Subject+"/") ||
			c.Kind == adverseGone && slices.ContainsFunc(c.Unseen, func(u Unseen) bool { return u.Check == f.Check })
	}) {
		return true
	}
	i := slices.IndexFunc(s.p.After.Checks, func(c examine.Check) bool { return c.Rule.ID == f.Check })
	if i < 0 {
		return false
	}
	c := &s.p.After.Checks[i]
	return !c.Applies || !slices.ContainsFunc(c.Items, func(item examine.Item) bool {
		return item.Judged() && (item.Name == f.Item || len(item.Keys) < len(f.Keys))
	})
}
