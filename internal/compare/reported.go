package compare

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
	"hegui/internal/source"
	"hegui/internal/term"
)

// tolerate finds the new findings that tell the truth: what the change puts on
// record itself, and what a stricter fact of the header brings up. Neither blocks.
func (j *Judge) tolerate(ctx context.Context, p *Platform, t Trees, trusted *tip) error {
	s := j.scoping(p, t)
	if err := s.stricter(ctx, t, trusted); err != nil {
		return err
	}
	if !slices.ContainsFunc(p.New, func(f New) bool { return !f.Revealed }) {
		return nil
	}
	if without := s.rejudge(ctx, t.Head, p.After, s.stripped(), trusted); without != nil {
		shows := s.shows(without)
		for i := range p.New {
			if f := &p.New[i]; !f.Revealed && j.reportable(f.Check) && !shows(&f.Finding) {
				f.Reported, f.Blocking = true, false
			}
		}
	}
	return nil
}

// reportable tells whether a finding may be what a change puts on record: that of a
// check, or of what a check would have to know of the record. What cannot be read,
// leads nowhere or has not happened yet puts nothing on record.
func (j *Judge) reportable(id string) bool {
	return j.Rulebook.Check(id) != nil || term.FamilyOf(id).ID == "fact" && id != "fact.future"
}

// shows tells whether a side has a finding, or hides whether it would.
func (s *scoping) shows(side *Side) func(*finding.Finding) bool {
	has := map[string]bool{}
	for i := range side.Findings {
		has[side.Findings[i].Identity()] = true
	}
	return func(f *finding.Finding) bool { return has[f.Identity()] || side.reach.Hides(f) }
}

// rejudge judges one side with other texts in place of some topics; nil for none.
func (s *scoping) rejudge(ctx context.Context, tree source.Tree, of *Side, topics map[string]string, trusted *tip) *Side {
	if len(topics) == 0 {
		return nil
	}
	files := map[string]string{}
	for topic, text := range topics {
		files[of.Path+"/"+topic+".yaml"] = text
	}
	auditor := &audit.Auditor{Tree: replaced{tree, files}, Rulebook: s.Rulebook, AsOf: s.AsOf}
	judged, failures := auditor.Judge(ctx, []audit.Folder{{ID: of.ID, Path: of.Path}})
	if len(failures) > 0 || len(judged) != 1 {
		return nil
	}
	return side(s.Rulebook, examine.Apply(s.Rulebook, judged[0], s.p.names.statements(trusted.statements(of.Code, of.Path)), s.AsOf))
}

// replaced is a tree with other texts in place of some files.
type replaced struct {
	source.Tree
	files map[string]string
}

func (r replaced) Read(at string, limit int64) ([]byte, error) {
	if text, is := r.files[at]; is {
		return []byte(text), nil
	}
	return r.Tree.Read(at, limit)
}

// stripped are the topics of head without what the change puts on record: dated
// records and bad things that it adds, and those that it corrects with new evidence
// and states of affairs that it counts again with a new date as well, which are as
// they were.
func (s *scoping) stripped() map[string]string {
	texts := map[string]string{}
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil {
			continue
		}
		w := &rewrite{with: map[*document.Value]*document.Value{}, also: map[*document.Value][]*document.Value{}}
		had, objects := map[string]bool{}, map[string]*document.Value{}
		for _, i := range r.old {
			had[i.path] = true
		}
		r.topic.Walk(r.was.Root, func(_ *schema.Type, v *document.Value) { objects[topic.Root.KeyedPath(v)] = v })
		for _, i := range r.new {
			if k := i.kind; !had[i.path] && k != nil && i.value.Kind == document.Map && (isRecord(k) || k.Of != nil && k.Of.Adverse) {
				w.with[i.value] = nil
			}
		}
		r.topic.Walk(r.is.Root, func(t *schema.Type, v *document.Value) {
			was := objects[topic.Root.KeyedPath(v)]
			if v.Kind != document.Map || v.Parent == nil || was == nil || was.Kind != document.Map || was.Canonical() == v.Canonical() {
				return
			}
			corrected := isRecord(t) || t.Of != nil && t.Of.Adverse
			if (corrected || isDated(t) && recounted(t, was, v)) && r.proves(was, v) {
				w.with[v] = was
			}
		})
		// Older records that what it adds has taken the place of stand as they did.
		for _, gone := range s.vanished(r) {
			if newer := r.overtaking(gone); newer != nil {
				w.also[newer.list] = append(w.also[newer.list], gone.value)
			}
		}
		// A list that the change begins goes with all that it holds.
		for _, i := range r.new {
			if objects[topic.Root.KeyedPath(i.list)] == nil && !slices.ContainsFunc(i.list.Items(), func(v *document.Value) bool { return !w.gone(v) }) {
				w.with[i.list] = nil
			}
		}
		if len(w.with) > 0 {
			texts[topic.Name] = w.text(r.is.Root)
		}
	}
	return texts
}

// rewrite writes a value with others in place of some, nil for what is left out, and
// others also in some lists.
type rewrite struct {
	with map[*document.Value]*document.Value
	also map[*document.Value][]*document.Value
}

func (w *rewrite) gone(v *document.Value) bool {
	other, is := w.with[v]
	return is && other == nil
}

// text is a value on one line.
func (w *rewrite) text(v *document.Value) string {
	if other := w.with[v]; other != nil {
		v = other
	}
	var parts []string
	switch v.Kind {
	case document.List:
		for _, item := range v.Items() {
			if !w.gone(item) {
				parts = append(parts, w.text(item))
			}
		}
		for _, item := range w.also[v] {
			parts = append(parts, w.text(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case document.Map:
		for _, f := range v.Fields() {
			if !w.gone(f.Value) {
				parts = append(parts, strconv.Quote(f.Key)+": "+w.text(f.Value))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return v.Canonical()
}

// stricter judges the baseline under those of head's switches that loosen nothing:
// what it shows then is none of the change's doing.
func (s *scoping) stricter(ctx context.Context, t Trees, trusted *tip) error {
	texts, err := s.stricterHeader()
	if err != nil {
		return err
	}
	header := maps.Clone(texts)
	told := s.stricterTopics(texts)
	s.p.strict = s.rejudge(ctx, t.Baseline, s.p.Before, texts, trusted)
	if s.p.strict != nil && s.cures(told, s.p.strict) {
		s.p.strict = s.rejudge(ctx, t.Baseline, s.p.Before, header, trusted)
	}
	if s.p.strict == nil {
		return nil
	}
	shows := s.shows(s.p.strict)
	for i := range s.p.New {
		if f := &s.p.New[i]; !f.Revealed && !examine.Breaks(f.Check) && shows(&f.Finding) {
			f.Revealed, f.Stricter, f.Blocking = true, true, false
		}
	}
	return nil
}

// stricterTopics adds the baseline's topics with those switches of items as head has
// them that take nothing out of sight, the header's left aside, and returns those.
func (s *scoping) stricterTopics(texts map[string]string) (told []*edit) {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		was := s.p.Before.Documents[topic.Name]
		if texts[topic.Name] != "" || !was.Sound() || !s.stated(topic.Name).Sound() {
			continue
		}
		w := &rewrite{with: map[*document.Value]*document.Value{}}
		facts := s.edits(topic)
		for i := range facts {
			e := &facts[i]
			if !e.kind.Switch || e.was == nil || e.is == nil || !strings.Contains(e.path, "[") {
				continue
			}
			if !e.lowered() && !slices.ContainsFunc(s.p.Scope, func(c ScopeChange) bool { return c.Subject == e.subject(false) }) {
				w.with[e.was], told = e.is, append(told, e)
			}
		}
		if len(w.with) > 0 {
			texts[topic.Name] = w.text(was.Root)
		}
	}
	return told
}

// cures reports whether the baseline would be found better with some facts as head has
// them, but for what is found of these facts themselves.
func (s *scoping) cures(facts []*edit, with *Side) bool {
	shows := s.shows(with)
	return slices.ContainsFunc(s.p.Before.Open(), func(f finding.Finding) bool {
		return len(facts) > 0 && !shows(&f) && !slices.ContainsFunc(facts, func(e *edit) bool { return s.meant(e, &f) })
	})
}

// stricterHeader is the baseline's header with those facts of head's that loosen
// nothing, none where there are no such.
func (s *scoping) stricterHeader() (map[string]string, error) {
	texts := map[string]string{}
	header := s.Rulebook.Schemas.Find(rulebook.HeaderTopic)
	was := s.p.Before.Documents[header.Name]
	if !was.Sound() || !s.stated(header.Name).Sound() {
		return texts, nil
	}
	facts := slices.DeleteFunc(slices.Clone(s.edits(header)), func(e edit) bool { return !s.steers(&e) || e.is == nil })
	if len(facts) == 0 || len(facts) > maxTried {
		return texts, nil
	}
	auditor := &audit.Auditor{Rulebook: s.Rulebook, AsOf: s.AsOf}
	then, err := auditor.Rulings(was.Root)
	if err != nil {
		return nil, err
	}
	root := was.Root
	for i := range facts {
		// Seen from the baseline, head's fact is put where its own stands.
		back := facts[i]
		back.was, back.is = back.is, back.was
		topics, err := putBack(rulebook.Topics{header.Name: root}, []edit{back})
		if err != nil {
			return nil, err
		}
		now, err := auditor.Rulings(topics[header.Name])
		if err != nil {
			return nil, err
		}
		loosens := false
		for k := range now {
			loosens = loosens || loosened(&then[k], &now[k]) && !superseded(&then[k], now)
		}
		if !loosens {
			root, then = topics[header.Name], now
			texts[header.Name] = (&rewrite{}).text(root)
		}
	}
	return texts, nil
}
