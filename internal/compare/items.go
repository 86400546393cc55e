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

// fact is a scalar with its keyed path.
type fact struct {
	path, text string
	value      *document.Value
}

// scalars are all scalars of a document, in its order.
func scalars(s *schema.Schema, root *document.Value) []fact {
	var all []fact
	s.Walk(root, func(_ *schema.Type, v *document.Value) {
		if v.Kind != document.Map && v.Kind != document.List {
			all = append(all, fact{strings.TrimPrefix(s.Root.KeyedPath(v), "/"), v.Text, v})
		}
	})
	return all
}

func find(facts []fact, path string) (text string, stated bool) {
	i := slices.IndexFunc(facts, func(f fact) bool { return f.path == path })
	if i < 0 {
		return "", false
	}
	return facts[i].text, true
}

// item is one item of a list: where it stands by keys, and what names it.
type item struct {
	topic, path, redacted, key string
	list, value                *document.Value
}

// items are the list items that the baseline states and head does not. Of a
// topic that is gone or broken in head the items are unknown; the topic itself
// is reported.
func (s *scoping) items() {
	for _, topic := range s.Rulebook.Schemas.Topics() {
		was, is := s.p.Before.Documents[topic.Name], s.p.After.Documents[topic.Name]
		if was == nil || is == nil || was.Root == nil || is.Root == nil || slices.Contains(s.p.After.Broken, topic.Name) {
			continue
		}
		left := map[string]int{}
		for _, i := range listItems(topic, is.Root) {
			left[i.path]++
		}
		var gone []string
		for _, i := range listItems(topic, was.Root) {
			if left[i.path]--; left[i.path] >= 0 {
				continue
			}
			s.gone[[2]string{topic.Name, i.key}] = true
			// What lay inside an item goes with it.
			if !slices.ContainsFunc(gone, func(outer string) bool { return strings.HasPrefix(i.path, outer+"/") }) {
				gone = append(gone, i.path)
				s.itemGone(topic, is, i)
			}
		}
	}
}

func (s *scoping) itemGone(topic *schema.Schema, head *document.Document, i item) {
	lost := func(path string) lang.Text {
		return lang.Say("%s 里原有的 %s 不见了", "%s has lost %s", topic.Name+".yaml", document.Quote(strings.TrimPrefix(path, "/")))
	}
	s.add(ScopeChange{Kind: itemGone, Subject: topic.Name + i.path, Redacted: topic.Name + i.redacted, Location: s.nearest(head, i.list),
		Message: lang.Marked{Full: lost(i.path), Redacted: lost(i.redacted)},
		Remedy:  lang.Say("确认它真的不再存在；改名的项按新名重新检查", "make sure that it really is gone; an item with a new name is judged as a new one")})
}

// nearest is the place in head of what the baseline's value was, or of the
// nearest stated parent.
func (s *scoping) nearest(head *document.Document, was *document.Value) finding.Location {
	for v := was; v != nil; v = v.Parent {
		if here := head.Root.Find(v.Pointer()); here != nil {
			return finding.Near(here, here.Start, here.End)
		}
	}
	return finding.WholeFile(head.Path)
}

// listItems are all items of all lists of a document, outer ones first.
// Objects are named by their key; scalars and objects without one by what they
// say.
func listItems(s *schema.Schema, root *document.Value) []item {
	var all []item
	s.Walk(root, func(t *schema.Type, v *document.Value) {
		if v.Kind != document.List {
			return
		}
		for _, child := range v.Items {
			key := t.ItemKey(child)
			if key == "" {
				key = child.Canonical()
			}
			redacted := key
			if t.Item != nil && (t.Item.Sensitive || s.Sensitive(child)) {
				redacted = schema.RedactedKey
			}
			all = append(all, item{topic: s.Name, key: key, list: v, value: child,
				path: s.Root.KeyedPath(v) + "[" + key + "]", redacted: s.Root.RedactedPath(v) + "[" + redacted + "]"})
		}
	})
	return all
}

// unseen reports items that a check evaluated at the baseline and not in head,
// although they are still declared: a filter now excludes them.
func (s *scoping) unseen() {
	for i := range s.p.Before.Checks {
		before, after := &s.p.Before.Checks[i], &s.p.After.Checks[i]
		if !before.Applies || !after.Applies {
			continue
		}
		left := map[string]int{}
		for _, item := range judged(after) {
			left[item.Name]++
		}
		var names []string
		for _, item := range judged(before) {
			if left[item.Name]--; left[item.Name] < 0 && len(item.CausedBy) == 0 && !waited(after, item.Keys) && !s.explained(before, item) {
				names = append(names, item.Name)
			}
		}
		if len(names) > 0 {
			s.lost(before, names)
		}
	}
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

func (s *scoping) lost(c *examine.Check, names []string) {
	lost := func(items lang.Text) lang.Text {
		return lang.Say("检查项 %s（%s）不再检查：%s", "check %s (%s) no longer looks at: %s", c.Rule.ID, c.Rule.Title, items)
	}
	s.add(ScopeChange{Kind: itemGone, Subject: c.Rule.ID, Location: finding.WholeFile(s.p.After.Path + "/" + c.Rule.Topic + ".yaml"),
		Message: lang.Marked{Full: lost(lang.Same(strings.Join(names, ", "))), Redacted: lost(lang.Say("%d 项", "%d items", len(names)))},
		Remedy:  lang.Say("确认使它不再受检的事实属实", "make sure that the facts which take it out of sight are true")})
}
