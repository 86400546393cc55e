package report

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

// cases are the results that every format for machines and pages is tried on.
func cases() map[string]func() *results.Results {
	return map[string]func() *results.Results{
		"city": cityResults, "gate": gatedResults, "passed": passedGate, "none": noPlatforms, "sparse": sparse,
	}
}

// extensions are the files' of the formats that this file tries.
func extensions() map[string]string {
	return map[string]string{
		"jsonl": "jsonl", "sarif": "sarif", "junit": "junit.xml", "markdown": "md", "github": "github", "gitlab": "gitlab.json",
		"csv": "csv", "oscal": "oscal.json", "badge": "svg",
	}
}

// TestGoldenOfEachFormat shows each format in both languages: a run, a gate,
// and a run that judged nothing.
func TestGoldenOfEachFormat(t *testing.T) {
	for format, extension := range extensions() {
		for _, name := range []string{"city", "gate", "none"} {
			for _, language := range []lang.Language{lang.Chinese, lang.English} {
				if format == "jsonl" && language == lang.Chinese {
					continue // it holds both languages
				}
				file := name + "." + string(language) + "." + extension
				r := cases()[name]()
				if format == "oscal" {
					r.Platforms = r.Platforms[:min(len(r.Platforms), 1)] // more nobody reads
				}
				t.Run(file, func(t *testing.T) { golden(t, file, format, r, Options{Language: language}) })
			}
		}
	}
}

// TestReportsAreDocumented in both languages: the tables list the formats that
// there are, in their order.
func TestReportsAreDocumented(t *testing.T) {
	var want []string
	for _, format := range Formats() {
		want = append(want, format.Name())
	}
	for _, page := range []string{"reports.md", "reports.zh.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		_, table, _ := strings.Cut(string(text), "\n|---|---|---|\n")
		table, _, _ = strings.Cut(table, "\n\n")
		var got []string
		for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ").FindAllStringSubmatch(table, -1) {
			got = append(got, row[1])
		}
		if !slices.Equal(got, want) {
			t.Errorf("docs/%s lists %q, want %q", page, got, want)
		}
	}
}

// Every format says of a platform how many blockers are open and how many
// statutory duties are not met.
func TestEveryFormatSaysTheVerdict(t *testing.T) {
	for _, format := range Formats() {
		said := map[string]bool{}
		for _, v := range [][2]int{{1, 5}, {2, 5}, {1, 6}} {
			r := cityResults()
			r.Platforms = r.Platforms[:1]
			r.Platforms[0].Compliant, r.Platforms[0].Grade.Open = false, v[0]
			r.Platforms[0].Statutory = &results.Statutory{Applicable: 9, Unmet: v[1], Checks: []string{}}
			said[render(t, format.Name(), r, Options{})] = true
		}
		if len(said) != 3 {
			t.Errorf("%s says the same of different verdicts", format.Name())
		}
	}
}

// Every format that people read says what keeps a platform from a better grade.
func TestReadersSeeWhatKeepsFromAGrade(t *testing.T) {
	for _, name := range []string{"text", "markdown", "html", "xlsx"} {
		for _, l := range []lang.Language{lang.Chinese, lang.English} {
			r := cityResults()
			r.Platforms = r.Platforms[:1]
			condition := r.Platforms[0].GradeConditions[0].Condition.In(l)
			if said := unpacked(t, render(t, name, r, Options{Language: l, Width: 1000})); !strings.Contains(said, condition) {
				t.Errorf("%s does not say %q", name, condition)
			}
		}
	}
}
