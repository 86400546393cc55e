package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
)

// crowd are results with many findings of each severity, the blockers last.
func crowd(each int) *results.Results {
	r := cityResults()
	p := &r.Platforms[0]
	p.Findings = nil
	for _, severity := range []finding.Severity{finding.Advisory, finding.Minor, finding.Major, finding.Blocker} {
		for i := range each {
			p.Findings = append(p.Findings, finding.Finding{
				Check: "a.b", Severity: severity, Message: lang.Same(fmt.Sprintf("%s no. %d", severity, i)), Fingerprint: "f",
				Location: finding.Location{Path: "x.yaml", Line: i + 1, Column: 1},
			})
		}
	}
	r.Platforms = r.Platforms[:1]
	return r
}

// TestGitHubShowsTenOfAKind: what weighs most comes first, the tenth tells how
// many more there are.
func TestGitHubShowsTenOfAKind(t *testing.T) {
	kinds := func(r *results.Results) map[string][]string {
		out := map[string][]string{}
		for _, line := range strings.Split(strings.TrimSpace(render(t, "github", r, Options{})), "\n") {
			kind, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), " ")
			out[kind] = append(out[kind], line)
		}
		return out
	}
	many := kinds(crowd(12))
	for kind, hidden := range map[string]int{"error": 24 - 9, "warning": 12 - 9, "notice": 1 + 12 - 9} {
		lines := many[kind]
		if len(lines) != 10 || !strings.Contains(lines[9], fmt.Sprintf("%d more are not shown", hidden)) {
			t.Errorf("%s: %q", kind, lines)
		}
	}
	if !strings.Contains(many["error"][0], "blocker no. 0") {
		t.Errorf("the heaviest does not come first: %s", many["error"][0])
	}
	for kind, lines := range kinds(crowd(5)) {
		if strings.Contains(strings.Join(lines, ""), "more are not shown") {
			t.Errorf("%s: %q", kind, lines)
		}
	}
}

// TestMarkdownFitsAComment: what finds no place is counted, everything opened
// is closed, and the provenance is still there.
func TestMarkdownFitsAComment(t *testing.T) {
	r := crowd(500)
	got := render(t, "markdown", r, Options{})
	if n := len([]rune(got)); n > maxComment || n < maxComment/4 {
		t.Errorf("%d characters", n)
	}
	rows := strings.Count(got, "x.yaml:")
	if !strings.Contains(got, fmt.Sprintf("**%d more rows are left out**", 2000-rows)) {
		t.Errorf("%d rows are shown, and no word of the others", rows)
	}
	if strings.Count(got, "<details>") != strings.Count(got, "</details>") || !strings.Contains(got, "Self-declared") {
		t.Error("something is open, or the end is missing")
	}
	if strings.Index(got, "blocker no. 0") > strings.Index(got, "major no. 0") || strings.Contains(got, "advisory no. 499") {
		t.Error("the heaviest do not come first")
	}
}

// TestEqualFingerprintsAreToldApart, always in the same way: mending one of two
// takes the second name away.
func TestEqualFingerprintsAreToldApart(t *testing.T) {
	names := func(each int) []string {
		var issues []gitlabIssue
		if err := json.Unmarshal([]byte(render(t, "gitlab", crowd(each), Options{})), &issues); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, issue := range issues {
			if issue.CheckName != "hegui" { // the verdict
				all = append(all, issue.Fingerprint)
			}
		}
		return all
	}
	one, two := names(1), names(2)
	for i, name := range one {
		if two[i] != name {
			t.Errorf("%d is renamed", i)
		}
		for _, other := range one[:i] {
			if other == name {
				t.Errorf("%d has the name of another", i)
			}
		}
	}
	if one[0] != "f" {
		t.Errorf("the first is called %s", one[0])
	}
}

func TestRegion(t *testing.T) {
	at := func(line, column, endLine, endColumn int) finding.Location {
		return finding.Location{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	}
	for _, c := range []struct {
		at   finding.Location
		want span
	}{
		{at(0, 0, 0, 0), span{}},
		{at(-1, 5, 2, 3), span{}},
		{at(3, 0, 0, 0), span{3, 1, 0, 0}},
		{at(3, 5, 3, 9), span{3, 5, 3, 9}},
		{at(3, 5, 3, 5), span{3, 5, 0, 0}},
		{at(3, 5, 3, 2), span{3, 5, 0, 0}},
		{at(3, 5, 2, 9), span{3, 5, 0, 0}},
		{at(3, 5, 6, 1), span{3, 5, 6, 1}},
		{at(3, 5, 6, 0), span{3, 5, 0, 0}},
	} {
		if got := region(c.at); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.at, got, c.want)
		}
	}
}

func TestRelativeURI(t *testing.T) {
	for path, want := range map[string]string{
		"platforms/a/b.yaml": "platforms/a/b.yaml", "平台/a b.yaml": "%E5%B9%B3%E5%8F%B0/a%20b.yaml", "javascript:x": "javascript%3Ax",
		"//host/x": "host/x", "a?b#c": "a%3Fb%23c", "a%2e\xff": "a%252e%FF",
	} {
		if got := relativeURI(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestSemantic(t *testing.T) {
	for version, want := range map[string]string{
		"1.2.3": "1.2.3", "v1.2.3": "1.2.3", "v1.2.3-4-gabc": "1.2.3-4-gabc", "1.2.3+b": "1.2.3+b", "dev": "", "1.2": "", "1.2.3\n": "", "": "",
	} {
		if got := semantic(version); got != want {
			t.Errorf("%q: %q, want %q", version, got, want)
		}
	}
}

// TestWaivedIsNoError in any format that makes errors.
func TestWaivedIsNoError(t *testing.T) {
	r := cityResults()
	for i := range r.Platforms {
		for j := range r.Platforms[i].Findings {
			r.Platforms[i].Findings[j].Waived = true
		}
	}
	if got := render(t, "github", r, Options{}); strings.Count(got, "\n") != 2 || strings.Count(got, "::notice title=self-declared::") != 2 {
		t.Errorf("GitHub: %s", got)
	}
	if got := render(t, "gitlab", r, Options{}); strings.Count(got, `"check_name"`) != 2 || strings.Count(got, `"severity":"info"`) != 2 {
		t.Errorf("GitLab: %s", got)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, "sarif", r, Options{})), &log); err != nil {
		t.Fatal(err)
	}
	for _, result := range log.Runs[0].Results {
		if len(result.Suppressions) != 1 {
			t.Errorf("SARIF: %s is not suppressed", result.RuleID)
		}
	}
	if !strings.Contains(render(t, "sarif", r, Options{}), `"justification":"恢复环境迁移中"`) {
		t.Error("SARIF does not say why")
	}
}

// TestGateListsOnlyWhatIsNew: a finding that stood before is in no format for
// machines.
func TestGateListsOnlyWhatIsNew(t *testing.T) {
	r := gatedResults()
	old := r.Platforms[0].Findings[0]
	for _, format := range []string{"jsonl", "sarif", "junit", "github", "gitlab", "csv", "oscal", "markdown"} {
		if got := render(t, format, r, Options{}); strings.Contains(got, "was last reviewed on 2026-03-02") {
			t.Errorf("%s shows %s, which is not new", format, old.Check)
		}
	}
	sarif := render(t, "sarif", r, Options{})
	if n := strings.Count(sarif, `"baselineState":"new"`); n != len(r.Gate.Findings) {
		t.Errorf("%d results are new", n)
	}
}

// TestFailedRunShows in every format: a run that left something out looks
// clean nowhere.
func TestFailedRunShows(t *testing.T) {
	for _, format := range Formats() {
		if format.Name() == "csv" || format.Name() == "dotenv" {
			continue // findings or figures alone; the exit code tells
		}
		got := unpacked(t, render(t, format.Name(), noPlatforms(), Options{}))
		if !strings.Contains(got, "no platform.yaml below platforms") && !strings.Contains(got, "run failed") {
			t.Errorf("%s: %s", format.Name(), got)
		}
	}
}

// TestFormatsSpeakOneLanguage: the words that are ours are the reader's.
func TestFormatsSpeakOneLanguage(t *testing.T) {
	for _, format := range []string{"markdown", "github", "gitlab", "junit", "csv", "sarif", "oscal", "badge"} {
		for _, make := range []func() *results.Results{cityResults, gatedResults} {
			english := render(t, format, spoiled(make(), "word"), Options{})
			for _, r := range english {
				if unicode.Is(unicode.Han, r) || strings.ContainsRune("，。；：（）", r) {
					t.Fatalf("the English %s holds %q", format, r)
				}
			}
			chinese := render(t, format, spoiled(make(), "word"), Options{Language: lang.Chinese})
			for _, word := range []string{" is ", " are ", "the ", "score:", "clause ", "waived:", "Fix:", " of "} {
				if strings.Contains(chinese, word) {
					t.Errorf("the Chinese %s holds %q", format, word)
				}
			}
		}
	}
}

// TestCSVHasAColumnForEachTitle in both languages, each title once.
func TestCSVHasAColumnForEachTitle(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		text := strings.TrimPrefix(render(t, "csv", cityResults(), Options{Language: language}), "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 7 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		seen := map[string]bool{}
		for _, title := range rows[0] {
			if seen[title] || title == "" {
				t.Errorf("%q stands twice", title)
			}
			seen[title] = true
		}
	}
}
