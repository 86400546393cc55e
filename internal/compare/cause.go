package compare

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// claims reports what findings are gone by, one entry a claim, and one for claims that
// only together take a finding away.
func (s *scoping) claims() {
	lost := s.losses()
	if len(lost) == 0 {
		return
	}
	var all []*claim
	against := s.unyielding(lost)
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if r := s.register(topic); r != nil {
			all = append(all, s.claimsOf(r, against)...)
		}
	}
	said := map[string]bool{}
	for _, c := range all[:min(len(all), maxTried)] {
		gone := without(s.cured(lost, c), func(l *loss) bool { return s.means(c, l) })
		if len(gone) > 0 {
			s.claimed(c, gone)
		}
		for _, f := range gone {
			said[f.Identity()] = true
		}
	}
	if len(all) < 2 {
		return
	}
	together := without(s.cured(lost, all...), func(l *loss) bool {
		return said[l.Identity()] || slices.ContainsFunc(all, func(c *claim) bool { return s.means(c, l) })
	})
	if len(together) > 0 {
		s.claimed(joint(all), together)
	}
}

// claimed reports a claim with the findings that it made disappear. If the claimed fact
// is reported already, the findings are added to that entry.
func (s *scoping) claimed(c *claim, gone []finding.Finding) {
	for i := range s.found {
		if o := &s.found[i]; o.Subject == c.entry.Subject && (o.Kind != itemGone || c.entry.Kind == itemGone) {
			if len(o.Unseen) == 0 {
				o.Message = loses(o.Message, noLongerFinds(), unseen(gone))
			}
			o.see(unseen(gone))
			return
		}
	}
	entry := c.entry
	entry.Unseen = unseen(gone)
	entry.Message = loses(c.said, noLongerFinds(), entry.Unseen)
	entry.Remedy = lang.Say("改回原来的写法；属实的附上它自己的新证据，没有证据可附而涉及一票否决的，由监管岗位先在主干上放行",
		"state it as before; where it is true cite new evidence of its own, and where a veto goes and there is none to cite have the supervising post release it in base first")
	s.add(entry)
}

func noLongerFinds() lang.Text { return lang.Say("不再报出问题", "no longer find anything") }

// losses are the findings that may be gone because of a claim: those that are fixed, and
// what checks failed for because they could not judge it and no longer fail for, although
// they still apply.
func (s *scoping) losses() []loss {
	var all []loss
	for _, f := range s.p.Fixed {
		all = append(all, loss{Finding: f})
	}
	for i := range s.p.Before.Checks {
		before, after := &s.p.Before.Checks[i], &s.p.After.Checks[i]
		if !after.Applies {
			continue
		}
		fails := namesOf(after.Items, func(o *examine.Item) bool { return o.Outcome == finding.Fail })
		for _, item := range before.Items {
			if item.Outcome == finding.Fail && len(item.CausedBy) > 0 && !fails[item.Name] {
				all = append(all, loss{finding.Finding{Check: before.Rule.ID, Severity: before.Severity, Item: item.Name, Keys: item.Keys}, item.CausedBy})
			}
		}
	}
	return all
}

// unyielding are the checks that found a switch to contradict something else and no longer
// do, although the switch says what it said: the other side has given way. A yes asks for
// more, and may be agreed with.
func (s *scoping) unyielding(lost []loss) (all []*rulebook.Check) {
	for i := range lost {
		rule, topic := s.Rulebook.Check(lost[i].Check), s.Rulebook.Schemas.Find(strings.TrimSuffix(path.Base(lost[i].Location.Path), ".yaml"))
		if rule == nil || topic == nil || !topic.Topic || s.p.was(topic.Name) == nil {
			continue
		}
		at := s.p.was(topic.Name).Root.Find(lost[i].Location.Pointer)
		topic.Walk(s.p.was(topic.Name).Root, func(t *schema.Type, v *document.Value) {
			if v == at && t.Switch && v.Text != "true" && !slices.ContainsFunc(s.edits(topic), func(e edit) bool { return e.was == v }) {
				all = append(all, rule)
			}
		})
	}
	return all
}

// loss is a finding that is gone, or what a check would have said but for its causes.
type loss struct {
	finding.Finding
	causes []string
}

// without are the findings of some losses, but for those that some reason explains.
func without(lost []loss, explained func(*loss) bool) (all []finding.Finding) {
	for i := range lost {
		if !explained(&lost[i]) {
			all = append(all, lost[i].Finding)
		}
	}
	return all
}

// means reports whether a finding was about the claimed facts themselves, so that
// stating them otherwise is the fix. Dates and records never are, but for the very fact
// that a check had to wait for.
func (s *scoping) means(c *claim, l *loss) bool {
	if len(l.causes) > 0 {
		return c.extends || slices.ContainsFunc(s.p.Before.Findings, func(f finding.Finding) bool {
			return slices.Contains(l.causes, f.Fingerprint) && slices.ContainsFunc(c.facts, func(e *edit) bool { return s.placeOf(e, &f) == e.was })
		})
	}
	return c.entry.Kind == sightLost && slices.ContainsFunc(c.facts, func(e *edit) bool { return s.meant(e, &l.Finding) })
}

// meant reports whether a finding was about the fact itself.
func (s *scoping) meant(e *edit, f *finding.Finding) bool {
	place := s.placeOf(e, f)
	return place != nil && (place == e.was || place.Holds(e.was))
}

// placeOf is where a finding of the baseline lies in the topic of a fact, nil where it
// lies in another.
func (s *scoping) placeOf(e *edit, f *finding.Finding) *document.Value {
	was := s.p.was(e.topic.Name)
	if f.Location.Path != was.Path || f.Location.Pointer == "" {
		return nil
	}
	return was.Root.Find(f.Location.Pointer)
}

// cured are the losses that some claims have caused: without these claims they would be
// found in head too.
func (s *scoping) cured(lost []loss, claims ...*claim) (all []loss) {
	if len(claims) == 0 {
		return nil
	}
	topics, err := withdrawn(s.topicsOfHead(), claims)
	if err != nil {
		return nil // nothing stands there any more to put the facts back into
	}
	frame, _ := s.Rulebook.View(topics, nil, s.AsOf)
	level := s.Rulebook.Level(frame, topics[rulebook.HeaderTopic])
	again := map[string]map[string]bool{}
	for _, f := range lost {
		if _, known := again[f.Check]; !known {
			again[f.Check] = failing(s.Rulebook.Check(f.Check), frame, level, claims)
		}
		if again[f.Check][f.Identity()] || again[f.Check][joined(f.Keys)] {
			all = append(all, f)
		}
	}
	return all
}

// withdrawn is the platform's topics with some claims undone.
func withdrawn(topics rulebook.Topics, claims []*claim) (rulebook.Topics, error) {
	var facts []edit
	var added []place
	for _, c := range claims {
		for _, e := range c.facts {
			facts = append(facts, *e)
		}
		for _, v := range c.added {
			added = append(added, place{c.r.topic.Name, v})
		}
	}
	topics, err := putBack(topics, facts)
	// Items of a list keep their places if the last goes first.
	slices.SortStableFunc(added, func(a, b place) int { return b.value.Index() - a.value.Index() })
	for _, one := range added {
		along := slices.ContainsFunc(added, func(o place) bool { return o.topic == one.topic && o.value.Holds(one.value) })
		if err == nil && !along {
			topics, err = rulebook.Example{Remove: []string{"/" + one.topic + one.value.Pointer()}}.Patched(topics)
		}
	}
	return topics, err
}

// place is something that head says in a topic.
type place struct {
	topic string
	value *document.Value
}

// failing are the items that fail a check, nil for none: by their identity, and by their
// keys with the old name if a claim has renamed one.
func failing(rule *rulebook.Check, frame *rulebook.Frame, level int, claims []*claim) map[string]bool {
	all := map[string]bool{}
	if rule == nil {
		return all
	}
	then, err := rule.Judge(frame, level)
	if err != nil {
		return all
	}
	for _, j := range then.Items {
		if j.Outcome != finding.Fail {
			continue
		}
		all[finding.Fingerprint(rule.ID, "", j.Keys...)] = true
		keys := slices.Clone(j.Keys)
		for _, c := range claims {
			for i := range keys {
				if keys[i] == c.renamed[1] && keys[i] != "" {
					keys[i] = c.renamed[0]
				}
			}
		}
		all[joined(keys)] = true
	}
	return all
}

func joined(keys []string) string { return "\x00" + strings.Join(keys, "\x00") }

// unseen are the checks of findings that are gone.
func unseen(gone []finding.Finding) (all []Unseen) {
	for _, f := range gone {
		if u := (Unseen{f.Check, f.Severity}); !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	return all
}
