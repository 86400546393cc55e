package examine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hegui/internal/examine"
	"hegui/internal/finding"
)

// caused is the one finding that checks wait for.
func caused(t *testing.T, p *examine.Platform) finding.Finding {
	t.Helper()
	i := slices.IndexFunc(p.Findings, func(f finding.Finding) bool { return len(f.Waiting) > 0 })
	if i < 0 {
		t.Fatalf("nothing is waited for: %q", told(p))
	}
	return p.Findings[i]
}

const waiverOf = `waivers:
  - { id: w, check: CHECK, reason: 机房搬迁，暂时无法备份, requested_by: 平台运维岗, approved_by: 市数据局安全岗, approved_on: 2026-11-01, expires: 2027-01-31, evidence: evidence/run.md }
`

// What is waited for is as severe as the severest check that waits and is not
// waived, a defect major at least, and bears the clauses of those that wait.
func TestCausesWeigh(t *testing.T) {
	waive := func(check string) string { return strings.Replace(waiverOf, "CHECK", check, 1) }
	misspelt := strings.Replace(twoSets, "keep: 90", "keep: ninety", 1)
	if misspelt == twoSets {
		t.Fatal("nothing changed")
	}
	undated := strings.Replace(twoSets, "2026-11-01", "2026-11-31", 1)
	silent := strings.Replace(twoSets, "    records: [{ date: 2026-11-01, evidence: evidence/run.md }]\n", "", 1)
	for _, c := range []struct {
		name     string
		files    map[string]string
		check    string
		severity finding.Severity
		waived   bool
	}{
		{"a defect that a minor check reads", map[string]string{"stores.yaml": misspelt}, "schema.type", finding.Major, false},
		{"waived checks spare no defect", map[string]string{"stores.yaml": undated, "waivers.yaml": waive("stores.fresh")}, "schema.format", finding.Major, false},
		{"a topic that cannot be read", map[string]string{"stores.yaml": "sets: [\n"}, "document.syntax", finding.Blocker, false},
		{"a missing fact", map[string]string{"stores.yaml": silent}, "fact.missing", finding.Major, false},
		{"all that wait for a fact are waived", map[string]string{"stores.yaml": silent, "waivers.yaml": waive("stores.fresh")}, "fact.missing", finding.Major, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := examined(t, c.files, nil)
			f := caused(t, p)
			if f.Check != c.check || f.Severity != c.severity || f.Waived != c.waived || (len(f.Clauses) == 0) != strings.HasPrefix(c.name, "waived") {
				t.Errorf("%s %s, waived %v, clauses %v, for %v: %q", f.Severity, f.Check, f.Waived, f.Clauses, f.Waiting, told(p))
			}
			for _, check := range p.Checks {
				if waits := slices.Contains(check.CausedBy(), f.Fingerprint); waits != slices.Contains(f.Waiting, check.Rule.ID) {
					t.Errorf("%s waits: %v, it says %v", check.Rule.ID, waits, f.Waiting)
				}
			}
		})
	}
}

// What a check waits for is what its items wait for, each once and sorted, and they keep
// their own.
func TestCausedBy(t *testing.T) {
	c := examine.Check{Items: []examine.Item{{}, {CausedBy: make([]string, 2, 3)}, {CausedBy: []string{"b"}}, {CausedBy: []string{"a", "c"}}}}
	copy(c.Items[1].CausedBy, []string{"a", "c"})
	if got := c.CausedBy(); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("the check waits for %v", got)
	}
	if own := c.Items[1].CausedBy; !slices.Equal(own[:3], []string{"a", "c", ""}) {
		t.Errorf("an item waits for %v", own[:3])
	}
}

// Where each item waits for something of its own they are sorted once.
func TestCausedByOfMany(t *testing.T) {
	var c examine.Check
	for i := range 1000 {
		c.Items = append(c.Items, examine.Item{CausedBy: []string{fmt.Sprint(i)}})
	}
	if allocs := testing.AllocsPerRun(1, func() { _ = c.CausedBy() }); allocs > 50 {
		t.Errorf("%v lists for 1000 items", allocs)
	}
}
