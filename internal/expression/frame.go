package expression

import (
	"slices"

	"cel.dev/cel-go/common/types/ref"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/schema"
)

// Frame is what expressions see: one platform's topics on one day, the names
// bound so far, and what evaluation has learnt and spent.
type Frame struct {
	env  *Env
	asOf calendar.Date
	// stands are the values of names, by the names' places.
	stands []shown
	flips  []calendar.Date
	// future are the dates of records that have not happened yet, awaited the same
	// as a set.
	future  []*document.Value
	awaited map[*document.Value]bool
	// chosen are the newest records that the last condition asked, asked the same
	// as a set.
	chosen []Newest
	asked  map[Newest]bool
	budget budget
	// cost is what the current evaluation has cost of its limit, locals what its
	// walks over lists have bound, gathered what they have found so far.
	cost, limit      uint64
	locals, gathered []ref.Val
	// lists are the lists that were read. Each is wrapped once: wrapping costs its
	// length, which the budget, counting only steps, would not show.
	lists map[*document.Value]*list
	// switches are the conditions that were asked, ranges the lists of items.
	switches map[*Program]*switched
	ranges   map[*Program]ranged
	// interprets is set where everything is left to the interpreter.
	interprets bool
	// pins is set where the facts behind each judgement are wanted.
	pins bool
	// explains is set where the reasons of failures are wanted, explained what they
	// have cost.
	explains  bool
	explained uint64
	// holes are the places that count as not stated whatever stands there, holed the
	// objects that have any; absences are what the current evaluation could not do
	// without.
	holes    map[site]*Hole
	holed    map[*document.Value]bool
	dug      int
	absences []*Absent
	// memory holds everything that the frame reads.
	memory *Memory
}

// NewFrame makes a frame in which every topic is absent until it is bound.
func (e *Env) NewFrame(asOf calendar.Date) *Frame { return new(Memory).NewFrame(e, asOf) }

// NewFrame is Env.NewFrame in this memory, which holds one frame at a time: the frame is
// good until Reuse.
func (m *Memory) NewFrame(e *Env, asOf calendar.Date) *Frame {
	if m.frame != nil {
		m = new(Memory)
	}
	known := e.names.count() // more may become known beside
	f := &Frame{env: e, asOf: asOf.Day(), stands: slices.Grow(m.stands, known)[:known], budget: newBudget(), memory: m, locals: m.locals, gathered: m.gathered,
		lists: forgotten(m.lists), switches: forgotten(m.switches), ranges: forgotten(m.ranges), holes: forgotten(m.holes), holed: forgotten(m.holed)}
	m.lists, m.switches, m.ranges, m.holes, m.holed, m.frame = f.lists, f.switches, f.ranges, f.holes, f.holed, f
	for _, t := range e.topics {
		f.show(f.place(t.Name), shown{value: f.object(t, nil)})
	}
	return f
}

// Bind gives a name a value; a nil value is absent.
func (f *Frame) Bind(name string, t *schema.Type, v *document.Value) error {
	at := f.place(name)
	if v == nil {
		f.show(at, shown{value: f.object(t, nil)})
		return nil
	}
	wrapped, err := f.wrap(t, v)
	if err != nil {
		return err
	}
	if topic, ok := f.shown(at).value.(*object); ok && topic.value == nil {
		f.forget()
		f.budget.grow(v) // limits, which no platform states, are bound anew for every check
	}
	f.show(at, shown{value: wrapped})
	return nil
}

// forget drops what was learnt on another day, or from other facts.
func (f *Frame) forget() {
	clear(f.switches)
	clear(f.ranges)
}

// Shows reports whether a topic was bound.
func (f *Frame) Shows(topic string) bool {
	at, ok := f.shown(f.place(topic)).value.(*object)
	return ok && at.value != nil
}

// Pin asks for the facts that judgements rest on, which few need.
func (f *Frame) Pin() { f.pins = true }

// Pins reports whether Pin was called.
func (f *Frame) Pins() bool { return f.pins }

// Interpret leaves every expression to CEL's own interpreter, by which those that
// have code are measured.
func (f *Frame) Interpret() { f.interprets = true }

// Reset forgets the flips and what lies in the future, and restores the budget,
// for the next check.
func (f *Frame) Reset() {
	f.flips = f.flips[:0]
	if len(f.future) > 0 {
		f.future = nil
		clear(f.awaited)
	}
	f.budget.renew()
}

// Turn shows another day, with a full budget for all checks; nothing is explained until
// Explain is called again.
func (f *Frame) Turn(to calendar.Date) {
	f.asOf, f.budget.purse, f.explained, f.explains = to.Day(), f.budget.all, 0, false
	f.forget()
	f.Reset()
}

// Spent is what the evaluations since the last Reset took.
func (f *Frame) Spent() uint64 { return f.budget.spent }

// Flips are the days after today on which an answer given so far may change,
// ascending.
func (f *Frame) Flips() []calendar.Date {
	if len(f.flips) == 0 {
		return nil
	}
	slices.SortFunc(f.flips, earlierFirst)
	f.flips = slices.Compact(f.flips)
	return append(f.memory.flips.Cut(len(f.flips)), f.flips...)
}

func earlierFirst(a, b calendar.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// AsOf is the day that the frame shows.
func (f *Frame) AsOf() calendar.Date { return f.asOf }

// Foretell notes a day on which the answer changes for a reason outside the
// description.
func (f *Frame) Foretell(on calendar.Date) { f.flip(on) }

func (f *Frame) flip(on calendar.Date) { f.flips = append(f.flips, on) }

// await notes a record that is dated after today.
func (f *Frame) await(d *date) {
	f.flip(d.Day())
	f.expect(d.at)
}

func (f *Frame) expect(ahead *document.Value) {
	if !f.awaited[ahead] {
		if f.awaited == nil {
			f.awaited = map[*document.Value]bool{}
		}
		f.awaited[ahead] = true
		f.future = append(f.future, ahead)
	}
}

// Future are the dates after today of records that say what was done, in the
// order in which they were met. What has not happened cannot be on record.
func (f *Frame) Future() []*document.Value { return f.future }

// Newest is a record that a condition asked because it is the newest of its
// kind. Hidden says that not everyone may see its date.
type Newest struct {
	Record, Date *document.Value
	Hidden       bool
}

// Newest are the newest records that the last condition asked, in its order.
func (f *Frame) Newest() []Newest { return f.chosen }

func (f *Frame) forgetNewest() {
	if len(f.chosen) > 0 {
		f.chosen = nil
		clear(f.asked)
	}
}

func (f *Frame) chose(d dated) {
	o, ok := d.record.(*object)
	if !ok {
		return
	}
	known := o.shape.Field(d.date.at.Key())
	n := Newest{o.value, d.date.at, o.shape.Sensitive || known != nil && known.Type.Sensitive}
	if f.hasChosen(n) {
		return
	}
	if f.chosen == nil {
		f.chosen = f.memory.newest.Cut(1)
	}
	f.chosen = append(f.chosen, n)
}

// hasChosen reports whether a record is among the newest that were asked, which mostly
// are one or two.
func (f *Frame) hasChosen(n Newest) bool {
	if len(f.chosen) < 16 {
		return slices.Contains(f.chosen, n)
	}
	if f.asked == nil {
		f.asked = map[Newest]bool{}
	}
	for _, known := range f.chosen[len(f.asked):] {
		f.asked[known] = true
	}
	return f.asked[n]
}

// ResolveName and Parent make a frame the activation of its expressions.
func (f *Frame) ResolveName(name string) (any, bool) {
	if name == frameName {
		return f, true
	}
	v := f.shown(f.place(name)).value
	return v, v != nil
}
