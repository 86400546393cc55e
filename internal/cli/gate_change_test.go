package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

const faults = "platforms/one/faults.yaml"

// richer is a base with something to lose.
func richer(t *testing.T) *gittest.Repo {
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("richer", gittest.Files{
		stores: read(t, g.Dir, stores) + "  - name: bids\n    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-02\n        evidence: evidence/run.md\n",
		faults: "open:\n  - id: f1\n    found: 2026-11-20\ndrills:\n  - id: d1\n    ok: true\n",
		header: edited(t, g, header, "hosted: false", "hosted: true"), "platforms/one/hosting.yaml": "host: 云州市政务云\nsigned: 2026-01-10\n",
	})
	g.Branch("change")
	return g
}

// What a change takes out of the judges' sight is shown, and stopped where the
// policy says so.
func TestScopeChanges(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testing.T, *gittest.Repo) gittest.Files
		code   int
		scopes []string
		found  []string
	}{
		{"a platform", func(*testing.T, *gittest.Repo) gittest.Files { return gittest.Files{"platforms/one": gittest.Gone} },
			1, []string{"platform:one blocks"}, nil},
		{"a platform's own file", func(*testing.T, *gittest.Repo) gittest.Files { return gittest.Files{header: gittest.Gone} },
			1, []string{"topic:platform blocks"}, []string{"document.missing"}},
		{"a platform for a link", func(*testing.T, *gittest.Repo) gittest.Files {
			return gittest.Files{"platforms/one": gittest.Gone, "elsewhere/platform.yaml": "code: one\n"}
		}, 1, []string{"platform:one blocks"}, nil},
		{"a topic", func(*testing.T, *gittest.Repo) gittest.Files { return gittest.Files{faults: gittest.Gone} },
			1, []string{"topic:faults blocks"}, []string{"fact.missing"}},
		{"a topic that is optional once the switch is off", func(t *testing.T, g *gittest.Repo) gittest.Files {
			return gittest.Files{"platforms/one/hosting.yaml": gittest.Gone, header: edited(t, g, header, "hosted: true", "hosted: false")}
		}, 1, []string{"topic:hosting blocks", "switch:hosted=false blocks"}, nil},
		{"an emptied topic", func(*testing.T, *gittest.Repo) gittest.Files { return gittest.Files{faults: ""} },
			1, nil, []string{"document.empty"}},
		{"a switch", func(t *testing.T, g *gittest.Repo) gittest.Files {
			return gittest.Files{header: edited(t, g, header, "hosted: true", "hosted: false")}
		}, 1, []string{"switch:hosted=false blocks"}, nil},
		{"a level", func(t *testing.T, g *gittest.Repo) gittest.Files {
			return gittest.Files{header: edited(t, g, header, "mlps_level: 3", "mlps_level: 2")}
		}, 1, []string{"switch:mlps_level=2 blocks"}, nil},
		{"an item", func(t *testing.T, g *gittest.Repo) gittest.Files {
			kept, _, _ := strings.Cut(read(t, g.Dir, stores), "  - name: bids")
			return gittest.Files{stores: kept}
		}, 0, []string{"item:stores/sets[bids] warned"}, nil},
		{"an item of an item", func(t *testing.T, g *gittest.Repo) gittest.Files {
			all := read(t, g.Dir, stores)
			return gittest.Files{stores: strings.Replace(all, "      - site: east\n", "", 1)}
		}, 0, []string{"item:stores/sets[files]/copies[east] warned"}, nil},
		{"an emptied list of what is wrong", func(*testing.T, *gittest.Repo) gittest.Files {
			return gittest.Files{faults: "open: []\ndrills:\n  - id: d1\n    ok: true\n"}
		}, 1, []string{"adverse:faults/open[f1] blocks"}, nil},
		{"an emptied list that may be empty", func(*testing.T, *gittest.Repo) gittest.Files {
			return gittest.Files{faults: "open:\n  - id: f1\n    found: 2026-11-20\ndrills: []\n"}
		}, 0, []string{"item:faults/drills[d1] warned"}, nil},
		{"a list renamed item by item", func(t *testing.T, g *gittest.Repo) gittest.Files {
			return gittest.Files{faults: edited(t, g, faults, "id: d1", "id: d2")}
		}, 0, []string{"item:faults/drills[d1] warned"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := richer(t)
			g.Commit("change", c.change(t, g))
			for _, head := range [][]string{{"--head", "HEAD"}, nil} { // the working tree is the same here
				j := gate(t, g.Dir, c.code, append([]string{"--base", "main"}, head...)...)
				want(t, "scope", j.scopes(), c.scopes)
				want(t, "new", j.checks(), c.found)
			}
		})
	}
}

// The policy of base decides which scope changes stop a change.
func TestScopePolicy(t *testing.T) {
	g := richer(t)
	g.Checkout("main")
	g.Commit("strict about items", gittest.Files{"checks/policy.yaml": edited(t, g, "checks/policy.yaml", "platform: block, topic: block, switch: block, item: warn", "platform: warn, topic: warn, switch: warn, item: block")})
	g.Branch("items")
	g.Commit("an item less", gittest.Files{faults: edited(t, g, faults, "id: d1", "id: d2")})
	want(t, "scope", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").scopes(), []string{"item:faults/drills[d1] blocks"})
	g.Branch("switch", "main")
	g.Commit("a switch off", gittest.Files{header: edited(t, g, header, "hosted: true", "hosted: false")})
	want(t, "scope", gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD").scopes(), []string{"switch:hosted=false warned"})
	g.Branch("gone", "main")
	g.Commit("a platform less", gittest.Files{"platforms/one": gittest.Gone})
	want(t, "scope", gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD").scopes(), []string{"platform:one warned"})
}

// A waiver lets a scope change through once it is merged, and only what it
// names.
func TestScopeRelease(t *testing.T) {
	off := func(t *testing.T, g *gittest.Repo) string {
		return edited(t, g, header, "hosted: true", "hosted: false")
	}
	waivers := "platforms/one/waivers.yaml"
	g := richer(t)
	g.Commit("off, by its own leave", gittest.Files{header: off(t, g), waivers: scopeWaiver("switch", "hosted=false")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "scope", j.scopes(), []string{"switch:hosted=false blocks"})
	if len(j.Waivers) != 1 || j.Waivers[0].Check != "scope.switch" || j.Waivers[0].State != "pending" {
		t.Errorf("waivers %+v", j.Waivers)
	}
	for _, c := range []struct{ waiver, state string }{
		{scopeWaiver("switch", "hosted=false"), "released"},
		{scopeWaiver("switch", ""), "blocks"}, // it names nothing
		{scopeWaiver("switch", "mlps_level=2"), "blocks"},
		{scopeWaiver("item", ""), "blocks"},
		{strings.Replace(scopeWaiver("switch", "hosted=false"), "2027-01-31", "2026-11-30", 1), "blocks"},
	} {
		g := richer(t)
		g.Checkout("main")
		g.Commit("leave", gittest.Files{waivers: c.waiver})
		found := c.waiver == scopeWaiver("switch", "")
		if r := run(t, g.Dir, "check", "--as-of", "2026-11-30"); r.code != cli.Compliant || strings.Contains(r.stdout, "waiver.unnamed") != found || !found && strings.Contains(r.stdout, "waiver.") {
			t.Errorf("a waiver of a scope change is a finding only where it names nothing: %s", r.stdout)
		}
		g.Branch("off")
		g.Commit("off", gittest.Files{header: off(t, g)})
		code := cli.NotCompliant
		if c.state == "released" {
			code = cli.Compliant
		}
		want(t, c.waiver, gate(t, g.Dir, code, "--base", "main", "--head", "HEAD").scopes(), []string{"switch:hosted=false " + c.state})
	}
	// Of a platform that is gone base's tip alone tells.
	g = richer(t)
	g.Checkout("main")
	g.Commit("leave", gittest.Files{waivers: scopeWaiver("platform", "")})
	g.Branch("gone")
	g.Commit("gone", gittest.Files{"platforms/one": gittest.Gone})
	want(t, "scope", gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD").scopes(), []string{"platform:one released"})
}

// A waiver counts when base has it already.
func TestWaiversWait(t *testing.T) {
	g := gated(t, nil)
	waivers := "platforms/one/waivers.yaml"
	deed := edited(t, g, stores, elsewhere, "")
	g.Commit("for itself", gittest.Files{waivers: waiverOfSecondCopy, stores: deed})
	if r := run(t, g.Dir, "check", "--as-of", asOf, "-q"); r.code == cli.Failed || !strings.Contains(r.stdout, "(waived)") {
		t.Fatalf("the waiver is no good: %s", r.stdout)
	}
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	if len(j.Waivers) != 1 || j.Waivers[0].Check != "stores.second-copy" {
		t.Errorf("waivers %+v", j.Waivers)
	}
	// A renewal keeps base's effect until base's own expiry; for another item it is
	// another waiver.
	g.Checkout("main")
	g.Commit("granted", gittest.Files{waivers: waiverOfSecondCopy, stores: deed})
	g.Branch("longer")
	g.Commit("longer", gittest.Files{waivers: strings.Replace(waiverOfSecondCopy, "2027-01-31", "2027-03-31", 1)})
	j = gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	if len(j.Findings) != 0 || len(j.Waivers) != 1 || j.Waivers[0].State != "pending" || j.Waivers[0].Until != "2027-01-31" {
		t.Errorf("findings %+v, waivers %+v", j.Findings, j.Waivers)
	}
	g.Branch("narrower", "main")
	g.Commit("narrower", gittest.Files{waivers: strings.Replace(waiverOfSecondCopy, "    reason:", "    item: files\n    reason:", 1)})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"stores.second-copy"})
	g.Branch("unwaived", "main")
	g.Commit("unwaived", gittest.Files{waivers: gittest.Gone})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"stores.second-copy"})
	g.Branch("same", "main")
	g.Commit("same", gittest.Files{waivers: "# 说明\n" + waiverOfSecondCopy, header: "# 平台\n" + read(t, g.Dir, header)})
	if j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD"); len(j.Findings)+len(j.Waivers) != 0 {
		t.Errorf("%+v", j)
	}
}

// Findings are known by what they are about, so that none is invented.
func TestNothingNew(t *testing.T) {
	failing := func(t *testing.T) *gittest.Repo {
		g := richer(t)
		g.Checkout("main")
		g.Commit("something to find", gittest.Files{stores: strings.ReplaceAll(edited(t, g, stores, "    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01", "    keep: 90\n    copies:\n      - site: east\n    records:\n      - date: 2026-01-01"), "2026-11-02", "2026-01-02")})
		g.Branch("change")
		return g
	}
	moved := func(g *gittest.Repo, to string) {
		if err := os.MkdirAll(filepath.Dir(g.Path(to)), 0o755); err != nil {
			t.Fatal(err)
		}
		g.Git("mv", "platforms/one", to)
	}
	for _, c := range []struct {
		name   string
		change func(*testing.T, *gittest.Repo)
		fixed  int
	}{
		{"a move", func(_ *testing.T, g *gittest.Repo) { moved(g, "platforms/bureau/one") }, 0},
		{"a rename in case only", func(_ *testing.T, g *gittest.Repo) { moved(g, "platforms/One") }, 0},
		{"a move to a Chinese name with a space", func(_ *testing.T, g *gittest.Repo) { moved(g, "platforms/交易 平台") }, 0},
		{"Windows line ends", func(t *testing.T, g *gittest.Repo) {
			g.Write(gittest.Files{stores: strings.ReplaceAll(read(t, g.Dir, stores), "\n", "\r\n")})
		}, 0},
		{"another order", func(t *testing.T, g *gittest.Repo) {
			all := read(t, g.Dir, stores)
			i, j := strings.Index(all, "  - name: files"), strings.Index(all, "  - name: bids")
			g.Write(gittest.Files{stores: all[:i] + all[j:] + all[i:j]})
		}, 0},
		{"another layout", func(t *testing.T, g *gittest.Repo) {
			g.Write(gittest.Files{stores: "# 备份\n\n" + strings.ReplaceAll(read(t, g.Dir, stores), "\n ", "\n   ")})
		}, 0},
		{"half an improvement", func(t *testing.T, g *gittest.Repo) {
			g.Write(gittest.Files{
				stores:                               edited(t, g, stores, "      - date: 2026-01-01\n", "      - date: 2026-11-01\n        evidence: evidence/november.md\n      - date: 2026-01-01\n"),
				"platforms/one/evidence/november.md": "备份正常\n",
			})
		}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := failing(t)
			c.change(t, g)
			g.Commit("change", nil)
			j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
			want(t, "new", j.checks(), nil)
			want(t, "scope", j.scopes(), nil)
			if stood := j.Unchanged.Blocker + j.Unchanged.Major; stood != 3-c.fixed || len(j.Gone) != c.fixed {
				t.Errorf("unchanged %+v, gone %+v", j.Unchanged, j.Gone)
			}
		})
	}
}

// A finding that can no longer be judged, since a key of it is misspelt, is not fixed.
func TestUnreadableIsNotFixed(t *testing.T) {
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("one copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Branch("misspelt")
	g.Commit("misspelt", gittest.Files{stores: edited(t, g, stores, "    copies:\n", "    copeis:\n")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"schema.additional_properties"})
	if len(j.Gone) != 0 || j.Unchanged.Blocker+j.Unchanged.Major == 0 {
		t.Errorf("gone %+v, unchanged %+v", j.Gone, j.Unchanged)
	}
}

// Moving hides nothing.
func TestMoves(t *testing.T) {
	g := gated(t, nil)
	g.Git("mv", "platforms/one", "platforms/two")
	g.Commit("moved and worse", gittest.Files{"platforms/two/stores.yaml": edited(t, g, "platforms/two/stores.yaml", elsewhere, "")})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	if len(j.Platforms) != 1 || j.Platforms[0].Change != "moved" || j.Platforms[0].Before != "one" {
		t.Errorf("%+v", j.Platforms)
	}
	// Under another code it is another platform, and the first is gone.
	g.Branch("renamed", "main")
	g.Commit("renamed", gittest.Files{header: edited(t, g, header, "code: one", "code: other"), stores: edited(t, g, stores, elsewhere, "")})
	j = gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "scope", j.scopes(), []string{"platform:one blocks"})
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	// A second platform under a code that is taken inherits nothing.
	g.Branch("twin", "main")
	if err := fixturePlatform(g.Dir, "b/one"); err != nil {
		t.Fatal(err)
	}
	g.Commit("a twin", gittest.Files{"platforms/b/one/stores.yaml": edited(t, g, stores, elsewhere, "")})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"document.duplicate_code", "stores.second-copy"})
}

// A second item under a name that is taken hides nothing.
func TestTwins(t *testing.T) {
	g := gated(t, nil)
	g.Commit("twins", gittest.Files{stores: read(t, g.Dir, stores) + "  - name: files\n    keep: 90\n    copies: [{ site: east }]\n    records: [{ date: 2026-11-02, evidence: evidence/run.md }]\n"})
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"schema.x_key", "stores.second-copy"})
}

// What a broken file hid is shown when it is mended, and does not stop the
// change that mends it.
func TestMendingReveals(t *testing.T) {
	g := gated(t, nil)
	g.Checkout("main")
	good, bad := read(t, g.Dir, stores), edited(t, g, stores, elsewhere, "")
	g.Commit("bad", gittest.Files{stores: bad})
	g.Commit("broken", gittest.Files{stores: bad + "\t- broken: [\n"})
	g.Branch("mended")
	g.Commit("mended", gittest.Files{stores: bad})
	j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	if !j.Findings[0].Revealed || j.Findings[0].Blocking {
		t.Errorf("%+v", j.Findings[0])
	}
	// What was good when it could last be read did not go bad by itself.
	g.Checkout("main")
	g.Commit("good", gittest.Files{stores: good})
	g.Commit("broken anew", gittest.Files{stores: bad + "\t- broken: [\n"})
	g.Branch("worse")
	g.Commit("mended, and worse", gittest.Files{stores: bad})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"stores.second-copy"})
	// Breaking a file stops a change, whatever else it mends.
	g.Branch("broken-again", "mended")
	g.Commit("broken again", gittest.Files{faults: "open: ["})
	gate(t, g.Dir, cli.NotCompliant, "--base", "mended", "--head", "HEAD")
}

// Both sides are judged on one day: what lapses by itself is nobody's change.
func TestTimeIsNobodysChange(t *testing.T) {
	g := gated(t, nil)
	g.Commit("innocent", gittest.Files{header: "# 平台\n" + read(t, g.Dir, header)})
	r := run(t, g.Dir, "gate", "--as-of", "2027-11-30", "--base", "main", "--head", "HEAD")
	if r.code != cli.Compliant || !strings.Contains(r.stdout, "gate: passed; new: 0 blocker, 0 major") || strings.Contains(r.stdout, "unchanged 0") {
		t.Errorf("exit code %d\n%s", r.code, r.stdout)
	}
}

// A new platform must comply, and its findings are all new.
func TestNewPlatform(t *testing.T) {
	g := gated(t, nil)
	if err := fixturePlatform(g.Dir, "two"); err != nil {
		t.Fatal(err)
	}
	g.Commit("two", nil)
	if j := gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "HEAD"); len(j.Platforms) != 1 || j.Platforms[0].Change != "added" {
		t.Errorf("%+v", j.Platforms)
	}
	g.Commit("worse", gittest.Files{"platforms/two/stores.yaml": edited(t, g, stores, elsewhere, "")})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"stores.second-copy"})
}

// An assessor's rejection stands as long as base has it: a change that leaves it
// out, or turns it into a confirmation, gains nothing by that, and does not pass.
func TestRejectionsStand(t *testing.T) {
	verdicts := "platforms/one/verdicts.yaml"
	rejection := `verdicts:
  - id: fresh
    check: stores.fresh
    item: files
    verdict: not_met
    note: 备份记录与日志对不上
    assessed_by: 市数据局监督检查岗
    assessed_on: 2026-11-20
    fact: sha256:` + strings.Repeat("0", 64) + "\n"
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("rejected", gittest.Files{verdicts: rejection})
	if r := run(t, g.Dir, "check", "--as-of", asOf, "-q"); !strings.Contains(r.stdout, "[stores.fresh]") {
		t.Fatalf("nothing is rejected: %s%s", r.stdout, r.stderr)
	}
	for name, content := range map[string]string{"gone": gittest.Gone, "turned": strings.Replace(rejection, "not_met", "met", 1)} {
		g.Branch(name, "main")
		g.Commit(name, gittest.Files{verdicts: content})
		j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
		want(t, name, j.scopes(), []string{"verdict:stores.fresh/files blocks"})
		if len(j.Gone) != 0 || j.Unchanged.Major != 1 {
			t.Errorf("%s: gone %+v, unchanged %+v", name, j.Gone, j.Unchanged)
		}
	}
	// Base's own header being broken hides no rejection either.
	g = gated(t, nil)
	g.Checkout("main")
	whole := read(t, g.Dir, header)
	g.Commit("rejected, with a broken header", gittest.Files{verdicts: rejection, header: whole + "x: [\n"})
	g.Branch("mended")
	g.Commit("mended", gittest.Files{header: whole, verdicts: gittest.Gone})
	if j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD"); !slices.Contains(j.checks(), "stores.fresh") && j.Unchanged.Major == 0 {
		t.Errorf("the rejection is gone: %+v", j)
	}
}
