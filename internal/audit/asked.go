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
	checks []*rulebook.Check
	// judges says of each check whether it judges the platform.
	judges []bool
	// readers are the checks, by position, that read a place in the schemas.
	readers map[string][]int
}

// AskedBy are the facts that rulings ask for.
func AskedBy(rulings []Ruling) Asked {
	a := Asked{make([]*rulebook.Check, len(rulings)), make([]bool, len(rulings)), nil}
	for i := range rulings {
		a.checks[i], a.judges[i] = rulings[i].Rule, rulings[i].judges()
	}
	a.readers = readersOf(a.checks)
	return a
}

// judges reports whether the check judges the platform.
func (r *Ruling) judges() bool { return r.Applies && r.Unjudged.IsZero() }

// readersOf are the checks, by position, that read a place or anything in it.
func readersOf(checks []*rulebook.Check) map[string][]int {
	readers := make(map[string][]int, 4*len(checks))
	for i, rule := range checks {
		for _, place := range rule.Fields() {
			for outer := place; outer != ""; {
				known := readers[outer]
				if len(known) > 0 && known[len(known)-1] == i {
					break
				}
				readers[outer] = append(known, i)
				outer = outer[:max(strings.LastIndexByte(outer, '.'), 0)]
			}
		}
	}
	return readers
}

// Readers are the checks that judge the platform and read what belongs at a place,
// in the rulebook's order.
func (a Asked) Readers(t *schema.Type) (readers []*rulebook.Check) {
	for _, i := range a.readers[t.Name] {
		if a.judges[i] {
			readers = append(readers, a.checks[i])
		}
	}
	return readers
}

// Fields are the fields of an object that are asked for, in the schema's order.
func (a Asked) Fields(t *schema.Type) (fields []schema.Field) {
	for i := range t.Fields {
		if a.asks(&t.Fields[i]) {
			fields = append(fields, t.Fields[i])
		}
	}
	return fields
}

// asks reports whether a field is asked for. Records of how a failure was dealt with
// are asked of nobody.
func (a Asked) asks(f *schema.Field) bool { return a.asksOf(f, a.readers[f.Type.Name]) }

func (a Asked) asksOf(f *schema.Field, readers []int) bool {
	return f.Required || (f.Name != rulebook.Rectified || f.Type.Kind != schema.Object) &&
		slices.ContainsFunc(readers, func(i int) bool { return a.judges[i] })
}

// Owed reports whether every platform has to state a field: not where absence means
// something, or another field stands in.
func Owed(f schema.Field) bool { return f.Type.Absent.IsZero() && f.Type.Otherwise == "" }

// counting counts what is stated of one platform. wanted are the fields of each object that
// are asked for, which of a list are those of every item.
type counting struct {
	Asked
	auditor *Auditor
	wanted  map[*schema.Type][]*schema.Field
}

func (c *counting) of(t *schema.Type) []*schema.Field {
	known, done := c.wanted[t]
	if !done {
		readers := c.auditor.readersIn(t)
		known = make([]*schema.Field, 0, len(t.Fields))
		for i := range t.Fields {
			if f := &t.Fields[i]; c.asksOf(f, readers[i]) {
				known = append(known, f)
			}
		}
		c.wanted[t] = known
	}
	return known
}

// size is how many values a type owes: of a list, those of one item.
func (c *counting) size(t *schema.Type) int {
	switch {
	case t.Kind == schema.List && t.Item.Kind == schema.Object && !t.Adverse && !t.MayBeEmpty:
		return c.size(t.Item)
	case t.Kind != schema.Object:
		return 1
	}
	n := 0
	for _, f := range c.of(t) {
		if Owed(*f) {
			n += c.size(f.Type)
		}
	}
	return max(n, 1)
}

// stated is how many of the values that are asked for a description states.
func (c *counting) stated(t *schema.Type, v *document.Value) int {
	switch {
	case v == nil || v.Kind == document.Null:
		return 0
	case t.Kind == schema.List && t.Item.Kind == schema.Object && len(v.Items()) > 0:
		n := 0
		for _, item := range v.Items() {
			n += c.stated(t.Item, item)
		}
		return n
	case t.Kind != schema.Object:
		return 1
	}
	n := 0
	for _, f := range c.of(t) {
		n += c.stated(f.Type, v.GetNear(f.Index, f.Name))
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
	asked := &counting{Asked{r.Rulebook.Checks, make([]bool, len(r.Rulebook.Checks)), r.readers()}, r.Auditor, map[*schema.Type][]*schema.Field{}}
	for i := range r.Checks {
		asked.judges[i] = r.Checks[i].judges()
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
