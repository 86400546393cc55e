package cli_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
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
		support  = "platforms/a/support.yaml"
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
		{"a ticket is answered and leaves the open list", nil, with(support, "waiting:\n  - id: t-2026-0947\n    received: 2026-11-26\n    evidence:\n      ref: 工单 t-2026-0947\n      held_by: 服务大厅管理岗\n", "waiting: []\n",
			support, "consultations:\n", "consultations:\n  - id: enquiries-2026-11\n    date: 2026-11-30\n    total: 480\n    first_reply_days: 0.7\n    close_days: 4\n    solved: 470\n    evidence: evidence/new-202611.md\n"), ""},
		{"it is critical infrastructure", nil, []string{own, "critical_infrastructure: false", "critical_infrastructure: true"}, ""},
		{"it is a portal", nil, []string{own, "government_portal: false", "government_portal: true"}, ""},
		{"it is run by a public institution", []string{own, "public_institution: true", "public_institution: false"}, []string{own, "public_institution: false", "public_institution: true"}, ""},
		{"it holds important data", nil, []string{own, "important_data: false", "important_data: true"}, ""},
		{"a building platform goes on trial", []string{own, "stage: operating", "stage: building"}, []string{own, "stage: building", "stage: trial"}, ""},
		{"an order is followed", []string{own, "orders: []", "orders:\n  - id: o1\n    date: 2026-09-10\n    authority: 云州市互联网信息办公室\n    matter: 缺少隐私政策说明\n    due: 2026-10-10\n    evidence: evidence/platform-certificate-202503.md"}, []string{own, "    due: 2026-10-10\n", "    due: 2026-10-10\n    rectified: 2026-10-09\n"}, ""},
		{"a finding of a drill is closed", nil, []string{events, "      - id: opening-hall-ups\n", "      - id: opening-hall-lamps\n        due: 2026-12-31\n      - id: opening-hall-ups\n"}, ""},
		{"an incident is told and over", nil, with(events, incident, incident+"  - id: incident-2026-11\n    discovered: 2026-11-24T08:00:00+08:00\n    level: larger\n    state: resolved\n    reported: 2026-11-24T08:40:00+08:00\n    resolved: 2026-11-25\n    summarised: 2026-11-28\n    evidence: evidence/new-202611.md\n"), ""},
		{"an incident is less grave than it seemed", nil, with(events, "    level: larger\n", "    level: general\n", events, "    evidence: evidence/contingency-incident-202605.md", "    evidence: [evidence/contingency-incident-202605.md, evidence/new-202611.md]"), ""},
		{"what was open is fixed", []string{flaws, critical, open}, with(flaws, open, critical, flaws, counted, "  counted: 2026-11-28\n", flaws, register, "  evidence: evidence/new-202611.md\n"), ""},
		{"a certificate is renewed", nil, []string{"platforms/a/encryption.yaml", "    expires: 2027-02-28\n", "    expires: 2030-02-28\n"}, ""},
		{"a newer backup, and the older one goes", nil, with(copies, "      - id: run-2026-11\n        date: 2026-11-28\n        success_rate: 99.8\n        longest_gap: PT23H30M\n        last_full: 2026-11-28\n        evidence: evidence/backups-run-202611.md\n", "      - id: run-2026-12\n        date: 2026-11-30\n        success_rate: 99.8\n        longest_gap: PT23H30M\n        last_full: 2026-11-28\n        evidence: evidence/new-202611.md\n"), ""},
		{"another user", nil, []string{own, "user_units:\n", "user_units:\n  - 云州市民政局\n"}, ""},
		{"more people", nil, []string{own, "personal_info_subjects: 86000", "personal_info_subjects: 91000"}, ""},
		{"a restore succeeds after one that failed", []string{copies, restored, "    restore_tests:\n      - id: bad\n        date: 2026-11-24\n        scope: full\n        ok: false\n        duration: PT6H\n        evidence: evidence/backups-restore-202606.md\n      - id: restore-2026-04\n"},
			with(copies, "      - id: bad\n", "      - id: good\n        date: 2026-11-29\n        scope: full\n        ok: true\n        duration: PT4H\n        evidence: evidence/new-202611.md\n      - id: bad\n"), ""},
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

// Changes of whole files and folders, and of what lies beside them, are no worse for
// any platform.
func TestChangesOfManyFiles(t *testing.T) {
	g := trading(t)
	every := func(rewrite func(string) string) func() {
		return func() {
			for name := range strings.Lines(g.Git("ls-files", "platforms/*.yaml")) {
				name = strings.TrimSpace(name)
				g.Write(gittest.Files{name: rewrite(read(t, g.Dir, name))})
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func()
		told   []string
	}{
		{"Windows line ends", every(func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }), nil},
		{"byte order marks", every(func(s string) string { return "\ufeff" + s }), nil},
		{"comments", every(func(s string) string { return strings.ReplaceAll("# 说明\n"+s, "\n- ", "\n# 说明\n- ") }), nil},
		{"wider indentation", every(func(s string) string { return strings.ReplaceAll(s, "\n  ", "\n     ") }), nil},
		{"a folder is moved, and edited", func() {
			g.Write(gittest.Files{"platforms/bureau/x": "x"})
			g.Git("mv", "platforms/a", "platforms/bureau/trading")
			g.Write(gittest.Files{"platforms/bureau/x": gittest.Gone, "platforms/bureau/trading/platform.yaml": edited(t, g, "platforms/bureau/trading/platform.yaml", "personal_info_subjects: 86000", "personal_info_subjects: 91000")})
		}, nil},
		{"a site has another name", every(func(s string) string { return strings.ReplaceAll(s, "dc-east", "dc-north") }), []string{"item:architecture/sites[dc-east] warned"}},
		{"a component that fails checks has another name", every(func(s string) string {
			return regexp.MustCompile(`(?m)(name: |- |component: |item: |system: |department: )archive$`).ReplaceAllString(s, "${1}records")
		}), []string{"item:architecture/components[archive] warned", "item:organization/departments[archive] warned", "item:network/zones[***] warned", "item:backups/sets[archive] warned"}},
		{"the builder has another name", every(func(s string) string {
			return strings.ReplaceAll(s, "云州市大数据中心", "云州市数据集团")
		}), []string{"warned"}},
		{"a post has another name", every(func(s string) string { return strings.ReplaceAll(s, "平台运维负责岗", "平台运维主管岗") }), []string{"warned"}},
		{"evidence has another name", func() {
			g.Git("mv", "platforms/a/evidence/platform-grading-202308.md", "platforms/a/evidence/grading.md")
			every(func(s string) string { return strings.ReplaceAll(s, "platform-grading-202308", "grading") })()
		}, nil},
		{"evidence may be run", func() {
			for _, name := range strings.Fields(g.Git("ls-files", "platforms/a/evidence")) {
				check(t, os.Chmod(g.Path(name), 0o755))
			}
		}, nil},
		{"pages beside", func() { g.Write(gittest.Files{"docs/x.md": "x"}) }, nil},
		{"the rulebook is exported", func() {
			if r := run(t, g.Dir, "rules", "--export", "."); r.code != cli.Compliant {
				t.Fatal(r.stderr)
			}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g.Branch(strings.ReplaceAll(c.name, " ", "-"), "main")
			c.change()
			g.Commit("change", nil)
			j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
			if len(j.Findings) > 0 {
				t.Errorf("%+v", j.Findings)
			}
			for _, said := range j.told() {
				if !slices.ContainsFunc(c.told, func(state string) bool { return strings.HasSuffix(said, state) }) {
					t.Errorf("it says %q", said)
				}
			}
		})
	}
}
