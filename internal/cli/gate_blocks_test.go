package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// Each reason stops a change by itself.
func TestEachReasonBlocks(t *testing.T) {
	all := "    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01"
	worst := strings.NewReplacer("    keep: 90", "    keep: 5", elsewhere, "", "2026-11-01", "2025-01-01").Replace
	for _, c := range []struct {
		name string
		// policy is severity, max_drop, minimum, required_clauses.
		severity          string
		drop, minimum     int
		required          string
		before, after     func(string) string
		block             string
		blocking, newOnes int
	}{
		{"a new finding", "major", 100, 0, "", nil, func(s string) string { return strings.Replace(s, elsewhere, "", 1) }, "at or above the gate's severity", 1, 1},
		{"points lost", "blocker", 2, 0, "", nil, func(s string) string { return strings.Replace(s, elsewhere, "", 1) }, "the raw score falls from", 0, 1},
		{"below the minimum and worse", "blocker", 100, 100, "", func(s string) string { return strings.Replace(s, "keep: 90", "keep: 5", 1) },
			func(s string) string { return strings.Replace(s, elsewhere, "", 1) }, "below the minimum", 0, 1},
		{"compliance lost", "blocker", 100, 0, `"2.1.1"`, nil, worst, "was compliant and no longer is", 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Checkout("main")
			policy := edited(t, g, "checks/policy.yaml", "severity: major", "severity: "+c.severity, "max_drop: 2", fmt.Sprintf("max_drop: %d", c.drop),
				"minimum: 60", fmt.Sprintf("minimum: %d", c.minimum), `required_clauses: ["2.1.1"]`, "required_clauses: ["+c.required+"]")
			// Only what rests on more than our defaults costs compliance.
			rules := strings.ReplaceAll(read(t, g.Dir, "checks/stores.yaml"), "basis: { default: { kind: default, source: fixture, confidence: unverified } }",
				"basis: { default: { source: copies-2019/8.3 } }")
			description := read(t, g.Dir, stores)
			if !strings.Contains(description, all) {
				t.Fatal("the fixture has changed")
			}
			if c.before != nil {
				description = c.before(description)
			}
			// At level 2 no check of these is a veto.
			g.Commit("base", gittest.Files{"checks/policy.yaml": policy, "checks/stores.yaml": rules, stores: description, header: edited(t, g, header, "mlps_level: 3", "mlps_level: 2")})
			g.Branch("worse")
			g.Commit("worse", gittest.Files{stores: c.after(description)})
			j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			if len(j.Blocks) != 1 || !strings.Contains(j.Blocks[0].EN, c.block) {
				t.Errorf("blocks %+v", j.Blocks)
			}
			blocking := 0
			for _, f := range j.Findings {
				if f.Blocking {
					blocking++
				}
			}
			if blocking != c.blocking || len(j.Findings) != c.newOnes {
				t.Errorf("%d of %d findings block: %+v", blocking, len(j.Findings), j.Findings)
			}
		})
	}
}

// A new platform that does not comply is stopped even where none of its findings
// is grave enough.
func TestNewPlatformMustComply(t *testing.T) {
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("only vetoes block", gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "severity: major", "severity: blocker")})
	g.Branch("two")
	if err := fixturePlatform(g.Dir, "two"); err != nil {
		t.Fatal(err)
	}
	g.Commit("two", gittest.Files{"platforms/two/stores.yaml": strings.NewReplacer("keep: 90", "keep: 5", elsewhere, "", "2026-11-01", "2025-01-01").Replace(read(t, g.Dir, stores)),
		"platforms/two/platform.yaml": edited(t, g, "platforms/two/platform.yaml", "mlps_level: 3", "mlps_level: 2")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	for _, block := range j.Blocks {
		if !strings.Contains(block.EN, "the new platform does not comply") {
			t.Errorf("blocks %+v", j.Blocks)
		}
	}
}
