package compare

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// claim is something that the change states newly or otherwise with no evidence for it,
// only the platform's word.
type claim struct {
	r     *register
	facts []*edit
	// added are the records that rest on what was cited before, or what an old record says
	// besides now, where extends is set.
	added   []*document.Value
	extends bool
	more    []*edit // what an old record says besides
	// renamed are the names of an item that is said to be another.
	renamed [2]string
	entry   ScopeChange
	said    lang.Marked
}

// claimsOf are the claims of one topic: also whatever some checks held against a switch and
// the change states otherwise.
func (s *scoping) claimsOf(r *register, against []*rulebook.Check) (all []*claim) {
	facts := s.edits(r.topic)
	for i := range facts {
		e := &facts[i]
		yields := func(rule *rulebook.Check) bool { return slices.Contains(rule.Fields(), e.kind.Name) }
		if e.was != nil && (s.isClaim(r, e) || slices.ContainsFunc(against, yields) && e.kind.Kind != schema.Evidence && !s.telling(r, e)) {
			all = append(all, s.factClaim(r, e))
		}
	}
	for _, record := range s.recordEdits(r) {
		if now := r.find(r.topic.Root.KeyedPath(record.value), record.value); now != nil && !s.corrects(r, record.facts, record.value, now) {
			all = append(all, s.recordClaim(r, record))
		}
	}
	for _, i := range r.new {
		switch {
		case i.kind == nil || i.value.Kind != document.Map || r.stood(i.path) != nil || !s.stale(i):
		case isRecord(i.kind) || isDated(i.kind) && counting(i.kind, false):
			all = append(all, s.newClaim(r, i))
		case r.under(i) != nil:
			all = append(all, s.redated(r, r.under(i), i))
		case isDated(i.kind) && len(i.cites()) > 0: // a resolution may have approved several, which is no reason to stop them
			c := s.newClaim(r, i)
			c.entry.mild = true
			all = append(all, c)
		}
	}
	return append(append(all, s.statedAfterwards(r, all)...), s.extended(r)...)
}

// statedAfterwards are records that the change adds to something, such as that it has been
// repaired, and that cite only evidence cited before. Those of what is claimed as a whole
// go with it.
func (s *scoping) statedAfterwards(r *register, claimed []*claim) (all []*claim) {
	along := func(v *document.Value) bool {
		return slices.ContainsFunc(claimed, func(c *claim) bool {
			return slices.ContainsFunc(c.added, func(whole *document.Value) bool { return whole.Holds(v) })
		})
	}
	stood := map[string]bool{}
	r.topic.Walk(r.was.Root, func(_ *schema.Type, v *document.Value) { stood[r.topic.Root.KeyedPath(v)] = true })
	r.topic.Walk(r.is.Root, func(t *schema.Type, v *document.Value) {
		if v.Kind != document.Map || v.Parent == nil || v.Parent.Kind != document.Map || !isRecord(t) || t.Kind == schema.Evidence {
			return
		}
		if path := r.topic.Root.KeyedPath(v); !stood[path] && !along(v) && s.stale(item{kind: t, value: v}) {
			all = append(all, s.newClaim(r, item{topic: r.topic.Name, path: path, redacted: r.topic.Root.RedactedPath(v), value: v}))
		}
	})
	return all
}

// extended are the old records that the change lets say more than they did, such as that
// a test covered another component, and that cite nothing new for it. What closes a case
// is stated in its time, and what went wrong besides is nothing to be gained by.
func (s *scoping) extended(r *register) (all []*claim) {
	stood := map[string]*document.Value{}
	r.topic.Walk(r.was.Root, func(_ *schema.Type, v *document.Value) { stood[r.topic.Root.KeyedPath(v)] = v })
	claims := map[*document.Value]*claim{}
	facts := s.edits(r.topic)
	for i := range facts {
		e := &facts[i]
		if e.was != nil || e.kind.Progress || !e.figures() && !r.isName(e.is) {
			continue
		}
		record, added := r.extends(e.is, func(v *document.Value) bool { return stood[r.topic.Root.KeyedPath(v)] != nil })
		if added == nil || s.corrects(r, []*edit{e}, stood[r.topic.Root.KeyedPath(record)], record) {
			continue
		}
		c := claims[record]
		if c == nil {
			path := r.topic.Root.KeyedPath(record)
			c = s.itemClaim(r, item{topic: r.topic.Name, path: path, redacted: r.topic.Root.RedactedPath(record), value: record}, lang.Text{})
			c.extends, claims[record], all = true, c, append(all, c)
		}
		if !slices.Contains(c.added, added) {
			c.added = append(c.added, added)
		}
		c.more = append(c.more, e)
	}
	for _, c := range all {
		c.said = sayAll(c.more)
	}
	return all
}

// extends is the old record that a new fact belongs to, and what of it is new as a whole;
// nil where the fact belongs to none, closes a case, tells of something bad or stands beside
// a namesake.
func (r *register) extends(fact *document.Value, old func(*document.Value) bool) (record, added *document.Value) {
	for v := fact; v != nil; v = v.Parent {
		t := r.kinds[v]
		switch {
		case t == nil || !t.Absent.IsZero() || t.Adverse || t.Open || t.Kind == schema.Evidence:
			return nil, nil
		case v.Kind == document.Map && isRecord(t):
			if old(v) {
				return v, added
			}
			return nil, nil
		case !old(v):
			added = v
		}
	}
	return nil, nil
}

// isName reports whether a value of a list is the name of something else.
func (r *register) isName(v *document.Value) bool {
	list := r.kinds[v.Parent]
	return list != nil && v.Parent.Kind == document.List && len(list.Refs) > 0
}

// redated is an item that only has another name and other days than one that it takes the
// place of.
func (s *scoping) redated(r *register, was *item, i item) *claim {
	c := s.itemClaim(r, i, lang.Say("与原来的 %s 只差日期", "differs from what was %s in dates only", document.Quote(was.key)))
	c.facts, c.renamed = r.dates(was, i), [2]string{was.key, i.key}
	return c
}

// newClaim is a record that is new and rests on what was cited before.
func (s *scoping) newClaim(r *register, i item) *claim {
	c := s.itemClaim(r, i, lang.Say("新写的记录只引用原有的证据", "a record that is new and cites what was cited before"))
	c.added = []*document.Value{i.value}
	return c
}

// isClaim reports whether nothing but the platform's word stands behind a fact: a date
// outside records, what the header says of the platform as a whole, a switch that has
// been turned down.
func (s *scoping) isClaim(r *register, e *edit) bool {
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

func (s *scoping) factClaim(r *register, e *edit) *claim {
	c := &claim{r: r, facts: []*edit{e}, said: e.said(), entry: ScopeChange{Kind: recordChanged, Subject: e.subject(false), Redacted: e.subject(true), Location: e.at(r.is, r.is.Path)}}
	if e.kind.Kind != schema.Date {
		c.entry.Kind = sightLost
	}
	return c
}

func (s *scoping) recordClaim(r *register, record recordEdit) *claim {
	v := record.value
	return &claim{r: r, facts: record.facts, said: sayAll(record.facts), entry: ScopeChange{Kind: recordChanged, Subject: r.topic.Name + r.topic.Root.KeyedPath(v),
		Redacted: r.topic.Name + r.topic.Root.RedactedPath(v), Location: record.facts[0].at(r.is, r.is.Path)}}
}

func (s *scoping) itemClaim(r *register, i item, what lang.Text) *claim {
	message := func(path string) lang.Text { return lang.Say("%s %s", "%s %s", i.topic+path, what) }
	return &claim{r: r, said: lang.Marked{Full: message(i.path), Redacted: message(i.redacted)},
		entry: ScopeChange{Kind: recordChanged, Subject: i.topic + i.path, Redacted: i.topic + i.redacted, Location: finding.At(i.value)}}
}

// joint is several claims as one.
func joint(all []*claim) *claim {
	c := *all[0]
	var subjects, hidden []string
	var full, redacted []lang.Text
	for _, one := range all {
		subjects, hidden = append(subjects, one.entry.Subject), append(hidden, one.entry.Redacted)
		full, redacted = append(full, one.said.Full), append(redacted, one.said.Redacted)
	}
	c.entry.mild = !slices.ContainsFunc(all, func(one *claim) bool { return !one.entry.mild })
	c.entry.Kind, c.entry.Subject, c.entry.Redacted = recordChanged, strings.Join(subjects, " "), strings.Join(hidden, " ")
	c.said = lang.Marked{Full: list(full), Redacted: list(redacted)}
	return &c
}

// under is the old item of the list that one of head repeats under another name, all
// but its name, dates and evidence; nil for none.
func (r *register) under(i item) *item {
	for k := range r.old {
		was := &r.old[k]
		if was.kind == i.kind && r.listOf(*was) == r.listOf(i) && r.at[was.path] == nil && r.undated(was.value) == r.undated(i.value) {
			return was
		}
	}
	return nil
}

// undated is what an item says besides its name, its dates and its evidence.
func (r *register) undated(v *document.Value) string {
	t := r.kinds[v]
	if t == nil {
		return v.Canonical()
	}
	var said []string
	for _, f := range t.Fields {
		stated := v.Get(f.Name)
		switch {
		case stated == nil || f.Type.Kind == schema.Evidence || f.Type.Kind == schema.Date || t.Of != nil && f.Name == t.Of.Key:
		case stated.Kind == document.Map:
			said = append(said, f.Name+r.undated(stated))
		default:
			said = append(said, f.Name+stated.Canonical())
		}
	}
	return strings.Join(said, "\n")
}

// dates are those by which an item differs from what it was under another name.
func (r *register) dates(was *item, is item) (all []*edit) {
	var differ func(old, now *document.Value)
	differ = func(old, now *document.Value) {
		for _, f := range now.Fields() {
			t, stood := r.kinds[f.Value], old.Get(f.Key)
			switch {
			case t == nil || stood == nil:
			case t.Kind == schema.Date && stood.Text != f.Value.Text:
				all = append(all, &edit{topic: r.topic, kind: t, path: strings.TrimPrefix(r.topic.Root.KeyedPath(f.Value), "/"), was: stood, is: f.Value})
			case f.Value.Kind == document.Map && stood.Kind == document.Map && t.Kind != schema.Evidence:
				differ(stood, f.Value)
			}
		}
	}
	differ(was.value, is.value)
	return all
}
