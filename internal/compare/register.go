package compare

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// register is what one topic has on record on both sides: the items of its lists,
// by keyed path.
type register struct {
	topic    *schema.Schema
	was, is  *document.Document
	old, new []item
	// at are the items of head by path, kinds what the values of both sides are.
	at    map[string]*document.Value
	kinds map[*document.Value]*schema.Type
}

// register reads a topic, nil where either side has nothing to compare: a file that
// is gone, or cannot be read, is reported as such.
func (s *scoping) register(topic *schema.Schema) *register {
	if known, done := s.registers[topic.Name]; done {
		return known
	}
	was, is := s.p.Before.Documents[topic.Name], s.p.After.Documents[topic.Name]
	var r *register
	if was != nil && is != nil && was.Root != nil && is.Root != nil {
		r = &register{topic: topic, was: was, is: is, old: listItems(topic, was.Root), new: listItems(topic, is.Root), at: map[string]*document.Value{}, kinds: map[*document.Value]*schema.Type{}}
		for _, doc := range []*document.Document{was, is} {
			topic.Walk(doc.Root, func(t *schema.Type, v *document.Value) { r.kinds[v] = t })
		}
		for _, i := range r.new {
			r.at[i.path] = i.value
		}
	}
	s.registers[topic.Name] = r
	return r
}

// elsewhere is an item of head that says the same as one of the baseline under
// another name or, unless it must stay where it is, in another list of its kind.
func (r *register) elsewhere(was item, stays bool) bool {
	said := apart(was.value, was.kind.Of.Key)
	return slices.ContainsFunc(r.new, func(i item) bool {
		return i.kind == was.kind && (!stays || r.listOf(i) == r.listOf(was)) && apart(i.value, i.kind.Of.Key) == said
	})
}

// had reports whether the baseline has a record of a kind that says the same.
func (r *register) had(record *document.Value, kind *schema.Type) bool {
	said := apart(record, kind.Of.Key)
	return slices.ContainsFunc(r.old, func(i item) bool { return i.kind == kind && apart(i.value, kind.Of.Key) == said })
}

func (r *register) listOf(i item) string { return r.topic.Root.KeyedPath(i.list) }

// apart is what an item says besides its name.
func apart(v *document.Value, key string) string {
	rest := *v
	rest.Fields = slices.DeleteFunc(slices.Clone(v.Fields), func(f document.Field) bool { return f.Key == key })
	return rest.Canonical()
}

// figures are the facts below a place that the change has stated otherwise or no
// longer, but for free text, and for evidence, which is looked at by itself.
func (s *scoping) figures(topic *schema.Schema, path string) (all []*edit) {
	facts := s.edits(topic)
	for i := range facts {
		if e := &facts[i]; e.was != nil && e.figures() && strings.HasPrefix("/"+e.path, path+"/") {
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
		return e.kind.Enum != nil || e.kind.Refs != nil || e.kind.Outcome
	}
	return true
}

// proves reports whether head cites evidence for an item that the baseline did not.
func (r *register) proves(was, is *document.Value) bool {
	cited := map[string]bool{}
	for _, v := range r.evidence(r.was.Root, was) {
		cited[v.Canonical()] = true
	}
	return slices.ContainsFunc(r.evidence(r.is.Root, is), func(v *document.Value) bool { return !cited[v.Canonical()] })
}

// evidence is what is cited at or below a value.
func (r *register) evidence(root, below *document.Value) (all []*document.Value) {
	r.topic.Walk(root, func(t *schema.Type, v *document.Value) {
		if t.Kind == schema.Evidence && (v == below || below.Holds(v)) {
			all = append(all, v)
		}
	})
	return all
}

// latest is the newest day that an item names, false where it names none.
func (r *register) latest(below *document.Value) (day calendar.Date, any bool) {
	r.topic.Walk(r.was.Root, func(t *schema.Type, v *document.Value) {
		if t.Kind != schema.Date || !below.Holds(v) {
			return
		}
		if d, err := calendar.ParseDate(v.Text); err == nil && (!any || day.Before(d)) {
			day, any = d, true
		}
	})
	return day, any
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
