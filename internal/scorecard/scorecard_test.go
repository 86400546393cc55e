package scorecard_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"hegui/internal/lang"
	"hegui/internal/report"
	"hegui/internal/results"
	"hegui/internal/scorecard"
	"hegui/internal/trial"
	"hegui/internal/workbook"
)

// files are a folder's files with their content.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	check(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		out[name] = string(data)
		return err
	}))
	return out
}

func fleetOf(ids ...string) *results.Results {
	r := tiny()
	one := r.Platforms[0]
	r.Platforms, r.Errors = nil, nil
	for _, id := range ids {
		one.ID, one.Path, one.Code = id, "platforms/"+id, id
		r.Platforms = append(r.Platforms, one)
	}
	return r
}

// The package lists what it holds, byte for byte.
func TestSumsListEveryFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	lay(t, dir, fleetOf("bureau/a", "b"), report.Options{}, 3)
	have := files(t, dir)
	for _, name := range []string{"index.html", "results.jsonl.gz", "platforms/bureau/a/index.html", "platforms/b/index.html"} {
		if have[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if !strings.Contains(have["index.html"], `href="platforms/bureau/a/index.html"`) || !strings.Contains(have["platforms/bureau/a/index.html"], `href="../../../index.html"`) {
		t.Error("the pages do not lead to each other")
	}
	var want []string
	for name, content := range have {
		if name != scorecard.Sums {
			sum := sha256.Sum256([]byte(content))
			want = append(want, hex.EncodeToString(sum[:])+"  "+name)
		}
	}
	got := strings.Split(strings.TrimSpace(have[scorecard.Sums]), "\n")
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("sums\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Pages of platforms that are gone go; what somebody else laid there stays.
func TestAnotherRunRemovesWhatIsGone(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, fleetOf("bureau/a", "b"), report.Options{}, 1)
	check(t, os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("mine"), 0o644))
	lay(t, dir, fleetOf("b", "c"), report.Options{}, 1)
	have := files(t, dir)
	if have["platforms/bureau/a/index.html"] != "" || have["platforms/b/index.html"] == "" || have["platforms/c/index.html"] == "" || have["notes.txt"] != "mine" {
		t.Errorf("the folder holds %v", slices.Sorted(func(yield func(string) bool) {
			for name := range have {
				if !yield(name) {
					return
				}
			}
		}))
	}
	if _, err := os.Stat(filepath.Join(dir, "platforms", "bureau")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder is left behind")
	}
}

func TestForeignFoldersAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644))
	err := write(context.Background(), dir, fleetOf("a"), report.Options{}, 1)
	var refused *scorecard.RefusedError
	if !errors.As(err, &refused) || refused.Text().ZH == refused.Text().EN {
		t.Errorf("got %v, want a refusal", err)
	}
	if have := files(t, dir); !reflect.DeepEqual(have, map[string]string{"index.html": "mine"}) {
		t.Errorf("the folder has changed: %v", have)
	}
}

// A run that fails leaves the package before as it was, or no folder at all.
func TestPackageIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "package")
	for _, stands := range []bool{false, true} {
		var before map[string]string
		if stands {
			lay(t, dir, fleetOf("a", "b"), report.Options{}, 1)
			before = files(t, dir)
		}
		ended, end := context.WithCancel(context.Background())
		end()
		if err := write(ended, dir, fleetOf("b", "c"), report.Options{}, 1); !errors.Is(err, context.Canceled) {
			t.Fatalf("a run that was ended gives %v", err)
		}
		if !stands {
			if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Error("a folder was made in vain")
			}
		} else if !reflect.DeepEqual(files(t, dir), before) {
			t.Error("the package before is no longer what it was")
		}
	}
}

// Neither a link in the folder nor a name in its list leads out of it.
func TestNothingLeadsOutOfTheFolder(t *testing.T) {
	outside := t.TempDir()
	check(t, os.WriteFile(filepath.Join(outside, "victim"), []byte("mine"), 0o644))
	dir := t.TempDir()
	list := "0  ../" + filepath.Base(outside) + "/victim\n0  " + filepath.Join(outside, "victim") + "\n0  ..\n0  .\n0  \n"
	check(t, os.WriteFile(filepath.Join(dir, scorecard.Sums), []byte(list), 0o644))
	check(t, os.Symlink(outside, filepath.Join(dir, "platforms")))
	if err := write(context.Background(), dir, fleetOf("a"), report.Options{}, 1); err == nil {
		t.Error("a link out of the folder was followed")
	}
	check(t, os.Remove(filepath.Join(dir, "platforms")))
	lay(t, dir, fleetOf("a"), report.Options{}, 1)
	if have := files(t, outside); !reflect.DeepEqual(have, map[string]string{"victim": "mine"}) {
		t.Errorf("outside: %v", have)
	}
}

// Two runs give the same bytes, in whatever folder, zone and number of jobs.
func TestSameBytes(t *testing.T) {
	r := city(t)
	first := t.TempDir()
	lay(t, first, r, report.Options{Language: lang.Chinese}, 1)
	t.Setenv("TZ", "America/St_Johns")
	second := filepath.Join(t.TempDir(), "elsewhere")
	lay(t, second, city(t), report.Options{Language: lang.Chinese}, 7)
	if !reflect.DeepEqual(files(t, first), files(t, second)) {
		t.Error("two runs differ")
	}
	for name, content := range files(t, first) {
		if strings.Contains(content, first) || strings.Contains(content, os.TempDir()) {
			t.Errorf("%s tells a path of this machine", name)
		}
	}
}

// A first page is light, also where everything is wrong; what is long is on pages of
// its own.
func TestFirstPageIsLight(t *testing.T) {
	r := city(t)
	worst := r.Platforms[0]
	worst.ID, worst.Path = "worst", "platforms/worst"
	for range 20 {
		worst.Findings = append(worst.Findings, r.Platforms[2].Findings...)
		worst.Problems = append(worst.Problems, r.Platforms[0].Problems...)
	}
	r.Platforms = append(r.Platforms, worst)
	dir := t.TempDir()
	lay(t, dir, r, report.Options{Language: lang.Chinese}, 2)
	most := map[string]int{"index.html": 250_000, "claims.html": 250_000}
	seen := 0
	for name, content := range files(t, dir) {
		if limit := most[path.Base(name)]; limit > 0 {
			seen++
			if len(content) > limit {
				t.Errorf("%s has %d bytes", name, len(content))
			}
		}
	}
	if seen != 9 {
		t.Errorf("%d pages were weighed", seen)
	}
}

// Three hundred platforms take less than 200 MB: so much each with all that is told of
// it today, and of the year to come, beside 3 MB that they share.
func TestPackageIsLight(t *testing.T) {
	r := city(t)
	foresee(t, r, "2027-12-01")
	dir := t.TempDir()
	lay(t, dir, r, report.Options{Language: lang.Chinese}, 2)
	size, calendars := 0, 0
	for name, content := range files(t, dir) {
		if strings.HasPrefix(name, "platforms/") || strings.HasPrefix(name, "results") {
			size += len(content)
		}
		if strings.HasPrefix(name, "platforms/") && strings.HasSuffix(name, ".ics") && strings.Contains(content, "BEGIN:VEVENT") {
			calendars++
		}
	}
	if each := size / len(r.Platforms); each > 197_000_000/300 || calendars != len(r.Platforms) {
		t.Errorf("a platform takes %d bytes, with %d calendars", each, calendars)
	}
}

// Different ids have different folders that are safe everywhere, also where
// upper and lower case are the same.
func TestPagePath(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{"a", "A", "ä", "a/b", "a.b", "index.html", "results.json", "con", "com1", "..", "../x", ".", "", "a b", "a%20b", "政务/平台", "x~2e~", "x.", "\xff", "\xfe",
		strings.Repeat("長", 300), strings.Repeat("長", 301), `a\b`, "a:b", "a?b", "a#b"} {
		at := scorecard.PagePath(id)
		if other, taken := seen[strings.ToLower(at)]; taken {
			t.Errorf("%q and %q both lie in %s", id, other, at)
		}
		seen[strings.ToLower(at)] = id
		safe(t, at)
	}
	trial.Check(t, 100, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		safe(t, scorecard.PagePath(a))
		if a != b && strings.EqualFold(scorecard.PagePath(a), scorecard.PagePath(b)) && filepath.Clean(a) != filepath.Clean(b) {
			t.Fatalf("%q and %q both lie in %s", a, b, scorecard.PagePath(a))
		}
	})
}

func safe(t interface{ Errorf(string, ...any) }, at string) {
	if !fs.ValidPath(at) || strings.ContainsAny(at, `\:*?"<>|#%&. `) || !strings.HasPrefix(at, "platforms/") {
		t.Errorf("the path %q is not safe", at)
	}
	for _, part := range strings.Split(at, "/") {
		if len(part) > 200 {
			t.Errorf("a name has %d bytes", len(part))
		}
	}
}

// Whatever stands in the strings of the results, nothing of it is markup.
func TestHostileStringsStayText(t *testing.T) {
	calm := shape(t, poisoned("word"))
	for name, payload := range hostile() {
		t.Run(name, func(t *testing.T) {
			for file, tags := range shape(t, poisoned(payload)) {
				// An address makes a link, an empty string the word for "none"; texts
				// that are cut are alike in both languages and need fewer tags.
				if name != "empty" && name != "address" && tags > calm[file] || tags < 80 {
					t.Errorf("%s: %d tags, want %d", file, tags, calm[file])
				}
			}
		})
	}
}

var plain = regexp.MustCompile(`(?s)<section class="fresh plain">.*?</section>`)

// shape counts the tags of the pages, which is all that a string may not change.
func shape(t *testing.T, r *results.Results) map[string]int {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, r, report.Options{}, 1)
	out := map[string]int{}
	for name, content := range files(t, dir) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		// What scripts see and what is there without them.
		content = unpacked(t, content) + plain.FindString(content)
		kind := path.Base(name)
		if name != kind {
			kind = "card/" + kind
		}
		// A drawing breaks a long name into several lines.
		out[kind] = strings.Count(content, "<") - strings.Count(content, "<text x=") - strings.Count(content, "</text>")
		for _, wrong := range []string{"<script>alert", "<img", "<svg onload", "href=\"javascript:", "\u202e", "\u2066", "\x1b", "\x00"} {
			if strings.Contains(content, wrong) {
				t.Errorf("%s holds %q", name, wrong)
			}
		}
	}
	return out
}

// Each platform has a workbook of its own that can be taken back; the one over all
// leads to them and holds nothing to fill in.
func TestEachPlatformHasItsWorkbook(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, fleetOf("bureau/a", "b"), report.Options{}, 2)
	have := files(t, dir)
	for _, name := range []string{"platforms/bureau/a/a.xlsx", "platforms/b/b.xlsx"} {
		if _, problems, err := workbook.Read(context.Background(), []byte(have[name])); err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", name, problems, err)
		}
		if page := have[path.Join(path.Dir(name), "index.html")]; !strings.Contains(page, `<a href="`+path.Base(name)+`">`) {
			t.Errorf("the first page does not lead to %s", name)
		}
	}
	if _, _, err := workbook.Read(context.Background(), []byte(have["scorecards.xlsx"])); err == nil || !strings.Contains(err.Error(), "this is the index") {
		t.Errorf("the index: %v", err)
	}
	f, err := excelize.OpenReader(strings.NewReader(have["scorecards.xlsx"]))
	check(t, err)
	defer func() { check(t, f.Close()) }()
	rows, err := f.GetRows(f.GetSheetName(0))
	check(t, err)
	var links []string
	for i := range rows {
		if leads, at, err := f.GetCellHyperLink(f.GetSheetName(0), "A"+strconv.Itoa(i+1)); err == nil && leads {
			links = append(links, at)
		}
	}
	if !slices.Equal(links, []string{"platforms/bureau/a/a.xlsx", "platforms/b/b.xlsx"}) {
		t.Errorf("the index leads to %q", links)
	}
}
