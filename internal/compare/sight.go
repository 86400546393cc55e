package compare

import (
	"regexp"
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// blind is a fact, or a check where no fact is to blame, with the items that are no
// longer looked at.
type blind struct {
	fact   *edit
	check  *examine.Check
	unseen []Unseen
	// names are the items, hidden the same without sensitive keys.
	names, hidden []string
	failed        bool // one of them failed a check that no longer looks at it
}

// sight reports items that are still stated and that checks no longer look at, one
// entry for each fact that takes them out of sight.
func (s *scoping) sight() {
	var all []*blind
	note := func(e *edit, c *examine.Check, item *examine.Item) {
		i := slices.IndexFunc(all, func(b *blind) bool { return b.fact == e && (e != nil || b.check == c) })
		if i < 0 {
			i, all = len(all), append(all, &blind{fact: e, check: c})
		}
		all[i].lose(c, item)
	}
	for i := range s.p.Before.Checks {
		before, after := &s.p.Before.Checks[i], &s.p.After.Checks[i]
		if !after.Applies {
			continue
		}
		for _, item := range append(s.lost(before, after), s.lostBehind(before, after)...) {
			facts, closed := s.hiders(before, &item)
			for _, e := range facts {
				note(e, before, &item)
			}
			if len(facts) == 0 && !closed {
				note(nil, before, &item)
			}
		}
	}
	for _, b := range all {
		s.unsighted(b)
	}
}

// lostBehind are the items that a check could not judge at the baseline, or had no need
// to under a laxer header, and would see in head if the switches were as they stood
// there.
func (s *scoping) lostBehind(before, after *examine.Check) (all []examine.Item) {
	if before.Applies && !slices.ContainsFunc(before.Items, func(i examine.Item) bool { return len(i.CausedBy) > 0 }) {
		return nil
	}
	there := s.switchedBack().judge(before.Rule)
	if before.Applies {
		waits := namesOf(before.Items, func(i *examine.Item) bool { return len(i.CausedBy) > 0 })
		for _, item := range s.backdate(s.chosenBy(before)).judge(before.Rule) {
			if waits[item.Name] {
				there = append(there, item)
			}
		}
	}
	seen := namesOf(after.Items, (*examine.Item).Judged)
	for _, item := range there {
		if !seen[item.Name] && !s.explained(before, item) {
			all = append(all, item)
		}
	}
	return all
}

// namesOf are the names of the items that are so, to look many of them up.
func namesOf(items []examine.Item, so func(*examine.Item) bool) map[string]bool {
	names := map[string]bool{}
	for i := range items {
		if so(&items[i]) {
			names[items[i].Name] = true
		}
	}
	return names
}

// chosenBy are the facts by which a check chose its items at the baseline and that are
// stated otherwise.
func (s *scoping) chosenBy(c *examine.Check) (all []edit) {
	for _, e := range s.choosing(c) {
		if e.was != nil && s.stated(e.topic.Name).Sound() {
			all = append(all, *e)
		}
	}
	return all
}

// backdated is head as it would be judged with some facts as the baseline had
// them; the frame is nil where there are no such.
type backdated struct {
	frame *rulebook.Frame
	level int
}

// judge are the items that a check looks at then. A check that does not run is told
// where head is judged.
func (b *backdated) judge(rule *rulebook.Check) (all []examine.Item) {
	if b.frame == nil {
		return nil
	}
	then, err := rule.Judge(b.frame, b.level)
	if err != nil {
		return nil
	}
	for _, j := range then.Items {
		if j.Outcome != finding.NotApplicable {
			all = append(all, examine.Item{Item: &audit.Item{Name: j.Name(), Redacted: j.RedactedName(), Keys: j.Keys}})
		}
	}
	return all
}

// switchedBack puts all switches back but those of the header.
func (s *scoping) switchedBack() *backdated {
	if s.back == nil {
		var facts []edit
		for _, topic := range s.Rulebook.Schemas.Topics() {
			if topic.Name != rulebook.HeaderTopic && s.stated(topic.Name).Sound() {
				facts = append(facts, slices.DeleteFunc(slices.Clone(s.edits(topic)), func(e edit) bool { return !e.kind.Switch || e.was == nil })...)
			}
		}
		s.back = s.backdate(facts)
	}
	return s.back
}

// backdate puts some facts back.
func (s *scoping) backdate(facts []edit) *backdated {
	topics, err := putBack(s.topicsOfHead(), facts)
	if len(facts) == 0 || err != nil {
		return &backdated{}
	}
	frame, _ := s.Rulebook.View(topics, nil, s.AsOf)
	return &backdated{frame, s.Rulebook.Level(frame, topics[rulebook.HeaderTopic])}
}

// topicsOfHead are those that can be read.
func (s *scoping) topicsOfHead() rulebook.Topics {
	topics := rulebook.Topics{}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if doc := s.stated(topic.Name); doc.Sound() {
			topics[topic.Name] = doc.Root
		}
	}
	return topics
}

// lost are the items that a check evaluated at the baseline and not in head although
// they are still declared.
func (s *scoping) lost(before, after *examine.Check) (all []examine.Item) {
	left := map[string]int{}
	for _, item := range judged(after) {
		left[item.Name]++
	}
	for _, item := range judged(before) {
		if left[item.Name]--; left[item.Name] < 0 && len(item.CausedBy) == 0 && !s.p.After.reach.Waits(after.Rule.ID, item.Keys) && !s.explained(before, item) {
			all = append(all, item)
		}
	}
	return all
}

// judged are the items about which a check has said something.
func judged(c *examine.Check) []examine.Item {
	return slices.DeleteFunc(slices.Clone(c.Items), func(i examine.Item) bool { return !i.Judged() })
}

// explained reports whether an item is gone because the list item that it is
// about is, which is reported already.
func (s *scoping) explained(c *examine.Check, i examine.Item) bool {
	if len(i.Keys) == 0 {
		// One judgement on a whole list, which has become empty or no longer is.
		return true
	}
	return slices.ContainsFunc(i.Keys, func(key string) bool {
		return slices.ContainsFunc(c.Rule.Each, func(r rulebook.Range) bool {
			topic, _, _ := strings.Cut(r.List, ".")
			return s.gone[[2]string{topic, key}]
		})
	})
}

// hiders are the facts that may have taken an item out of a check's sight: those that
// the check's ranges filter by, in the item itself if there are any. closed says that
// one of them is newly stated and, being stated, closes the case.
func (s *scoping) hiders(c *examine.Check, item *examine.Item) (all []*edit, closed bool) {
	all = s.choosing(c)
	if own := slices.DeleteFunc(slices.Clone(all), func(e *edit) bool { return !e.within(item.Keys) }); len(own) > 0 {
		all = own
	}
	// What went with its item is told with that.
	if left := slices.DeleteFunc(slices.Clone(all), func(e *edit) bool { return e.in(s.removed) }); len(left) > 0 {
		all = left
	}
	closing := func(e *edit) bool { return e.was == nil && !e.kind.Absent.IsZero() }
	if slices.ContainsFunc(all, closing) {
		return nil, true
	}
	return s.decisive(all, c, item), false
}

// choosing are the facts that the change states otherwise and by which the ranges of a
// check choose items.
func (s *scoping) choosing(c *examine.Check) (all []*edit) {
	var ranges strings.Builder
	for _, step := range c.Rule.Each {
		ranges.WriteString(step.List + " " + step.Dated + " " + step.Settled + " ")
	}
	read := regexp.MustCompile(`\.([a-z][a-z0-9_]*)\b`).FindAllStringSubmatch(ranges.String(), -1)
	fields := c.Rule.Fields()
	for _, topic := range c.Rule.Topics() {
		known := s.Rulebook.Schemas.Find(topic)
		if known == nil {
			continue
		}
		facts := s.edits(known)
		for i := range facts {
			if e := &facts[i]; slices.ContainsFunc(read, func(name []string) bool { return name[1] == e.key() }) && slices.Contains(fields, e.kind.Name) {
				all = append(all, e)
			}
		}
	}
	return all
}

// decisive are the facts of which each alone, put back, brings the item back in sight;
// all of the facts where only several together do.
func (s *scoping) decisive(facts []*edit, c *examine.Check, item *examine.Item) []*edit {
	if len(facts) < 2 || len(facts) > maxTried {
		return facts
	}
	alone := slices.DeleteFunc(slices.Clone(facts), func(e *edit) bool {
		if s.alone[e] == nil {
			s.alone[e] = s.backdate([]edit{*e})
		}
		return !slices.ContainsFunc(s.alone[e].judge(c.Rule), func(o examine.Item) bool { return o.Name == item.Name })
	})
	if len(alone) == 0 {
		return facts
	}
	return alone
}

func (b *blind) lose(c *examine.Check, item *examine.Item) {
	if !slices.ContainsFunc(b.unseen, func(u Unseen) bool { return u.Check == c.Rule.ID }) {
		b.unseen = append(b.unseen, Unseen{c.Rule.ID, c.Severity})
	}
	if !slices.Contains(b.names, item.Name) {
		b.names, b.hidden = append(b.names, item.Name), append(b.hidden, item.Redacted)
	}
	b.failed = b.failed || item.Outcome == finding.Fail
}

// raises reports whether the fact sets how strict checks are and has been raised: what
// leaves one check by that falls under others.
func (s *scoping) raises(e *edit) bool {
	return e.was != nil && e.is != nil && e.kind.Kind == schema.Integer && s.Rulebook.Scales(e.key()) && order(e) > 0
}

// unsighted reports what is out of sight, at the fact that took it there.
func (s *scoping) unsighted(b *blind) {
	looks := func(names []string) lang.Text {
		return lang.Say("不再查看 %s", "no longer look at %s", named(names))
	}
	full, redacted := looks(b.names), looks(b.hidden)
	if b.fact != nil && s.toldWith(b.fact, b.unseen, full, redacted) {
		return
	}
	c := ScopeChange{Kind: sightLost, Unseen: b.unseen, Remedy: lang.Say("改回这个事实；属实的，由监管岗位先在主干上放行", "state the fact as before; where it is true, have the supervising post release it in base first")}
	if b.fact == nil {
		c.Subject, c.Location = b.check.Rule.ID, finding.WholeFile(s.file(b.check.Rule.Topic))
		fact := lang.Say("%s 的事实变了", "facts of %s have changed", b.check.Rule.Topic+".yaml")
		c.Message = lang.Marked{Full: loses(lang.Open(fact), full, b.unseen).Full, Redacted: loses(lang.Open(fact), redacted, b.unseen).Redacted}
	} else {
		topic := b.fact.topic.Name
		c.Subject, c.Redacted = b.fact.subject(false), b.fact.subject(true)
		c.Location = b.fact.at(s.stated(topic), s.file(topic))
		c.mild = s.raises(b.fact) && !b.failed
		c.Message = lang.Marked{Full: loses(b.fact.said(), full, b.unseen).Full, Redacted: loses(b.fact.said(), redacted, b.unseen).Redacted}
	}
	s.add(c)
}

// toldWith reports whether the item that a fact lies in is reported as rewritten, and
// adds to that what is out of sight.
func (s *scoping) toldWith(e *edit, unseen []Unseen, full, redacted lang.Text) bool {
	for i := range s.found {
		c := &s.found[i]
		if s.told[c.Subject] && e.in(map[string]bool{c.Subject: true}) {
			c.Message = lang.Marked{Full: loses(c.Message, full, unseen).Full, Redacted: loses(c.Message, redacted, unseen).Redacted}
			c.see(unseen)
			return true
		}
	}
	return false
}

// named lists a few items.
func named(names []string) string {
	if len(names) > maxNamed {
		return strings.Join(names[:maxNamed], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
