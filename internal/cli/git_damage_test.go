package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// The files on disk are judged whatever has become of git; but results that state
// no commit, or one that nobody could compare with, say so.
func TestDamagedGitIsSaid(t *testing.T) {
	matching := func(t *testing.T, g *gittest.Repo, pattern string) string {
		found, err := filepath.Glob(g.Path(pattern))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %q %v", pattern, found, err)
		}
		return found[0]
	}
	damage := func(t *testing.T, name, content string) {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		harm func(t *testing.T, g *gittest.Repo)
	}{
		{"HEAD", func(t *testing.T, g *gittest.Repo) { damage(t, g.Path(".git/HEAD"), "x\n") }},
		{"no HEAD", func(_ *testing.T, g *gittest.Repo) { g.Write(gittest.Files{".git/HEAD": gittest.Gone}) }},
		{"no objects", func(_ *testing.T, g *gittest.Repo) { g.Write(gittest.Files{".git/objects": gittest.Gone}) }},
		{"the branch", func(t *testing.T, g *gittest.Repo) { damage(t, g.Path(".git/refs/heads/change"), "x\n") }},
		{"the settings", func(t *testing.T, g *gittest.Repo) { damage(t, g.Path(".git/config"), "[core\n") }},
		{"packed references", func(t *testing.T, g *gittest.Repo) {
			g.Git("pack-refs", "--all")
			damage(t, g.Path(".git/packed-refs"), read(t, g.Dir, ".git/packed-refs")[:60])
		}},
		{"the edge of a shallow clone", func(_ *testing.T, g *gittest.Repo) { g.Write(gittest.Files{".git/shallow": "x\n"}) }},
		{"the pack", func(t *testing.T, g *gittest.Repo) { damage(t, matching(t, g, ".git/objects/pack/*.pack"), "PACK") }},
		{"its index", func(t *testing.T, g *gittest.Repo) { damage(t, matching(t, g, ".git/objects/pack/*.idx"), "x") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gated(t, nil)
			g.Git("repack", "-q", "-a", "-d")
			c.harm(t, g)
			r := run(t, g.Dir, "check", "--as-of", asOf, "--report", "json")
			var report struct {
				Revision struct {
					Unreadable, Dirty bool
				}
			}
			if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
				t.Fatal(err)
			}
			if r.code != cli.Compliant || !report.Revision.Unreadable || !report.Revision.Dirty || !strings.HasPrefix(r.stderr, "note: git data cannot be read") {
				t.Errorf("%d %+v %s", r.code, report.Revision, r.stderr)
			}
			r = run(t, g.Dir, "check", "--as-of", asOf, "--lang", "zh")
			if !strings.Contains(r.stdout, "git 数据读不出来，未能核对") || !strings.HasPrefix(r.stderr, "提示：git 数据读不出来") {
				t.Errorf("%s%s", r.stdout, r.stderr)
			}
			if r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf); r.code != cli.Failed || strings.Contains(r.stdout+r.stderr, "no git repository") {
				t.Errorf("gate: %d %s%s", r.code, r.stdout, r.stderr)
			}
		})
	}
	// No repository, and one without a commit, have nothing to be read.
	for name, dir := range map[string]string{"none": fixture(t, "one"), "unborn": unborn(t)} {
		if r := run(t, dir, "check", "--as-of", asOf, "--report", "json"); r.code != cli.Compliant || r.stderr != "" || !strings.Contains(r.stdout, `"revision":null`) {
			t.Errorf("%s: %d %s", name, r.code, r.stderr)
		}
	}
}

// Every command that judges revisions ends with 2 and one line that names the damage,
// rather than a rulebook or a platform that was not found.
func TestDamagedRevisionsAreNotJudged(t *testing.T) {
	for _, lost := range []string{"change:" + header, "change:schemas", "change^{tree}"} {
		g := gated(t, nil)
		g.Commit("a remark", gittest.Files{header: "# 备注\n" + read(t, g.Dir, header), "schemas/platform.schema.json": read(t, g.Dir, "schemas/platform.schema.json") + "\n"})
		object := g.Git("rev-parse", lost)
		if err := os.Remove(g.Path(".git/objects/" + object[:2] + "/" + object[2:])); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"check one --rev change", "plan one --rev change", "forecast one --rev change", "history --since main", "history --claims", "gate --base main --head change", "scorecard -o cards --rev change"} {
			r := run(t, g.Dir, append(strings.Fields(command), "--as-of", asOf)...)
			if r.code != cli.Failed || !strings.Contains(r.stderr, "the git repository is damaged: object "+object) || strings.Count(r.stderr, "\n") != 1 || strings.Contains(r.stderr, "known ids") {
				t.Errorf("%s without %s: %d %s", command, lost, r.code, r.stderr)
			}
		}
	}
}

func unborn(t *testing.T) string {
	g := gittest.Init(t)
	if err := fixtureRulebook(g.Dir); err != nil {
		t.Fatal(err)
	}
	if err := fixturePlatform(g.Dir, "one"); err != nil {
		t.Fatal(err)
	}
	return g.Dir
}

// What cannot be read on one side is neither gone nor new: the run fails, and says
// nothing about it that is not known.
func TestUnreadableIsNotGone(t *testing.T) {
	for _, rev := range []string{"change", "main"} {
		g := gated(t, gittest.Files{"README": "x"})
		g.Commit("a remark", gittest.Files{header: "# 备注\n" + read(t, g.Dir, header)})
		object := g.Git("rev-parse", rev+":"+header)
		if err := os.Remove(g.Path(".git/objects/" + object[:2] + "/" + object[2:])); err != nil {
			t.Fatal(err)
		}
		r := run(t, g.Dir, "gate", "--base", "main", "--head", "change", "--as-of", asOf, "--report", "json")
		var report struct {
			Errors []text
			Gate   judgedGate
		}
		if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
			t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
		}
		if g := report.Gate; r.code != cli.Failed || len(report.Errors) == 0 || len(g.Platforms)+len(g.Scope_changes)+len(g.Findings)+len(g.Blocks) > 0 {
			t.Errorf("%s: %d %+v", rev, r.code, report)
		}
		if !strings.HasPrefix(r.stderr, "hegui: platform one cannot be judged") || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: stderr %q", rev, r.stderr)
		}
	}
}

// A work tree is judged with files that no commit of it has; which ones is said.
func TestUntrackedFilesAreSaid(t *testing.T) {
	g := gated(t, gittest.Files{".gitignore": "*.bak\n"})
	if r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf); r.stderr != "" {
		t.Errorf("a clean work tree: %s", r.stderr)
	}
	g.Write(gittest.Files{"platforms/one/evidence/new.md": "记录", "platforms/one/evidence/old.bak": "记录", "docs/x.md": "x",
		stores: edited(t, g, stores, "evidence/run.md", "evidence/new.md")})
	r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf)
	if want := "(2): platforms/one/evidence/new.md, platforms/one/evidence/old.bak\n"; r.code != cli.Compliant || !strings.HasSuffix(r.stderr, want) {
		t.Errorf("%d %s", r.code, r.stderr)
	}
	g.Git("add", "-f", "platforms")
	if r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf); r.stderr != "" {
		t.Errorf("after git add: %s", r.stderr)
	}
	for i := range 7 {
		g.Write(gittest.Files{"platforms/one/evidence/more" + string(rune('a'+i)) + ".md": "x"})
	}
	if r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf, "--lang", "zh"); !strings.Contains(r.stderr, "（7）") || !strings.HasSuffix(r.stderr, "moree.md, …\n") {
		t.Errorf("%s", r.stderr)
	}
}
