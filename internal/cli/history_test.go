package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// storied is a platform with a past: it lapses, gets worse, moves, and is judged by
// another rulebook and by none.
func storied(t testing.TB) *gittest.Repo {
	g := gittest.Init(t)
	check(t, fixtureRulebook(g.Dir))
	check(t, fixturePlatform(g.Dir, "one"))
	policy := read(t, g.Dir, "checks/policy.yaml")
	sound := read(t, g.Dir, stores)
	day := time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC) // the next day in Shanghai
	for i, files := range []gittest.Files{
		{},
		{"README": "Zhang San was here"},
		{stores: strings.Replace(sound, "- site: west", "- site: east", 1)},
		{stores: gittest.Gone, header: gittest.Gone, "platforms/one": gittest.Gone},
		{"checks/policy.yaml": strings.Replace(policy, "minor: 2", "minor: 4", 1)},
		{"checks/policy.yaml": "points: ["},
		{"checks/policy.yaml": policy},
	} {
		if i == 3 {
			check(t, fixturePlatform(g.Dir, "bureau/one"))
		}
		g.SetTime(day.AddDate(0, i, 0))
		g.Commit("by Zhang San", files)
	}
	return g
}

// anonymous masks what differs from one repository to the next.
func anonymous(text string) string {
	return regexp.MustCompile(`\b[0-9a-f]{12,40}\b`).ReplaceAllString(masked(text), "COMMIT")
}

// A history says what each change comes from, in every format, and nobody's name.
func TestHistory(t *testing.T) {
	g := storied(t)
	for name, args := range map[string][]string{
		"history.en.txt": {"--lang", "en"}, "history.zh.txt": {"--lang", "zh"}, "history.csv": {"--report", "csv", "--lang", "en"}, "history.svg": {"--report", "svg", "--lang", "zh"},
		"history-one.txt": {"bureau/one", "--per", "month", "--rulebook-at", "HEAD", "--since", "2027-01-01", "--until", "2027-03-31", "--lang", "en"},
	} {
		r := run(t, g.Dir, append([]string{"history"}, args...)...)
		if r.code != cli.Compliant || r.stderr != "" {
			t.Fatalf("%s: exit code %d, %s", name, r.code, r.stderr)
		}
		if strings.Contains(r.stdout, "Zhang") || strings.Contains(r.stdout, "example.") {
			t.Errorf("%s names a person", name)
		}
		golden(t, name, anonymous(r.stdout))
	}
	chart := run(t, g.Dir, "history", "--report", "svg").stdout
	for decoder := xml.NewDecoder(strings.NewReader(chart)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the chart: %v", err)
		}
	}
	valid := holdsSchema(t)
	for _, audience := range []string{"public", "internal", "assessor"} {
		r := run(t, g.Dir, "history", "--report", "json", "--audience", audience)
		valid(audience, []byte(r.stdout))
		var told struct {
			History struct {
				Platforms []struct {
					Points []struct{ Grade struct{ Vetoes []string } }
				}
			}
		}
		check(t, json.Unmarshal([]byte(r.stdout), &told))
		vetoes := 0
		for _, p := range told.History.Platforms {
			for _, point := range p.Points {
				vetoes += len(point.Grade.Vetoes)
			}
		}
		if (vetoes == 0) != (audience == "public") {
			t.Errorf("%s readers see %d vetoes", audience, vetoes)
		}
	}
}

// A terminal sees how far a history is, and only one that goes through several rulebooks
// takes more memory for time.
func TestHistorySaysHowFarItIs(t *testing.T) {
	g := storied(t)
	for _, c := range []struct {
		args  []string
		spent bool
	}{{nil, true}, {[]string{"--rulebook-at", "HEAD"}, false}} {
		var stdout, stderr bytes.Buffer
		env := environment(g.Dir, func(string) string { return "" }, append([]string{"history"}, c.args...)...)
		begun, ticks, spent := now(), time.Duration(0), false
		env.Now = func() time.Time { ticks++; return begun.Add(ticks * time.Second) }
		env.Stdout, env.Stderr, env.Watched, env.Spend = &stdout, &stderr, true, func() { spent = true }
		if code := cli.Main(context.Background(), env); code != cli.Compliant || spent != c.spent {
			t.Errorf("%q: exit code %d, more memory: %v", c.args, code, spent)
		}
		if said := stderr.String(); !strings.HasPrefix(said, "\r\x1b[K1 of 7 commits, about 6 s left\r") || !strings.HasSuffix(said, "7 of 7 commits, about 0 s left\r\x1b[K") {
			t.Errorf("%q", said)
		}
	}
}

// A history that is cut off inside the asked time is not whole, and says so; one that
// is cut off before it is.
func TestHistoryOfAShallowClone(t *testing.T) {
	g := storied(t)
	clone := g.Clone("--depth", "3")
	r := run(t, clone.Dir, "history", "--since", "2026-12-01")
	if r.code != cli.Failed || !strings.Contains(r.stderr, "fetch-depth: 0") || !strings.Contains(r.stdout, "3 commits") {
		t.Errorf("exit code %d, %s\n%s", r.code, r.stderr, r.stdout)
	}
	r = run(t, clone.Dir, "history", "--since", "2027-05-15")
	if r.code != cli.Compliant || !strings.Contains(r.stdout, "1 commit,") {
		t.Errorf("exit code %d, %s\n%s", r.code, r.stderr, r.stdout)
	}
}

// What was merged is judged where it is asked for, each commit once; a revision to
// begin with is one of the history.
func TestHistoryOfMerges(t *testing.T) {
	g := storied(t)
	start := g.Git("rev-parse", "HEAD")
	g.Branch("side")
	side := g.Commit("side", gittest.Files{"a": "1"})
	g.Checkout("main")
	g.Commit("main", gittest.Files{"b": "1"})
	g.Merge("merged", "side")
	for want, args := range map[string][]string{
		"3 commits": {"--since", start},
		"4 commits": {"--since", start, "--all-commits"},
		"1 commit,": {"--since", side, "--all-commits", "--per", "day"},
	} {
		r := run(t, g.Dir, append([]string{"history"}, args...)...)
		if r.code != cli.Compliant || !strings.Contains(r.stdout, want) {
			t.Errorf("%q: exit code %d, want %s: %s\n%s", args, r.code, want, r.stderr, r.stdout)
		}
	}
	for want, args := range map[string][]string{
		"is not in the history of":         {"--since", side},
		"there is no commit from":          {"--since", "2030-01-01", "--until", "2030-02-01"},
		`--per "hour" is unknown`:          {"--per", "hour"},
		"no such platform in this history": {"three"},
		"want one of text, json, csv, svg": {"--report", "html"},
		"there is no revision":             {"--rulebook-at", "nowhere"},
	} {
		if r := run(t, g.Dir, append([]string{"history"}, args...)...); r.code != cli.Failed || !strings.Contains(r.stderr, want) {
			t.Errorf("%q: exit code %d, %s, want %q", args, r.code, r.stderr, want)
		}
	}
}

// Records say by whose commit they came and changed, by unit, never by person; what an
// assessor may want to look at is remarked.
func TestHistoryOfClaims(t *testing.T) {
	g := gittest.Init(t)
	check(t, fixtureRulebook(g.Dir))
	check(t, fixturePlatform(g.Dir, "one"))
	policy := read(t, g.Dir, "checks/policy.yaml") + "provenance:\n  max_lag: P30D\n  units: { example.com: { zh: 数据局, en: Data bureau } }\n"
	sound := read(t, g.Dir, stores)
	record := func(date, more string) string {
		return "      - date: " + date + "\n        evidence: evidence/run.md\n" + more
	}
	more := sound + record("2027-03-01", "") + record("2026-11-15", "")
	for i, files := range []gittest.Files{
		{"checks/policy.yaml": policy},              // brings the list in, a month after its record
		{stores: more},                              // one ahead, one late
		{stores: "sets: ["},                         // nobody can read it
		{stores: more + "# nothing of a record\n"},  // as before
		{"platforms/one/verdicts.yaml": freshIsMet}, // an assessor confirms
		{stores: strings.Replace(more, "evidence/run.md", "https://example.gov.cn/run", 1)}, // rewritten
	} {
		g.SetTime(time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC).AddDate(0, 0, i))
		g.Commit("by Zhang San", files)
	}
	for name, args := range map[string][]string{"claims.en.txt": {"--lang", "en"}, "claims.zh.txt": {"--lang", "zh"}, "claims.csv": {"--report", "csv", "--lang", "zh"}} {
		r := run(t, g.Dir, append([]string{"history", "--claims"}, args...)...)
		if r.code != cli.Compliant || r.stderr != "" {
			t.Fatalf("%s: exit code %d, %s", name, r.code, r.stderr)
		}
		if strings.Contains(r.stdout, "Zhang") || strings.Contains(r.stdout, "@") {
			t.Errorf("%s names a person or a mailbox", name)
		}
		golden(t, name, anonymous(r.stdout))
	}
	valid := holdsSchema(t)
	for _, audience := range []string{"public", "internal"} {
		r := run(t, g.Dir, "history", "--claims", "--report", "json", "--audience", audience)
		valid(audience, []byte(r.stdout))
		if strings.Contains(r.stdout, `"remarks"`) != (audience == "internal") {
			t.Errorf("%s readers: %s", audience, r.stdout)
		}
	}
}

const freshIsMet = `verdicts:
  - { id: one, check: stores.fresh, item: files, verdict: met, note: 看过, assessed_by: 监督岗, assessed_on: 2027-01-05 }
clauses: []
`

// Scorecards show what was before where somebody asks: the data and the digests on the
// sheets stay those of check. Of files that differ from the commit they say nothing, and
// a history that is cut off is said to be.
func TestScorecardsLookBack(t *testing.T) {
	g := storied(t)
	day := time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)
	g.SetTime(day)
	g.Commit("by Zhang San", gittest.Files{"platforms/bureau/one/stores.yaml": strings.Replace(read(t, g.Dir, "platforms/bureau/one/stores.yaml"), "2026-11-01", "2026-12-01", 1)})
	card := func(dir string, code int, args ...string) (index, page, data, stderr string) {
		t.Helper()
		out := t.TempDir()
		r := run(t, dir, append([]string{"scorecard", "-o", filepath.Join(out, "cards"), "--as-of", "2027-07-01", "-q", "--lang", "en"}, args...)...)
		if r.code != code {
			t.Fatalf("%q: exit code %d, %s", args, r.code, r.stderr)
		}
		if strings.Contains(r.stderr, "Zhang") {
			t.Error("a person is named")
		}
		return read(t, out, "cards/index.html"), read(t, out, "cards/platforms/bureau/one/index.html"), read(t, out, "cards/results.jsonl.gz"), r.stderr
	}
	index, page, data, _ := card(g.Dir, cli.Compliant)
	if strings.Contains(index, `class="spark"`) || strings.Contains(page, `class="trend"`) {
		t.Error("nobody asked for the past")
	}
	index, page, same, stderr := card(g.Dir, cli.Compliant, "--history")
	if !strings.Contains(index, `class="spark"`) || !strings.Contains(page, `class="trend"`) || stderr != "" || data != same {
		t.Errorf("no past, or other data: %s", stderr)
	}
	if strings.Contains(page, "Zhang") || strings.Contains(page, "example.") {
		t.Error("a page names a person")
	}
	trend := regexp.MustCompile(`(?s)"trend-h">.*?</section>`)
	if _, page, _, _ := card(g.Dir, cli.Compliant, "--history=2027-05-01"); strings.Contains(trend.FindString(page), `"2026-12-01"`) {
		t.Error("older than what was asked for")
	}
	_, page, _, _ = card(g.Dir, cli.Compliant, "--history", "--as-of", "2027-03-15")
	if shown := trend.FindString(page); !strings.Contains(shown, `"2027-03-03"`) || strings.Contains(shown, `"2027-06-30"`) {
		t.Errorf("the trend does not end on the day that is judged: %s", shown)
	}
	if _, page, _, stderr := card(g.Dir, cli.Compliant, "--history", "--as-of", "2026-06-01"); strings.Contains(page, `class="trend"`) || !strings.Contains(stderr, "the cards show no trend of scores: there is no commit from 2025-06-01 to 2026-06-01") {
		t.Errorf("before all commits: %q", stderr)
	}
	valid := holdsSchema(t)
	told := run(t, g.Dir, "scorecard", "-o", filepath.Join(t.TempDir(), "cards"), "--as-of", "2027-07-01", "--history", "--report", "json").stdout
	valid("json", []byte(told))
	if !strings.Contains(told, `"history":{"id":"bureau/one"`) || !strings.Contains(told, `"claims":[`) {
		t.Errorf("%s", told)
	}
	write(t, g.Dir, "platforms/bureau/one/stores.yaml", read(t, g.Dir, "platforms/bureau/one/stores.yaml")+"# not committed\n")
	if _, _, _, stderr := card(g.Dir, cli.Compliant, "--history"); !strings.Contains(stderr, "files differ from the commit") {
		t.Errorf("files that differ: %q", stderr)
	}
	if r := run(t, g.Clone("--depth", "2").Dir, "scorecard", "-o", filepath.Join(t.TempDir(), "cards"), "--as-of", "2027-07-01", "--history"); r.code != cli.Failed || !strings.Contains(r.stderr, "fetch-depth: 0") {
		t.Errorf("a shallow clone: exit code %d, %s", r.code, r.stderr)
	}
	if r := run(t, fixture(t, "one"), "scorecard", "-o", filepath.Join(t.TempDir(), "cards"), "--history"); r.code != cli.Failed {
		t.Errorf("without git: exit code %d, %s", r.code, r.stderr)
	}
}
