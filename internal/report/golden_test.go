package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/results"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// TestGolden shows every report as its readers get it.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		file, format string
		results      *results.Results
		options      Options
	}{
		{"city.zh.txt", "text", cityResults(), Options{Language: lang.Chinese}},
		{"city.en.txt", "text", cityResults(), Options{Language: lang.English}},
		{"city.zh.color.txt", "text", cityResults(), Options{Language: lang.Chinese, Color: true}},
		{"city.en.color.txt", "text", cityResults(), Options{Language: lang.English, Color: true}},
		{"city.en.narrow.txt", "text", cityResults(), Options{Width: 60}},
		{"city.zh.quiet.txt", "text", cityResults(), Options{Language: lang.Chinese, Quiet: true}},
		{"city.json", "json", cityResults(), Options{}},
		{"gate.zh.txt", "text", cases()["gate"](), Options{Language: lang.Chinese}},
		{"gate.en.txt", "text", cases()["gate"](), Options{}},
		{"none.zh.txt", "text", noPlatforms(), Options{Language: lang.Chinese}},
		{"none.en.txt", "text", noPlatforms(), Options{}},
		{"none.json", "json", noPlatforms(), Options{}},
	} {
		t.Run(c.file, func(t *testing.T) {
			golden(t, c.file, c.format, c.results, c.options)
		})
	}
}

// golden holds a report to the file that shows it, and to giving the same bytes
// again.
func golden(t *testing.T, file, format string, r *results.Results, o Options) {
	t.Helper()
	o.Pretty = true // nobody reads the difference of one long line
	got := render(t, format, r, o)
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; -update rewrites it. Got:\n%s", path, got)
	}
	if again := render(t, format, r, o); again != got {
		t.Error("a second run gives other bytes")
	}
}

func render(t *testing.T, name string, r *results.Results, o Options) string {
	t.Helper()
	format, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, format, stated(r), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
