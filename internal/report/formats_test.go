package report

import (
	"os"
	"path/filepath"
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
				t.Run(file, func(t *testing.T) { golden(t, file, format, cases()[name](), Options{Language: language}) })
			}
		}
	}
}

// TestOrderOfFormats is that of the documentation.
func TestOrderOfFormats(t *testing.T) {
	place := -1
	documented := []string{"text", "json", "jsonl", "sarif", "junit", "markdown", "github", "gitlab", "csv", "xlsx", "html", "oscal", "badge", "dotenv"}
	for _, format := range Formats() {
		at := -1
		for i, name := range documented {
			if name == format.Name() {
				at = i
			}
		}
		if at <= place {
			t.Errorf("%s stands in the wrong place", format.Name())
		}
		place = at
	}
}

// TestReportsAreDocumented in both languages, each with its row.
func TestReportsAreDocumented(t *testing.T) {
	for _, page := range []string{"reports.md", "reports.zh.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range Formats() {
			if !strings.Contains(string(text), "\n| `"+format.Name()+"` | ") {
				t.Errorf("docs/%s says nothing of %s", page, format.Name())
			}
		}
	}
}
