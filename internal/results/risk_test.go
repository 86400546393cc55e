package results_test

import (
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// The public learns how many risks are open, never which: that would lead an
// attacker.
func TestOpenRisksAreNotNamedToThePublic(t *testing.T) {
	p := results.Platform{Sensitivity: "internal", Risks: &results.Risks{Applicable: 3, Open: 1,
		Named: []results.Risk{{ID: "list/lost", Number: lang.Same("L"), Text: lang.Text{ZH: "丢失", EN: "lost"}, Checks: []string{"stores.kept"}}}}}
	for audience, named := range map[results.Audience]bool{results.Public: false, results.Internal: true, results.Assessor: true} {
		seen := p.For(audience).Risks
		if seen.Applicable != 3 || seen.Open != 1 || len(seen.Named) > 0 != named || strings.Contains(seen.Said().EN, "(L)") != named {
			t.Errorf("%s sees %+v: %s", audience, seen, seen.Said().EN)
		}
	}
	if said := p.Risks.Said(); said.EN != "possible major risks: 1 (L); only an MLPS assessment can tell" || !strings.Contains(said.ZH, "1 项：L；") {
		t.Errorf("%+v", said)
	}
	p.Risks.Named = append(p.Risks.Named, results.Risk{Number: lang.Same("M"), Waits: true})
	p.Risks.Open, p.Risks.Undecided = 2, 1
	if said := p.Risks.Said().EN; said != "possible major risks: 1 (L); only an MLPS assessment can tell; 1 more cannot be told yet" {
		t.Error(said)
	}
	if waits := (&results.Risks{Applicable: 3, Open: 2, Undecided: 2}).Said(); strings.Contains(waits.EN, "possible major risks:") || !strings.Contains(waits.EN, "2 wait") {
		t.Errorf("%+v", waits)
	}
	if none := (&results.Risks{Applicable: 3}).Said(); none.EN != "no possible major risk found (3 looked for)" {
		t.Errorf("%+v", none)
	}
	if none := (*results.Risks)(nil).Said(); !none.IsZero() {
		t.Errorf("%+v", none)
	}
}
