package mutation

import (
	"fmt"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// world is one platform that the checks call compliant: the baseline, the
// baseline as a good example patches it, or as a platform of another kind at
// another level.
type world struct {
	topics rulebook.Topics
	// checks are those whose good example this is, none for the other worlds.
	checks []*rulebook.Check
	// before is the state of every check.
	before map[string]state
}

// state is what a check says of a world.
type state struct {
	fails bool
	// judged are the names of the items that it has looked at, sorted.
	judged []string
}

// worlds builds all worlds: the baseline first, then good examples, then every
// kind and level that the header allows.
func worlds(book *rulebook.Rulebook) ([]*world, error) {
	var all []*world
	for _, v := range variants(book) {
		topics, err := v.example.Patched(book.Baseline())
		if err != nil {
			continue // it patches what another example needs
		}
		frames, sound := views(book, topics, book.Checks)
		if !sound {
			continue // not a valid platform
		}
		before, err := judge(book, book.Checks, topics, frames)
		if err != nil {
			return nil, err
		}
		all = append(all, &world{topics, v.checks, before})
	}
	return all, nil
}

// variant is what makes a world of the baseline.
type variant struct {
	example rulebook.Example
	checks  []*rulebook.Check
}

func variants(book *rulebook.Rulebook) []*variant {
	all := []*variant{{}}
	seen := map[string]*variant{fingerprint(rulebook.Example{}): all[0]}
	for _, check := range book.Checks {
		for _, e := range check.Examples() {
			key := fingerprint(e)
			switch {
			case !e.Good || seen[key] == all[0]:
			case seen[key] != nil:
				seen[key].checks = append(seen[key].checks, check)
			default:
				seen[key] = &variant{e, []*rulebook.Check{check}}
				all = append(all, seen[key])
			}
		}
	}
	header := book.Schemas.Find(rulebook.HeaderTopic).Root
	for _, kind := range header.Field("kind").Type.Enum {
		of := rulebook.Assignment{Pointer: "/" + rulebook.HeaderTopic + "/kind", Value: document.NewText(kind)}
		if !book.Graded() {
			all = append(all, &variant{example: rulebook.Example{Set: []rulebook.Assignment{of}}})
			continue
		}
		for level := 1; level <= rulebook.MaxLevel; level++ {
			at := rulebook.Assignment{Pointer: "/" + rulebook.HeaderTopic + "/mlps_level", Value: document.NewInt(int64(level))}
			all = append(all, &variant{example: rulebook.Example{Set: []rulebook.Assignment{of, at}}})
		}
	}
	return all
}

// fingerprint is equal for examples with the same changes.
func fingerprint(e rulebook.Example) string {
	set := map[string]any{}
	for _, s := range e.Set {
		set[s.Pointer] = s.Value.Any()
	}
	return fmt.Sprint(set, e.Remove) // fmt sorts the keys of maps
}

// views are the frames of a set of topics on the days that checks ask for;
// sound is false when a schema refuses something or a name leads nowhere.
func views(book *rulebook.Rulebook, topics rulebook.Topics, checks []*rulebook.Check) (frames map[calendar.Date]*rulebook.Frame, sound bool) {
	frames, sound = map[calendar.Date]*rulebook.Frame{}, true
	for _, check := range append(checks[:len(checks):len(checks)], book.Checks[0]) { // what no check reads has a schema all the same
		if frames[check.AsOf()] == nil {
			frame, defects := book.View(topics, nil, check.AsOf())
			frames[check.AsOf()], sound = frame, sound && len(defects) == 0
		}
	}
	return frames, sound
}

// concerns reports whether a check of this world reads a topic, so that it may
// notice there what the baseline does not show.
func (w *world) concerns(topic string) bool {
	return len(w.checks) == 0 || slices.ContainsFunc(w.checks, func(c *rulebook.Check) bool { return slices.Contains(c.Topics(), topic) })
}

// with is the world with a fact changed at these places; a nil value removes it.
func (w *world) with(topic string, places []*document.Value, value *document.Value) rulebook.Topics {
	var e rulebook.Example
	for _, place := range places {
		if pointer := "/" + topic + place.Pointer(); value == nil {
			e.Remove = append(e.Remove, pointer)
		} else {
			e.Set = append(e.Set, rulebook.Assignment{Pointer: pointer, Value: value})
		}
	}
	topics, err := e.Patched(w.topics)
	if err != nil {
		panic(err) // the place comes from this world
	}
	return topics
}

// worse reports whether some check newly fails, or no longer looks at an item,
// which the gate shows as a change of scope.
func (w *world) worse(after map[string]state, failed map[string]bool) bool {
	worse := false
	for id, now := range after {
		switch before := w.before[id]; {
		case before.fails:
		case now.fails:
			failed[id] = true
			worse = true
		case lost(before.judged, now.judged):
			worse = true
		}
	}
	return worse
}

// lost reports whether one of the names is missing afterwards.
func lost(before, after []string) bool {
	return slices.ContainsFunc(before, func(name string) bool { _, kept := slices.BinarySearch(after, name); return !kept })
}

// judge judges each check on the day of its examples.
func judge(book *rulebook.Rulebook, checks []*rulebook.Check, topics rulebook.Topics, frames map[calendar.Date]*rulebook.Frame) (map[string]state, error) {
	states := make(map[string]state, len(checks))
	for _, check := range checks {
		frame := frames[check.AsOf()]
		judgement, err := check.Unbound().Judge(frame, book.Level(frame, topics[rulebook.HeaderTopic]))
		if err != nil {
			return nil, err
		}
		states[check.ID] = stateOf(judgement)
	}
	return states, nil
}

func stateOf(j rulebook.Judgement) state {
	s := state{fails: len(j.Future) > 0} // a record dated ahead is a finding
	for _, item := range j.Items {
		switch item.Outcome {
		case finding.Fail, finding.Rectified:
			return state{fails: true}
		case finding.Pass:
			s.judged = append(s.judged, item.Name())
		}
	}
	slices.Sort(s.judged)
	return s
}
