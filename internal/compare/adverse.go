package compare

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/expression"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// adverse reports bad things on record that the change removes or rewrites without new
// evidence: items of adverse lists, and the newest record by which a check fails.
func (s *scoping) adverse() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		for _, i := range r.old {
			if i.kind != nil && i.kind.Of != nil && i.kind.Of.Adverse && i.value.Kind == document.Map {
				s.badThing(r, i)
			}
		}
		s.openCounts(r)
	}
	for i := range s.p.Before.Checks {
		c := &s.p.Before.Checks[i]
		for k := range c.Items {
			if item := &c.Items[k]; item.Outcome == finding.Fail {
				for _, n := range item.Newest {
					s.newest(c, item, n.Record)
				}
			}
		}
	}
}

// badThing looks at one item of a list of bad things.
func (s *scoping) badThing(r *register, i item) {
	now := r.at[i.path]
	if now == nil {
		accounted := r.elsewhere(i, false) || s.outlived(r, i) || i.kind.Of.Open && (s.closed(i) || s.settled(r, i))
		if !accounted {
			s.erased(r, i, lang.Say("从不利事项里消失了", "is gone from the bad things on record"), s.judges(i))
		}
		return
	}
	switch changed := s.figures(r.topic, i.path); {
	case len(changed) == 0 || s.confessed(i):
	case s.corrects(r, changed, i.value, now):
		s.corrected(r, i, changed)
	default:
		s.rewritten(r, i, changed, s.judges(i))
	}
}

// corrected reports a bad thing that is described otherwise on new evidence of its own:
// whether the evidence shows that, only a reader can tell.
func (s *scoping) corrected(r *register, i item, figures []*edit) {
	subject := i.topic + i.path
	if s.told[subject] {
		return
	}
	s.told[subject] = true
	what := sayAll(figures)
	message := func(said lang.Text) lang.Text {
		return lang.Say("%s，附了新证据", "%s, on new evidence", said)
	}
	s.add(ScopeChange{Kind: recordChanged, Subject: subject, Redacted: i.topic + i.redacted, Location: figures[0].at(r.is, r.is.Path), mild: true,
		Message: lang.Marked{Full: message(what.Full), Redacted: message(what.Redacted)},
		Remedy:  lang.Say("看新证据是否说明原来写错了", "see whether the new evidence shows that it was wrong before")})
}

// confessed reports whether some check fails for a bad thing in head and did not
// before, and none stopped failing: whoever makes an entry worse is correcting it.
func (s *scoping) confessed(i item) bool {
	worse := false
	for k := range s.p.Before.Checks {
		failed, fails := fails(&s.p.Before.Checks[k], i), fails(&s.p.After.Checks[k], i)
		if failed && !fails {
			return false
		}
		worse = worse || fails && !failed
	}
	return worse
}

// fails reports whether a check fails for an item.
func fails(c *examine.Check, i item) bool {
	return slices.ContainsFunc(c.Items, func(o examine.Item) bool { return o.Outcome == finding.Fail && about(c.Rule, o.Keys, i) })
}

// newest looks at a record that fails a check by being the newest of its kind. It may
// go once a newer record of the same kind has followed it.
func (s *scoping) newest(c *examine.Check, of *examine.Item, record *document.Value) {
	topic := s.Rulebook.Schemas.Find(record.Document().Topic())
	r := s.register(topic)
	if r == nil {
		return
	}
	k := slices.IndexFunc(r.old, func(i item) bool { return i.value == record })
	if k < 0 || s.followed(c.Rule.ID, of, r, r.old[k]) {
		return
	}
	i, by := r.old[k], []Unseen{{c.Rule.ID, c.Severity}}
	now := r.at[i.path]
	if now == nil {
		if !r.elsewhere(i, true) && !r.wentAlong(i) {
			s.erased(r, i, lang.Say("是检查不通过所依据的最近一次记录，现在没有了", "is the newest record by which checks fail, and is gone"), by)
		}
		return
	}
	switch figures := s.figures(topic, i.path); {
	case !slices.ContainsFunc(figures, func(e *edit) bool { return !e.deferred() }):
		// Its day alone is told as that of any record.
	case s.corrects(r, figures, i.value, now):
		s.corrected(r, i, figures)
	default:
		s.rewritten(r, i, figures, by)
	}
}

// wentAlong reports whether the thing that a record belongs to is gone too, which is
// reported instead.
func (r *register) wentAlong(i item) bool {
	for v := i.list.Parent; v != nil; v = v.Parent {
		if v.Parent != nil && v.Parent.Kind == document.List {
			return r.at[r.topic.Root.KeyedPath(v)] == nil
		}
	}
	return false
}

// followed reports whether the same item of a check is decided in head by a record of
// the same list that is newer than one of the baseline, was not there and cites what no
// record did: an old one of a later day has followed nothing.
func (s *scoping) followed(check string, of *examine.Item, r *register, was item) bool {
	day, dated := was.dated()
	k := slices.IndexFunc(s.p.After.Checks, func(c examine.Check) bool { return c.Rule.ID == check })
	if !dated || k < 0 {
		return false
	}
	later := func(n expression.Newest) bool {
		d, err := calendar.ParseDate(n.Date.Text)
		return err == nil && day.Before(d) && n.Record.Parent != nil && r.topic.Root.KeyedPath(n.Record.Parent) == r.listOf(was) &&
			!r.had(n.Record, was.kind) && s.backed(r, n.Record)
	}
	return slices.ContainsFunc(s.p.After.Checks[k].Items, func(item examine.Item) bool {
		return item.Name == of.Name && slices.ContainsFunc(item.Newest, later)
	})
}

// outlived reports whether a bad thing is older than checks look back, and fails none
// of them.
func (s *scoping) outlived(r *register, i item) bool {
	history, err := calendar.ParsePeriod(s.Rulebook.Policy.History)
	last, dated := r.latest(i.value)
	return err == nil && dated && last.Add(history).Before(s.AsOf) && !slices.ContainsFunc(s.p.Before.Checks, func(c examine.Check) bool { return fails(&c, i) })
}

// about reports whether what a check says under some keys is about an item of a list.
func about(rule *rulebook.Check, keys []string, i item) bool {
	return slices.Contains(keys, i.key) && slices.ContainsFunc(rule.Each, func(r rulebook.Range) bool {
		return strings.HasPrefix(r.List, i.topic+".")
	})
}

// judges are the checks that evaluated an item.
func (s *scoping) judges(i item) (all []Unseen) {
	for k := range s.p.Before.Checks {
		c := &s.p.Before.Checks[k]
		if slices.ContainsFunc(c.Items, func(o examine.Item) bool { return o.Judged() && about(c.Rule, o.Keys, i) }) {
			all = append(all, Unseen{c.Rule.ID, c.Severity})
		}
	}
	return all
}

// closing is the day that an item of what is open states once it is settled, nil where
// its kind has none.
func closing(item *schema.Type) *schema.Field {
	i := slices.IndexFunc(item.Fields, func(f schema.Field) bool { return f.Type.Kind == schema.Date && !f.Type.Absent.IsZero() })
	if i < 0 {
		return nil
	}
	return &item.Fields[i]
}

// closed reports whether an item of what is open was settled on record at the baseline.
func (s *scoping) closed(i item) bool {
	on := closing(i.kind)
	if on == nil {
		return false
	}
	day, err := calendar.ParseDate(i.value.TextAt(on.Name))
	return err == nil && !day.After(s.AsOf)
}

// settled reports whether an item left a list of what is open with a closing entry
// under the same name, or with a newer count beside the list.
func (s *scoping) settled(r *register, i item) bool {
	opened, dated := r.latest(i.value)
	since := func(v *document.Value) bool {
		day, any := r.latest(v)
		return !dated || any && !day.Before(opened)
	}
	beside, counts := i.list.Parent, ""
	if beside.Parent != nil && beside.Parent.Kind == document.List {
		beside, counts = beside.Parent.Parent, r.topic.Root.KeyedPath(beside.Parent) // the count of a period, one of a list
	}
	within := r.topic.Root.KeyedPath(beside)
	now := r.is.Root
	if within != "" {
		now = r.find(within, beside)
	}
	if now != nil && counts == "" && s.counted(r, now, beside) {
		return true
	}
	return slices.ContainsFunc(r.new, func(o item) bool {
		if o.kind == nil || o.value.Kind != document.Map || !isDated(o.kind) || !since(o.value) {
			return false
		}
		if o.key == i.key && r.stood(o.path) == nil {
			return true
		}
		here := counts != "" && r.listOf(o) == counts || counts == "" && o.list.Parent != nil && o.list.Parent == now
		return here && counting(o.kind, within != "") && !slices.ContainsFunc(r.old, func(was item) bool {
			return was.kind == o.kind && r.listOf(was) == r.listOf(o) && !s.counted(r, o.value, was.value)
		})
	})
}

// counted reports whether something was counted on a later day than another, and cites
// what nobody had cited, as far as it cites anything. The day of something else that lies
// in it is none of its own.
func (s *scoping) counted(r *register, is, was *document.Value) bool {
	kind := r.kinds[is]
	return kind != nil && later(kind, was, is) && (!holds(kind, schema.Evidence, false) || s.backed(r, is))
}

// counting reports whether a record says how many there were, or, in an object that is
// about nothing else than what is open, how it went.
func counting(t *schema.Type, alone bool) bool {
	return slices.ContainsFunc(t.Fields, func(f schema.Field) bool {
		return f.Type.Outcome && (alone || f.Type.Kind == schema.Integer)
	})
}

// openCounts reports counts of what is open that have become lower, or count from a
// later day, without a newer date of their own and what shows that. New evidence alone
// may show that the old count was wrong, or be of a register that names no day.
func (s *scoping) openCounts(r *register) {
	r.topic.Walk(r.was.Root, func(t *schema.Type, v *document.Value) {
		if !t.Open || v.Kind != document.Map {
			return
		}
		path := r.topic.Root.KeyedPath(v)
		now := r.find(path, v)
		if now != nil && s.counted(r, now, v) {
			return
		}
		var lower []*edit
		for _, e := range s.figures(r.topic, path) {
			if e.deferred() && e.was.Parent != v || e.is == nil || e.kind.Kind == schema.Integer && e.is.Int() < e.was.Int() {
				lower = append(lower, e)
			}
		}
		count := item{topic: r.topic.Name, kind: t, value: v, list: v, path: path, redacted: r.topic.Root.RedactedPath(v)}
		if now != nil && len(lower) > 0 && s.corrects(r, lower, v, now) {
			s.corrected(r, count, lower)
			return
		}
		s.rewritten(r, count, lower, nil)
	})
}

// rewritten reports figures of an item that the change states otherwise without new
// evidence.
func (s *scoping) rewritten(r *register, i item, figures []*edit, by []Unseen) {
	if len(figures) == 0 {
		return
	}
	what := sayAll(figures)
	message := func(said lang.Text) lang.Text {
		if i.tallies() {
			return lang.Say("%s，没有更新的统计日期和证据", "%s, without a newer day of counting and evidence of it", said)
		}
		return lang.Say("%s，没有新证据", "%s, without new evidence", said)
	}
	s.bad(i, figures[0].at(r.is, r.is.Path), lang.Marked{Full: message(what.Full), Redacted: message(what.Redacted)}, by)
}

// erased reports an item that is gone.
func (s *scoping) erased(r *register, i item, how lang.Text, by []Unseen) {
	message := func(path string) lang.Text { return lang.Say("%s %s", "%s %s", i.topic+path, how) }
	s.bad(i, nearest(r.is, i.list, r.is.Path), lang.Marked{Full: message(i.path), Redacted: message(i.redacted)}, by)
}

// bad adds an item whose record was taken away or rewritten, once however many
// checks it fails.
func (s *scoping) bad(i item, at finding.Location, message lang.Marked, by []Unseen) {
	subject := i.topic + i.path
	if k := slices.IndexFunc(s.found, func(c ScopeChange) bool { return c.Kind == adverseGone && c.Subject == subject }); k >= 0 {
		s.found[k].see(by)
		return
	}
	s.told[subject] = true
	c := ScopeChange{Kind: adverseGone, Subject: subject, Redacted: i.topic + i.redacted, Location: at, Message: message, Remedy: i.amends()}
	c.see(by)
	s.add(c)
}

// tallies reports whether an item is a count of what is open.
func (i item) tallies() bool { return i.kind != nil && i.kind.Open }

// amends says how a bad thing that is gone or rewritten passes.
func (i item) amends() lang.Text {
	switch open := i.kind != nil && i.kind.Of != nil && i.kind.Of.Open; {
	case i.tallies():
		return lang.Say("恢复原来的数；重新统计过的，写上这次统计的日期，附它的证据", "bring the count back; what was counted again states the day of that count and its evidence")
	case open && closing(i.kind) != nil:
		on := closing(i.kind)
		return lang.Say("恢复这一项；已经了结的写上 %s（%s），并入主干后的下一次改动就可以移出；同时补上更新一期统计的，现在就可以移出",
			"bring the item back; what is settled states %s (%s), and may leave with the next change once that is merged, or now, together with a newer period of the statistics", on.Name, on.Type.Title)
	}
	return lang.Say("恢复这条记录；更正要附新证据，处理完的写明结果", "bring the record back; a correction needs new evidence, and what is settled says how")
}

// see adds checks that look at what the change is about.
func (c *ScopeChange) see(by []Unseen) {
	for _, u := range by {
		if !slices.Contains(c.Unseen, u) {
			c.Unseen = append(c.Unseen, u)
		}
	}
}

// sayAll says what has become of a few facts.
func sayAll(facts []*edit) lang.Marked {
	var full, redacted []lang.Text
	for _, e := range facts[:min(len(facts), maxNamed)] {
		said := e.said()
		full, redacted = append(full, said.Full), append(redacted, said.Redacted)
	}
	if more := len(facts) - maxNamed; more > 0 {
		rest := lang.Say("另有 %d 处", "and %d more", more)
		full, redacted = append(full, rest), append(redacted, rest)
	}
	return lang.Marked{Full: list(full), Redacted: list(redacted)}
}
