package hegui_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"hegui/internal/finding"
	"hegui/internal/rulebook"
)

// The thirty-two triggers of major risks are all in the sources. Each names a
// check by which it would show, or says why there is none; and what breaks the
// check leaves the risk open at the levels that the trigger is about.
func TestEveryMajorRiskWouldShow(t *testing.T) {
	book := openRepo(t).book
	var triggers []*rulebook.Article
	for _, in := range book.Sources {
		if in.Risks {
			triggers = append(triggers, in.Articles...)
		}
	}
	for n := 1; n <= 32; n++ {
		id := fmt.Sprintf("A-%02d", n)
		if !slices.ContainsFunc(triggers, func(a *rulebook.Article) bool { return a.Number.EN == id }) {
			t.Errorf("trigger %s is in no source", id)
		}
	}
	showing := book.Showing()
	if len(showing) < 18 {
		t.Errorf("only %d triggers have a check", len(showing))
	}
	for _, trigger := range triggers {
		shown := false
		for _, rest := range showing[trigger.ID] {
			shown = shown || breaks(t, book, rest.Check, trigger)
		}
		if shown != trigger.Unchecked.IsZero() {
			t.Errorf("%s: a broken check shows it: %v; a reason for having none: %q", trigger.ID, shown, trigger.Unchecked.EN)
		}
	}
}

// breaks reports whether an example of what is wrong leaves the risk open.
func breaks(t *testing.T, book *rulebook.Rulebook, check *rulebook.Check, risk *rulebook.Article) bool {
	t.Helper()
	for _, e := range check.Examples() {
		if e.Good {
			continue
		}
		frame, platform := book.Frame(patched(t, e, book.Baseline()), check.AsOf())
		j, err := check.Judge(frame, platform)
		if err != nil {
			t.Fatal(err)
		}
		failed := slices.ContainsFunc(j.Items, func(item rulebook.Judged) bool { return item.Outcome == finding.Fail })
		if failed && slices.Contains(check.RisksAt(check.LevelAt(frame, platform), check.AsOf()), risk) {
			return true
		}
	}
	return false
}

// The program counts the risks that failing checks leave open, and names the
// checks.
func TestOpenRisksAreCounted(t *testing.T) {
	r := openRepo(t)
	honest := r.check(t, r.described(t, "government-services"), rulebook.Example{})
	broken := r.check(t, r.described(t, "government-services"), changes([]string{"/network/defences []"}))
	lower := r.check(t, r.described(t, "government-services"), changes([]string{"/network/defences []", "/platform/mlps_level 1"}))
	if honest.Risks.Open != 0 || honest.Risks.Applicable < 15 {
		t.Errorf("the honest description leaves %d of %d open", honest.Risks.Open, honest.Risks.Applicable)
	}
	var named []string
	for _, risk := range broken.Risks.Named {
		named = append(named, risk.ID)
		if len(risk.Checks) == 0 {
			t.Errorf("%s names no check", risk.ID)
		}
	}
	for _, want := range []string{"gabz-2025/A-09", "gabz-2025/A-11", "gabz-2025/A-13", "gabz-2025/A-14", "gabz-2025/A-23"} {
		if !slices.Contains(named, want) {
			t.Errorf("without defences %s is not open: %v", want, named)
		}
	}
	unread := r.described(t, "government-services")
	unread.topics, unread.files = maps.Clone(unread.topics), maps.Clone(unread.files)
	delete(unread.topics, "network")
	unread.files[unread.path+"/network.yaml"] = &fstest.MapFile{Data: []byte("defences:\n\t- none\n")}
	if risks := r.check(t, unread, rulebook.Example{}).Risks; risks.Undecided == 0 || risks.Undecided != risks.Open || broken.Risks.Undecided > 0 {
		t.Errorf("of a file that cannot be read %d of %d risks are undecided; of no defences %d", risks.Undecided, risks.Open, broken.Risks.Undecided)
	}
	if broken.Risks.Open != len(named) || lower.Risks.Open != 0 {
		t.Errorf("%d are open and %d named; at level 1, which no trigger is about, %d are open", broken.Risks.Open, len(named), lower.Risks.Open)
	}
}
