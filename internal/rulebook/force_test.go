package rulebook_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/rulebook"
)

// judgedOn says what a check makes of the stores on a day, why not, and when
// that may change.
func judgedOn(t *testing.T, book *rulebook.Rulebook, check, stores, on string, level int) string {
	t.Helper()
	frame, _ := frameOn(t, book, stores, on)
	j, err := book.Check(check).Judge(frame, level)
	if err != nil {
		t.Fatal(err)
	}
	if !j.OutOfForce.IsZero() {
		return fmt.Sprint(j.Applies, len(j.Items), " ", j.OutOfForce.EN, " ", j.Flips)
	}
	return fmt.Sprint(told(j), " ", j.Flips)
}

// No one is held to an article before its first day nor after its last, and both
// are foretold. What only supports a demand decides nothing.
func TestArticlesBindInTheirTime(t *testing.T) {
	carried := registered(t, "{ default: { source: [safety-law/24, safety-law/23.2] } }")
	supported := registered(t, "{ default: { source: [safety-law/23.2, safety-law/24] } }")
	limited := registered(t, "{ default: { source: safety-law/23.2 } }").edit(t, checksFile,
		"level3: { value: P180D, basis: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } }", "level3: { value: P180D, basis: { source: safety-law/24 } }")
	known := known(t, carried.tree())
	const passes = "files/east pass; files/west pass"
	for _, c := range []struct {
		name, check string
		book        *rulebook.Rulebook
		level       int
		on, want    string
	}{
		{"before", "stores.second-copy", carried.load(t), 3, "2026-02-28", "false 0 rests on Safety Law (2025) art. 24, which is in force only from 2026-03-01 [2026-03-01]"},
		{"on the first day", "stores.second-copy", carried.load(t), 3, "2026-03-01", passes + " [2028-01-01]"},
		{"on the last day", "stores.second-copy", carried.load(t), 3, "2027-12-31", passes + " [2028-01-01]"},
		{"after", "stores.second-copy", carried.load(t), 3, "2028-01-01", "false 0 rests on Safety Law (2025) art. 24, which was in force only until 2027-12-31 []"},
		{"remembered", "stores.second-copy", carried.loadKnown(t, known), 3, "2028-01-01", "false 0 rests on Safety Law (2025) art. 24, which was in force only until 2027-12-31 []"},
		{"the supporting one is over", "stores.second-copy", supported.load(t), 3, "2028-01-01", passes + " []"},
		{"the limit's is over", "stores.fresh", limited.load(t), 3, "2028-01-01", "false 0 rests on Safety Law (2025) art. 24, which was in force only until 2027-12-31 []"},
		{"no limit of that level", "stores.fresh", limited.load(t), 2, "2026-12-01", "files pass [2027-11-02]"},
		{"a level is enough", "stores.fresh", limited.load(t), rulebook.NoLevel, "2026-12-01", "files pass [2027-05-01 2028-01-01]"},
	} {
		if got := judgedOn(t, c.book, c.check, storesYAML, c.on, c.level); got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// What happened before there was an article is not held to it; a range that is
// emptied by that counts as if it were stated to be empty.
func TestArticlesDoNotReachBack(t *testing.T) {
	dated := registered(t, "{ default: { source: safety-law/23.2 } }").edit(t, checksFile, faultsStep, "each: [{ fault: stores.faults, dated: fault.found }]")
	content, mended, _ := strings.Cut(string(dated[checksFile].Data), "id: stores.mended")
	mended = strings.Replace(mended, "basis: { default: { kind: default, source: { zh: 默认, en: default }, confidence: unverified } }", "basis: { default: { source: safety-law/23.2 } }", 1)
	book := dated.with(checksFile, content+"id: stores.mended"+mended).load(t)
	const broken = "fail at /faults/0: fault a is not mended | 故障 a 未修复"
	for faults, want := range map[string]string{
		"{ id: a, found: 2025-12-31 }": "pass []",
		"{ id: a, found: 2026-01-01 }": "a " + broken + " []",
		"{ id: a }":                    "a " + broken + " []",
		"{ id: a, found: 2025-06-01 }, { id: b, found: 2026-06-01, mended: 2026-06-02 }": "b pass []",
	} {
		if got := judgedOn(t, book, "stores.mended", withFaults(faults), "2026-12-01", 3); got != want {
			t.Errorf("%s: got  %s\nwant %s", faults, got, want)
		}
	}
	if got := judgedOn(t, dated.load(t), "stores.mended", withFaults("{ id: a, found: 2025-12-31 }"), "2026-12-01", 3); got != "a "+broken+" []" {
		t.Errorf("a default of ours does not reach back: %s", got)
	}
}
