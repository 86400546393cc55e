package cli_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// judgedGate is what the tests read of a gate's JSON report.
type judgedGate struct {
	Passed        bool
	Merged        bool
	Baselines     []string
	Blocks        []text
	New           struct{ Blocker, Major, Minor, Advisory int }
	Fixed         struct{ Blocker, Major, Minor, Advisory int }
	Unchanged     struct{ Blocker, Major, Minor, Advisory int }
	Findings      []gateFinding
	Gone          []gateFinding
	Worse         []gateFinding
	Platforms     []struct{ ID, Before, Change string }
	Scope_changes []struct {
		Kind, Platform, Subject string
		Blocking, Released      bool
		Message                 text
	}
	Waivers []struct {
		Platform, Check, State, Until string
		Message                       text
	}
	Impact *struct {
		Files    []string
		Articles []struct {
			ID, Change string
			Rests      []string
		}
		Defects   []struct{ Path string }
		Platforms []struct {
			ID                                string
			Compliant_before, Compliant_after bool
		}
		Unaffected int
		Later      []struct {
			On         string
			Platforms  []struct{ ID string }
			Unaffected int
		}
	}
}

type text struct{ ZH, EN string }

type gateFinding struct {
	Message                         text
	Check, Platform, Item, Severity string
	Blocking, Revealed              bool
	Released, Reported              bool
	Location                        struct{ Path string }
}

func (g *judgedGate) checks() []string {
	var ids []string
	for _, f := range g.Findings {
		ids = append(ids, f.Check)
	}
	slices.Sort(ids)
	return ids
}

// scopes are the scope changes as kind:subject, with what becomes of them.
func (g *judgedGate) scopes() []string {
	var all []string
	for _, c := range g.Scope_changes {
		state := " warned"
		switch {
		case c.Blocking:
			state = " blocks"
		case c.Released:
			state = " released"
		}
		all = append(all, c.Kind+":"+c.Subject+state)
	}
	return all
}

// gated is a repository with the fixture's rulebook and platform one, committed
// on main; more is laid over it.
func gated(t testing.TB, more gittest.Files) *gittest.Repo {
	t.Helper()
	g := gittest.Init(t)
	if err := fixtureRulebook(g.Dir); err != nil {
		t.Fatal(err)
	}
	if err := fixturePlatform(g.Dir, "one"); err != nil {
		t.Fatal(err)
	}
	g.Commit("base", more)
	g.Branch("change")
	return g
}

// gate runs the gate and holds it to an exit code.
func gate(t testing.TB, dir string, code int, args ...string) *judgedGate {
	t.Helper()
	r := run(t, dir, append([]string{"gate", "--as-of", asOf, "--report", "json"}, args...)...)
	if r.code != code {
		told := run(t, dir, append([]string{"gate", "--as-of", asOf}, args...)...)
		t.Fatalf("exit code %d, want %d\n%s\n%s", r.code, code, told.stdout, r.stderr)
	}
	var report struct{ Gate judgedGate }
	if r.code != cli.Failed {
		if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
			t.Fatalf("%v\n%s", err, r.stdout)
		}
		if report.Gate.Passed != (code == cli.Compliant) || report.Gate.Passed != (len(report.Gate.Blocks) == 0) {
			t.Errorf("passed %v with exit code %d and blocks %v", report.Gate.Passed, code, report.Gate.Blocks)
		}
	}
	return &report.Gate
}

// want compares what a gate says with what it should.
func want(t testing.TB, what string, got, wanted []string) {
	t.Helper()
	if !slices.Equal(got, wanted) {
		t.Errorf("%s: %q, want %q", what, got, wanted)
	}
}

// edited is a file of the repository with one place changed.
func edited(t testing.TB, g *gittest.Repo, name string, changes ...string) string {
	t.Helper()
	content := read(t, g.Dir, name)
	for i := 0; i < len(changes); i += 2 {
		if strings.Count(content, changes[i]) != 1 {
			t.Fatalf("%s holds %q %d times", name, changes[i], strings.Count(content, changes[i]))
		}
		content = strings.Replace(content, changes[i], changes[i+1], 1)
	}
	return content
}

const (
	stores    = "platforms/one/stores.yaml"
	header    = "platforms/one/platform.yaml"
	elsewhere = "      - site: west\n"
)

const waiverOfSecondCopy = `waivers:
  - id: own
    check: stores.second-copy
    reason: 机房搬迁，暂时没有异地副本
    requested_by: 平台运维岗
    approved_by: 市数据局安全岗
    approved_on: 2026-11-01
    expires: 2027-01-31
    evidence: { ref: 云数〔2026〕1号, held_by: 档案岗 }
`

func scopeWaiver(kind, item string) string {
	out := strings.Replace(waiverOfSecondCopy, "stores.second-copy", "scope."+kind, 1)
	if item != "" {
		out = strings.Replace(out, "    reason:", "    item: "+item+"\n    reason:", 1)
	}
	return out
}
