package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// holdsSchema validates a JSON report as any reader may.
func holdsSchema(t *testing.T) func(what string, report []byte) {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "schemas", "results.schema.json"))
	check(t, err)
	defer func() { check(t, file.Close()) }()
	compiler := jsonschema.NewCompiler()
	compiler.Draft, compiler.AssertFormat = jsonschema.Draft2020, true
	check(t, compiler.AddResource("hegui:///results.schema.json", file))
	schema, err := compiler.Compile("hegui:///results.schema.json")
	check(t, err)
	return func(what string, report []byte) {
		t.Helper()
		decoder := json.NewDecoder(strings.NewReader(string(report)))
		decoder.UseNumber()
		var document any
		if err := decoder.Decode(&document); err != nil {
			t.Errorf("%s: %v\n%.300s", what, err, report)
			return
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%s: %#v", what, err)
		}
	}
}

const orderedAndConfirmed = `verdicts:
  - { id: one, check: stores.second-copy, item: files, verdict: not_met, note: 只有一份, deadline: 2026-11-20, recheck: 仍未整改, responsible_post: 运维岗, assessed_by: 监督岗, assessed_on: 2026-11-02 }
  - { id: two, check: stores.fresh, item: files, verdict: met, recheck: 已整改, assessed_by: 监督岗, assessed_on: 2026-11-02 }
clauses:
  - { clause: "2.1", verdict: partly_met, note: 一般, assessed_by: 监督岗, assessed_on: 2026-11-02 }
`

// The results hold their schema in every mode, for every audience, whatever state
// platforms are in.
func TestResultsHoldTheirSchemaInEveryMode(t *testing.T) {
	valid := holdsSchema(t)
	g := gated(t, gittest.Files{"platforms/one/waivers.yaml": waiverOfSecondCopy})
	check(t, fixturePlatform(g.Dir, "bureau/two"))
	g.Commit("two", nil)
	base := g.Git("rev-parse", "HEAD")
	two := "platforms/bureau/two/"
	g.Commit("worse", gittest.Files{stores: edited(t, g, stores, elsewhere, ""), two + "stores.yaml": strings.ReplaceAll(read(t, g.Dir, two+"stores.yaml"), "- site: west", "- site: east"),
		two + "verdicts.yaml": orderedAndConfirmed, "platforms/broken/platform.yaml": "name: [\n", "platforms/empty/platform.yaml": ""})
	all := []string{"public", "internal", "assessor"}
	for _, mode := range []struct {
		name      string
		args      []string
		audiences []string
	}{
		{"check", []string{"check"}, all},
		{"pretty", []string{"check", "--pretty"}, all[1:2]},
		{"filtered", []string{"check", "bureau/two", "--severity", "major"}, all[1:2]},
		{"a file", []string{"check", stores}, all[1:2]},
		{"at a revision", []string{"check", "--rev", base}, all[1:2]},
		{"empty", []string{"check", "empty"}, all},
		{"forecast", []string{"forecast", "bureau/two"}, all},
		{"plan", []string{"plan", "bureau/two", "--by", "2027-12-01", "--target", "100"}, all},
		{"a plan that is none", []string{"plan", "empty"}, all},
		{"gate", []string{"gate", "--base", "main"}, all},
		{"nothing to judge", []string{"gate", "--base", "HEAD", "--allow-empty"}, all[1:2]},
		{"merged", []string{"gate", "--base", "main", "--head", "HEAD", "--merged"}, all[1:2]},
	} {
		for _, audience := range mode.audiences {
			r := run(t, g.Dir, append(mode.args, "--as-of", asOf, "--audience", audience, "--report", "json")...)
			if r.code == cli.Failed {
				t.Fatalf("%s for %s: %s", mode.name, audience, r.stderr)
			}
			valid(mode.name+" for "+audience, []byte(r.stdout))
		}
	}
	for _, audience := range all {
		dir := t.TempDir()
		r := run(t, g.Dir, "scorecard", "-o", dir, "--as-of", asOf, "--audience", audience, "--previous", base, "--previous", "main", "--report", "json")
		if r.code == cli.Failed {
			t.Fatalf("scorecard for %s: %s", audience, r.stderr)
		}
		report := r.stdout
		valid("scorecard for "+audience, []byte(report))
		for _, word := range []string{`"standing":"new"`, `"overdue":true`} {
			if strings.Contains(report, word) != (audience != "public") {
				t.Errorf("scorecard for %s: %s", audience, word)
			}
		}
	}
}

// An examination that is later than the one at hand is none before it.
func TestPreviousIsBefore(t *testing.T) {
	g := gated(t, nil)
	for _, when := range []string{"2027-01-01", g.Git("rev-parse", "HEAD")} {
		r := run(t, g.Dir, "scorecard", "-o", t.TempDir(), "--as-of", "2020-12-01", "--previous", when)
		if r.code != cli.Failed || !strings.Contains(r.stderr, "later than the 2020-12-01") {
			t.Errorf("--previous %s: exit code %d: %s", when, r.code, r.stderr)
		}
	}
}
