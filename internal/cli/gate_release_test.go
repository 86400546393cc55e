package cli_test

import (
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

const supervisors = "checks/waivers/one.yaml"

// What supervisors state in vain is said in every report, with its place and what to
// do: a release that has lapsed, is refused, or whose evidence is not there.
func TestReleaseWithoutEffect(t *testing.T) {
	release := strings.Replace(waiverOfSecondCopy, "    reason:", "    effect: gate\n    reason:", 1)
	filed := strings.Replace(release, "{ ref: 云数〔2026〕1号, held_by: 档案岗 }", "approvals/2026-1.md", 1)
	for _, c := range []struct {
		name, text string
		more       gittest.Files
		code       int
		state, why string
	}{
		{"in force", release, nil, cli.Compliant, "", ""},
		{"with its evidence", filed, gittest.Files{"checks/waivers/approvals/2026-1.md": "批准\n"}, cli.Compliant, "", ""},
		{"a waiver that only supervisors have", waiverOfSecondCopy, nil, cli.NotCompliant, "active", "takes effect in the platform's own waivers.yaml"},
		{"lapsed", strings.Replace(release, "2027-01-31", "2026-11-30", 1), nil, cli.NotCompliant, "expired", "expired on 2026-11-30"},
		{"too long", strings.Replace(release, "2027-01-31", "2029-01-31", 1), nil, cli.NotCompliant, "refused", "runs longer than"},
		{"approved by who asks", strings.Replace(release, "市数据局安全岗", "平台运维岗", 1), nil, cli.NotCompliant, "refused", "approved its own waiver"},
		{"without its evidence", filed, nil, cli.NotCompliant, "refused", `evidence "approvals/2026-1.md" does not exist`},
		{"with empty evidence", filed, gittest.Files{"checks/waivers/approvals/2026-1.md": ""}, cli.NotCompliant, "refused", "is an empty file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Checkout("main")
			g.Commit("release", gittest.Files{supervisors: c.text})
			if c.more != nil {
				g.Commit("evidence", c.more)
			}
			g.Branch("worse")
			g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
			j := gate(t, g.Dir, c.code, "--base", "main", "--head", "HEAD")
			if c.state == "" {
				if len(j.Waivers) > 0 {
					t.Errorf("%+v", j.Waivers)
				}
				return
			}
			if len(j.Waivers) != 1 || j.Waivers[0].State != c.state || j.Waivers[0].Platform != "one" {
				t.Errorf("%+v", j.Waivers)
			}
			for _, format := range []string{"text", "markdown", "json"} {
				said := run(t, g.Dir, "gate", "--base", "main", "--head", "HEAD", "--as-of", asOf, "--report", format).stdout
				for _, part := range []string{supervisors, c.why} {
					if format == "json" {
						part = strings.ReplaceAll(part, `"`, `\"`)
					}
					if !strings.Contains(strings.Join(strings.Fields(said), " "), part) {
						t.Errorf("%s does not say %q:\n%s", format, part, said)
					}
				}
			}
		})
	}
}

// A change of the supervisors' files waits for its merge and is shown as such; a file
// that nobody can go by is the rulebook's fault.
func TestReleaseWaits(t *testing.T) {
	release := strings.Replace(waiverOfSecondCopy, "    reason:", "    effect: gate\n    reason:", 1)
	for _, c := range []struct {
		name, text string
		code       int
		told       string
	}{
		{"a release", release, cli.Compliant, "pending"},
		{"one that would have no effect", strings.Replace(release, "2027-01-31", "2029-01-31", 1), cli.Compliant, "pending: the waiver runs longer than 1 year"},
		{"a key that nobody knows", release + "    until: 2027-01-01\n", cli.NotCompliant, "rulebook.defect"},
		{"a broken file", "waivers: [\n", cli.NotCompliant, "rulebook.defect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Commit("release", gittest.Files{supervisors: c.text})
			j := gate(t, g.Dir, c.code, "--base", "main", "--head", "HEAD")
			var told []string
			for _, w := range j.Waivers {
				told = append(told, strings.TrimSuffix(w.State+": "+w.Message.EN, ": "))
			}
			for _, f := range j.Findings {
				if f.Location.Path != supervisors || !f.Blocking {
					t.Errorf("%+v", f)
				}
				told = append(told, f.Check)
			}
			want(t, "told", told, []string{c.told})
			// The change itself releases nothing.
			g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
			gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
			if c.code == cli.NotCompliant {
				g.Checkout("main")
				g.Commit("merged all the same", gittest.Files{supervisors: c.text})
				gate(t, g.Dir, cli.Failed, "--base", "main", "--head", "change")
			}
		})
	}
}
