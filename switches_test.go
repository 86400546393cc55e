package hegui_test

import (
	"maps"
	"slices"
	"testing"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
	"hegui/internal/schema"
)

// Nothing that switches checks off is believed by itself: among the platforms of
// the examples there is one where turning a switch makes a check look away from
// something, and another check fails for it.
func TestEverySwitchIsContradicted(t *testing.T) {
	book := openRepo(t).book
	switches := map[string]*switched{}
	for _, s := range book.Schemas.Topics() {
		findSwitches(s, s.Root, switches)
	}
	if len(switches) < 25 {
		t.Fatalf("only %d switches", len(switches))
	}
	for _, place := range slices.Sorted(maps.Keys(switches)) {
		s := switches[place]
		for _, check := range book.Checks {
			if slices.Contains(check.Fields(), place) {
				s.readers = append(s.readers, check)
			}
		}
		excuses, contradicted := s.turn(t, book)
		switch {
		case excuses == 0:
			t.Errorf("%s is marked x-switch and switches nothing off", place)
		case contradicted == 0:
			t.Errorf("%s: nothing else that is declared stands against it", place)
		}
	}
}

type switched struct {
	schema  *schema.Schema
	fact    *schema.Type
	readers []*rulebook.Check
}

func findSwitches(s *schema.Schema, at *schema.Type, found map[string]*switched) {
	if at.Switch {
		found[at.Name] = &switched{schema: s, fact: at}
	}
	for _, field := range at.Fields {
		findSwitches(s, field.Type, found)
	}
	if at.Item != nil {
		findSwitches(s, at.Item, found)
	}
}

// turn turns the switch in the baseline, and where nothing stands against it
// there in the good examples of what reads it. It counts the turns that make a
// check look at less, and among them those for which a check newly fails.
func (s *switched) turn(t *testing.T, book *rulebook.Rulebook) (excuses, contradicted int) {
	t.Helper()
	worlds := []rulebook.Example{{}}
	for _, check := range s.readers {
		for _, e := range check.Examples() {
			if e.Good && len(e.Set)+len(e.Remove) > 0 {
				worlds = append(worlds, e)
			}
		}
	}
	for _, world := range worlds {
		topics := patched(t, world, book.Baseline())
		before := s.judged(t, book, topics)
		s.schema.Walk(topics[s.schema.Name], func(at *schema.Type, v *document.Value) {
			for _, other := range turned(at, v) {
				if at != s.fact || contradicted > 0 {
					return
				}
				change := rulebook.Example{Set: []rulebook.Assignment{{Pointer: "/" + s.schema.Name + v.Pointer(), Value: other}}}
				switch excused, failed := less(before, s.judged(t, book, patched(t, change, topics))); {
				case excused && failed:
					contradicted++
					fallthrough
				case excused:
					excuses++
				}
			}
		})
		if contradicted > 0 {
			break
		}
	}
	return excuses, contradicted
}

func patched(t *testing.T, e rulebook.Example, topics rulebook.Topics) rulebook.Topics {
	t.Helper()
	out, err := e.Patched(topics)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// judged are the items that each reader has passed; nil for a check that fails.
func (s *switched) judged(t *testing.T, book *rulebook.Rulebook, topics rulebook.Topics) map[string][]string {
	t.Helper()
	passed := map[string][]string{}
	frames := map[calendar.Date]*rulebook.Frame{}
	for _, check := range s.readers {
		if frames[check.AsOf()] == nil {
			frames[check.AsOf()], _ = book.Frame(topics, check.AsOf())
		}
		frame := frames[check.AsOf()]
		judgement, err := check.Judge(frame, book.Level(frame, topics[rulebook.HeaderTopic]))
		if err != nil {
			t.Fatal(err)
		}
		items := []string{}
		for _, item := range judgement.Items {
			if item.Outcome == finding.Pass && items != nil {
				items = append(items, item.Name())
			}
			if item.Outcome == finding.Fail {
				items = nil
				break
			}
		}
		passed[check.ID] = items
	}
	return passed
}

// less reports whether a check that passed looks at less afterwards, and whether
// one newly fails.
func less(before, after map[string][]string) (excused, failed bool) {
	for id, items := range before {
		switch {
		case items == nil:
		case after[id] == nil:
			failed = true
		default:
			excused = excused || slices.ContainsFunc(items, func(name string) bool { return !slices.Contains(after[id], name) })
		}
	}
	return excused, failed
}

// turned are the other values that a switch may have: a list without one of its
// words, a smaller number, the other words of an enumeration.
func turned(t *schema.Type, v *document.Value) (others []*document.Value) {
	for i := range v.Items() {
		others = append(others, document.NewList(slices.Delete(slices.Clone(v.Items()), i, i+1)...))
	}
	switch v.Kind {
	case document.Bool:
		others = append(others, document.NewBool(!v.Bool))
	case document.Int:
		for n := int64(0); n < min(v.Int(), 5); n++ {
			others = append(others, document.NewInt(n))
		}
	}
	for _, word := range t.Enum {
		if word != v.Text {
			others = append(others, &document.Value{Kind: document.String, Text: word})
		}
	}
	return others
}
