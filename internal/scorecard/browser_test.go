package scorecard_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"hegui/internal/examine"
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
	dir, r := filepath.Join(t.TempDir(), "package"), city(t)
	foresee(t, r, "2027-12-01")
	for i := range r.Platforms {
		r.Platforms[i].Past = past(r.Platforms[i].ID, lang.Say("良好", "good"))
	}
	lay(t, dir, r, report.Options{Language: lang.Chinese}, 2)
	webtest.Node(t, "scorecards.js", dir, shown)
	if *update {
		out, err := filepath.Abs(filepath.Join("..", "..", "docs"))
		check(t, err)
		webtest.Node(t, "screenshots.js", dir, shown, out)
	}
}

// Pages are HTML as html-validate recommends it: a small one with a value in every
// place, alone and as a package, and real ones.
func TestPagesAreValid(t *testing.T) {
	trial.NeedsPrograms(t)
	dir := t.TempDir()
	lay(t, filepath.Join(dir, "tiny"), tiny(), report.Options{}, 2)
	lay(t, filepath.Join(dir, "city"), city(t), report.Options{}, 2)
	format, err := report.Find("html")
	check(t, err)
	var whole bytes.Buffer
	alone := tiny()
	alone.Errors = nil
	check(t, report.Write(&whole, format, alone, report.Options{}))
	check(t, os.WriteFile(filepath.Join(dir, "whole.html"), whole.Bytes(), 0o644))
	pages := []string{filepath.Join(dir, "whole.html"), filepath.Join(dir, "tiny", "index.html"), filepath.Join(dir, "city", "index.html"), filepath.Join(dir, "fleet.html")}
	check(t, os.WriteFile(pages[3], largeFleet(t, 50), 0o644))
	lay(t, filepath.Join(dir, "ahead"), lapsing("one"), report.Options{}, 1)
	pages = append(pages, filepath.Join(dir, "ahead", "index.html"), filepath.Join(dir, "ahead", "platforms", "one", "index.html"))
	for _, leaf := range page.Leaves() {
		pages = append(pages, filepath.Join(dir, "tiny", "platforms", "one", string(leaf)))
		if leaf != page.Claims { // whose rows are alike, and many
			pages = append(pages, filepath.Join(dir, "city", "platforms", shown, string(leaf)))
		}
	}
	webtest.Node(t, "html.js", pages...)
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

// Lighthouse finds nothing to say against pages of each kind; it takes minutes.
func TestLighthouse(t *testing.T) {
	trial.NeedsPrograms(t)
	if !trial.Long(t) {
		t.Skip("Lighthouse takes minutes; make long runs it")
	}
	dir := t.TempDir()
	lay(t, dir, city(t), report.Options{Language: lang.Chinese}, 2)
	pages := []string{"index.html"}
	for _, leaf := range page.Leaves() {
		pages = append(pages, path.Join(scorecard.PagePath(shown), string(leaf)))
	}
	t.Logf("performance: %s", webtest.Node(t, "lighthouse.mjs", append([]string{dir}, pages...)...))
}

// Two thousand platforms are still sorted and filtered at once. How long that
// takes is told, not tested: machines differ. What a row costs is tested.
func TestLargeFleetInABrowser(t *testing.T) {
	trial.NeedsPrograms(t)
	const n = 2000
	file := filepath.Join(t.TempDir(), "index.html")
	content := largeFleet(t, n)
	check(t, os.WriteFile(file, content, 0o644))
	if each := len(content) / n; each > 2300 {
		t.Errorf("a platform takes %d bytes of the page", each)
	}
	t.Logf("%d bytes: %s", len(content), webtest.Node(t, "fleet.js", file, fmt.Sprint(n)))
}

// largeFleet is the page over n platforms of forty bureaus, no two of which came to
// the same.
func largeFleet(t *testing.T, n int) []byte {
	r := city(t)
	some := r.Platforms
	for i := range 39 {
		r.Rulebook.Bureaus = append(r.Rulebook.Bureaus, results.Bureau{ID: fmt.Sprintf("bureau-%d", i), Title: lang.Say(fmt.Sprintf("市第%d局", i), fmt.Sprintf("Bureau of municipal affairs no. %d", i))})
	}
	r.Platforms = make([]results.Platform, n)
	r.Summary = results.Summary{Previous: &results.PreviousSummary{AsOf: "2026-09-01", Platforms: n - 1, Compliant: n / 2, Gone: []results.GonePlatform{{ID: "bureau-1/gone", Score: "61.0"}}}}
	for i := range r.Platforms {
		p := some[i%len(some)]
		p.ID = fmt.Sprintf("bureau-%d/platform-%d", i%40, i)
		p.Score.Raw = results.Number(fmt.Sprintf("%d.%d", 40+i%60, i%10))
		p.Clauses = slices.Clone(p.Clauses)
		for j := range p.Clauses {
			if (i*7+j*13)%11 == 0 && p.Clauses[j].Verdict == "met" {
				p.Clauses[j].Verdict = "not_met"
			}
		}
		if i%9 == 0 {
			p.Compliant, p.Grade.Open, p.Grade.ID, p.Grade.Title = false, 1+i%3, r.Rulebook.Grades[len(r.Rulebook.Grades)-1].ID, r.Rulebook.Grades[len(r.Rulebook.Grades)-1].Title
		}
		if i%50 == 0 {
			p.Verification = &results.Verification{Claims: 900, Verified: i % 900}
			p.Orders = []results.Order{{Check: "backups.offsite-copy", Title: p.Checks[0].Title, Item: "media", Deadline: fmt.Sprintf("2026-%02d-20", 9+i%4), Overdue: i%4 < 3, ResponsiblePost: "平台运维主管岗"}}
			p.Waivers = []examine.Waiver{{Check: p.Checks[1].ID, State: examine.WaiverActive, ApprovedBy: "市数据局安全岗", Expires: fmt.Sprintf("2027-%02d-01", 1+i%5), Reason: "机房搬迁，暂时没有异地副本"}}
		}
		r.Platforms[i] = p
		r.Summary.Platforms++
		if p.Compliant {
			r.Summary.Compliant++
		}
		r.Summary.Blockers += p.Grade.Open
	}
	pages, err := page.NewPackage(r, page.Options{Language: lang.Chinese})
	check(t, err)
	var content bytes.Buffer
	index := pages.Index()
	for i := range r.Platforms {
		index.Add(&r.Platforms[i], "platforms/"+r.Platforms[i].ID)
	}
	check(t, index.Write(&content, r, nil))
	return content.Bytes()
}
