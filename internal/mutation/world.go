package mutation

import (
	"fmt"
	"slices"

	"hegui/internal/calendar"
	"hegui/internal/document"
	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// world is one set of topics that the checks of a file call compliant: its
// baseline, the baseline as a good example patches it, or the baseline as
// another kind of platform at another level.
type world struct {
	topic  string // of the file
	topics map[string]*document.Value
	asOf   calendar.Date
	// before is the state of every check that can be judged here.
	before map[string]state
	checks []*rulebook.Check
}

// state is what a check says of a world.
type state uint8

const (
	idle state = iota // does not apply, or has nothing to examine
	passes
	fails
)

// contexts builds all worlds: own baseline first, then good examples, then
// every kind and level that the header allows.
func contexts(book *rulebook.Rulebook) []*world {
	var all []*world
	for _, suite := range suites(book) {
		seen := map[string]bool{}
		for _, e := range variants(book, suite) {
			topics, err := e.Patched(suite.suite)
			if err != nil || seen[fingerprint(topics)] || !valid(book, topics) {
				continue // not a valid platform
			}
			seen[fingerprint(topics)] = true
			all = append(all, newWorld(book, suite.topic, topics, suite.suite.AsOf))
		}
	}
	return slices.DeleteFunc(all, func(w *world) bool { return w == nil })
}

type suite struct {
	topic  string
	suite  *rulebook.Suite
	checks []*rulebook.Check
}

// suites are the baselines with the checks whose examples patch them.
func suites(book *rulebook.Rulebook) []*suite {
	var out []*suite
	for _, check := range book.Checks {
		if n := len(out); n > 0 && out[n-1].suite == check.Suite() {
			out[n-1].checks = append(out[n-1].checks, check)
			continue
		}
		out = append(out, &suite{check.Topic, check.Suite(), []*rulebook.Check{check}})
	}
	return out
}

func variants(book *rulebook.Rulebook, s *suite) []rulebook.Example {
	out := []rulebook.Example{{Good: true}}
	for _, check := range s.checks {
		for _, e := range check.Examples() {
			if e.Good {
				out = append(out, e)
			}
		}
	}
	header := book.Schemas.Find(rulebook.HeaderTopic).Root
	for _, kind := range header.Field("kind").Type.Enum {
		for level := 1; level <= rulebook.MaxLevel; level++ {
			out = append(out, rulebook.Example{Good: true, Set: []rulebook.Assignment{
				{Pointer: "/" + rulebook.HeaderTopic + "/kind", Value: text(kind)},
				{Pointer: "/" + rulebook.HeaderTopic + "/mlps_level", Value: integer(int64(level))},
			}})
		}
	}
	return out
}

func fingerprint(topics map[string]*document.Value) string {
	all := map[string]any{}
	for name, root := range topics {
		all[name] = root.Any()
	}
	return fmt.Sprint(all) // fmt sorts the keys of maps
}

func valid(book *rulebook.Rulebook, topics map[string]*document.Value) bool {
	for name, root := range topics {
		if len(book.Schemas.Find(name).Validate(root)) > 0 {
			return false
		}
	}
	return true
}

func newWorld(book *rulebook.Rulebook, topic string, topics map[string]*document.Value, asOf calendar.Date) *world {
	w := &world{topic: topic, topics: topics, asOf: asOf}
	for _, check := range book.Checks {
		// A check that reads a topic which is missing here would fail for that
		// alone.
		if !slices.ContainsFunc(check.Topics(), func(name string) bool { return topics[name] == nil }) {
			w.checks = append(w.checks, check)
		}
	}
	before, err := judge(book, w.checks, topics, asOf)
	if err != nil {
		return nil // hegui test reports a check that breaks
	}
	w.before = before
	return w
}

// reading are the checks that read a topic.
func (w *world) reading(topic string) []*rulebook.Check {
	var out []*rulebook.Check
	for _, check := range w.checks {
		if slices.Contains(check.Topics(), topic) {
			out = append(out, check)
		}
	}
	return out
}

// with is the world with one fact changed; a nil value removes it.
func (w *world) with(topic, pointer string, value *document.Value) map[string]*document.Value {
	e := rulebook.Example{Set: []rulebook.Assignment{{Pointer: "/" + topic + pointer, Value: value}}}
	if value == nil {
		e = rulebook.Example{Remove: []string{"/" + topic + pointer}}
	}
	topics, err := e.Patched(&rulebook.Suite{Baseline: w.topics})
	if err != nil {
		panic(err) // the place comes from this world
	}
	return topics
}

// worse reports whether some check newly fails, or no longer applies, which the
// gate shows as a change of scope.
func (w *world) worse(after map[string]state, failed map[string]bool) bool {
	worse := false
	for id, now := range after {
		switch before := w.before[id]; {
		case now == fails && before != fails:
			failed[id] = true
			worse = true
		case now == idle && before == passes:
			worse = true
		}
	}
	return worse
}

func judge(book *rulebook.Rulebook, checks []*rulebook.Check, topics map[string]*document.Value, asOf calendar.Date) (map[string]state, error) {
	frame, level, err := book.Frame(topics, asOf)
	if err != nil {
		return nil, err
	}
	states := make(map[string]state, len(checks))
	for _, check := range checks {
		judgement, err := check.Judge(frame, level)
		if err != nil {
			return nil, err
		}
		states[check.ID] = stateOf(judgement)
	}
	return states, nil
}

func stateOf(j rulebook.Judgement) state {
	s := idle
	for _, item := range j.Items {
		switch item.Outcome {
		case finding.Fail, finding.Rectified:
			return fails
		case finding.Pass:
			s = passes
		}
	}
	return s
}
