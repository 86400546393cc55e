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
	code := strings.NewReplacer("code: ggzy\n", "code: second\n")
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
