package compare

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/examine"
	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/source"
)

// maxPast bounds how many trees are looked through for a file that can be read.
const maxPast = 1000

// stoodAs finds a stand-in for each topic that head has and that cannot be read at the
// baseline: the file as the nearest readable ancestor has it.
func (j *Judge) stoodAs(p *Platform, t Trees) {
	p.past = map[string]*document.Document{}
	for _, topic := range j.Rulebook.Schemas.Topics() {
		if p.illegible(topic.Name) && p.After.Documents[topic.Name] != nil {
			if doc := older(t, path.Join(p.Before.Path, topic.Name+".yaml")); doc != nil {
				p.past[topic.Name] = doc
			}
		}
	}
}

// illegible reports whether the baseline has a topic of which nothing can be read.
func (p *Platform) illegible(topic string) bool {
	doc := p.Before.Documents[topic]
	return slices.Contains(p.Before.Broken, topic) && (doc == nil || doc.Root == nil)
}

// older is the newest version of a file, among what the baseline grew from, that can
// be read; nil for none.
func older(t Trees, at string) *document.Document {
	if t.Past == nil {
		return nil
	}
	looked, last := 0, ""
	for tree := range t.Past {
		if looked++; looked > maxPast {
			return nil
		}
		hash, err := tree.Hash(at)
		if err != nil || hash != "" && hash == last {
			continue
		}
		last = hash
		if doc := parsed(tree, at); doc.Sound() {
			return doc
		}
	}
	return nil
}

func parsed(tree source.Tree, at string) *document.Document {
	limits := document.DefaultLimits()
	data, err := tree.Read(at, int64(limits.Bytes))
	if err != nil {
		return nil
	}
	return document.Parse(at, data, limits)
}

// was is the file that head's is compared with: the baseline's, or its stand-in.
func (p *Platform) was(topic string) *document.Document {
	if doc := p.past[topic]; doc != nil {
		return doc
	}
	return p.Before.Documents[topic]
}

// unreadable reports topics that could not be compared: what cannot be read at the
// baseline, nor in anything that it grew from, may have said anything.
func (s *scoping) unreadable() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		is := s.stated(topic.Name)
		if !s.p.illegible(topic.Name) || is == nil || is.Same(s.p.Before.Documents[topic.Name]) {
			continue
		}
		file := topic.Name + ".yaml"
		c := ScopeChange{Kind: sightLost, Subject: file, Location: finding.WholeFile(s.file(topic.Name)),
			Remedy: lang.Say("说明原来写的是什么；属实的，由监管岗位先在主干上放行", "show what it said; where it is true, have the supervising post release it in base first")}
		switch {
		case is.Root == nil:
			c.Message = lang.Open(lang.Say("%s 原来读不了，改了以后还是读不了", "%s could not be read, and cannot be read as the change leaves it", file))
		case s.p.past[topic.Name] == nil:
			c.Unseen = s.waiting(topic.Name)
			c.Message = loses(lang.Open(lang.Say("%s 在基线和更早的版本里都读不了", "%s cannot be read at the baseline, nor in any version before it", file)),
				lang.Say("无从比较", "cannot be compared"), c.Unseen)
		default:
			continue
		}
		s.add(c)
	}
}

// waiting are the checks that read a topic and find nothing of it at the baseline.
func (s *scoping) waiting(topic string) (all []Unseen) {
	for i := range s.p.Before.Checks {
		c := &s.p.Before.Checks[i]
		if slices.Contains(c.Rule.Topics(), topic) && slices.ContainsFunc(c.Items, func(i examine.Item) bool { return len(i.CausedBy) > 0 }) {
			all = append(all, Unseen{c.Rule.ID, c.Severity})
		}
	}
	return all
}

// blame no longer excuses findings that a broken baseline hid, where the change has
// rewritten the item that they are about. Adding to an item, such as a missing fact, is
// not rewriting.
func (s *scoping) blame() {
	for i := range s.p.New {
		if f := &s.p.New[i]; f.Revealed && s.restates(&f.Finding) {
			f.Revealed, f.Blocking = false, f.Severity >= s.Rulebook.Policy.Gate.Severity
		}
	}
}

// restates reports whether the change states otherwise, or no longer, what a
// finding speaks of.
func (s *scoping) restates(f *finding.Finding) bool {
	name := strings.TrimSuffix(path.Base(f.Location.Path), ".yaml")
	topic, is := s.Rulebook.Schemas.Find(name), s.stated(name)
	if topic == nil || is == nil || is.Root == nil || s.p.was(name) == nil || s.p.was(name).Root == nil {
		return false
	}
	v := is.Root.Find(f.Location.Pointer)
	for at := v; at != nil; at = at.Parent {
		if at.Parent != nil && at.Parent.Kind == document.List {
			v = at
			break
		}
	}
	if v == nil || v.Parent == nil {
		return false
	}
	if r := s.register(topic); r != nil && v.Parent.Kind == document.List && !slices.ContainsFunc(r.old, func(i item) bool { return i.path == topic.Root.KeyedPath(v) }) {
		return !states(r.was.Root, v.Canonical()) // under a key that nobody knows it may have stood there
	}
	within := strings.TrimPrefix(topic.Root.KeyedPath(v), "/")
	return slices.ContainsFunc(s.edits(topic), func(e edit) bool {
		return e.was != nil && (e.path == within || strings.HasPrefix(e.path, within+"/"))
	})
}

// states reports whether something at or below a value says this.
func states(v *document.Value, said string) bool {
	return v.Canonical() == said || slices.ContainsFunc(v.Items(), func(item *document.Value) bool { return states(item, said) }) ||
		slices.ContainsFunc(v.Fields(), func(f document.Field) bool { return states(f.Value, said) })
}
