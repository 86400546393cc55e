package rulebook_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/rulebook"
)

// announced is the tiny rulebook with a key put into a check.
func announced(t *testing.T, check, key string) files {
	t.Helper()
	return tiny(t).edit(t, checksFile, "id: "+check+"\n", "id: "+check+"\n    "+key+"\n")
}

const (
	defaultBasis = "basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified }"
	tighter      = "tightened: [{ limit: min_days, effective_on: 2027-07-01, levels: { default: { value: 90, " + defaultBasis + " } } }]"
	city         = "checks/overlays/city.yaml"
)

// A check that is announced is held against nobody before its day, and says on which
// day it will be; what happened before is not held to it.
func TestACheckComesIntoForce(t *testing.T) {
	files := announced(t, "stores.mended", "effective_on: 2027-07-01").edit(t, checksFile, faultsStep, "each: [{ fault: stores.faults, dated: fault.found }]")
	broken := withFaults("{ id: a, found: 2027-06-30 }, { id: b, found: 2027-07-01 }")
	for name, book := range map[string]*rulebook.Rulebook{"read": files.load(t), "remembered": files.loadKnown(t, known(t, files.tree()))} {
		for on, want := range map[string]string{
			"2027-06-30": "false 0 is asked for only from 2027-07-01 on [2027-07-01]",
			"2027-07-01": "b fail at /faults/1: fault b is not mended | 故障 b 未修复 []",
		} {
			if got := judgedOn(t, book, "stores.mended", broken, on, 3); got != want {
				t.Errorf("%s, %s: got  %s\nwant %s", name, on, got, want)
			}
		}
		frame, level := frameOn(t, book, broken, "2027-06-30")
		before, err := book.Check("stores.mended").Judge(frame, level)
		if err != nil || before.Upcoming == nil || *before.Upcoming != day(t, "2027-07-01") {
			t.Errorf("%s: comes into force on %v, %v", name, before.Upcoming, err)
		}
		ahead, err := book.Check("stores.mended").JudgeAhead(frame, level)
		if got := told(ahead); err != nil || !strings.Contains(got, "b fail") || strings.Contains(got, "a fail") {
			t.Errorf("%s: ahead %s, %v", name, got, err)
		}
	}
	// Its examples are judged on the day of the file, as if it were in force.
	if ran, defects := files.load(t).Test(); len(defects) > 0 || ran == 0 {
		t.Error(defects)
	}
	// A later article is one to rest on from its day.
	later := registered(t, "{ default: { source: safety-law/24 } }").edit(t, checksFile, "as_of: 2026-12-01", "as_of: 2026-02-01")
	if got := fmt.Sprint(later.defects(t)); !strings.Contains(got, "in force only from 2026-03-01") {
		t.Error(got)
	}
	later.edit(t, checksFile, "id: stores.second-copy\n", "id: stores.second-copy\n    effective_on: 2026-03-01\n").load(t)
}

// A limit that is announced is stricter from its day, for what happens from then on.
func TestALimitIsTightenedOnADay(t *testing.T) {
	files := announced(t, "stores.kept", tighter)
	for name, book := range map[string]*rulebook.Rulebook{"read": files.load(t), "remembered": files.loadKnown(t, known(t, files.tree()))} {
		for on, want := range map[string]string{"2027-06-30": "30 30 60 60 60", "2027-07-01": "90 90 90 90 90"} {
			if got := limits(book.On(day(t, on)).Check("stores.kept"), "min_days"); got != want {
				t.Errorf("%s, %s: %s, want %s", name, on, got, want)
			}
		}
		stage := book.On(day(t, "2030-01-01"))
		if stage.On(day(t, "2026-01-01")) != book || stage.Digest != book.Digest || stage.Digest == "" {
			t.Errorf("%s: the rulebook of a day does not lead back to that of another", name)
		}
		versions := book.Announced("stores.kept", day(t, "2026-12-01"))
		if len(versions) != 1 || versions[0].From != day(t, "2027-07-01") || len(book.Announced("stores.kept", day(t, "2027-07-01"))) != 0 || len(book.Announced("stores.fresh", day(t, "2026-12-01"))) != 0 {
			t.Errorf("%s: %v", name, versions)
		}
	}
	for name, wrong := range map[string]string{
		"an announced limit may only tighten: 20 is looser than 30": strings.Replace(tighter, "90", "20", 1),
		`check stores.kept has no limit "max_days"`:                 strings.Replace(tighter, "min_days", "max_days", 1),
		"the limit 30 is what it was: nothing is tightened":         strings.Replace(tighter, "90", "30", 1),
		`"soon" is not a date`:                                      strings.Replace(tighter, "2027-07-01", "soon", 1),
	} {
		if got := fmt.Sprint(announced(t, "stores.kept", wrong).defects(t)); !strings.Contains(got, name) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What happened before a limit became stricter is held to the limit of its own day.
func TestATighterLimitDoesNotReachBack(t *testing.T) {
	files := tiny(t).edit(t, checksFile, faultsStep+"\n    assert: past(fault.mended)", "each: [{ fault: stores.faults, dated: fault.found }]\n    assert: within(fault.found, fault.mended, limits.max_time)\n    limits: { max_time: { default: { value: P30D, "+defaultBasis+
		" } } }\n    tightened: [{ limit: max_time, effective_on: 2027-07-01, levels: { default: { value: P10D, "+defaultBasis+" } } }]")
	faults := withFaults("{ id: a, found: 2027-06-30, mended: 2027-07-20 }, { id: b, found: 2027-07-01, mended: 2027-07-20 }, { id: c, found: 2027-05-01, mended: 2027-07-20 }")
	for name, book := range map[string]*rulebook.Rulebook{"read": files.load(t), "remembered": files.loadKnown(t, known(t, files.tree()))} {
		got := judgedOn(t, book.On(day(t, "2027-12-01")), "stores.mended", faults, "2027-12-01", 3)
		if !strings.Contains(got, "a pass") || !strings.Contains(got, "b fail") || !strings.Contains(got, "c fail") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// An overlay comes into force as a whole or piece by piece, in the order of the days.
func TestAnOverlayComesIntoForce(t *testing.T) {
	const whole = "effective_on: 2027-07-01\n"
	tightening := overlay("stores.fresh", "max_age", "default=P100D")
	own := tightening + "    effective_on: 2027-10-01\n"
	dropping := "title: { zh: 本市, en: Local }\nnote: { zh: 本市规定, en: Local rules }\n" + whole + `decisions:
  - { effect: drop, check: stores.safes, decided_by: 监管岗, on: 2026-10-08, source: { zh: 本市办法, en: local rules }, reason: { zh: 不用, en: not used } }
`
	for _, c := range []struct{ name, overlay, on, want string }{
		{"before", whole + tightening, "2027-06-30", "P1Y P1Y P180D P180D P180D"},
		{"from the day", whole + tightening, "2027-07-01", "P100D P100D P100D P100D P100D"},
		{"of its own day before", whole + own, "2027-09-30", "P1Y P1Y P180D P180D P180D"},
		{"of its own day", whole + own, "2027-10-01", "P100D P100D P100D P100D P100D"},
	} {
		book := tiny(t).with(city, c.overlay).load(t, "city")
		if got := limits(book.On(day(t, c.on)).Check("stores.fresh"), "max_age"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	book := tiny(t).with(city, dropping).load(t, "city")
	for on, dropped := range map[string]bool{"2027-06-30": false, "2027-07-01": true} {
		if got := book.On(day(t, on)).Check("stores.safes").Drop() != nil; got != dropped {
			t.Errorf("on %s dropped: %t", on, got)
		}
	}
	// A decision holds from the day on which it is taken, or the later one that it states.
	for stated, first := range map[string]string{"": "2027-03-01", "effective_on: 2027-01-01\n": "2027-03-01", whole: "2027-07-01"} {
		book := tiny(t).with(city, strings.Replace(strings.Replace(dropping, whole, stated, 1), "2026-10-08", "2027-03-01", 1)).load(t, "city")
		on := day(t, first)
		if book.On(on.PreviousDay()).Check("stores.safes").Drop() != nil || book.On(on).Check("stores.safes").Drop() == nil {
			t.Errorf("%q: a decision of 2027-03-01 does not hold from %s on", stated, first)
		}
	}
	// The base announces one limit, the overlay another day: the stricter one holds.
	both := announced(t, "stores.kept", tighter).with(city, "effective_on: 2027-01-01\n"+overlay("stores.kept", "min_days", "default=70")).load(t, "city")
	for on, want := range map[string]string{"2026-12-31": "30 30 60 60 60", "2027-01-01": "70 70 70 70 70", "2027-07-01": "90 90 90 90 90"} {
		if got := limits(both.On(day(t, on)).Check("stores.kept"), "min_days"); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
}
