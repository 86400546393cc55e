package compare

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/schema"
)

// item is one item of a list: where it stands by keys, and what names it.
type item struct {
	topic, path, redacted, key string
	// refs are the lists of which the key must name an item, none for a name of its own.
	refs        []string
	kind        *schema.Type // nil for a list that is evidence
	list, value *document.Value
}

// items are the list items that the baseline states and head does not. Of a
// topic that is gone or broken in head the items are unknown; the topic itself
// is reported.
func (s *scoping) items() {
	var rolled []item
	for _, topic := range s.Rulebook.Schemas.Topics() {
		r := s.register(topic)
		if r == nil || slices.Contains(s.p.After.Broken, topic.Name) {
			continue
		}
		for _, i := range s.vanished(r) {
			switch {
			case s.told[topic.Name+i.path]:
			case s.overtaken(r, i):
				rolled = append(rolled, i)
			default:
				s.itemGone(r, i)
			}
		}
	}
	s.rolled(rolled)
}

// vanished are the items of a topic that head does not state, without those that
// lay inside one of them.
func (s *scoping) vanished(r *register) (gone []item) {
	left := map[string]int{}
	for _, i := range r.new {
		left[i.path]++
	}
	for _, i := range r.old {
		if left[i.path]--; left[i.path] >= 0 {
			continue
		}
		s.gone[[2]string{r.topic.Name, i.key}] = true
		if !slices.ContainsFunc(gone, func(outer item) bool { return strings.HasPrefix(i.path, outer.path+"/") }) {
			gone = append(gone, i)
		}
	}
	return gone
}

// folded puts a thing that is gone and the places that named it into one entry.
func folded(all []ScopeChange) []ScopeChange {
	at := map[string]int{}
	for i := range all {
		if t := all[i].thing; t != nil && len(t.refs) == 0 {
			at[t.topic+strings.ReplaceAll(t.path, "/", ".")] = i
		}
	}
	named := map[int]int{}
	out := all[:0:0]
	home := func(c *ScopeChange) (int, bool) {
		if c.thing != nil {
			for _, list := range c.thing.refs {
				if i, gone := at[list+"["+c.thing.key+"]"]; gone {
					return i, true
				}
			}
		}
		return 0, false
	}
	for i := range all {
		if to, is := home(&all[i]); is {
			named[to]++
			all[to].see(all[i].Unseen)
		}
	}
	for i, c := range all {
		if n := named[i]; n > 0 {
			along := lang.Say("；写到它的地方也不见了：%d 处", "; so are the places that named it: %d", n)
			c.Message = lang.Marked{Full: lang.Say("%s%s", "%s%s", c.Message.Full, along), Redacted: lang.Say("%s%s", "%s%s", c.Message.Redacted, along)}
		}
		if _, is := home(&c); !is {
			out = append(out, c)
		}
	}
	return out
}

// overtaken reports whether a newer record stands in the list that an item is gone
// from: one that stood there, or that cites what no record did. The same record of a
// later day has taken the place of nothing.
func (s *scoping) overtaken(r *register, was item) bool {
	return r.newer(was, func(i item) bool {
		return r.stood(i.path) != nil || !holds(i.kind, schema.Evidence, false) || s.backed(r, i.value)
	}) != nil
}

// overtaking is a newer record that the change has added to the list that an item is
// gone from, nil for none.
func (r *register) overtaking(was item) *item {
	return r.newer(was, func(i item) bool { return r.stood(i.path) == nil })
}

// newer is the first item of a later day in the list that an item is gone from that fits,
// nil for none.
func (r *register) newer(was item, fits func(item) bool) *item {
	if was.kind == nil || was.value.Kind != document.Map {
		return nil
	}
	day, dated := was.dated()
	if !dated {
		return nil
	}
	for _, one := range r.dated()[ofList{was.kind, r.listOf(was)}] {
		if day.Before(one.day) && fits(*one.item) {
			return one.item
		}
	}
	return nil
}

// ofList is a list of items of one kind, onDay an item that names its day.
type (
	ofList struct {
		kind *schema.Type
		path string
	}
	onDay struct {
		*item
		day calendar.Date
	}
)

func (r *register) dated() map[ofList][]onDay {
	if r.days != nil {
		return r.days
	}
	r.days = map[ofList][]onDay{}
	for k := range r.new {
		i := &r.new[k]
		if i.kind == nil {
			continue
		}
		if day, is := i.dated(); is {
			list := ofList{i.kind, r.listOf(*i)}
			r.days[list] = append(r.days[list], onDay{i, day})
		}
	}
	return r.days
}

func (s *scoping) itemGone(r *register, i item) {
	s.removed[r.topic.Name+i.path] = true
	lost := func(path string) lang.Text {
		return lang.Say("%s 里原有的 %s 不见了", "%s has lost %s", r.topic.Name+".yaml", document.Quote(strings.TrimPrefix(path, "/")))
	}
	s.add(ScopeChange{Kind: itemGone, thing: &i, Subject: r.topic.Name + i.path, Redacted: r.topic.Name + i.redacted, Location: nearest(r.is, i.list, r.is.Path),
		Message: lang.Marked{Full: lost(i.path), Redacted: lost(i.redacted)},
		Remedy:  lang.Say("确认它真的不再存在；改名的项按新名重新检查", "make sure that it really is gone; an item with a new name is judged as a new one")})
}

// rolled reports, in one entry, old records that newer ones have replaced.
func (s *scoping) rolled(all []item) {
	if len(all) == 0 {
		return
	}
	var paths, hidden []string
	for _, i := range all {
		paths, hidden = append(paths, i.topic+i.path), append(hidden, i.topic+i.redacted)
	}
	said := func(paths []string) lang.Text {
		return lang.Say("%d 条旧记录不再写，各有更新的一条：%s", "older records that newer ones have taken the place of: %d (%s)", len(paths), named(paths))
	}
	r := s.registers[all[0].topic]
	s.add(ScopeChange{Kind: itemGone, Subject: "records", Location: nearest(r.is, all[0].list, r.is.Path), Message: lang.Marked{Full: said(paths), Redacted: said(hidden)},
		Remedy: lang.Say("确认没有规定要留存更久", "make sure that nothing asks for keeping them longer")})
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
		for _, child := range v.Items() {
			key := t.ItemKey(child)
			if key == "" {
				key = child.Canonical()
			}
			redacted := key
			if t.Item != nil && (t.Item.Sensitive || s.Sensitive(child)) {
				redacted = schema.RedactedKey
			}
			refs := t.Refs
			if f := t.Item.Field(t.Key); f != nil {
				refs = f.Type.Refs
			}
			all = append(all, item{topic: s.Name, refs: refs, kind: t.Item, key: key, list: v, value: child,
				path: s.Root.KeyedPath(v) + "[" + key + "]", redacted: s.Root.RedactedPath(v) + "[" + redacted + "]"})
		}
	})
	return all
}
