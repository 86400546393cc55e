package cli_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// What is given and empty is an unset variable: whichever flag of whichever
// command it is, it must not choose what a flag left out chooses.
func TestGivenAndEmpty(t *testing.T) {
	dir := fixture(t, "one")
	flag := regexp.MustCompile(`--([a-z-]+) string(\[?)`) // in brackets what it is left out for
	for _, command := range []string{"check one", "gate", "scorecard one", "assess import x.xlsx", "explain stores.fresh", "rules", "test", "version", "man x"} {
		args := strings.Fields(command)
		flags := flag.FindAllStringSubmatch(run(t, dir, append(args, "--help")...).stdout, -1)
		if len(flags) < 5 {
			t.Errorf("%s: only the flags %q", command, flags)
		}
		for _, f := range flags {
			given := [][]string{{"--" + f[1] + "="}, {"--" + f[1], ""}}
			if f[2] != "" {
				given = given[:1] // what follows is an argument
			}
			for _, given := range given {
				r := run(t, dir, append(args, given...)...)
				if want := "hegui: --" + f[1] + " is given and empty"; r.code != cli.Failed || r.stdout != "" || !strings.HasPrefix(r.stderr, want) {
					t.Errorf("%s %q: %d %s%s", command, given, r.code, r.stdout, r.stderr)
				}
			}
		}
	}
	if r := run(t, dir, "check", "--lang=zh", "--rev="); r.code != cli.Failed || !strings.Contains(r.stderr, "--rev 写了却是空的") {
		t.Errorf("%d %s", r.code, r.stderr)
	}
}

// An empty change passes where that is asked for, and a work tree that is clean;
// both say that nothing was judged.
func TestNoChange(t *testing.T) {
	g := worse(t)
	for _, args := range [][]string{{"--head", "main", "--allow-empty"}, {"--head", "main~1", "--allow-empty"}, nil} {
		g.Checkout("main")
		for format, says := range map[string]string{"text": "gate: passed; no change", "markdown": "no change", "json": `"passed":true`} {
			r := run(t, g.Dir, append([]string{"gate", "--base", "main", "--as-of", asOf, "--report", format}, args...)...)
			if r.code != cli.Compliant || !strings.Contains(r.stdout, says) {
				t.Errorf("%q %s: %d %s%s", args, format, r.code, r.stdout, r.stderr)
			}
		}
	}
	// What is on disk is judged, also where HEAD is base.
	g.Write(gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	wantWorse(t, g.Dir, "--base", "main")
}

// A change cannot move the folder that is judged: it is where base has it.
func TestRootIsThatOfBase(t *testing.T) {
	lay := func(t *testing.T) *gittest.Repo {
		g := gittest.Init(t)
		if err := fixtureRulebook(g.Path("infra")); err != nil {
			t.Fatal(err)
		}
		if err := fixturePlatform(g.Path("infra"), "one"); err != nil {
			t.Fatal(err)
		}
		g.Commit("base", gittest.Files{"infra/ci/run.sh": "x"})
		g.Branch("change")
		return g
	}
	for _, c := range []struct {
		name, from string
		change     gittest.Files
	}{
		{"the folder is gone", "infra", gittest.Files{"infra/platforms": gittest.Gone}},
		{"another is nearer", "infra/ci", gittest.Files{"infra/platforms": gittest.Gone, "infra/ci/platforms/README.md": "x"}},
		{"another with a platform is nearer", "infra/ci", gittest.Files{"infra/platforms": gittest.Gone, "infra/ci/platforms/two/platform.yaml": "x"}},
		{"a link is nearer", "infra/ci", gittest.Files{"infra/platforms": gittest.Gone, "infra/ci/platforms": "-> ../../x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := lay(t)
			g.Commit("moved", c.change)
			for _, head := range [][]string{{"--head", "HEAD"}, nil} {
				j := gate(t, g.Path(c.from), cli.NotCompliant, append([]string{"--base", "main"}, head...)...)
				want(t, "scope", j.scopes(), []string{"platform:one blocks"})
			}
		})
	}
	t.Run("through a link", func(t *testing.T) {
		g := lay(t)
		link := t.TempDir() + "/link"
		if err := os.Symlink(g.Path("infra/ci"), link); err != nil {
			t.Fatal(err)
		}
		g.Commit("gone", gittest.Files{"infra/platforms": gittest.Gone})
		gate(t, link, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	})
	t.Run("the first platform", func(t *testing.T) {
		g := lay(t)
		g.Checkout("main")
		g.Commit("none yet", gittest.Files{"infra/platforms": gittest.Gone})
		g.Branch("change", "main")
		if err := fixturePlatform(g.Path("infra"), "one"); err != nil {
			t.Fatal(err)
		}
		g.Commit("the first", nil)
		j := gate(t, g.Path("infra/ci"), cli.Compliant, "--base", "main", "--head", "HEAD")
		if len(j.Platforms) != 1 || j.Platforms[0].Change != "added" {
			t.Errorf("%+v", j.Platforms)
		}
	})
}

// A shallow clone that could hide the nearer merge base judges nothing. Main has
// mended what an old branch, merged later, still has: by the old merge base a
// change that breaks it again would pass.
func TestShallowEdge(t *testing.T) {
	g := gated(t, nil)
	good, bad := read(t, g.Dir, stores), edited(t, g, stores, elsewhere, "")
	g.Checkout("main")
	old := g.Commit("bad", gittest.Files{stores: bad})
	g.Commit("mended", gittest.Files{stores: good})
	g.Branch("change")
	g.Commit("bad again", gittest.Files{stores: bad})
	g.Branch("late", old)
	g.Commit("late", gittest.Files{"late": "x"})
	g.Checkout("main")
	for _, name := range []string{"1", "2", "3"} {
		g.Commit(name, gittest.Files{"count": name})
	}
	g.Merge("late into main", "late")
	wantWorse(t, g.Dir, "--base", "main", "--head", "change")
	for _, depth := range []string{"2", "3", "4", "5", "20"} {
		c := g.Clone("--depth="+depth, "--no-single-branch")
		if depth == "20" {
			wantWorse(t, c.Dir, "--base", "origin/main", "--head", "origin/change") // all of it
			continue
		}
		r := run(t, c.Dir, "gate", "--base", "origin/main", "--head", "origin/change", "--as-of", asOf)
		if r.code == cli.Compliant || r.code == cli.Failed && !strings.Contains(r.stderr, "fetch-depth: 0") {
			t.Errorf("depth %s: %d %s%s", depth, r.code, r.stdout, r.stderr)
		}
	}
	// Where head has base nothing can be nearer, however shallow the clone.
	g.Checkout("change")
	g.Merge("main into change", "main")
	g.Commit("bad again", gittest.Files{stores: bad})
	wantWorse(t, g.Clone("--depth=3", "--no-single-branch").Dir, "--base", "origin/main", "--head", "origin/change")
}
