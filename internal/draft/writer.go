package draft

import (
	"slices"
	"strings"

	"hegui/internal/audit"
	"hegui/internal/schema"
)

// writer writes the keys that are asked for, in the schema's order, with their
// values where these are known.
type writer struct {
	*Draft
	topic string
	known map[string]string
	lines []string
	// dash begins the first key of an item, marks every line of an item that is only
	// shown.
	dash, marks string
}

func (w *writer) bytes() []byte { return []byte(strings.Join(w.lines, "\n") + "\n") }

// line adds a line; the first of an item begins with its dash.
func (w *writer) line(depth int, key, text string) {
	indent := strings.Repeat("  ", depth)
	if key != "" && w.dash != "" {
		indent, w.dash = strings.TrimSuffix(indent, "  ")+w.dash, ""
	}
	w.lines = append(w.lines, w.marks+indent+key+text)
}

func (w *writer) fields(t *schema.Type, depth int, at string) {
	asked := w.Asked.Fields(t)
	for _, f := range t.Fields {
		path := join(at, f.Name)
		// What is known may be what keeps a check from asking for it.
		if w.known[path] != "" || w.knows(path) || slices.ContainsFunc(asked, func(a schema.Field) bool { return a.Name == f.Name }) {
			w.field(f, depth, path)
		}
	}
}

func (w *writer) field(f schema.Field, depth int, at string) {
	t := f.Type
	note := "  # " + w.note(f)
	switch value := w.known[at]; {
	case value != "":
		w.line(depth, f.Name, ": "+value+note)
	case t.Kind == schema.Object && (audit.Owed(f) || w.knows(at)):
		w.line(depth, f.Name, ":"+note)
		w.fields(t, depth+1, at)
	case t.Kind == schema.Object:
		w.line(depth, f.Name, ":"+note+w.form(t))
	case t.Kind == schema.List && t.Item.Kind == schema.Object:
		w.line(depth, f.Name, ":"+note)
		w.item(t, depth+2, at)
	default:
		w.line(depth, f.Name, ":"+note)
	}
}

// item writes one item without values. Where a list may have none the item is only
// shown, for [] to be stated in its place.
func (w *writer) item(list *schema.Type, depth int, at string) {
	before := w.marks
	if w.marks == "" && (list.Adverse || list.MayBeEmpty || !audit.Owed(schema.Field{Type: list})) {
		w.marks = "#"
	}
	w.dash = "- "
	w.fields(list.Item, depth, at)
	w.marks = before
}

// knows reports whether a value inside of a place is known.
func (w *writer) knows(at string) bool {
	for known := range w.known {
		if strings.HasPrefix(known, at+".") {
			return true
		}
	}
	return false
}

// form is how an object is written in one line.
func (w *writer) form(t *schema.Type) string {
	var keys []string
	for _, f := range w.Asked.Fields(t) {
		keys = append(keys, f.Name+": …")
	}
	return w.say("；写成 {%s}", "; written {%s}", strings.Join(keys, ", "))
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}
