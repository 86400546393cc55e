package hegui_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	fenced   = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
	quoted   = regexp.MustCompile("`([^`\n]+)`")
	hole     = regexp.MustCompile(`<[a-z]+>`)
	aPath    = regexp.MustCompile(`^[\w.*{},<>-]+(/[\w.*{},<>-]*)+$|^[\w-]+\.(go|md)$`)
	aName    = regexp.MustCompile(`^([a-z]+)\.(?:\w+\.)?([A-Z]\w*)$`)
	aTarget  = regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)")
	linkedTo = regexp.MustCompile(`\]\(([^):#]+)(?:#[^)]*)?\)`)
)

// TestPagesForContributors holds the pages that name files, packages and
// targets to the tree: what they name exists.
func TestPagesForContributors(t *testing.T) {
	pages, err := filepath.Glob("docs/decisions/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("no decisions", err)
	}
	makefile := string(content(t, "Makefile"))
	for _, page := range append(pages, "CONTRIBUTING.md", "docs/first-change.md", "docs/how-a-run-flows.md") {
		text := string(content(t, filepath.ToSlash(page)))
		for _, found := range aTarget.FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`(?m)^` + found[1] + `:`).MatchString(makefile) {
				t.Errorf("%s: make has no target %q", page, found[1])
			}
		}
		text = fenced.ReplaceAllString(text, "")
		for _, found := range linkedTo.FindAllStringSubmatch(text, -1) {
			if target := path.Join(path.Dir(filepath.ToSlash(page)), found[1]); !exists(target) {
				t.Errorf("%s links to %s, which does not exist", page, found[1])
			}
		}
		for _, found := range quoted.FindAllStringSubmatch(text, -1) {
			switch name := aName.FindStringSubmatch(found[1]); {
			case name != nil && slices.Contains(order, name[1]):
				if !declares(t, name[1], name[2]) {
					t.Errorf("%s: there is no %s", page, found[1])
				}
			case aPath.MatchString(found[1]) && !exists(found[1]) && !strings.Contains(makefile, found[1]):
				t.Errorf("%s names %s, which neither exists nor is made", page, found[1])
			}
		}
	}
}

// exists reports whether there is such a path; <holes>, stars and {a,b} stand
// for any.
func exists(name string) bool {
	before, rest, braced := strings.Cut(name, "{")
	if list, after, ok := strings.Cut(rest, "}"); braced && ok {
		return !slices.ContainsFunc(strings.Split(list, ","), func(one string) bool { return !exists(before + one + after) })
	}
	found, err := filepath.Glob(filepath.FromSlash(hole.ReplaceAllString(strings.TrimSuffix(name, "/"), "*")))
	return err == nil && len(found) > 0
}

// declares reports whether a package below internal/ declares a name.
func declares(t *testing.T, pkg, name string) bool {
	t.Helper()
	declaration := regexp.MustCompile(`(?m)^(?:func (?:\([^)]*\) )?|type |var |const |\t)` + name + `\b`)
	files, err := fs.Glob(os.DirFS("."), "internal/"+pkg+"/*.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		return !strings.HasSuffix(file, "_test.go") && declaration.Match(content(t, file))
	})
}
