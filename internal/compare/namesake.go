package compare

import (
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// pair finds the items of a list that head calls otherwise, by their old names.
func (r *renames) pair(topic *schema.Schema, t *schema.Type, was, is *document.Value) map[string]string {
	gone, added := missing(t, was, is), missing(t, is, was)
	called := map[string]string{}
	if len(gone)*len(added) > maxPairs {
		return called
	}
	for _, item := range gone {
		i := slices.IndexFunc(added, func(one *document.Value) bool { return !records(t) && r.succeeds(t, t.ItemKey(item), t.ItemKey(one)) })
		if i < 0 {
			i = closest(t, item, added)
		}
		if i < 0 {
			continue
		}
		o := &rename{list: t, topic: topic, was: t.ItemKey(item), is: t.ItemKey(added[i]), old: item, new: added[i]}
		r.all, added = append(r.all, o), slices.Delete(added, i, i+1)
		called[o.was] = o.is
	}
	return called
}

// succeeds reports whether most places that named an item of a list name another now.
func (r *renames) succeeds(list *schema.Type, was, is string) bool {
	stood, stands := r.named[0]()[[2]string{list.Name, was}], map[string]bool{}
	for _, place := range r.named[1]()[[2]string{list.Name, is}] {
		stands[place] = true
	}
	moved := 0
	for _, place := range stood {
		if stands[strings.ReplaceAll(place, "["+was+"]", "["+is+"]")] {
			moved++
		}
	}
	return 2*moved > len(stood)
}

// references are the places of one side that name an item of a list, by list and name.
func (r *renames) references(p *audit.Platform) map[[2]string][]string {
	all := map[[2]string][]string{}
	for _, topic := range r.book.Schemas.Topics() {
		if doc := p.Documents[topic.Name]; doc.Sound() {
			topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
				refs := t.Refs
				if t.Of != nil {
					refs = t.Of.Refs
				}
				if v.Kind != document.String || len(refs) == 0 {
					return
				}
				for _, list := range r.spaces(refs, 0) {
					name := [2]string{list, v.Text}
					all[name] = append(all[name], topic.Name+topic.Root.KeyedPath(v))
				}
			})
		}
	}
	return all
}

// maxPairs bounds how many items are held against each other in a list.
const maxPairs = 2500

// byName are the items of a list.
func byName(t *schema.Type, list *document.Value) map[string]*document.Value {
	all := map[string]*document.Value{}
	for _, item := range list.Items() {
		if key := t.ItemKey(item); key != "" {
			all[key] = item
		}
	}
	return all
}

// missing are the items of one list that another has none of that name for.
func missing(t *schema.Type, of, from *document.Value) (all []*document.Value) {
	known := byName(t, from)
	for _, item := range of.Items() {
		if key := t.ItemKey(item); key != "" && known[key] == nil {
			all = append(all, item)
		}
	}
	return all
}

// records reports whether a list is of what happened, where another name is that of
// another record as soon as anything else differs.
func records(list *schema.Type) bool { return list.Adverse || list.Open || isRecord(list.Item) }

// closest is which of some items says most of what another does, and more than half of
// it, of a record all; negative for none.
func closest(t *schema.Type, was *document.Value, among []*document.Value) int {
	best, most := -1, 0
	for i, is := range among {
		same, said := 0, 0
		for _, f := range t.Item.Fields {
			x, y := was.Get(f.Name), is.Get(f.Name)
			if f.Name == t.Key || x == nil && y == nil {
				continue
			}
			if said++; x != nil && y != nil && x.Canonical() == y.Canonical() {
				same++
			}
		}
		if 2*same > said && same > most && (same == said || !records(t)) {
			best, most = i, same
		}
	}
	return best
}

// unambiguous drops renames that the names do not settle: where the old or new name is
// also that of something else, on either side.
func (r *renames) unambiguous(before, after *audit.Platform) {
	stood, stands := r.known(before), r.known(after)
	all := r.all
	r.all = slices.DeleteFunc(slices.Clone(all), func(o *rename) bool {
		twice := slices.ContainsFunc(all, func(p *rename) bool {
			return p != o && p.list == o.list && (p.was == o.was || p.is == o.is) && (p.was != o.was || p.is != o.is)
		})
		return twice || stood[[2]string{o.list.Name, o.is}] || stands[[2]string{o.list.Name, o.was}]
	})
}

// known are the names that the items of lists have on one side, by the list's own name.
func (r *renames) known(p *audit.Platform) map[[2]string]bool {
	all := map[[2]string]bool{}
	for _, topic := range r.book.Schemas.Topics() {
		if doc := p.Documents[topic.Name]; doc.Sound() {
			topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) {
				for _, item := range v.Items() {
					if v.Kind == document.List && t.Key != "" {
						all[[2]string{t.Name, t.ItemKey(item)}] = true
					}
				}
			})
		}
	}
	return all
}
