package hegui_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"hegui"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// An id that a check once had is still a check's, or on record in
// checks/retired.yaml: somebody may have a waiver or a verdict about it.
func TestIDsThatWentAreOnRecord(t *testing.T) {
	git := func(args ...string) string {
		out, err := exec.Command("git", args...).Output()
		if err != nil {
			t.Skipf("no history here: git %s: %v", args[0], err)
		}
		return string(out)
	}
	if strings.TrimSpace(git("rev-parse", "--is-shallow-repository")) != "false" {
		t.Skip("the history is cut off")
	}
	book, err := rulebook.Load(source.FromFS(hegui.Rulebook))
	if err != nil {
		t.Fatal(err)
	}
	removed := regexp.MustCompile(`(?m)^- +- id: ([a-z]+\.[a-z0-9-]+)$`)
	for _, match := range removed.FindAllStringSubmatch(git("log", "-p", "-U0", "--format=", "--", ":(glob)checks/*.yaml"), -1) {
		if id := match[1]; book.Check(id) == nil && book.Retired(id) == nil {
			t.Errorf("%s is gone: write it into %s, with its successor if there is one", id, rulebook.RetiredFile)
		}
	}
}
