package cli_test

import (
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// Two changes may each be right and wrong together: of two sites that hold a copy
// each takes away another. What would be merged shows it, the head alone does not.
func TestGateJudgesTheMerge(t *testing.T) {
	const north = "      - site: north\n"
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("a third site", gittest.Files{stores: edited(t, g, stores, elsewhere, elsewhere+"      # 北院\n"+north)})
	g.Branch("change")
	g.Commit("without west", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Branch("other", "main")
	g.Commit("without north", gittest.Files{stores: edited(t, g, stores, north, "")})
	gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "change")
	g.Checkout("main")
	g.Merge("the other", "other")
	gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "change")
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "change", "--merged")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	if r := run(t, g.Dir, "gate", "--base", "main", "--head", "change", "--merged", "--as-of", asOf); !strings.Contains(r.stdout, "merged into base") {
		t.Error(r.stdout)
	}
}

// A merge is judged against base as it is, and writes nothing.
func TestGateMerged(t *testing.T) {
	g := worse(t) // README has been added to main meanwhile
	before := g.Git("count-objects", "-v")
	j := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "change", "--merged")
	want(t, "new", j.checks(), []string{"stores.second-copy"})
	if !j.Merged || len(j.Baselines) != 1 || j.Baselines[0] != g.Git("rev-parse", "main") {
		t.Errorf("%v %q", j.Merged, j.Baselines)
	}
	if after := g.Git("count-objects", "-v"); after != before {
		t.Errorf("objects were %s and are %s", before, after)
	}
	g.PullRequest(7, "main", "change")
	if same := gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "refs/pull/7/merge"); len(same.Findings) != len(j.Findings) || same.Findings[0] != j.Findings[0] {
		t.Errorf("the forge's merge has %+v, ours %+v", same.Findings, j.Findings)
	}
	// What main does by itself is none of the change's doing.
	g.Checkout("main")
	g.Commit("worse too", gittest.Files{"platforms/one/evidence/run.md": gittest.Gone})
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "change", "--merged").checks(), []string{"stores.second-copy"})
	g.Commit("in conflict", gittest.Files{stores: edited(t, g, stores, elsewhere, "      - site: south\n")})
	r := run(t, g.Dir, "gate", "--base", "main", "--head", "change", "--merged", "--as-of", asOf)
	if r.code != cli.Failed || !strings.Contains(r.stderr, "does not merge") || !strings.Contains(r.stderr, stores) || strings.Count(r.stderr, "\n") != 1 {
		t.Errorf("%d %s", r.code, r.stderr)
	}
	if r := run(t, g.Dir, "gate", "--base", "main", "--merged", "--as-of", asOf); r.code != cli.Failed || !strings.Contains(r.stderr, "--head") {
		t.Errorf("%d %s", r.code, r.stderr)
	}
}

// Renames are not guessed: a platform that base has moved and the change edits is a
// conflict, and nothing of it is taken for gone or new.
func TestGateMergedMove(t *testing.T) {
	g := worse(t)
	g.Checkout("main")
	g.Git("mv", "platforms/one", "platforms/moved")
	g.Commit("moved", nil)
	r := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "main", "--head", "change", "--merged")
	if r.code != cli.Failed || !strings.Contains(r.stderr, stores) || !strings.Contains(r.stderr, "merge base into the branch of the change") || r.stdout != "" {
		t.Errorf("exit code %d\n%s%s", r.code, r.stdout, r.stderr)
	}
}
