package hegui_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/document"
	"hegui/internal/rulebook"
	"hegui/internal/trial"
)

// Every check judges as it would if CEL's interpreter ran it: its examples, the
// platforms of this repository, and these with a fact left out or made another, at
// the same cost and with the same traces.
func TestChecksAreWhatTheInterpreterSays(t *testing.T) {
	book := loadRulebook(t)
	for _, check := range book.Checks {
		for i, e := range check.Examples() {
			topics, err := e.Patched(book.Baseline())
			if err != nil || i > 1 && !trial.Long(t) {
				continue
			}
			agree(t, book, topics, check)
		}
	}
	r := trial.Random(t)
	for i := range trial.Tries(t, 12) {
		dirs, err := filepath.Glob(filepath.Join(audit.PlatformsDir, "*"))
		if err != nil || len(dirs) == 0 {
			t.Fatalf("%v, %v", dirs, err)
		}
		topics := topicsOf(t, book, dirs[i%len(dirs)])
		var all []*document.Value
		for _, s := range book.Schemas.Topics() {
			all = within(topics[s.Name], all)
		}
		for range i { // the first is as it was written
			damage(all[r.IntN(len(all))], all[r.IntN(len(all))], r.IntN(4))
		}
		agree(t, book, topics, book.Checks...)
	}
}

// within are a value and all in it.
func within(v *document.Value, all []*document.Value) []*document.Value {
	if v == nil {
		return all
	}
	all = append(all, v)
	for _, item := range v.Items() {
		all = within(item, all)
	}
	for _, field := range v.Fields() {
		all = within(field.Value, all)
	}
	return all
}

// damage leaves something out of a value, or makes it another of its kind.
func damage(v, other *document.Value, how int) {
	switch {
	case len(v.Fields()) > 0:
		v.SetFields(slices.Delete(slices.Clone(v.Fields()), 0, 1))
	case len(v.Items()) > 0 && how == 0:
		v.SetItems(nil)
	case len(v.Items()) > 0:
		v.SetItems(v.Items()[1:])
	case other.Kind == v.Kind && len(other.Fields())+len(other.Items()) == 0:
		v.Become(other)
	case v.Kind == document.Bool:
		v.Bool = !v.Bool
	case v.Kind == document.Int:
		v.Become(document.NewInt(-v.Int()))
	}
}

// agree judges topics with and without the interpreter.
func agree(t *testing.T, book *rulebook.Rulebook, topics rulebook.Topics, checks ...*rulebook.Check) {
	t.Helper()
	code, _ := book.View(topics, nil, theDay(t))
	interpreted, _ := book.View(topics, nil, theDay(t))
	interpreted.Interpret()
	for _, f := range []*rulebook.Frame{code, interpreted} {
		f.Pin()
		f.Explain()
	}
	level := book.Level(code, topics[rulebook.HeaderTopic])
	for _, check := range checks {
		got, err := check.Judge(code, level)
		want, wrong := check.Judge(interpreted, level)
		if err != nil || wrong != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %+v, %v\nand as it is interpreted\n%+v, %v", check.ID, got, err, want, wrong)
		}
	}
}
