package hegui_test

import (
	"slices"
	"testing"

	"hegui/internal/rulebook"
)

// A platform that has just gone live owes no record of a year that has not passed. What
// is on record is judged from the first day on, and a year later all of it is owed.
func TestWhatHasJustBegunOwesNoYearlyRecord(t *testing.T) {
	r := openRepo(t)
	d := r.described(t, "government-services")
	live := func(on string, more map[string]string, remove ...string) rulebook.Example {
		set := map[string]string{"/platform/go_live": on}
		for _, system := range []string{"0", "1", "2"} {
			set["/platform/systems/"+system+"/go_live"] = on
		}
		for pointer, value := range more {
			set[pointer] = value
		}
		return example(t, set, remove)
	}
	never := []string{"/training/outreach", "/training/sessions", "/assessment/operator_appraisals"}
	badly := map[string]string{"/training/sessions/-": "{ id: poor, date: 2026-11-28, audience: all, topics: [awareness], hours: 2, headcount: 165, attended: 3, passed: 1, evidence: evidence/training-staff-202605.md }"}
	for _, c := range []struct {
		name   string
		change rulebook.Example
		check  string
		want   string // its outcome
	}{
		{"nothing on record yet", live("2026-11-15", nil, never...), "training.outreach-yearly", "not_applicable"},
		{"nothing that others look at", live("2026-11-15", nil, never...), "training.attendance", "not_applicable"},
		{"the year is over today", live("2025-12-01", nil, never...), "training.outreach-yearly", "not_applicable"},
		{"the year is over", live("2025-11-30", nil, never...), "training.outreach-yearly", "fail"},
		{"it does not say since when", example(t, nil, append([]string{"/platform/go_live"}, never...)), "training.outreach-yearly", "fail"},
		{"what is on record is judged", live("2026-11-15", badly), "training.staff-yearly", "fail"},
		{"and counts", live("2026-11-15", nil), "training.outreach-yearly", "pass"},
	} {
		found := r.check(t, d, c.change)
		// Nor is it praised for what it has not done yet: the sample is excellent.
		if c.want == "not_applicable" && found.Grade.ID != "good" {
			t.Errorf("%s: it is %s", c.name, found.Grade.ID)
		}
		i := slices.IndexFunc(found.Checks, func(check struct{ ID, Outcome string }) bool { return check.ID == c.check })
		if i < 0 || found.Checks[i].Outcome != c.want {
			t.Errorf("%s: %s is not %s: %v", c.name, c.check, c.want, found.told())
		}
	}
}
