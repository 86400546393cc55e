package cli_test

import (
	"strings"
	"testing"

	"hegui/internal/cli"
)

// Honest changes of a real platform, judged by the built-in rulebook, each in one pull
// request: none is stopped, and what it puts on record is reported.
func TestHonestChanges(t *testing.T) {
	const (
		own      = "platforms/a/platform.yaml"
		flaws    = "platforms/a/hardening.yaml"
		copies   = "platforms/a/backups.yaml"
		events   = "platforms/a/contingency.yaml"
		excuses  = "platforms/a/waivers.yaml"
		new      = "platforms/a/evidence/new-202611.md"
		level    = "stage: operating\nmlps_level: "
		critical = "  critical:\n    count: 0\n"
		open     = "  critical:\n    count: 3\n    oldest_found: 2026-11-25\n"
		counted  = "  counted: 2026-11-26\n"
		register = "  evidence: evidence/hardening-register-202611.md\n"
		medium   = "  medium:\n    count: 2\n"
		incident = "incidents:\n"
		restored = "    restore_tests:\n      - id: restore-2026-04\n"
	)
	filed := []string{new, "", "记录\n"}
	with := func(edits ...string) []string { return append(edits, filed...) }
	g := trading(t)
	for _, c := range []struct {
		name         string
		base, change []string
		// reported is a check, or the topic of one, of which the change puts a failure on record.
		reported string
	}{
		{"a level is raised", []string{own, level + "3", level + "2"}, []string{own, level + "2", level + "3"}, ""},
		{"it faces the internet, though it does not comply", []string{own, "internet_facing: true", "internet_facing: false", flaws, critical, open}, []string{own, "internet_facing: false", "internet_facing: true"}, ""},
		{"planned first, in operation then", []string{own, "stage: operating", "stage: planning"}, []string{own, "stage: planning", "stage: operating"}, ""},
		{"a waiver is renewed", nil, []string{excuses, "approved_on: 2026-09-15\n    expires: 2027-03-31", "approved_on: 2026-11-20\n    expires: 2027-09-30"}, ""},
		{"a platform is decommissioned", []string{"checks/waivers/ggzy.yaml", "", scopeWaiver("switch", "stage=retired")}, with(own, "stage: operating", "retirement: { date: 2026-11-30, evidence: evidence/new-202611.md }\nstage: retired"), ""},
		{"one of two vetoes goes", []string{flaws, critical, open, copies, "        ok: true\n        duration: PT4H20M", "        ok: false\n        duration: PT4H20M"}, with(flaws, open, critical, flaws, counted, "  counted: 2026-11-28\n", flaws, register, "  evidence: evidence/new-202611.md\n"), ""},
		{"an incident told five hours late", nil, with(events, incident, incident+"  - id: incident-2026-11\n    discovered: 2026-11-24T08:00:00+08:00\n    level: larger\n    state: resolved\n    reported: 2026-11-24T13:00:00+08:00\n    resolved: 2026-11-25\n    summarised: 2026-11-28\n    evidence: evidence/new-202611.md\n"), "contingency.incident-reported"},
		{"a restore that failed", nil, with(copies, restored, "    restore_tests:\n      - id: restore-2026-11\n        date: 2026-11-24\n        scope: full\n        ok: false\n        duration: PT6H\n        evidence: evidence/new-202611.md\n      - id: restore-2026-04\n"), "backups.restore-full"},
		{"a count from 14 to 16", []string{flaws, medium, "  medium:\n    count: 14\n"}, with(flaws, "  medium:\n    count: 14\n", "  medium:\n    count: 16\n", flaws, counted, "  counted: 2026-11-28\n", flaws, register, "  evidence: evidence/new-202611.md\n"), ""},
		{"a drill that took too long", nil, with(copies, "  drills:\n", "  drills:\n    - id: recovery-2026-11\n      date: 2026-11-24\n      measured_rto: PT20H\n      measured_rpo: PT20M\n      evidence: evidence/new-202611.md\n"), "backups."},
		{"vulnerabilities that were found", nil, with(flaws, critical, open, flaws, counted, "  counted: 2026-11-28\n", flaws, register, "  evidence: evidence/new-202611.md\n"), "hardening.critical-fixed"},
	} {
		g.Checkout("main")
		base, head := strings.ReplaceAll(c.name, " ", "-")+"-base", strings.ReplaceAll(c.name, " ", "-")
		g.Branch(base)
		if c.base != nil {
			g.Commit("base", rewritten(t, g, c.base))
		}
		g.Branch(head)
		g.Commit("change", rewritten(t, g, c.change))
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := gate(t, g.Dir, cli.Compliant, "--base", base, "--head", head)
			var reported []string
			for _, f := range j.Findings {
				if f.Reported {
					reported = append(reported, f.Check)
				}
			}
			if c.reported != "" && !strings.Contains(strings.Join(reported, " "), c.reported) {
				t.Errorf("reported %q, want %s", reported, c.reported)
			}
			if len(j.Platforms) != 1 {
				t.Errorf("%+v", j.Platforms)
			}
		})
	}
}
