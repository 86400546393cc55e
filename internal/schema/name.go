package schema

import (
	"strings"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/near"
)

// DateKey is the property that makes the objects of a list records.
const DateKey = "date"

// Names visits the names in a description that are meant to be keys of other lists, with
// the place that says which and where it is said: dated records may name what is gone.
func (s *Schema) Names(root *document.Value, today calendar.Date, visit func(t *Type, name *document.Value, in Mention)) {
	s.Root.eachName(root, today, Standing, visit)
}

// Mention is where a name is said.
type Mention int

// A name is said of what there is, by the newest record that has happened or one of what
// is still to come, or by an older record.
const (
	Standing Mention = iota
	Recorded
	Past
)

func (t *Type) eachName(v *document.Value, today calendar.Date, in Mention, visit func(*Type, *document.Value, Mention)) {
	switch {
	case t == nil || v == nil || !t.refers:
	case t.Refs != nil && v.Kind == document.List:
		for _, item := range v.Items() {
			if item.Kind == document.String {
				visit(t, item, in)
			}
		}
	case t.Refs != nil && v.Kind == document.String:
		visit(t, v, in)
	case v.Kind == document.List:
		since, any := t.newest(v, today)
		for _, item := range v.Items() {
			said := in
			if day, dated := dayOf(item); any && dated {
				said = max(said, Recorded)
				if day.Before(since) {
					said = Past
				}
			}
			t.Item.eachName(item, today, said, visit)
		}
	case v.Kind == document.Map:
		for i := range t.Fields {
			if field := &t.Fields[i]; field.Type.refers {
				field.Type.eachName(v.Get(field.Name), today, in, visit)
			}
		}
	}
}

// newest is the day of the newest record of a list that has happened; any is
// false for none and for a list that holds no records.
func (t *Type) newest(list *document.Value, today calendar.Date) (newest calendar.Date, any bool) {
	if field := t.Item.Field(DateKey); field == nil || field.Type.Kind != Date {
		return newest, false
	}
	for _, item := range list.Items() {
		if day, dated := dayOf(item); dated && !today.Before(day) && (!any || newest.Before(day)) {
			newest, any = day, true
		}
	}
	return newest, any
}

func dayOf(record *document.Value) (day calendar.Date, dated bool) {
	stated := record.Get(DateKey)
	if stated == nil {
		return day, false
	}
	day, err := calendar.ParseDate(stated.Text)
	return day.Day(), err == nil
}

// Astray is the violation of a name that leads nowhere; known are the names that
// would lead somewhere.
func (s *Schema) Astray(name *document.Value, t *Type, known []string) Violation {
	v := s.violation("reference", name, lang.Mark("%s 里没有 %s", "%[2]s is not in %[1]s", listed(t.Refs), s.quoted(name)))
	switch meant := near.Word(name.Text, known); {
	case meant != "":
		v.advise(lang.Say("是不是 %q？", "did you mean %q?", meant))
	case len(known) == 0:
		v.advise(lang.Say("%s 还没有任何一项：先写在那里", "%s has no items yet: state it there first", listed(t.Refs)))
	default:
		v.advise(NamesOf(t, known))
	}
	return v
}

// NamesOf says which names of a type there are, and where more belong.
func NamesOf(t *Type, known []string) lang.Text {
	return lang.Say("已有的名称：%s；新的先写进 %s", "known names: %s; state a new one in %s first", few(known), listed(t.Refs))
}

// Renamed is the violation of a key that nothing names, while it is called otherwise in
// so many places.
func (s *Schema) Renamed(key *document.Value, before string, times int, places string) Violation {
	v := s.violation("reference", key, lang.Mark("没有谁引用 %s，而有 %d 处引用 %s，这里没有它：%s", "nothing names %s, while %d places name %s, which is not here: %s", s.quoted(key), times, lang.Same(document.Quote(before)), places))
	v.advise(lang.Say("名称定下后不改，改回 %[1]s；确已改名的，把引用它的各处一并改掉", "a name stays once given: write %[1]s again; if it was renamed, change all places that name it", before))
	return v
}

// Hidden is what a name that is not as it should be leaves absent.
func (s *Schema) Hidden(name *document.Value) Hole { return *s.hole(name) }

// listed names lists for people.
func listed(paths []string) lang.Text {
	out := lang.Same(paths[0])
	for _, path := range paths[1:] {
		out = lang.Say("%s 或 %s", "%s or %s", out, path)
	}
	return out
}

// maxCandidates is how many names a remedy lists.
const maxCandidates = 8

func few(names []string) string {
	if len(names) > maxCandidates {
		return strings.Join(names[:maxCandidates], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}
