package hegui_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every module that hegui names itself has its row: what for, which licence,
// who keeps it.
func TestDependenciesAreTold(t *testing.T) {
	page := string(content(t, "docs/dependencies.md"))
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(content(t, "go.mod")), -1)
	for _, module := range direct {
		row := regexp.MustCompile("(?m)^\\| `" + regexp.QuoteMeta(module[1]) + "`.*\\|$").FindString(page)
		if cells := strings.Split(row, "|"); len(cells) < 6 {
			t.Errorf("%s has no row in docs/dependencies.md", module[1])
		}
	}
	for _, named := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(page, -1) {
		if !strings.Contains(string(content(t, "go.mod")), "\t"+named[1]+" v") {
			t.Errorf("docs/dependencies.md tells of %s, which go.mod does not name", named[1])
		}
	}
}

// A release passes on the licences of everything in the program, and what its pages say
// that it holds.
func TestReleaseHoldsNotices(t *testing.T) {
	said := runIn(t, ".", "make", "--silent", "notices")
	notices := map[string]string{}
	for _, notice := range strings.Split(said, "\n==== ")[1:] {
		of, text, _ := strings.Cut(notice, "\n")
		module, _, _ := strings.Cut(of, " ")
		notices[module] = text
	}
	page, _, _ := strings.Cut(string(content(t, "docs/dependencies.md")), "## In tests")
	for _, named := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(page, -1) {
		notices[named[1]] += ""
	}
	notices["Go"] += ""
	for module, text := range notices {
		if !strings.Contains(strings.ToLower(text), "copyright") {
			t.Errorf("nothing is passed on of %s: %q", module, text)
		}
	}
	for _, file := range []string{"LICENSE", "bin/NOTICES", "Containerfile", "CHANGELOG.md", "SECURITY.md"} {
		if !strings.Contains(string(content(t, ".goreleaser.yaml")), "{ src: "+file+",") {
			t.Errorf("the archives of a release lack %s", file)
		}
	}
}

// The command that renames the module leaves nothing of the old name, and changes no
// other word: the program and its reports are still called hegui.
func TestModuleCanBeRenamed(t *testing.T) {
	block := regexp.MustCompile("(?s)<!-- rename -->\n```sh\n(.*?)```").FindStringSubmatch(string(content(t, "docs/release.md")))
	if block == nil {
		t.Fatal("docs/release.md does not say how the module is renamed")
	}
	clone := t.TempDir()
	runIn(t, ".", "git", "clone", "-q", "--shared", ".", clone)
	runIn(t, clone, "bash", "-euo", "pipefail", "-c", block[1])
	if listed := runIn(t, clone, "go", "list", "-deps", "-test", "./..."); strings.Contains("\n"+listed, "\nhegui/") || !strings.Contains(listed, "example.org/city/hegui/internal/cli\n") {
		t.Errorf("after it there is:\n%s", listed)
	}
	for line := range strings.Lines(runIn(t, clone, "git", "diff", "-U0", "--", "*.go")) {
		if strings.HasPrefix(line, "+") && !strings.HasPrefix(line, "+++") && !renamed.MatchString(line) {
			t.Errorf("it writes %s", line)
		}
	}
}

// renamed is a line of Go that names the module by its new name.
var renamed = regexp.MustCompile(`^\+\s*"example\.org/city/hegui"\n$|"example\.org/city/hegui/internal`)

// What the pages for users of a release link to exists.
func TestReleasePages(t *testing.T) {
	for _, page := range []string{"SECURITY.md", "CHANGELOG.md", "docs/release.md", "docs/dependencies.md"} {
		for _, found := range linkedTo.FindAllStringSubmatch(fenced.ReplaceAllString(string(content(t, page)), ""), -1) {
			if !exists(path.Join(path.Dir(filepath.ToSlash(page)), found[1])) {
				t.Errorf("%s links to %s, which does not exist", page, found[1])
			}
		}
	}
}

func runIn(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = dir
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// A release is built by the same profile as the program of make, which tests try; it
// names no folder of the machine on which it was measured.
func TestProfileOfTheBuild(t *testing.T) {
	const profile = "cmd/hegui/checks.pgo"
	for file, asks := range map[string]string{"Makefile": "PROFILE := " + profile, ".goreleaser.yaml": `"-pgo=` + profile + `"`, "cmd/hegui/static_linux_test.go": `"-pgo=` + path.Base(profile) + `"`} {
		if !strings.Contains(string(content(t, file)), asks) {
			t.Errorf("%s does not say %s", file, asks)
		}
	}
	packed, err := gzip.NewReader(bytes.NewReader(content(t, profile)))
	if err != nil {
		t.Fatal(err)
	}
	says, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(says, []byte("hegui/internal/expression.(*Program).True")) {
		t.Error("it knows nothing of conditions")
	}
	if at := regexp.MustCompile(`/(tmp|home|root|work|Users)/[\w./-]*`).Find(says); at != nil {
		t.Errorf("it names %s", at)
	}
}
