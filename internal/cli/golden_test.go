package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/cli"
)

// asOf is the day on which this repository's platforms are compliant; README,
// Makefile and workflows pin it too.
const asOf = "2026-12-01"

// repository is this repository, from this package's folder.
var repository = filepath.Join("..", "..")

// These goldens follow the repository's own rulebook and platforms, unlike
// everything in testdata/script: -update rewrites them after a change of data.
// One platform is what a reader of their difference has the patience for.
func TestGoldens(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
	}{
		{"check.en.txt", []string{"--lang", "en"}},
		{"check.zh.txt", []string{"--lang", "zh"}},
		{"verdicts.txt", []string{"--report", "json", "--lang", "en"}},
		{"verdicts.txt", []string{"--report", "json", "--lang", "zh"}}, // JSON holds both languages
	} {
		t.Run(strings.Join(append(c.args, c.name), " "), func(t *testing.T) {
			r := run(t, here(t), append([]string{"check", "government-services", "-C", repository, "--as-of", asOf}, c.args...)...)
			if r.code != cli.Compliant || r.stderr != "" {
				t.Fatalf("exit code %d, stderr %s", r.code, r.stderr)
			}
			if strings.Contains(r.stdout, here(t)) {
				t.Error("an absolute path is told")
			}
			got := masked(r.stdout)
			if c.name == "verdicts.txt" {
				got = verdicts(t, r.stdout)
			}
			golden(t, c.name, got)
		})
	}
}

// verdicts are what a JSON report says, a line a fact: the whole of it would be
// megabytes that nobody reads, and its shape is for the report's own tests.
func verdicts(t *testing.T, report string) string {
	t.Helper()
	var r struct{ Platforms []*judged }
	check(t, json.Unmarshal([]byte(report), &r))
	var b strings.Builder
	for _, p := range r.Platforms {
		fmt.Fprintf(&b, "%s: compliant %v, %s, raw %s, adjusted %s\n", p.ID, p.Compliant, p.Grade.ID, p.Score.Raw, p.Score.Adjusted)
		for _, c := range p.Clauses {
			fmt.Fprintf(&b, "  clause %s %s\n", c.ID, c.Verdict)
		}
		for _, c := range p.Checks {
			fmt.Fprintf(&b, "  check %s %s\n", c.ID, c.Outcome)
		}
		for _, f := range p.Findings {
			fmt.Fprintf(&b, "  finding %s %s %s %s %s\n", f.Location.Path, f.Severity, f.Check, f.Item, f.Fingerprint)
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	at := filepath.Join("testdata", "golden", name)
	if *update {
		check(t, os.WriteFile(at, []byte(got), 0o644))
	}
	want, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d: got\n%s\nwant\n%s\n(go test ./internal/cli -update rewrites it)", at, i+1, gotLines[i], wantLines[i])
		}
	}
	t.Fatalf("%s has %d lines, want %d (go test ./internal/cli -update rewrites it)", at, len(gotLines), len(wantLines))
}

func here(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	check(t, err)
	return dir
}

// The described platforms show what hegui can tell apart: all comply, no two
// alike.
func TestThisRepositoryComplies(t *testing.T) {
	r := run(t, here(t), "check", "-C", repository, "--as-of", asOf, "--report", "json")
	var report struct{ Platforms []*judged }
	if err := json.Unmarshal([]byte(r.stdout), &report); err != nil {
		t.Fatalf("%v\n%s", err, r.stderr)
	}
	if r.code != cli.Compliant || len(report.Platforms) != 3 {
		t.Errorf("exit code %d, %d platforms; want %d and 3", r.code, len(report.Platforms), cli.Compliant)
	}
	scores := map[json.Number]string{}
	for _, p := range report.Platforms {
		if !p.Compliant {
			t.Errorf("%s is not compliant: %q", p.ID, p.places())
		}
		if other, taken := scores[p.Score.Raw]; taken {
			t.Errorf("%s and %s score alike: %s", p.ID, other, p.Score.Raw)
		}
		scores[p.Score.Raw] = p.ID
		for _, e := range p.Evidence {
			if e.Path != "" && !e.Resolved {
				t.Errorf("%s: evidence %s does not resolve", p.ID, e.Path)
			}
		}
		for _, f := range p.Findings {
			if strings.HasPrefix(f.Check, "document.") || strings.HasPrefix(f.Check, "schema.") || strings.HasPrefix(f.Check, "evidence.") {
				t.Errorf("%s:%d: %s", f.Location.Path, f.Location.Line, f.Message.EN)
			}
		}
	}
}
