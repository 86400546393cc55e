package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"hegui/internal/finding"
	"hegui/internal/lang"
	"hegui/internal/results"
	"hegui/internal/term"
)

// TestColorOnlyAddsColor: who strips the colours gets the plain report.
func TestColorOnlyAddsColor(t *testing.T) {
	for _, language := range []lang.Language{lang.Chinese, lang.English} {
		plain := render(t, "text", cityResults(), Options{Language: language})
		color := render(t, "text", cityResults(), Options{Language: language, Color: true})
		if plain == color || strings.ContainsRune(plain, '\x1b') {
			t.Errorf("%s: colour where there is none, or none where it is", language)
		}
		if colorCodes().ReplaceAllString(color, "") != plain {
			t.Errorf("%s: colour changes the text", language)
		}
	}
}

// TestWordsAreInTheReadersLanguage looks at the report's own words: the model
// speaks of nothing here.
func TestWordsAreInTheReadersLanguage(t *testing.T) {
	word := poisoned("word")
	word.Platforms[0].Kind, word.Platforms[0].Stage = "city_operation", "building"
	for i, verdict := range term.ClauseVerdicts().Words {
		word.Platforms[0].Clauses[i%len(word.Platforms[0].Clauses)].Verdict = verdict.ID
	}
	for _, r := range []*results.Results{word, noPlatforms()} {
		english := render(t, "text", r, Options{})
		for _, c := range english {
			if unicode.Is(unicode.Han, c) || c == '；' || c == '，' {
				t.Fatalf("English report holds %q:\n%s", c, english)
			}
		}
		chinese := render(t, "text", r, Options{Language: lang.Chinese})
		for _, word := range []string{"platform", "points", "fix", "compliant", "clause", "score", "waived", "veto", "blocker"} {
			// Names of files and of commands are the same in every language.
			if strings.Contains(strings.NewReplacer("platforms 下没有 platform.yaml", "", "hegui fix", "").Replace(chinese), word) {
				t.Errorf("Chinese report holds %q:\n%s", word, chinese)
			}
		}
	}
}

// TestFindingStandsAlone is the shape that editors and log viewers rely on.
func TestFindingStandsAlone(t *testing.T) {
	at := finding.Location{Path: "platforms/trading/backups.yaml", Line: 18, Column: 7, EndLine: 18, EndColumn: 13}
	f := finding.Finding{
		Check: "backups.offsite-copy", Clauses: []string{"4.4.2"}, Severity: finding.Blocker,
		Message: lang.Same(`backup set "bids" has no off-site copy`), Remedy: lang.Same("keep a copy of \"bids\"\nat another site\n"),
		Source: lang.Same("GB/T 22239-2019 8.1.4.9 b"), Location: at, Excerpt: "      copies: [{ site: dc-east, medium: disk }]",
	}
	want := `platforms/trading/backups.yaml:18:7: blocker: backup set "bids" has no off-site copy [backups.offsite-copy]
   18 |       copies: [{ site: dc-east, medium: disk }]
      |       ^~~~~~
   clause 4.4.2 · GB/T 22239-2019 8.1.4.9 b · fix: keep a copy of "bids" at another site · hegui explain backups.offsite-copy

`
	p := newPage(Options{})
	p.finding(&f)
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFind(t *testing.T) {
	for _, format := range Formats() {
		if found, err := Find(format.Name()); err != nil || found != format {
			t.Errorf("Find(%q) = %v, %v", format.Name(), found, err)
		}
	}
	_, err := Find("txt")
	if err == nil {
		t.Fatal("an unknown format is found")
	}
	for _, format := range Formats() {
		if !strings.Contains(err.Error(), format.Name()) {
			t.Errorf("%q does not name %q", err, format.Name())
		}
	}
}

func TestBar(t *testing.T) {
	for score, want := range map[results.Number]string{
		"": "", "x": "", "NaN": "", "-5": "░░░░░░░░░░", "0.0": "░░░░░░░░░░", "0.1": "█░░░░░░░░░",
		"50.0": "█████░░░░░", "99.9": "█████████░", "100.0": "██████████", "400": "██████████",
	} {
		if got := bar(score); got != want {
			t.Errorf("bar(%q) = %q, want %q", score, got, want)
		}
	}
}

// The summary fits a screen: the worst platforms stand in it, in their order.
func TestSummaryListsTheWorst(t *testing.T) {
	r := &results.Results{Summary: results.Summary{Platforms: 30}}
	for i := range 30 {
		p := results.Platform{ID: fmt.Sprint("p", i), Compliant: i%2 == 0, Score: results.Score{Raw: results.Number(fmt.Sprintf("%d.0", 99-i))}}
		if i == 3 {
			p.Score.Raw = ""
		}
		r.Platforms = append(r.Platforms, p)
	}
	_, table, _ := strings.Cut(render(t, "text", r, Options{Quiet: true}), "duties unmet\n")
	rows := strings.Split(table, "\n")
	for i, want := range map[int]string{0: "  p3 ", 1: "  p29 ", 14: "  p1 ", 15: "  p28 ", 19: "  p20 ", 20: "and 10 more platforms"} {
		if !strings.Contains(rows[i], want) {
			t.Errorf("row %d is %q, want %q", i, rows[i], want)
		}
	}
}

// What weighs most is fixed first, and what is waived last of all.
func TestSeverestComesFirst(t *testing.T) {
	var got []string
	for _, f := range severestFirst([]finding.Finding{
		{Check: "a", Severity: finding.Advisory}, {Check: "b", Severity: finding.Blocker, Waived: true}, {Check: "c", Severity: finding.Minor},
		{Check: "d", Severity: finding.Blocker}, {Check: "e", Severity: finding.Minor},
	}) {
		got = append(got, f.Check)
	}
	if want := "d c e a b"; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
}
