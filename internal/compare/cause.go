package compare

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/examine"
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
	for _, f := range lost {
		if rule := s.Rulebook.Check(f.Check); rule != nil {
			then, err := rule.Judge(frame, level)
			if err == nil && slices.ContainsFunc(then.Items, func(j rulebook.Judged) bool { return j.Outcome == finding.Fail && called(claims, j.Keys, &f.Finding) }) {
				all = append(all, f)
			}
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

// called reports whether a finding is about the item with these keys, by its old name
// if a claim has renamed it.
func called(claims []*claim, keys []string, f *finding.Finding) bool {
	if finding.Fingerprint(f.Check, "", keys...) == identity(f) {
		return true
	}
	then := slices.Clone(keys)
	for _, c := range claims {
		for i := range then {
			if then[i] == c.renamed[1] && then[i] != "" {
				then[i] = c.renamed[0]
			}
		}
	}
	return slices.Equal(then, f.Keys)
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

// claims reports what findings are gone by, one entry a claim, and one for claims that
// only together take a finding away.
func (s *scoping) claims() {
	lost := s.losses()
	if len(lost) == 0 {
		return
	}
	var all []*claim
	for _, topic := range s.Rulebook.Schemas.Topics() {
		if r := s.register(topic); r != nil {
			all = append(all, s.claimsOf(r)...)
		}
	}
	said := map[string]bool{}
	for _, c := range all[:min(len(all), maxTried)] {
		gone := without(s.cured(lost, c), func(l *loss) bool { return s.means(c, l) })
		if len(gone) > 0 {
			s.claimed(c, gone)
		}
		for _, f := range gone {
			said[identity(&f)] = true
		}
	}
	if len(all) < 2 {
		return
	}
	together := without(s.cured(lost, all...), func(l *loss) bool {
		return said[identity(&l.Finding)] || slices.ContainsFunc(all, func(c *claim) bool { return s.means(c, l) })
	})
	if len(together) > 0 {
		s.claimed(joint(all), together)
	}
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
		for _, item := range before.Items {
			fails := func(o examine.Item) bool { return o.Outcome == finding.Fail && slices.Equal(o.Keys, item.Keys) }
			if after.Applies && item.Outcome == finding.Fail && len(item.CausedBy) > 0 && !slices.ContainsFunc(after.Items, fails) {
				all = append(all, loss{finding.Finding{Check: before.Rule.ID, Severity: before.Severity, Item: item.Name, Keys: item.Keys}, item.CausedBy})
			}
		}
	}
	return all
}

// loss is a finding that is gone, or what a check would have said but for its causes.
type loss struct {
	finding.Finding
	causes []string
}

// claimsOf are the claims of one topic.
func (s *scoping) claimsOf(r *register) (all []*claim) {
	facts := s.edits(r.topic)
	for i := range facts {
		if e := &facts[i]; e.was != nil && s.isClaim(r, e) {
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
		case isRecord(i.kind):
			c := s.itemClaim(r, i, onOldEvidence())
			c.added = []*document.Value{i.value}
			all = append(all, c)
		default:
			if was := r.under(i); was != nil {
				c := s.itemClaim(r, i, lang.Say("与原来的 %s 只差日期", "differs from what was %s in dates only", document.Quote(was.key)))
				c.facts, c.renamed = r.dates(was, i), [2]string{was.key, i.key}
				all = append(all, c)
			}
		}
	}
	return append(append(all, s.statedAfterwards(r)...), s.extended(r)...)
}

// statedAfterwards are records that the change adds to something old, such as that it
// has been repaired, and that cite only evidence cited before.
func (s *scoping) statedAfterwards(r *register) (all []*claim) {
	stood := map[string]bool{}
	r.topic.Walk(r.was.Root, func(_ *schema.Type, v *document.Value) { stood[r.topic.Root.KeyedPath(v)] = true })
	r.topic.Walk(r.is.Root, func(t *schema.Type, v *document.Value) {
		if v.Kind != document.Map || v.Parent == nil || v.Parent.Kind != document.Map || !isRecord(t) || t.Kind == schema.Evidence {
			return
		}
		if path := r.topic.Root.KeyedPath(v); !stood[path] && s.stale(item{kind: t, value: v}) {
			c := s.itemClaim(r, item{topic: r.topic.Name, path: path, redacted: r.topic.Root.RedactedPath(v), value: v}, onOldEvidence())
			c.added = []*document.Value{v}
			all = append(all, c)
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

func onOldEvidence() lang.Text {
	return lang.Say("新写的记录只引用原有的证据", "a record that is new and cites what was cited before")
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
	c.entry.Kind, c.entry.Subject, c.entry.Redacted = recordChanged, strings.Join(subjects, " "), strings.Join(hidden, " ")
	c.said = lang.Marked{Full: list(full), Redacted: list(redacted)}
	return &c
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

// stale reports whether a record cites nothing that was not cited at the baseline.
func (s *scoping) stale(i item) bool {
	return !slices.ContainsFunc(i.value.Fields(), func(f document.Field) bool {
		t := i.kind.Field(f.Key)
		return t != nil && t.Type.Kind == schema.Evidence && slices.ContainsFunc(pieces(f.Value), s.unknown)
	})
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

// steered reports facts that decide what is asked of the platform and that nothing else
// reports: figures that were lowered, names in the header, such as that of the
// operator, that checks compare others with, and what a platform only declares.
func (s *scoping) steered() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		facts := s.edits(topic)
		for i := range facts {
			e := &facts[i]
			less := e.lowered() && e.is != nil && e.kind.Kind == schema.Integer
			if !less && !s.compared(e) && !e.declared() || slices.ContainsFunc(s.found, func(c ScopeChange) bool { return c.Subject == e.subject(false) }) {
				continue
			}
			s.changedFact(e, r, func(said lang.Text) lang.Text {
				return lang.Say("%s（检查项据此判断）", "%s (checks go by it)", said)
			}, lang.Say("确认事实真的变了，与依据一致", "make sure that the fact really is another, and agrees with what shows it"))
		}
	}
}

// declared reports whether the change states otherwise, or adds to a list, what a platform
// only declares. What it no longer states is not believed any more.
func (e *edit) declared() bool {
	if list := e.kind.Of; list != nil {
		return list.Declared && e.was == nil
	}
	return e.kind.Declared && e.was != nil && e.is != nil
}

// compared reports whether a fact is a name of the header that some check reads.
func (s *scoping) compared(e *edit) bool {
	return e.was != nil && e.is != nil && e.topic.Name == rulebook.HeaderTopic && !strings.Contains(e.path, "[") &&
		e.kind.Kind == schema.String && e.kind.Enum == nil &&
		slices.ContainsFunc(s.Rulebook.Checks, func(c *rulebook.Check) bool { return slices.Contains(c.Reads(), e.kind.Name) })
}
