package cli_test

import (
	"regexp"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// What people see of a gate, with something of everything in it.
func TestGateGoldens(t *testing.T) {
	g := richer(t)
	if err := fixturePlatform(g.Dir, "three"); err != nil {
		t.Fatal(err)
	}
	g.Checkout("main")
	g.Commit("a third, poorly described", gittest.Files{
		"platforms/three/stores.yaml":  edited(t, g, stores, "    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01", "    keep: 20\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01"),
		"platforms/three/hosting.yaml": "host: [\n", "platforms/three/platform.yaml": edited(t, g, "platforms/three/platform.yaml", "hosted: false", "hosted: true"),
	})
	g.Branch("change")
	if err := fixturePlatform(g.Dir, "two"); err != nil {
		t.Fatal(err)
	}
	g.Git("mv", "platforms/three", "platforms/bureau")
	g.Commit("a bit of everything", gittest.Files{
		stores:                          edited(t, g, stores, "    keep: 90\n    copies:\n      - site: east\n      - site: west\n    records:\n      - date: 2026-11-01", "    keep: 90\n    copies:\n      - site: east\n    records:\n      - date: 2026-11-01"),
		header:                          edited(t, g, header, "hosted: true", "hosted: false"),
		"platforms/one/waivers.yaml":    waiverOfSecondCopy,
		"platforms/bureau/hosting.yaml": "host: 云州市政务云\nsigned: 2027-01-10\n",
		"platforms/bureau/stores.yaml":  edited(t, g, "platforms/bureau/stores.yaml", "keep: 20", "keep: 90"),
		"checks/policy.yaml":            edited(t, g, "checks/policy.yaml", "minimum: 60", "minimum: 100"),
	})
	for _, c := range []struct{ name, language, format string }{
		{"gate.en.txt", "en", "text"}, {"gate.zh.txt", "zh", "text"}, {"gate.en.md", "en", "markdown"}, {"gate.zh.md", "zh", "markdown"},
	} {
		r := run(t, g.Dir, "gate", "--base", "main", "--as-of", asOf, "--lang", c.language, "--report", c.format)
		if r.code != cli.NotCompliant || r.stderr != "" {
			t.Fatalf("exit code %d, stderr %s", r.code, r.stderr)
		}
		if strings.Contains(r.stdout, g.Dir) {
			t.Error("an absolute path is told")
		}
		golden(t, c.name, commits.ReplaceAllString(digest.ReplaceAllString(r.stdout, "sha256:DIGEST"), "COMMIT"))
	}
}

// commits follow the schemas, which are this repository's.
var commits = regexp.MustCompile(`\b[0-9a-f]{12}\b`)
