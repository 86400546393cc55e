package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// A stacked change is judged against the branch that it is to be merged into: what that
// one does is its author's own, and is judged with all that follows once it comes to
// main.
func TestStackedChange(t *testing.T) {
	g := gated(t, nil)
	g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Branch("next")
	g.Commit("pages", gittest.Files{"docs/x.md": "x", header: "# 平台\n" + read(t, g.Dir, header)})
	gate(t, g.Dir, cli.Compliant, "--base", "change", "--head", "next")
	wantWorse(t, g.Dir, "--base", "main", "--head", "next")
}

// A merge that keeps nothing of base takes away what base has fixed, though no single
// commit of the change touches it.
func TestMergeThatKeepsOurs(t *testing.T) {
	g := gated(t, nil)
	good := read(t, g.Dir, stores)
	g.Checkout("main")
	bad := g.Commit("bad", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Branch("ours", bad)
	g.Commit("pages", gittest.Files{"docs/x.md": "x"})
	g.Checkout("main")
	g.Commit("mended", gittest.Files{stores: good})
	g.Checkout("ours")
	gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "ours")
	g.Git("merge", "-q", "-s", "ours", "-m", "main, and nothing of it", "main")
	wantWorse(t, g.Dir, "--base", "main", "--head", "ours")
	wantWorse(t, g.Dir, "--base", "main", "--head", "ours", "--merged")
}

// Evidence that was never added to git is on disk, where it counts and is said, and in
// no commit, where it does not.
func TestEvidenceThatIsNotCommitted(t *testing.T) {
	g := gated(t, gittest.Files{".gitignore": "new-*.md\n"})
	g.Commit("cited", gittest.Files{stores: edited(t, g, stores, "evidence/run.md", "evidence/new-1.md"), "platforms/one/evidence/new-1.md": "记录\n"})
	r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf)
	if r.code != cli.Compliant || !strings.Contains(r.stderr, "platforms/one/evidence/new-1.md") {
		t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
	}
	want(t, "new", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").checks(), []string{"evidence.missing"})
}

// Who takes away the repository's policy asks for less, though the built-in one that
// would take its place is a good one.
func TestDeletedPolicyIsLooser(t *testing.T) {
	policy := strings.Replace(read(t, repository, "checks/policy.yaml"), "\nminimum: 60", "\nminimum: 75", 1)
	g := trading(t)
	g.Commit("stricter", gittest.Files{"checks/policy.yaml": policy})
	g.Branch("change")
	g.Commit("gone", gittest.Files{"checks": gittest.Gone})
	want(t, "scope", gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").scopes(), []string{"policy:minimum blocks"})
}

// A copy of a platform under another code is no second one: what belongs to one alone
// gives it away.
func TestCopyIsNoNewcomer(t *testing.T) {
	g := trading(t)
	g.Branch("copy")
	check(t, layAll(filepath.Join(repository, "platforms", "public-resource-trading"), g.Path("platforms/b"), strings.NewReplacer("code: ggzy\n", "code: second\n")))
	g.Commit("a copy", nil)
	borrowed := 0
	for _, f := range gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD").Findings {
		if f.Check == "document.borrowed" && f.Blocking {
			borrowed++
		}
	}
	if borrowed < 3 {
		t.Errorf("%d values are told as those of another platform", borrowed)
	}
}
