package examine_test

import (
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/term"
)

// A waiver for a finding that no check makes is told what such a waiver may do,
// and never that there is no such check.
func TestWaiversOfOwnFindings(t *testing.T) {
	complaint := func(id string) string {
		p := examined(t, map[string]string{"waivers.yaml": strings.Replace(waiver, "stores.fresh", id, 1)}, nil)
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "waiver.") {
				return f.Check
			}
		}
		return string(p.Waivers[0].State)
	}
	want := map[term.Release]string{term.NotWaivable: "waiver.not_waivable", term.Waivable: "waiver.unused", term.Releasable: string(examine.WaiverActive)}
	for _, family := range term.Families() {
		for _, k := range []term.Kind{family.Kinds[0], family.Kinds[len(family.Kinds)-1]} {
			if id := family.ID + "." + k.ID; complaint(id) != want[family.Release] {
				t.Errorf("a waiver for %s: %s, want %s", id, complaint(id), want[family.Release])
			}
		}
		if got := complaint(family.ID + ".no_such_thing"); got != "waiver.unknown_check" {
			t.Errorf("a waiver for what %s.* never holds: %s", family.ID, got)
		}
	}
}
