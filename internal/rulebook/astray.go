package rulebook

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"hegui/internal/document"
	"hegui/internal/expression"
	"hegui/internal/lang"
	"hegui/internal/near"
	"hegui/internal/schema"
)

// astray is a name that is not, or cannot be known to be, one of a list's.
type astray struct {
	schema *schema.Schema
	of     *schema.Type
	name   *document.Value
	in     schema.Mention
}

// gone reports whether a name may be of what was there when something was recorded: an
// older record is only held to names that it mistypes, the newest to those that it may
// mean.
func (a astray) gone(g *goal) bool {
	switch a.in {
	case schema.Past:
		return g.uncertain || near.Typo(a.name.Text, g.names) == ""
	case schema.Recorded:
		return !g.uncertain && near.Word(a.name.Text, g.names) == ""
	}
	return false
}

// leads are names that lead nowhere, together those of one spelling that lead to the same
// lists or some of them, in the order in which each was met first.
type leads struct {
	groups [][]astray
	// spelt are the places of the groups of a spelling, idle what is called otherwise in
	// the lists of a type, named what anything names in a list.
	spelt map[string][]int
	idle  map[*schema.Type]*idle
	named map[string]map[string]bool
}

func (l *leads) add(stray astray) {
	for _, i := range l.spelt[stray.name.Text] {
		if meets(l.groups[i][0].of.Refs, stray.of.Refs) {
			l.groups[i] = append(l.groups[i], stray)
			return
		}
	}
	if l.spelt == nil {
		l.spelt, l.idle = map[string][]int{}, map[*schema.Type]*idle{}
	}
	l.spelt[stray.name.Text] = append(l.spelt[stray.name.Text], len(l.groups))
	l.groups = append(l.groups, []astray{stray})
}

func meets(some, others []string) bool {
	return slices.ContainsFunc(some, func(one string) bool { return slices.Contains(others, one) })
}

// lost reports the names that lead nowhere: those of one spelling once, for what they all
// name is called otherwise, or gone.
func (v *view) lost(topics Topics, all *leads, goals map[*schema.Type]*goal) {
	for _, strays := range all.groups {
		first := strays[0]
		s, violation := first.schema, first.schema.Astray(first.name, first.of, goals[first.of].names)
		if len(strays) > 1 {
			told := lang.Mark("%s（引用 %d 处：%s）", "%s (named %d times: %s)", lang.Marked{Full: violation.Message, Redacted: violation.Hidden}, len(strays), placesOf(strays))
			violation.Message, violation.Hidden = told.Full, told.Redacted
			if is := v.renamed(topics, all, strays); is != nil {
				s, violation = is.list, renamedKey(is, violation, strays)
			}
		}
		d := v.note(s, violation)
		for _, stray := range strays {
			v.faulty[stray.name] = true
			v.dig(stray.schema, stray.schema.Hidden(stray.name), d)
		}
	}
}

// placesOf are the lines on which names are said.
func placesOf(strays []astray) string {
	var places []string
	for _, stray := range strays {
		if len(places) == maxPlaces {
			places = append(places, "…")
			break
		}
		places = append(places, fmt.Sprintf("%s:%d", path.Base(stray.name.Document().Path), stray.name.Start().Line))
	}
	return strings.Join(places, ", ")
}

// maxPlaces is how many places a message lists.
const maxPlaces = 6

// idle is the only entry of some lists that nothing names.
type idle struct {
	list *schema.Schema
	key  *document.Value
}

// renamed is the entry that nothing names, where many name another or one that is called
// much like it: it was given another name, and they were not. nil for none, and for one that
// was told of already.
func (v *view) renamed(topics Topics, all *leads, strays []astray) *idle {
	narrow := slices.MinFunc(strays, func(a, b astray) int { return len(a.of.Refs) - len(b.of.Refs) }).of
	found, known := all.idle[narrow]
	if !known {
		found = v.unnamed(topics, all, narrow)
		all.idle[narrow] = found
	}
	before := strays[0].name.Text
	if found == nil || len(strays) < many && near.Word(before, []string{found.key.Text}) == "" && !alike(before, found.key.Text) {
		return nil
	}
	all.idle[narrow] = nil
	return found
}

// unnamed is the only entry in the lists of a type that nothing names, nil for none or more.
func (v *view) unnamed(topics Topics, all *leads, of *schema.Type) (only *idle) {
	if all.named == nil {
		all.named = map[string]map[string]bool{}
		for _, s := range v.Schemas.Topics() {
			s.Names(topics[s.Name], v.today, func(t *schema.Type, name *document.Value, _ schema.Mention) {
				for _, at := range t.Refs {
					if all.named[at] == nil {
						all.named[at] = map[string]bool{}
					}
					all.named[at][name.Text] = true
				}
			})
		}
	}
	count := 0
	for _, at := range of.Refs {
		topic, _, _ := strings.Cut(at, ".")
		t := v.Schemas.List(at)
		v.entries(topics, at, func(entry *document.Value) {
			if key := entry.Get(t.Key); key != nil && !all.named[at][key.Text] {
				only = &idle{v.Schemas.Find(topic), key}
				count++
			}
		})
	}
	if count != 1 {
		return nil
	}
	return only
}

// many is how often a name is said by which nobody slips with each.
const many = 3

// alike reports whether two names begin with the same word.
func alike(a, b string) bool {
	word, _, _ := strings.Cut(a, "-")
	return len(word) >= minWord && strings.HasPrefix(b, word)
}

// minWord is how many letters a word has by which names are told to be alike.
const minWord = 3

// renamedKey is the violation of a key that others do not name as it is now.
func renamedKey(is *idle, lost schema.Violation, strays []astray) schema.Violation {
	v := is.list.Renamed(is.key, strays[0].name.Text, len(strays), placesOf(strays))
	v.Hole = nil // it is there; what names it is not
	if lost.Hidden != lost.Message {
		v.Hidden, v.HiddenRemedy = lost.Hidden, lost.HiddenRemedy
	}
	return v
}

// entries visits the entries of a list of named objects.
func (v *view) entries(topics Topics, at string, visit func(entry *document.Value)) {
	topic, inside, _ := strings.Cut(at, ".")
	all := []*document.Value{topics[topic]}
	for _, key := range strings.Split(inside, ".") {
		var next []*document.Value
		for _, one := range all {
			switch at := one.Get(key); {
			case at == nil:
			case at.Kind == document.List:
				next = append(next, at.Items()...)
			default: // what the list is part of
				next = append(next, at)
			}
		}
		all = next
	}
	for _, entry := range all {
		visit(entry)
	}
}

// dig makes absent what a defect hides.
func (v *view) dig(s *schema.Schema, hole schema.Hole, d Defect) {
	key := hole.Key
	if hole.In == nil {
		key = s.Name
	}
	v.frame.Dig(hole.In, key, expression.Hole{Defects: []string{d.Name()}})
}
