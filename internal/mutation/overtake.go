package mutation

import (
	"slices"
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// overtake follows the newest record of a list by one like those before it, of
// the next day, that found something worse: an older success must not hide it. It
// is one lie for each outcome of the records.
func (m *mutator) overtake(t *schema.Type, v *document.Value) []lie {
	if t.Kind != schema.List || t.Key == "" || len(v.Items()) == 0 {
		return nil
	}
	at := slices.IndexFunc(t.Item.Fields, func(f schema.Field) bool { return f.Required && f.Type.Kind == schema.Date })
	if at < 0 {
		return nil
	}
	date := t.Item.Fields[at].Name
	newest := slices.MaxFunc(v.Items(), func(a, b *document.Value) int { return strings.Compare(a.Get(date).Text, b.Get(date).Text) })
	day, err := calendar.ParseDate(newest.Get(date).Text)
	if err != nil {
		return nil
	}
	var all []lie
	for _, item := range v.Items() {
		next := replaced(replaced(item, date, document.NewText(day.Day().NextDay().String())), t.Key, document.NewText("overtaking"))
		m.outcomes(t.Item, next, func(fact *schema.Type, worse []*document.Value) {
			known := slices.IndexFunc(all, func(l lie) bool { return l.fact == fact })
			if known < 0 {
				known, all = len(all), append(all, lie{fact: fact, operator: "overtake"})
			}
			all[known].alternatives = append(all[known].alternatives, m.followed(v, worse)...)
		})
	}
	return slices.DeleteFunc(all, func(l lie) bool { return len(l.alternatives) == 0 })
}

// followed are the lists that one of some records follows. What a schema refuses
// is no record.
func (m *mutator) followed(v *document.Value, records []*document.Value) []*document.Value {
	var out []*document.Value
	for _, record := range records {
		list := *v
		list.SetItems(append(slices.Clone(v.Items()), record))
		topics := m.worlds[0].with(m.schema.Name, []*document.Value{v}, &list)
		if len(m.schema.Validate(topics[m.schema.Name])) == 0 {
			out = append(out, &list)
		}
	}
	return out
}

// outcomes visits the outcomes of a record, lists in it apart, with the records
// in which one of them is another.
func (m *mutator) outcomes(t *schema.Type, record *document.Value, visit func(*schema.Type, []*document.Value)) {
	for _, field := range record.Fields() {
		known := t.Field(field.Key)
		if known == nil {
			continue
		}
		within := func(values []*document.Value) []*document.Value {
			var out []*document.Value
			for _, value := range values {
				out = append(out, replaced(record, field.Key, value))
			}
			return out
		}
		switch fact := known.Type; {
		case fact.Kind == schema.Object:
			m.outcomes(fact, field.Value, func(inner *schema.Type, values []*document.Value) { visit(inner, within(values)) })
		case fact.Outcome && fact.Kind != schema.List:
			visit(fact, within(append(falsify(m, fact, field.Value), exceed(m, fact, field.Value)...)))
		}
	}
}

// replaced is an object with another value under a key.
func replaced(object *document.Value, key string, value *document.Value) *document.Value {
	out := *object
	out.SetFields(slices.Clone(object.Fields()))
	for i := range out.Fields() {
		if out.Fields()[i].Key == key {
			out.Fields()[i].Value = value
		}
	}
	return &out
}
