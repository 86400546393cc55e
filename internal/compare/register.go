package compare

import (
	"path"
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
	"hegui/internal/source"
)

// register is what one topic has on record on both sides: the items of its lists,
// by keyed path.
type register struct {
	topic    *schema.Schema
	was, is  *document.Document
	old, new []item
	// before and at are the items of the baseline and of head by path, kinds what the
	// values of both sides are.
	before, at map[string]*document.Value
	kinds      map[*document.Value]*schema.Type
	// days are the items of head that name their day, by list; nil until asked for.
	days map[ofList][]onDay
	// stated is what items say besides their names, on either side and with the list
	// that they stand in or without.
	stated map[string]bool
	// refiled reports whether a file of the platform holds something else in head.
	refiled func(name string) bool
}

// register reads a topic, nil where there is nothing to compare: the file is the
// same, or it is gone or cannot be read, which is reported as such.
func (s *scoping) register(topic *schema.Schema) *register {
	if known, done := s.registers[topic.Name]; done {
		return known
	}
	was, is := s.p.was(topic.Name), s.stated(topic.Name)
	var r *register
	if was != nil && is != nil && was.Root != nil && is.Root != nil && !was.Same(is) {
		r = &register{topic: topic, was: was, is: is, old: listItems(topic, was.Root), new: listItems(topic, is.Root), before: map[string]*document.Value{}, at: map[string]*document.Value{}, kinds: map[*document.Value]*schema.Type{}, refiled: s.refiled}
		for _, doc := range []*document.Document{was, is} {
			topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) { r.kinds[v] = t })
		}
		for _, i := range r.new {
			r.at[i.path] = i.value
		}
		for _, i := range slices.Backward(r.old) { // the first of a name is the one
			r.before[i.path] = i.value
		}
	}
	s.registers[topic.Name] = r
	return r
}

// refiled reports whether a file of the platform holds something else in head, as far
// as hashes tell.
func (s *scoping) refiled(name string) bool {
	was, is := contents(s.trees.Baseline, path.Join(s.p.Before.Path, name)), contents(s.trees.Head, path.Join(s.p.After.Path, name))
	return was != "" && is != "" && was != is
}

// contents is what a file holds, as far as hashes tell, empty where they do not. To let
// a file be run makes no other of it.
func contents(tree source.Hashed, at string) string {
	hash, err := tree.Hash(at)
	if err != nil {
		return ""
	}
	held, _, _ := strings.Cut(hash, " ")
	return held
}

// stood is the item of the baseline at a keyed path, nil for none.
func (r *register) stood(path string) *document.Value {
	return r.before[path]
}

// elsewhere reports whether an item of head says the same as one of the baseline
// under another name or, unless it must stay where it is, in another list of its
// kind. One that stood beside it, and happens to say the same, does not speak for
// both, unless both cite the same evidence: then it was entered twice.
func (r *register) elsewhere(was item, stays bool) bool {
	in := ""
	if stays {
		in = r.listOf(was)
	}
	return r.says("head", was.kind, in, was.value)
}

// had reports whether the baseline has a record of a kind that says the same.
func (r *register) had(record *document.Value, kind *schema.Type) bool {
	return r.says("baseline", kind, "", record)
}

// says reports whether an item of a kind says on one side what a value says, in a
// list or, for none, in any.
func (r *register) says(side string, kind *schema.Type, in string, v *document.Value) bool {
	said := func(side string, kind *schema.Type, in string, v *document.Value) string {
		return strings.Join([]string{side, kind.Name, in, apart(v, kind.Of.Key)}, "\n")
	}
	if r.stated == nil {
		r.stated = map[string]bool{}
		stood := map[string]bool{}
		for _, i := range r.old {
			stood[i.path] = true
		}
		for side, items := range map[string][]item{"baseline": r.old, "head": r.new} {
			for _, i := range items {
				if i.kind != nil && i.kind.Of != nil && (side == "baseline" || !stood[i.path] || len(i.cites()) > 0) {
					r.stated[said(side, i.kind, "", i.value)] = true
					r.stated[said(side, i.kind, r.listOf(i), i.value)] = true
				}
			}
		}
	}
	return r.stated[said(side, kind, in, v)]
}

func (r *register) listOf(i item) string { return r.topic.Root.KeyedPath(i.list) }

// apart is what an item says besides its name.
func apart(v *document.Value, key string) string {
	rest := *v
	rest.SetFields(slices.DeleteFunc(slices.Clone(v.Fields()), func(f document.Field) bool { return f.Key == key }))
	return rest.Canonical()
}

// figures are the facts below a place that the change has stated otherwise or no
// longer, but for free text, and for evidence, which is looked at by itself.
func (s *scoping) figures(topic *schema.Schema, below string) (all []*edit) {
	facts := s.edits(topic)
	for i := range facts {
		if e := &facts[i]; e.was != nil && e.figures() && strings.HasPrefix("/"+e.path, below+"/") {
			all = append(all, e)
		}
	}
	return all
}

// figures reports whether the fact is more than a name, a text or a piece of
// evidence: a number, a date, a choice, a reference.
func (e *edit) figures() bool {
	switch e.kind.Kind {
	case schema.Evidence, schema.Opaque:
		return false
	case schema.String:
		if e.kind.Progress && e.is != nil && slices.Index(e.kind.Enum, e.is.Text) > slices.Index(e.kind.Enum, e.was.Text) {
			return false // things have gone on
		}
		return e.kind.Enum != nil || e.kind.Refs != nil || e.kind.Outcome
	}
	return true
}

// proves reports whether head cites evidence for an item that the baseline did not,
// or evidence that has been added to since. To pin a file, or to write its path in another
// way, is to cite it as before.
func (r *register) proves(was, is *document.Value) bool {
	cited := map[string]bool{}
	r.within(was, func(t *schema.Type, v *document.Value) {
		if t.Kind == schema.Evidence {
			for _, one := range pieces(v) {
				cited[piece(one)] = true
			}
		}
	})
	proves := false
	r.within(is, func(t *schema.Type, v *document.Value) {
		proves = proves || t.Kind == schema.Evidence && slices.ContainsFunc(pieces(v), func(one *document.Value) bool {
			return !cited[piece(one)] || slices.ContainsFunc(files(one), r.refiled)
		})
	})
	return proves
}

// files are the paths that evidence gives.
func files(v *document.Value) (all []string) {
	for _, one := range v.Items() {
		all = append(all, files(one)...)
	}
	if name := v.Text + v.TextAt("path"); name != "" && !strings.Contains(name, "://") {
		all = append(all, name)
	}
	return all
}

// latest is the newest day that an item names, false where it names none.
func (r *register) latest(below *document.Value) (day calendar.Date, any bool) {
	r.within(below, func(t *schema.Type, v *document.Value) {
		if d, err := calendar.ParseDate(v.Text); t.Kind == schema.Date && err == nil && (!any || day.Before(d)) {
			day, any = d, true
		}
	})
	return day, any
}

// within visits a value and what lies in it, as far as the schema knows it.
func (r *register) within(v *document.Value, visit func(*schema.Type, *document.Value)) {
	t := r.kinds[v]
	if t == nil {
		return
	}
	visit(t, v)
	for _, item := range v.Items() {
		r.within(item, visit)
	}
	for _, field := range v.Fields() {
		r.within(field.Value, visit)
	}
}

// dated is the day of a record, by the date that its kind must state.
func (i item) dated() (day calendar.Date, is bool) {
	for _, f := range i.kind.Fields {
		if f.Required && f.Type.Kind == schema.Date {
			day, err := calendar.ParseDate(i.value.TextAt(f.Name))
			return day, err == nil
		}
	}
	return day, false
}
