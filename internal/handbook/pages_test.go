package handbook

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// pagesOf are the pages of a rulebook with all overlays that it has.
func pagesOf(t *testing.T, tree source.Tree, overlays ...string) []Page {
	t.Helper()
	book, err := rulebook.Load(tree, overlays...)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Overlays(tree, book)
	if err != nil {
		t.Fatal(err)
	}
	return Pages(book, all)
}

// docs/ is what hegui writes for this repository's rulebook: `make docs` or
// -update writes it again.
func TestDocs(t *testing.T) {
	onDisk(t, filepath.Join("..", "..", "docs"), pagesOf(t, source.FromFS(hegui.Rulebook)))
}

func TestPagesGolden(t *testing.T) {
	onDisk(t, filepath.Join("testdata", "pages"), pagesOf(t, lampsTree()))
}

// onDisk holds a folder to hold these pages and no other of an earlier run.
func onDisk(t *testing.T, dir string, pages []Page) {
	t.Helper()
	want := map[string]bool{}
	for _, page := range pages {
		want[page.Path] = true
		at := filepath.Join(dir, filepath.FromSlash(page.Path))
		if *update {
			rewrite(t, at, page.Text)
		}
		got, err := os.ReadFile(at)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if !bytes.Equal(got, page.Text) {
			t.Errorf("%s is stale: -update, or `make docs`, writes it again", at)
		}
	}
	var files []string
	for _, folder := range PagesDirs() {
		found, err := filepath.Glob(filepath.Join(dir, folder, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if want[filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file)] || !Generated(text) {
			continue
		}
		if !*update {
			t.Errorf("%s is of an earlier run", file)
		} else if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}

func rewrite(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// maxPage is what a code host is sure to show.
const maxPage = 300_000

// Every page can be shown, every link leads to an anchor that is there, and
// no anchor is there twice.
func TestPages(t *testing.T) {
	own := source.FromFS(hegui.Rulebook)
	book, err := rulebook.Load(own)
	if err != nil {
		t.Fatal(err)
	}
	for name, pages := range map[string][]Page{
		"own": pagesOf(t, own), "lamps": pagesOf(t, lampsTree()), "overlay": pagesOf(t, lampsTree(), "city"),
		"one page": {{"one.md", []byte(rules(t, book, "md", Options{}))}},
	} {
		anchors := map[string]bool{}
		for _, page := range pages {
			if !Generated(page.Text) || len(pages) > 1 && len(page.Text) > maxPage {
				t.Errorf("%s %s: %d bytes, generated %v", name, page.Path, len(page.Text), Generated(page.Text))
			}
			sound(t, page.Path, string(page.Text))
			tables(t, string(page.Text))
			anchors[page.Path] = true
			for _, found := range regexp.MustCompile(`<a id="([^"]*)">`).FindAllSubmatch(page.Text, -1) {
				at := page.Path + "#" + string(found[1])
				if anchors[at] {
					t.Errorf("%s: %s is there twice", name, at)
				}
				anchors[at] = true
			}
		}
		for _, page := range pages {
			links(t, page, anchors)
		}
	}
}

func links(t *testing.T, page Page, anchors map[string]bool) {
	t.Helper()
	found := regexp.MustCompile(`\]\(([^)\s]*)\)`).FindAllSubmatch(unfenced(page.Text), -1)
	if len(found) == 0 {
		t.Errorf("%s links nowhere", page.Path)
	}
	for _, link := range found {
		file, anchor, _ := strings.Cut(string(link[1]), "#")
		target := page.Path
		if file != "" {
			target = path.Join(path.Dir(page.Path), file)
		}
		if anchor != "" {
			target += "#" + anchor
		}
		if !anchors[target] {
			t.Errorf("%s: %s leads nowhere", page.Path, link[1])
		}
	}
}

// unfenced is a page without its code.
func unfenced(text []byte) []byte {
	return regexp.MustCompile("(?s)\n```+yaml\n.*?\n```+\n").ReplaceAll(text, []byte("\n"))
}

// Each check stands in full on one page, and in the index.
func TestPagesHaveEveryCheck(t *testing.T) {
	tree := source.FromFS(hegui.Rulebook)
	book, err := rulebook.Load(tree)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, page := range pagesOf(t, tree) {
		pages[page.Path] = string(page.Text)
	}
	for _, c := range book.Checks {
		if !strings.Contains(pages[PagesDir+"/"+c.Topic+".md"], `<a id="`+c.ID+`"></a>`) {
			t.Errorf("the page of %s lacks %s", c.Topic, c.ID)
		}
		if n := strings.Count(pages[IndexPage], "("+PagesDir+"/"+c.Topic+".md#"+c.ID+")"); n < 1+len(c.Clauses) {
			t.Errorf("the index links to %s %d times, want its line and %d clauses", c.ID, n, len(c.Clauses))
		}
	}
	for _, c := range book.Regulation.Clauses {
		if !strings.Contains(pages[IndexPage], `<a id="`+clauseAnchor(c.ID)+`"></a>`) {
			t.Errorf("the index lacks clause %s", c.ID)
		}
	}
}

// What an overlay in force has changed says so on every page that shows it.
func TestOverlaysAreMarked(t *testing.T) {
	for _, page := range pagesOf(t, lampsTree(), "city") {
		text := string(page.Text)
		switch page.Path {
		case IndexPage:
			for _, want := range []string{"in force", "tightened by overlay city", "added by overlay city", `Yunzhou's \*own\* rules`} {
				if !strings.Contains(text, want) {
					t.Errorf("the index lacks %q", want)
				}
			}
		case PagesDir + "/lamps.md":
			for _, want := range []string{"tightened by overlay city", "added by overlay city", `<a id="lamps.sited"></a>`} {
				if !strings.Contains(text, want) {
					t.Errorf("the page of lamps lacks %q", want)
				}
			}
		case glossaryPage, glossaryPageZH, languagePage, languagePageZH: // is of no rulebook
		default:
			if strings.Contains(text, "city") {
				t.Errorf("%s tells of an overlay that has not changed it", page.Path)
			}
		}
	}
	for _, page := range pagesOf(t, lampsTree()) {
		if slices.Contains([]string{glossaryPage, glossaryPageZH, languagePage, languagePageZH}, page.Path) || strings.HasPrefix(page.Path, SourcesDir) {
			continue // laws are in force there
		}
		if bytes.Contains(page.Text, []byte("by overlay")) || bytes.Contains(page.Text, []byte("in force")) {
			t.Errorf("%s: an overlay is in force that nobody has switched on", page.Path)
		}
	}
}
