package compare

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

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
	s.add(ScopeChange{Kind: itemGone, Subject: topic.Name + i.path, Redacted: topic.Name + i.redacted, Location: nearest(head, i.list, head.Path),
		Message: lang.Marked{Full: lost(i.path), Redacted: lost(i.redacted)},
		Remedy:  lang.Say("确认它真的不再存在；改名的项按新名重新检查", "make sure that it really is gone; an item with a new name is judged as a new one")})
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
