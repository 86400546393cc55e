package audit

import (
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/lang"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Asked are the facts that are asked of a platform: those that a check reads which
// judges it, and those without which an object cannot be understood.
type Asked struct {
	// readers are the checks by the places in schemas that they read.
	readers map[string][]*rulebook.Check
}

// AskedBy are the facts that rulings ask for.
func AskedBy(rulings []Ruling) Asked {
	a := Asked{readers: map[string][]*rulebook.Check{}}
	for i := range rulings {
		a.ask(&rulings[i])
	}
	return a
}

// ask adds what a check reads that judges the platform, and what that lies in.
func (a Asked) ask(ruling *Ruling) {
	if !ruling.Applies || !ruling.Unjudged.IsZero() {
		return
	}
	rule := ruling.Rule
	for _, place := range rule.Fields() {
		for outer := place; outer != ""; {
			readers := a.readers[outer]
			if len(readers) > 0 && readers[len(readers)-1] == rule {
				break
			}
			a.readers[outer] = append(readers, rule)
			outer = outer[:max(strings.LastIndexByte(outer, '.'), 0)]
		}
	}
}

// Readers are the checks that judge the platform and read what belongs at a place,
// in the rulebook's order.
func (a Asked) Readers(t *schema.Type) []*rulebook.Check { return a.readers[t.Name] }

// Fields are the fields of an object that are asked for, in the schema's order. How
// a failure was dealt with is asked of nobody.
func (a Asked) Fields(t *schema.Type) []schema.Field {
	return slices.DeleteFunc(slices.Clone(t.Fields), func(f schema.Field) bool {
		return !f.Required && (len(a.readers[f.Type.Name]) == 0 || f.Name == rulebook.Rectified && f.Type.Kind == schema.Object)
	})
}

// Owed reports whether a field has to be stated by everybody: absence of the others
// says something, or leaves a neighbour to stand in.
func Owed(f schema.Field) bool { return f.Type.Absent.IsZero() && f.Type.Otherwise == "" }

// size is how many values are owed in place of a type: of a list, those of one item.
func (a Asked) size(t *schema.Type) int {
	switch {
	case t.Kind == schema.List && t.Item.Kind == schema.Object && !t.Adverse && !t.MayBeEmpty:
		return a.size(t.Item)
	case t.Kind != schema.Object:
		return 1
	}
	n := 0
	for _, f := range a.Fields(t) {
		if Owed(f) {
			n += a.size(f.Type)
		}
	}
	return max(n, 1)
}

// stated is how many of the values that are asked for a description states.
func (a Asked) stated(t *schema.Type, v *document.Value) int {
	switch {
	case v == nil || v.Kind == document.Null:
		return 0
	case t.Kind == schema.List && t.Item.Kind == schema.Object && len(v.Items) > 0:
		n := 0
		for _, item := range v.Items {
			n += a.stated(t.Item, item)
		}
		return n
	case t.Kind != schema.Object:
		return 1
	}
	n := 0
	for _, f := range a.Fields(t) {
		n += a.stated(f.Type, v.Get(f.Name))
	}
	return n
}

// Progress is how far the description of a topic is.
type Progress struct {
	Topic string
	Title lang.Text
	// Stated of the values that are Asked are stated.
	Stated, Asked int
}

// lack notes that something is missing in a topic.
func (r *reading) lack(topic string, t *schema.Type) { r.lacking[topic] = append(r.lacking[topic], t) }

// progress counts, in the topics where something is missing, what is there.
func (r *reading) progress() []Progress {
	if len(r.lacking) == 0 {
		return nil
	}
	asked := AskedBy(nil)
	for i := range r.Checks {
		asked.ask(&r.Checks[i].Ruling)
	}
	var out []Progress
	for _, s := range r.Rulebook.Schemas.Topics() {
		missing := 0
		for _, t := range r.lacking[s.Name] {
			missing += asked.size(t)
		}
		if missing == 0 {
			continue
		}
		p := Progress{Topic: s.Name, Title: s.Root.Title}
		if doc := r.docs[s.Name]; doc != nil {
			p.Stated = asked.stated(s.Root, doc.Root)
		}
		p.Asked = p.Stated + missing
		out = append(out, p)
	}
	return out
}
