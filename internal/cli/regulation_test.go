package cli_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
	"hegui/internal/page"
)

// otherRegulation is a repository of the example's rulebook and platforms, which
// share nothing with this repository's own but the schemas of hegui's own files.
func otherRegulation(t *testing.T) *gittest.Repo {
	t.Helper()
	g := gittest.Init(t)
	check(t, layAll(filepath.Join(repository, "docs", "examples", "public-wifi"), g.Dir, nil))
	g.Commit("the networks", gittest.Files{})
	g.Branch("change")
	return g
}

// Regulation is data: another one, with other topics, kinds, grades and articles
// that run on through its chapters, without protection levels, needs no Go.
func TestAnotherRegulation(t *testing.T) {
	dir := otherRegulation(t).Dir
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"test"}, []string{"all 28 examples of 11 checks behave"}},
		{[]string{"test", "--mutate"}, []string{"0 surviving"}},
		{[]string{"rules"}, []string{"Liuxi County rules for public Wi-Fi", "3 Safety  45 points", "7 Firmware", "three stars ≥ 85"}},
		{[]string{"rules", "--format", "md"}, []string{"柳溪县公共无线网络服务规定", "hotspots.speed"}},
		{[]string{"rules", "--format", "json"}, []string{`"id": "public-wifi"`, `"chapter": "3"`}},
		{[]string{"explain", "6"}, []string{"Liuxi County rules for public Wi-Fi › 3 Safety", "users.logs-kept"}},
		{[]string{"explain", "users.logs-kept"}, []string{"Cybersecurity Law (2025 revision) article 23 (3)", "at least 6 months"}},
		{[]string{"check", "--as-of", asOf}, []string{"71.0 points; one star", "100.0 points; three stars", "2 platforms, 2 compliant"}},
		{[]string{"check", "--as-of", asOf, "--lang", "zh"}, []string{"公交车载无线网", "71.0 分；一星", "100.0 分；三星", "条款 3 · 公共无线网络规定第3条"}},
		{[]string{"check", "--as-of", asOf, "--report", "markdown"}, []string{"three stars"}},
		{[]string{"check", "--as-of", asOf, "--report", "json"}, []string{`"regulation":"public-wifi"`, `"chapter":"4"`}},
	} {
		r := run(t, dir, c.args...)
		if r.code != cli.Compliant {
			t.Errorf("%s ends with %d: %s%s", strings.Join(c.args, " "), r.code, r.stdout, r.stderr)
		}
		for _, want := range c.want {
			if !strings.Contains(r.stdout, want) {
				t.Errorf("%s does not say %q:\n%s", strings.Join(c.args, " "), want, r.stdout)
			}
		}
		speaksOfOthers(t, strings.Join(c.args, " "), r.stdout)
	}
}

// What would hold from a level up never holds where there are no levels.
func TestLevelsWhereThereAreNone(t *testing.T) {
	g := otherRegulation(t)
	const users = "checks/users.yaml"
	g.Write(gittest.Files{users: edited(t, g, users, "severity: { default: blocker }", "severity: { default: major, level3: blocker }")})
	r := run(t, g.Dir, "test")
	if r.code != cli.Failed || !strings.Contains(r.stderr, ": level3 never holds: the header has no mlps_level, so state only default") {
		t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
	}
}

// The gate judges changes by it: one that keeps logs too short is blocked, one
// that repairs a finding passes.
func TestAnotherRegulationAtTheGate(t *testing.T) {
	g := otherRegulation(t)
	const users, spots = "platforms/square/users.yaml", "platforms/buses/hotspots.yaml"
	g.Commit("shorter logs", gittest.Files{users: edited(t, g, users, "kept: P8M", "kept: P3M")})
	r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf)
	if r.code != cli.NotCompliant || !strings.Contains(r.stdout, "[users.logs-kept]") || !strings.Contains(r.stdout, "gate: blocked") || !strings.Contains(r.stdout, "no star") {
		t.Errorf("shorter logs: %d %s%s", r.code, r.stdout, r.stderr)
	}
	speaksOfOthers(t, "gate", r.stdout)
	g.Checkout("main")
	g.Branch("repair")
	g.Commit("firmware checked", gittest.Files{spots: edited(t, g, spots, "firmware_checked: 2026-07-01", "firmware_checked: 2026-11-25")})
	r = run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf)
	if r.code != cli.Compliant || !strings.Contains(r.stdout, "gate: passed") {
		t.Errorf("firmware checked: %d %s%s", r.code, r.stdout, r.stderr)
	}
}

// Its scorecards are whole, too.
func TestAnotherRegulationOnScorecards(t *testing.T) {
	g, out := otherRegulation(t), t.TempDir()
	if r := run(t, g.Dir, "scorecard", "-o", out, "--as-of", asOf); r.code != cli.Compliant {
		t.Fatalf("%d %s%s", r.code, r.stdout, r.stderr)
	}
	index := read(t, out, "index.html")
	for _, want := range []string{"Liuxi County rules for public Wi-Fi", "柳溪县公共无线网络服务规定", "three stars", "一星", "public transport"} {
		if !strings.Contains(index, want) {
			t.Errorf("the overview does not say %q", want)
		}
	}
	speaksOfOthers(t, "the overview", index)
	card := ""
	for _, leaf := range page.Leaves() {
		card += read(t, out, filepath.Join("platforms", "buses", string(leaf)))
	}
	for _, want := range []string{"hotspots.speed", "Wi-Fi rules article 3", "3.2", "Oversight"} {
		if !strings.Contains(card, want) {
			t.Errorf("the scorecard does not say %q", want)
		}
	}
	speaksOfOthers(t, "the scorecard", card)
	if size := len(read(t, out, "scorecards.xlsx")); size < 1000 {
		t.Errorf("the workbook has %d bytes", size)
	}
}

// What no judgement under this regulation has to do with; that hegui's own is no
// MLPS assessment is said everywhere.
var ofOthers = regexp.MustCompile(`(?i)municipal|市级|等保|protection level|MLPS level|government|政务|数据局`)

func speaksOfOthers(t *testing.T, what, text string) {
	t.Helper()
	if at := ofOthers.FindStringIndex(text); at != nil {
		t.Errorf("%s speaks of another regulation: …%s…", what, text[max(at[0]-80, 0):min(at[1]+80, len(text))])
	}
}
