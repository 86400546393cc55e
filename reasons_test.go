package hegui_test

import (
	"slices"
	"strings"
	"testing"

	"hegui/internal/audit"
	"hegui/internal/finding"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// A check that asks for several things says which of them its bad examples lack:
// something that the example has changed.
func TestReasonsNameWhatWasChanged(t *testing.T) {
	book := loadRulebook(t)
	told := 0
	for _, check := range book.Checks {
		if check.Arms() < 2 {
			continue
		}
		for _, e := range check.Examples() {
			if e.Good {
				continue
			}
			fields, failed := reasonsOf(t, book, check, e)
			if !failed || !slices.ContainsFunc(check.Demands(), func(field string) bool { return alters(e, field) }) {
				continue // it waits, or what it changes brings another item under the check
			}
			told++
			if !slices.ContainsFunc(fields, func(field string) bool { return alters(e, field) }) && !reviewed(check.ID) {
				t.Errorf("%s: the example at %d changes other fields than %q", check.ID, e.Pos.Line, fields)
			}
		}
	}
	if told < 700 {
		t.Errorf("only %d examples", told)
	}
}

// reasonsOf are the fields of the reasons that an example fails for; failed is
// told of one that does not only wait for what is absent.
func reasonsOf(t *testing.T, book *rulebook.Rulebook, check *rulebook.Check, e rulebook.Example) (fields []string, failed bool) {
	t.Helper()
	topics, err := e.Patched(book.Baseline())
	if err != nil {
		t.Fatal(err)
	}
	frame, level := book.Frame(topics, check.AsOf())
	frame.Explain()
	judgement, err := check.Judge(frame, level)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range judgement.Items {
		if item.Outcome != finding.Fail || len(item.Absent) > 0 {
			continue
		}
		failed = true
		for _, r := range item.Reasons {
			fields = append(fields, r.Fields...)
		}
	}
	return fields, failed
}

// A check that does not apply says so in words: with what is stated, and never with
// the expression that asks for it.
func TestWhatDoesNotApplySaysWhy(t *testing.T) {
	tree, err := source.OpenDir(".")
	if err != nil {
		t.Fatal(err)
	}
	book := loadRulebook(t)
	auditor := &audit.Auditor{Tree: tree, Rulebook: book, AsOf: theDay(t)}
	idle := 0
	results.Each(t.Context(), auditor, audit.Discover(tree, nil), 0, func(p results.Platform) {
		for _, c := range p.Idle() {
			idle++
			for _, said := range []string{c.Reason.ZH, c.Reason.EN} {
				if said == "" || strings.ContainsAny(said, "=<>&|!\"") || strings.Contains(said, "filter(") {
					t.Errorf("%s does not apply to %s: %q", c.ID, p.ID, said)
				}
			}
		}
	})
	if idle < 100 {
		t.Errorf("only %d checks do not apply", idle)
	}
}

// alters reports whether an example changes a field, what holds it, or something
// in it.
func alters(e rulebook.Example, field string) bool {
	pointers := slices.Clone(e.Remove)
	for _, set := range e.Set {
		pointers = append(pointers, set.Pointer)
	}
	return slices.ContainsFunc(pointers, func(pointer string) bool {
		var names []string
		for _, name := range strings.Split(pointer[1:], "/") {
			if name != "-" && strings.Trim(name, "0123456789") != "" {
				names = append(names, name)
			}
		}
		changed := strings.Join(names, ".")
		return changed == field || strings.HasPrefix(changed, field+".") || strings.HasPrefix(field, changed+".")
	})
}

// reviewed are checks of which an example moves the day of a record, so that another
// one is the newest, or raises what decides how often something is due.
func reviewed(id string) bool {
	return slices.Contains([]string{"platform.lower-systems-assessed", "architecture.capacity-headroom", "operations.availability-reached"}, id)
}
