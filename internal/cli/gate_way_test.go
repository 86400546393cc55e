package cli_test

import (
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// trading is a repository with a copy of this repository's trading platform, which
// the built-in rulebook judges.
func trading(t testing.TB) *gittest.Repo {
	t.Helper()
	g := gittest.Init(t)
	check(t, layAll(repository+"/platforms/public-resource-trading", g.Path("platforms/a"), strings.NewReplacer()))
	g.Commit("base", nil)
	return g
}

// A platform that complies can be brought in with all that is still to be done, and
// one that does not with a release that stands in base.
func TestBringingAPlatformIn(t *testing.T) {
	g := trading(t)
	code := strings.NewReplacer("code: ggzy\n", "code: second\n", "ggzy-core", "second-core", "ggzy-site", "second-site", "zh: 云州市公共资源交易平台", "zh: 云州市公共资源交易第二平台", "zh: 交易核心系统", "zh: 第二交易核心系统", "zh: 交易信息网", "zh: 第二交易信息网")
	g.Branch("second")
	check(t, layAll(repository+"/platforms/public-resource-trading", g.Path("platforms/b"), code))
	g.Commit("a second one", nil)
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if j.New.Major == 0 || j.New.Blocker != 0 {
		t.Errorf("%d blockers, %d majors", j.New.Blocker, j.New.Major)
	}
	g.Commit("no plan", gittest.Files{"platforms/b/contingency.yaml": gittest.Gone})
	gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	g.Checkout("main")
	g.Commit("let in", gittest.Files{"checks/waivers/second.yaml": scopeWaiver("new_platform", "")})
	j = gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "second")
	if j.New.Blocker == 0 || len(j.Platforms) != 1 {
		t.Errorf("%+v", j.Platforms)
	}
	for _, f := range j.Findings {
		if f.Blocking || !f.Released {
			t.Errorf("%+v", f)
		}
	}
}

// A platform that ends its trial leaves the check that bounds a trial behind, for
// that of its acceptance: nothing is lost.
func TestTrialEnds(t *testing.T) {
	g := trading(t)
	operating := read(t, g.Dir, "platforms/a/platform.yaml")
	g.Commit("on trial", gittest.Files{"platforms/a/platform.yaml": strings.Replace(operating, "\nstage: operating\n", "\nstage: trial\n", 1)})
	g.Branch("operating")
	g.Commit("in operation", gittest.Files{"platforms/a/platform.yaml": operating})
	for _, change := range gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD").Scope_changes {
		if change.Kind == "switch" {
			t.Errorf("%+v", change)
		}
	}
}

// A date that no evidence stands behind, moved on so that a finding goes, is shown.
func TestPostponedDateIsShown(t *testing.T) {
	const certificates = "platforms/a/encryption.yaml"
	g := trading(t)
	valid := read(t, g.Dir, certificates)
	g.Commit("run out", gittest.Files{certificates: strings.Replace(valid, "opening-signing\n    expires: 2027-02-28", "opening-signing\n    expires: 2026-11-15", 1)})
	g.Branch("prolonged")
	g.Commit("prolonged", gittest.Files{certificates: valid})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if len(j.Scope_changes) != 1 || j.Scope_changes[0].Kind != "record" || !strings.Contains(j.Scope_changes[0].Message.EN, "opening-signing]/expires: 2026-11-15 → 2027-02-28: checks that no longer find anything: 1 (encryption.certificates-valid)") {
		t.Errorf("%+v", j.Scope_changes)
	}
}

// What is true can be merged the day it happens, in one change: it is in the report,
// it counts, and it does not block.
func TestTruthPassesTheGate(t *testing.T) {
	restored := []string{assets, "restores:\n", "restores:\n  - id: winter\n    date: 2026-11-10\n    scope: full\n    ok: false\n    files: 10\n    evidence: evidence/f1.md\n"}
	for _, c := range []struct {
		name   string
		base   []string
		change []string
		code   int
		check  string
	}{
		{"a fault that is told late", nil, []string{problems, "faults:\n", "faults:\n  - id: f2\n    found: 2026-01-20\n    severity: high\n    note: 接口超时\n    evidence: evidence/f1.md\n"}, 0, "faults.mended"},
		{"a restore that failed", nil, restored, 0, "stores.restored"},
		{"and a copy less", nil, append([]string{assets, "copies: 3", "copies: 1"}, restored...), 1, "stores.restored"},
		{"a worse count", nil, []string{problems, "  counted: 2026-11-20\n  high: 4\n  evidence: evidence/scan.md", "  counted: 2026-11-28\n  high: 16\n  evidence: evidence/f1.md"}, 0, "faults.counted"},
		{"a retired platform", []string{"checks/waivers/one.yaml", "", scopeWaiver("switch", "stage=retired")}, []string{header, "stage: operating", "stage: retired"}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := stated(t)
			if c.base != nil {
				g.Commit("released", rewritten(t, g, c.base))
			}
			g.Branch("change")
			g.Commit("change", rewritten(t, g, c.change))
			j := gate(t, g.Dir, c.code, "--base", "main", "--head", "HEAD")
			reported := ""
			for _, f := range j.Findings {
				if f.Reported && !f.Blocking {
					reported += f.Check
				}
			}
			if reported != c.check {
				t.Errorf("reported %q of %+v, want %q", reported, j.Findings, c.check)
			}
		})
	}
}

// A check that a stricter twin takes over from is no loss: who tells that the
// platform faces the internet is not stopped for it.
func TestStricterTwin(t *testing.T) {
	g := trading(t)
	const own = "platforms/a/platform.yaml"
	g.Commit("inside", gittest.Files{own: edited(t, g, own, "internet_facing: true", "internet_facing: false")})
	g.Branch("told")
	g.Commit("told", gittest.Files{own: edited(t, g, own, "internet_facing: false", "internet_facing: true")})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	want(t, "scope", j.scopes(), nil)
}
