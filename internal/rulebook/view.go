package rulebook

import (
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/schema"
)

// Defect is what is wrong with a value of a description.
type Defect struct {
	schema.Violation
	// Topic is the topic that the value belongs to.
	Topic string
}

// Name tells defects apart: the id of its finding and the keyed path.
func (d Defect) Name() string { return d.ID() + " " + d.Topic + d.Path }

// View shows checks a platform's topics on one day, and holds these to their
// schemas and to the names that they use: what is wrong counts as not stated.
// Topics that are not in the set are absent; unreadable are the names of what is
// wrong with those that cannot be read.
func (r *Rulebook) View(topics Topics, unreadable map[string][]string, today calendar.Date) (*Frame, []Defect) {
	return r.ViewIn(new(expression.Memory), topics, unreadable, today)
}

// ViewIn is View in a memory: the frame is good until that is used again.
func (r *Rulebook) ViewIn(memory *expression.Memory, topics Topics, unreadable map[string][]string, today calendar.Date) (*Frame, []Defect) {
	v := &view{Rulebook: r, frame: memory.NewFrame(r.Env, today), today: today, faulty: map[*document.Value]bool{}}
	for _, s := range r.Schemas.Topics() {
		if defects := unreadable[s.Name]; len(defects) > 0 {
			v.frame.Dig(nil, s.Name, expression.Hole{Defects: defects})
			continue
		}
		v.show(s, topics[s.Name])
	}
	v.resolve(topics)
	return v.frame, v.defects
}

// view is a frame that is being made.
type view struct {
	*Rulebook
	frame   *Frame
	today   calendar.Date
	defects []Defect
	// faulty are the values that break their schemas.
	faulty map[*document.Value]bool
}

func (v *view) show(s *schema.Schema, root *document.Value) {
	if root == nil {
		return
	}
	whole := true
	for _, violation := range s.Validate(root) {
		v.report(s, violation)
		whole = whole && (violation.Hole == nil || violation.Hole.In != nil)
	}
	if whole {
		_ = v.frame.Bind(s.Name, s.Root, root) // a root that is not an object is not whole
	}
}

// report notes a defect and makes what it hides absent.
func (v *view) report(s *schema.Schema, violation schema.Violation) {
	if d := v.note(s, violation); d.Hole != nil {
		v.dig(s, *d.Hole, d)
	}
}

func (v *view) note(s *schema.Schema, violation schema.Violation) Defect {
	d := Defect{violation, s.Name}
	v.defects = append(v.defects, d)
	v.faulty[d.At] = true
	return d
}

// resolve looks up every name where it leads. Nothing is made absent before all
// are looked up: a name may be the key of a list that others lead to.
func (v *view) resolve(topics Topics) {
	lists := map[string]*roll{}
	var strays, misspelt []astray
	for _, s := range v.Schemas.Topics() {
		if v.frame.Shows(s.Name) {
			s.Names(topics[s.Name], v.today, func(t *schema.Type, name *document.Value, in schema.Mention) {
				switch {
				case v.faulty[name]: // a name that is not written as one is one slip, not two
					misspelt = append(misspelt, astray{s, t, name, in})
				case !slices.ContainsFunc(t.Refs, func(path string) bool { return v.list(lists, path).names[name.Text] }):
					strays = append(strays, astray{s, t, name, in})
				}
			})
		}
	}
	v.translate(topics, misspelt, lists)
	var lost leads
	goals, waiting := map[*schema.Type]*goal{}, map[schema.Hole]bool{}
	for _, stray := range strays {
		g := goals[stray.of]
		if g == nil {
			g = v.goal(stray.of.Refs, lists)
			goals[stray.of] = g
		}
		if stray.gone(g) {
			continue
		}
		switch hole := stray.schema.Hidden(stray.name); {
		case !g.uncertain && len(v.defects)+len(lost.groups) < maxDefects:
			lost.add(stray)
		case g.uncertain && !waiting[hole]: // a list of names waits once
			waiting[hole] = true
			v.frame.Dig(hole.In, hole.Key, g.waits)
		}
	}
	v.lost(topics, &lost, goals)
}

// maxDefects is how many defects are noted, more than anybody reports.
const maxDefects = 60_000

// goal is where names of a type lead.
type goal struct {
	names []string
	// uncertain is set where one of the lists is broken, or all are absent: names
	// that are in none wait for that. Elsewhere they lead nowhere.
	uncertain bool
	waits     expression.Hole
}

func (v *view) goal(paths []string, lists map[string]*roll) *goal {
	g := &goal{}
	for _, path := range paths {
		list := v.list(lists, path)
		g.names = append(g.names, list.order...)
		g.waits.Defects = append(g.waits.Defects, list.defects...)
		if list.missing {
			g.waits.Lists = append(g.waits.Lists, path)
		}
	}
	g.uncertain = len(g.waits.Defects) > 0 || len(g.waits.Lists) == len(paths)
	return g
}

// roll is the names of a list, as far as they can be known.
type roll struct {
	names map[string]bool
	order []string
	// defects hide some of the names; missing: the list is not stated.
	defects []string
	missing bool
}

func (v *view) list(lists map[string]*roll, path string) *roll {
	if found := lists[path]; found != nil {
		return found
	}
	k := &roll{names: map[string]bool{}}
	lists[path] = k
	var absent []*expression.Absent
	k.order, absent = v.frame.Names(path)
	for _, name := range k.order {
		k.names[name] = true
	}
	for _, a := range absent {
		k.defects = append(k.defects, a.Defects...)
	}
	k.missing = len(k.defects) == 0 && len(v.frame.Missing(path)) > 0
	return k
}
