package scorecard_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hegui/internal/lang"
	"hegui/internal/page"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/scorecard"
	"hegui/internal/trial"
	"hegui/internal/webtest"
)

var update = flag.Bool("update", false, "make the screenshots in docs/ again")

// shown is the platform that the tests read and the READMEs show.
const shown = "public-resource-trading"

// An assessor opens the package: sorts, filters, follows a platform, switches
// the language, redoes the arithmetic, prints, with and without scripts, at three
// widths, with the keyboard and with a screen reader's eyes.
func TestInABrowser(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := filepath.Join(t.TempDir(), "package")
	lay(t, dir, city(t), report.Options{Language: lang.Chinese}, 2)
	webtest.Node(t, "scorecards.js", dir, shown)
	if *update {
		out, err := filepath.Abs(filepath.Join("..", "..", "docs"))
		check(t, err)
		webtest.Node(t, "screenshots.js", dir, shown, out)
	}
}

// Hostile strings show no dialog, ask for nothing, break nothing: all of them as
// platforms of one page, and one in whatever a run says of itself.
func TestHostileStringsInABrowser(t *testing.T) {
	trial.NeedsPrograms(t)
	all := poisoned(hostile()["attribute"])
	all.Platforms = nil
	for _, name := range slices.Sorted(maps.Keys(hostile())) {
		all.Platforms = append(all.Platforms, poisoned(hostile()[name]).Platforms...)
	}
	format, err := report.Find("html")
	check(t, err)
	file := filepath.Join(t.TempDir(), "hostile.html")
	var content bytes.Buffer
	check(t, report.Write(&content, format, all, report.Options{}))
	check(t, os.WriteFile(file, content.Bytes(), 0o644))
	dir := filepath.Join(t.TempDir(), "package")
	one := poisoned(hostile()["markup"])
	lay(t, dir, one, report.Options{}, 2)
	opened := []string{file}
	for _, leaf := range page.Leaves() {
		opened = append(opened, filepath.Join(dir, filepath.FromSlash(scorecard.PagePath(one.Platforms[0].ID)), string(leaf)))
	}
	out := webtest.Node(t, "hostile.js", opened...)
	if want := `{"opened":4}`; string(bytes.TrimSpace(out)) != want {
		t.Errorf("%s, want %s", out, want)
	}
}

// Two thousand platforms are still sorted and filtered at once. How long that
// takes is told, not tested: machines differ.
func TestLargeFleetInABrowser(t *testing.T) {
	trial.NeedsPrograms(t)
	const n = 2000
	r := city(t)
	some := r.Platforms
	r.Platforms = make([]results.Platform, n)
	for i := range r.Platforms {
		r.Platforms[i] = some[i%len(some)]
		r.Platforms[i].ID = fmt.Sprintf("bureau-%d/platform-%d", i%40, i)
	}
	r.Summary.Platforms, r.Summary.Compliant = n, n
	pages, err := page.New(r, page.Options{Language: lang.Chinese})
	check(t, err)
	file := filepath.Join(t.TempDir(), "index.html")
	var content bytes.Buffer
	index := pages.Index()
	for i := range r.Platforms {
		index.Add(&r.Platforms[i], "platforms/"+r.Platforms[i].ID)
	}
	check(t, index.Write(&content, r, nil))
	check(t, os.WriteFile(file, content.Bytes(), 0o644))
	t.Logf("%d bytes: %s", content.Len(), webtest.Node(t, "fleet.js", file, fmt.Sprint(n)))
}
