package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// worse is a repository whose branch change loses a copy and whose main has gone
// on meanwhile.
func worse(t testing.TB) *gittest.Repo {
	t.Helper()
	g := gated(t, nil)
	g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Checkout("main")
	g.Commit("meanwhile", gittest.Files{"README": "x"})
	g.Checkout("change")
	return g
}

func wantWorse(t testing.TB, dir string, args ...string) {
	t.Helper()
	want(t, strings.Join(args, " "), gate(t, dir, cli.NotCompliant, args...).checks(), []string{"stores.second-copy"})
}

// A gate works wherever git does.
func TestGateInEveryRepository(t *testing.T) {
	t.Run("branches", func(t *testing.T) {
		g := worse(t)
		wantWorse(t, g.Dir, "--base", "main")
		wantWorse(t, g.Dir, "--base", "main", "--head", "change")
		wantWorse(t, g.Dir, "--base", "main...change")
		wantWorse(t, g.Dir, "--base", g.Git("rev-parse", "--short", "main"), "--head", "refs/heads/change")
	})
	t.Run("a forge's merge", func(t *testing.T) {
		g := worse(t)
		g.PullRequest(7, "main", "change")
		wantWorse(t, g.Dir, "--base", "main", "--head", "refs/pull/7/merge")
		g.Checkout(g.Git("rev-parse", "refs/pull/7/merge")) // detached, as actions/checkout leaves it
		wantWorse(t, g.Dir, "--base", "HEAD^1")
		wantWorse(t, g.Dir, "--base", "HEAD^1", "--head", "HEAD^2")
	})
	t.Run("packed", func(t *testing.T) {
		g := worse(t)
		g.Pack()
		wantWorse(t, g.Dir, "--base", "main", "--head", "change")
	})
	t.Run("a shared clone", func(t *testing.T) {
		wantWorse(t, worse(t).Clone("--shared").Dir, "--base", "origin/main", "--head", "origin/change")
	})
	t.Run("a bare repository", func(t *testing.T) {
		b := worse(t).Clone("--bare")
		wantWorse(t, b.Dir, "--base", "main", "--head", "change")
		r := run(t, b.Dir, "gate", "--base", "main", "--as-of", asOf)
		if r.code != cli.Failed || !strings.Contains(r.stderr, "no work tree") {
			t.Errorf("%d %s", r.code, r.stderr)
		}
	})
	t.Run("a linked worktree", func(t *testing.T) {
		w := worse(t).Worktree("change")
		wantWorse(t, w.Dir, "--base", "main")
		if err := os.MkdirAll(w.Path("docs/deep"), 0o755); err != nil {
			t.Fatal(err)
		}
		wantWorse(t, w.Path("docs/deep"), "--base", "main", "--head", "HEAD")
	})
	t.Run("a partial clone", func(t *testing.T) {
		c := worse(t).Clone("--filter=blob:none", "--branch=change")
		c.Git("checkout", "-q", "origin/main") // brings what base holds
		c.Git("checkout", "-q", "change")
		wantWorse(t, c.Dir, "--base", "origin/main")
		// What is not there is not taken for absent, on whichever side.
		c = worse(t).Clone("--filter=blob:none", "--branch=change")
		for _, head := range [][]string{nil, {"--head", "HEAD"}} {
			r := run(t, c.Dir, append([]string{"gate", "--base", "origin/main", "--as-of", asOf}, head...)...)
			if r.code != cli.Failed || !strings.Contains(r.stdout+r.stderr, "partial clone") || strings.Contains(r.stdout, "document.") {
				t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
			}
		}
	})
	t.Run("a sparse checkout", func(t *testing.T) {
		g := worse(t)
		g.Checkout("main")
		g.Commit("docs", gittest.Files{"docs/x.md": "x"})
		c := g.CloneSparse("docs")
		if _, err := os.Stat(c.Path("platforms")); err == nil {
			t.Fatal("the checkout is not sparse")
		}
		// What the checkout leaves out is not gone.
		if j := gate(t, c.Dir, cli.Compliant, "--base", "origin/main"); len(j.Platforms) != 0 {
			t.Errorf("%+v", j.Scope_changes)
		}
		wantWorse(t, c.Dir, "--base", "origin/main", "--head", "origin/change")
	})
	t.Run("a subfolder", func(t *testing.T) {
		g := gittest.Init(t)
		sub := filepath.Join(g.Dir, "it", "平台 库")
		if err := fixtureRulebook(sub); err != nil {
			t.Fatal(err)
		}
		if err := fixturePlatform(sub, "one"); err != nil {
			t.Fatal(err)
		}
		g.Commit("base", nil)
		g.Branch("change")
		g.Commit("worse", gittest.Files{"it/平台 库/" + stores: edited(t, g, "it/平台 库/"+stores, elsewhere, "")})
		wantWorse(t, sub, "--base", "main")
		wantWorse(t, g.Dir, "--base", "main", "--head", "HEAD", "-C", "it/平台 库")
		wantWorse(t, filepath.Join(sub, "platforms", "one"), "--base", "main")
	})
	t.Run("line ends that git changes", func(t *testing.T) {
		g := worse(t)
		g.Checkout("main")
		g.Commit("attributes", gittest.Files{".gitattributes": "*.yaml text eol=crlf\n"})
		g.Git("rm", "-rq", "--cached", ".")
		g.Commit("renormalised", nil)
		g.Write(gittest.Files{"platforms": gittest.Gone})
		g.Git("checkout", "-q", "--", "platforms")
		if !strings.Contains(read(t, g.Dir, stores), "\r\n") {
			t.Fatal("no line ends with CRLF")
		}
		if j := gate(t, g.Dir, cli.Compliant, "--base", "main"); len(j.Findings) != 0 {
			t.Errorf("%+v", j)
		}
	})
	t.Run("a replaced commit", func(t *testing.T) {
		g := worse(t)
		g.Git("replace", "change", "main")
		wantWorse(t, g.Dir, "--base", "main", "--head", "change")
	})
	t.Run("a graft", func(t *testing.T) {
		g := worse(t)
		g.Write(gittest.Files{".git/info/grafts": g.Git("rev-parse", "change") + "\n"})
		wantWorse(t, g.Dir, "--base", "main", "--head", "change")
	})
	t.Run("another repository by the environment", func(t *testing.T) {
		g := worse(t)
		t.Setenv("GIT_DIR", gittest.Init(t).Path(".git"))
		t.Setenv("GIT_OBJECT_DIRECTORY", t.TempDir())
		r := run(t, g.Dir, "gate", "--as-of", asOf, "--base", "main", "--head", "change")
		if r.code != cli.NotCompliant {
			t.Errorf("exit code %d\n%s", r.code, r.stderr)
		}
	})
	t.Run("a rewritten history", func(t *testing.T) {
		g := worse(t)
		g.Git("branch", "old", "main")
		g.Checkout("main")
		g.Git("commit", "-q", "--amend", "-m", "rewritten")
		wantWorse(t, g.Dir, "--base", "main", "--head", "change")
		g.Git("checkout", "-q", "--orphan", "fresh")
		g.Commit("unrelated", nil)
		r := run(t, g.Dir, "gate", "--base", "main", "--head", "fresh", "--as-of", asOf)
		if r.code != cli.Failed || !strings.Contains(r.stderr, "no common ancestor") {
			t.Errorf("%d %s", r.code, r.stderr)
		}
	})
	for _, first := range []bool{true, false} {
		t.Run(fmt.Sprintf("crossed merges, the mended one first: %v", first), func(t *testing.T) { crossed(t, first) })
	}
}

// crossed lays out two branches that have merged each other's first commit: main
// mends what the branch still has, and the branch brings it back. Against one of
// the two merge bases that is new, whichever of them comes first.
func crossed(t *testing.T, mendedFirst bool) {
	g := gated(t, nil)
	g.Checkout("main")
	bad := edited(t, g, stores, elsewhere, "")
	good := read(t, g.Dir, stores)
	start := g.Commit("bad", gittest.Files{stores: bad})
	right := g.Commit("mended", gittest.Files{stores: good})
	left := ""
	for i := 0; left == "" || (right < left) != mendedFirst; i++ {
		g.Branch("branch", start)
		left = g.Commit(fmt.Sprint("left ", i), gittest.Files{"left": "x"})
	}
	g.Checkout("main")
	g.Merge("left into main", left)
	g.Checkout("branch")
	g.Merge("right into branch", right)
	if bases := g.Git("merge-base", "--all", "main", "branch"); len(strings.Fields(bases)) != 2 {
		t.Fatalf("merge bases %s", bases)
	}
	gate(t, g.Dir, cli.Compliant, "--base", "main", "--head", "branch")
	g.Commit("bad again", gittest.Files{stores: bad})
	wantWorse(t, g.Dir, "--base", "main", "--head", "branch")
}

// What cannot be told is an error of the run, with what to do about it.
func TestGateRefuses(t *testing.T) {
	shallow := func(t *testing.T) string {
		g := worse(t)
		g.Git("checkout", "-q", "change")
		c := g.Clone("--depth=1", "--branch=change", "--no-single-branch")
		return c.Dir
	}
	plain := func(t *testing.T) string { return worse(t).Dir }
	for _, c := range []struct {
		name string
		dir  func(*testing.T) string
		args []string
		told []string
	}{
		{"a shallow clone", shallow, []string{"--base", "origin/main"}, []string{"shallow", "fetch-depth: 0"}},
		{"a shallow clone without base", func(t *testing.T) string { return worse(t).Clone("--depth=1", "--branch=change").Dir },
			[]string{"--base", "origin/main"}, []string{"origin/main", "fetch-depth: 0"}},
		{"no such base", plain, []string{"--base", "nowhere"}, []string{"nowhere"}},
		{"no such head", plain, []string{"--base", "main", "--head", "nowhere"}, []string{"nowhere"}},
		{"no base", plain, nil, []string{"--base"}},
		{"two dots", plain, []string{"--base", "main..change"}, []string{"main..change"}},
		{"a path", plain, []string{"--base", "HEAD:platforms"}, []string{"HEAD:platforms"}},
		{"a search", plain, []string{"--base", ":/base"}, []string{":/base"}},
		{"a reflog", plain, []string{"--base", "main@{yesterday}"}, []string{"main@{yesterday}"}},
		{"half a pair", plain, []string{"--base", "main..."}, []string{"main...", "A...B"}},
		{"the other half", plain, []string{"--base", "...change"}, []string{"...change", "A...B"}},
		{"an unset variable", plain, []string{"--base", "main", "--head", ""}, []string{"--head is given and empty"}},
		{"a tag named like base", func(t *testing.T) string {
			g := worse(t)
			g.Git("tag", "main", "change")
			return g.Dir
		}, []string{"--base", "main", "--head", "change"}, []string{"refs/tags/main", "write the full name, such as refs/heads/main"}},
		{"a branch named like a remote's", func(t *testing.T) string {
			c := worse(t).Clone("--branch=change")
			c.Git("branch", "origin/main", "change")
			return c.Dir
		}, []string{"--base", "origin/main", "--head", "change"}, []string{"refs/heads/origin/main", "such as refs/remotes/origin/main"}},
		{"a tag named like a remote's branch", func(t *testing.T) string {
			c := worse(t).Clone("--branch=change")
			c.Git("tag", "origin/main", "change")
			return c.Dir
		}, []string{"--base", "origin/main", "--head", "change"}, []string{"refs/tags/origin/main", "such as refs/remotes/origin/main"}},
		{"an option for a name", plain, []string{"--base=--upload-pack=x"}, []string{"--upload-pack=x"}},
		{"an option for head", plain, []string{"--base", "main", "--head=-x"}, []string{"-x"}},
		{"the root of a repository of many", func(t *testing.T) string {
			g := gittest.Init(t)
			check(t, fixtureRulebook(g.Path("infra")))
			check(t, fixturePlatform(g.Path("infra"), "one"))
			g.Commit("base", nil)
			g.Branch("change")
			g.Commit("docs", gittest.Files{"docs/x.md": "x"})
			return g.Dir
		}, []string{"--base", "main", "--head", "HEAD"}, []string{"no platforms", "-C"}},
		{"base as head", plain, []string{"--base", "main", "--head", "main"}, []string{`base "main" already has`, "--allow-empty"}},
		{"a head that base has merged", plain, []string{"--base", "main", "--head", "main~1"}, []string{`base "main" already has`, "--allow-empty"}},
		{"no platforms", func(t *testing.T) string {
			g := worse(t)
			g.Commit("docs", gittest.Files{"docs/x.md": "x"})
			return g.Path("docs")
		}, []string{"--base", "main", "-C", "."}, []string{"no platforms", "-C"}},
		{"a rev besides", plain, []string{"--base", "main", "--rev", "HEAD"}, []string{"--head"}},
		{"no repository", func(t *testing.T) string { return fixture(t, "one") }, []string{"--base", "main"}, []string{"git"}},
		{"an unborn branch", func(t *testing.T) string { g := gittest.Init(t); return g.Dir }, []string{"--base", "HEAD"}, []string{"HEAD"}},
		{"SHA-256", func(t *testing.T) string {
			g := gittest.Init(t, "--object-format=sha256")
			g.Commit("x", gittest.Files{"x": "x"})
			return g.Dir
		}, []string{"--base", "HEAD"}, []string{"SHA-256"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.dir(t)
			for _, language := range []string{"en", "zh"} {
				r := run(t, dir, append([]string{"gate", "--as-of", asOf, "--lang", language}, c.args...)...)
				if r.code != cli.Failed || r.stdout != "" || strings.Count(r.stderr, "\n") != 1 {
					t.Fatalf("exit code %d\n%s\n%s", r.code, r.stdout, r.stderr)
				}
				for _, told := range c.told {
					if language == "en" && !strings.Contains(r.stderr, told) {
						t.Errorf("%q does not tell of %q", r.stderr, told)
					}
				}
				if strings.Contains(r.stderr, dir) {
					t.Errorf("%q names an absolute path", r.stderr)
				}
			}
		})
	}
}

// A revision is read as it was, whatever lies on disk.
func TestCheckRevision(t *testing.T) {
	g := worse(t)
	head := g.Git("rev-parse", "HEAD")
	index := read(t, g.Dir, ".git/index")
	g.Write(gittest.Files{header: "no: platform\n", "checks": gittest.Gone})
	status := g.Git("status", "--porcelain")
	r := run(t, g.Dir, "check", "--rev", "main", "--as-of", asOf, "-q")
	if r.code != cli.Compliant || !strings.Contains(r.stdout, "revision "+g.Git("rev-parse", "main")[:12]) {
		t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
	}
	for _, rev := range []string{"HEAD", "change", head, head[:8], "main..", "HEAD~0"} {
		r := run(t, g.Dir, "check", "one", "--rev", rev, "--as-of", asOf, "-q")
		if rev == "main.." && r.code != cli.Failed || rev != "main.." && (r.code != cli.NotCompliant || !strings.Contains(r.stdout, "[stores.second-copy]")) {
			t.Errorf("--rev %s: %d %s%s", rev, r.code, r.stdout, r.stderr)
		}
	}
	// Without --as-of the day is the commit's own, in Shanghai.
	g.Checkout("-f")
	g.SetTime(gittest.Start().AddDate(0, 8, 16).Add(8e9 * 3600))
	g.Commit("late in the evening of UTC", gittest.Files{"x": "x"})
	if r := run(t, g.Dir, "check", "--rev", "HEAD", "-q"); !strings.Contains(r.stdout, "as of 2026-11-18") {
		t.Errorf("%s%s", r.stdout, r.stderr)
	}
	if read(t, g.Dir, ".git/index") == index || status == "" {
		t.Error("the test changed nothing that could be touched")
	}
	for _, command := range [][]string{{"rules", "--format", "json"}, {"explain", "stores.fresh"}, {"test"}} {
		if r := run(t, g.Dir, append(command, "--rev", "main")...); r.code != cli.Compliant {
			t.Errorf("%v: %d %s", command, r.code, r.stderr)
		}
	}
}

// Reading leaves a repository as it is.
func TestGateTouchesNothing(t *testing.T) {
	g := worse(t)
	before := everything(t, g.Dir)
	gate(t, g.Dir, cli.NotCompliant, "--base", "main")
	gate(t, g.Dir, cli.NotCompliant, "--base", "main", "--head", "HEAD")
	if after := everything(t, g.Dir); !slices.Equal(before, after) {
		t.Error("the repository has changed")
	}
}

// everything is all that lies below a folder, with contents and times.
func everything(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		line := path + " " + info.Mode().String() + " " + info.ModTime().String()
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			line += " " + string(data)
		}
		all = append(all, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
