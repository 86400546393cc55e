package cli_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// compared is what results say of a platform's previous examination.
type compared struct {
	AsOf     string `json:"as_of"`
	Revision *struct{ Commit string }
	Fixed    int
	New      int
	Repeated []string
}

// since runs scorecard with --previous and returns what it says of one platform.
func since(t *testing.T, g *gittest.Repo, code int, previous string, args ...string) (*compared, string) {
	t.Helper()
	dir := t.TempDir()
	r := run(t, g.Dir, append([]string{"scorecard", "-o", dir, "--as-of", asOf, "--previous", previous}, args...)...)
	if r.code != code {
		t.Fatalf("--previous %s: exit code %d, want %d: %s", previous, r.code, code, r.stderr)
	}
	if code == cli.Failed {
		return nil, r.stderr
	}
	var told struct {
		ID       string
		Previous *compared
	}
	// The first line is the first platform.
	packed, err := gzip.NewReader(strings.NewReader(read(t, dir, "results.jsonl.gz")))
	check(t, err)
	check(t, json.NewDecoder(packed).Decode(&told))
	return told.Previous, read(t, dir, filepath.Join("platforms", told.ID, "index.html"))
}

// A previous examination is a revision, judged on its own day, or what stood at
// the end of a day; always by the rulebook of today.
func TestScorecardComparesWithRevisions(t *testing.T) {
	g := gated(t, nil)
	base := g.Git("rev-parse", "main")
	// The evening of the 20th in UTC is the 21st in Shanghai.
	g.SetTime(time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC))
	worse := g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, ""), "checks/policy.yaml": "broken: [\n"})
	g.SetTime(time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC))
	g.Commit("moved and mended", gittest.Files{"platforms/one": gittest.Gone, "checks/policy.yaml": g.Git("show", "main:checks/policy.yaml")})
	check(t, fixturePlatform(g.Dir, "one"))
	check(t, fixturePlatform(g.Dir, "bureau/one"))
	g.Commit("laid elsewhere", gittest.Files{"platforms/one": gittest.Gone})

	for _, when := range []string{worse, worse[:10], "2026-11-20"} {
		p, page := since(t, g, cli.Compliant, when)
		if p == nil || p.Revision == nil || p.Revision.Commit != worse || p.AsOf != "2026-11-20" || p.Fixed != 1 || p.New != 0 || len(p.Repeated) != 0 {
			t.Errorf("--previous %s: %+v", when, p)
		}
		// The page names the examination in a way that stays.
		name := when
		if when != "2026-11-20" {
			name = worse
		}
		if !strings.Contains(page, "--previous "+name+" ") {
			t.Errorf("--previous %s is not in the command", name)
		}
	}
	// Not long before the records were made nothing held.
	if p, _ := since(t, g, cli.Compliant, base); p == nil || p.Fixed == 0 {
		t.Errorf("--previous %s: %+v", base, p)
	}
	for previous, want := range map[string]string{"2020-01-01": "no commit before", "nowhere": "nowhere", "main..HEAD": "main..HEAD"} {
		if _, stderr := since(t, g, cli.Failed, previous); !strings.Contains(stderr, want) {
			t.Errorf("--previous %s: %s", previous, stderr)
		}
	}
	// A day looks back from the revision that is judged.
	head := g.Git("rev-parse", "HEAD")
	g.Commit("later, on the same day", gittest.Files{"README": "x"})
	p, page := since(t, g, cli.Compliant, "2026-11-21", "--rev", head)
	if p == nil || p.Revision.Commit != head || len(p.Repeated)+p.New+p.Fixed != 0 || !strings.Contains(page, "--rev "+head) {
		t.Errorf("--rev: %+v", p)
	}
}

// A package and a gate take more memory for time, which a check of the same platforms does not.
func TestWhoSpendsMemory(t *testing.T) {
	g := gated(t, nil)
	for command, want := range map[string]bool{"scorecard -o " + t.TempDir(): true, "gate --base main": true, "check": false} {
		spent := false
		env := environment(g.Dir, func(string) string { return "" }, strings.Fields(command)...)
		env.Stdout, env.Stderr, env.Spend = io.Discard, io.Discard, func() { spent = true }
		cli.Main(t.Context(), env)
		if spent != want {
			t.Errorf("%s takes more memory: %v, want %v", command, spent, want)
		}
	}
}
