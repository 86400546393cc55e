package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hegui/internal/cli"
)

// county tightens a limit, at once or from a day on.
func county(from string) string {
	return "title: { zh: 县, en: County }\nnote: { zh: 收紧, en: Stricter }\n" + from + `limits:
  - check: stores.fresh
    limit: max_age
    levels: { default: { value: P7D, basis: { kind: local, source: { zh: 县政发9号, en: County No. 9 }, confidence: read } } }
`
}

// A supervisor sees who would turn red by a stricter limit, at once and from the day on
// which it is asked for, with the checks that turn; the public sees scores and verdicts.
func TestForecastWithAnOverlaySaysWhoTurns(t *testing.T) {
	dir := fixture(t, "one", "two")
	write(t, dir, "platforms/two/stores.yaml", strings.Replace(read(t, dir, "platforms/two/stores.yaml"), "- site: west", "- site: east", 1))
	write(t, dir, "checks/overlays/county.yaml", county(""))
	write(t, dir, "checks/overlays/later.yaml", county("effective_on: 2026-12-20\n"))
	for name, args := range map[string][]string{
		"whatif.en.txt":   {"--overlay", "county", "--lang", "en"},
		"whatif.zh.txt":   {"--overlay", "later", "--lang", "zh"},
		"whatif.md":       {"--overlay", "later", "--report", "markdown", "--lang", "en"},
		"whatif.csv":      {"--overlay", "later", "--report", "csv", "--lang", "en"},
		"whatif-day.txt":  {"--overlay", "later", "--as-of", "2026-12-20", "--lang", "en"},
		"whatif-one.txt":  {"two", "--overlay", "county", "--lang", "en"},
		"whatif-zh.md":    {"--overlay", "county", "--report", "markdown", "--lang", "zh"},
		"whatif-none.txt": {"--lang", "en"},
	} {
		r := run(t, dir, append([]string{"forecast", "--as-of", "2026-12-01", "--days", "30"}, args...)...)
		if r.code != cli.Compliant || r.stderr != "" {
			t.Fatalf("%s: exit code %d, %s", name, r.code, r.stderr)
		}
		if name == "whatif-none.txt" {
			if strings.Contains(r.stdout, "overlay") {
				t.Errorf("without an overlay: %s", r.stdout)
			}
			continue
		}
		golden(t, name, masked(r.stdout))
	}
	valid := holdsSchema(t)
	for _, audience := range []string{"public", "internal", "assessor"} {
		r := run(t, dir, "forecast", "--as-of", "2026-12-01", "--overlay", "later", "--report", "json", "--audience", audience)
		valid(audience, []byte(r.stdout))
		var told struct {
			WhatIf struct {
				Days []struct {
					On        string
					Platforms []struct{ Turns []struct{ Check, To string } }
				}
			} `json:"what_if"`
		}
		check(t, json.Unmarshal([]byte(r.stdout), &told))
		days := told.WhatIf.Days
		if len(days) != 2 || days[0].On != "2026-12-01" || len(days[0].Platforms) != 0 || days[1].On != "2026-12-20" || len(days[1].Platforms) != 2 {
			t.Fatalf("%s: %+v", audience, days)
		}
		if turns := days[1].Platforms[0].Turns; (len(turns) == 0) != (audience == "public") {
			t.Errorf("%s: %+v", audience, turns)
		}
	}
	policy := read(t, dir, "checks/policy.yaml")
	write(t, dir, "checks/policy.yaml", policy+"overlays: [county]\n")
	if r := run(t, dir, "forecast", "--as-of", "2026-12-01", "--overlay", "county"); !strings.Contains(r.stderr, `"county" is switched on`) || !strings.Contains(r.stdout, "differently with it: 0, others: 2") {
		t.Errorf("one that is in force: %s\n%s", r.stderr, r.stdout)
	}
}
