package hegui_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order is the architecture: a package imports only those left of it. A new
// package states its place here.
var order = []string{"lang", "jsontext", "stopwatch", "memory", "near", "term", "typeset", "atomicfile", "source", "git", "pack", "slab", "document", "finding", "calendar", "form", "schema", "editor", "expression", "rulebook", "mutation",
	"audit", "fix", "examine", "score", "compare", "timeline", "plan", "picture", "results", "workbook", "assess", "page", "report", "scorecard", "reference", "handbook", "draft", "corpus", "trial", "gittest", "webtest", "pipeline", "cli"}

// keepers are the only packages that may import what they keep behind them.
var keepers = map[string]string{
	"gopkg.in/yaml.v3":                         "document",
	"github.com/santhosh-tekuri/jsonschema/v5": "schema",
	"cel.dev/cel-go":                           "expression",
	"github.com/go-git/go-git/v5":              "git",
	"github.com/xuri/excelize/v2":              "workbook",
	"github.com/spf13/cobra":                   "cli",
	"github.com/rhysd/actionlint":              "pipeline",
	"github.com/spf13/pflag":                   "cli",
	"github.com/google/uuid":                   "report",
	"github.com/arran4/golang-ical":            "report",
	"pgregory.net/rapid":                       "trial",
	"charm.land/lipgloss/v2":                   "typeset",
	"github.com/clipperhouse/displaywidth":     "typeset",
}

func TestImportOrder(t *testing.T) {
	seen := map[string]bool{}
	for file, imports := range goFiles(t, "internal") {
		pkg := strings.Split(filepath.ToSlash(file), "/")[1]
		seen[pkg] = true
		place := slices.Index(order, pkg)
		if place < 0 {
			t.Errorf("%s: package %s has no place in the order", file, pkg)
		}
		for _, imported := range imports {
			inner, ok := strings.CutPrefix(imported, "hegui/internal/")
			if ok && inner != pkg && slices.Index(order, inner) >= place {
				t.Errorf("%s: %s imports %s, which is not left of it", file, pkg, inner)
			}
			for library, keeper := range keepers {
				if pkg != keeper && (imported == library || strings.HasPrefix(imported, library+"/")) {
					t.Errorf("%s: %s is for package %s alone", file, library, keeper)
				}
			}
		}
	}
	for _, pkg := range order {
		if !seen[pkg] {
			t.Errorf("package %s stands in the order but not in the tree", pkg)
		}
	}
}

// Random tests draw from one seed, which make long changes and prints: what they
// find can be found again.
func TestRandomTestsShareTheSeed(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		for _, source := range []string{"rapid." + "Check(", "rand." + "NewPCG(", "rand." + "NewSource("} {
			if strings.Contains(string(content(t, filepath.ToSlash(file))), source) {
				t.Errorf("%s calls %s…) instead of trial's", file, source)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goFiles are the Go files below a folder that are no tests, with their imports.
func goFiles(t *testing.T, dir string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		imports := []string{}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, name)
		}
		found[file] = imports
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
