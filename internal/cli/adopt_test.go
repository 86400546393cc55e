//go:build unix

package cli_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"hegui/internal/cli"
	"hegui/internal/gittest"
	"hegui/internal/pipeline"
)

// guideStep is a fenced block of a guide that its reader carries out: a file to
// write, or commands to run.
type guideStep struct {
	file string
	code int
	text string
}

// fence is a fenced block of a page with what its comment says of it.
type fence struct{ about, language, text string }

func fences(t *testing.T, name string) []fence {
	t.Helper()
	var all []fence
	about, open := "", false
	for _, line := range strings.SplitAfter(read(t, repository, name), "\n") {
		switch language, isFence := strings.CutPrefix(line, "```"); {
		case isFence && !open:
			all, open = append(all, fence{about: about, language: strings.TrimSpace(language)}), true
		case isFence:
			open = false
		case open:
			all[len(all)-1].text += line
		}
		about, _ = strings.CutPrefix(line, "<!-- ")
		about, _ = strings.CutSuffix(strings.TrimSpace(about), " -->")
	}
	return all
}

func guideSteps(t *testing.T, name string) []guideStep {
	t.Helper()
	var steps []guideStep
	for _, f := range fences(t, name) {
		step := guideStep{text: f.text}
		if file, ok := strings.CutPrefix(f.about, "file: "); ok {
			step.file = file
		}
		if code, ok := strings.CutPrefix(f.about, "exits "); ok {
			step.code, _ = strconv.Atoi(code)
		}
		switch {
		case f.language == "":
			continue // what a step prints
		case (step.file == "") == (f.language == "yaml" || f.language == "json"):
			t.Fatalf("%s: a block of %s that is neither run nor written:\n%s", name, f.language, f.text)
		}
		steps = append(steps, step)
	}
	return steps
}

// The guide is followed to the letter: what it says to run is run, in an empty
// folder, and ends as it says.
func TestAdoptionGuide(t *testing.T) {
	said := follow(t, "docs/adopt", "", "yunzhou")
	// The first policy waits for its merge, the waiver lets the change through.
	for _, want := range []string{"the rulebook changes; this change is judged by that of base", "gate: blocked", "gate: passed"} {
		if !strings.Contains(said, want) {
			t.Errorf("no step prints %q", want)
		}
	}
}

// A sentence of a regulation becomes a check, step by step.
func TestRulebookGuide(t *testing.T) {
	for language, end := range map[string]string{"": "findings: 0 blocker, 0 major, 0 minor, 0 advisory", ".zh": "问题：一票否决 0、重要 0、一般 0、提示 0"} {
		if said := follow(t, "docs/write-a-rulebook", language, "wifi"); !strings.HasSuffix(strings.TrimSpace(said), end) {
			t.Errorf("docs/write-a-rulebook%s.md: the described platform has findings at the end:\n%s", language, said)
		}
	}
}

// A supervisor chooses, decides, sees the effect and releases.
func TestSupervisorsGuide(t *testing.T) {
	for language, wants := range map[string][]string{"": {"gate: blocked", "gate: passed"}, ".zh": {"门禁：拦下", "门禁：通过"}} {
		said := follow(t, "docs/supervise", language, "wifi")
		for _, want := range wants {
			if !strings.Contains(said, want) {
				t.Errorf("docs/supervise%s.md: no step prints %q", language, want)
			}
		}
	}
}

// follow takes the steps of a guide, the same in both languages, in an empty
// folder and below dir once that exists. It returns what they print in the
// language, which the page's blocks without one show.
func follow(t *testing.T, guide, language, dir string) string {
	t.Helper()
	english, chinese := guideSteps(t, guide+".md"), guideSteps(t, guide+".zh.md")
	if len(english) < 9 || len(english) != len(chinese) {
		t.Fatalf("%d steps in English, %d in Chinese", len(english), len(chinese))
	}
	for i := range english {
		if english[i] != chinese[i] {
			t.Errorf("step %d differs between the languages:\n%+v\n%+v", i+1, english[i], chinese[i])
		}
	}
	place := t.TempDir()
	env := append(gittest.Env(gittest.Start().AddDate(0, 8, 20)), "HEGUI="+heguiCheckout(t), "LC_ALL=", "LANG="+cmp.Or(strings.TrimPrefix(language, "."), "C"))
	var outputs []string
	for i, step := range english {
		if step.file != "" {
			write(t, filepath.Join(place, dir), step.file, step.text)
			continue
		}
		// The reader stays in one shell; only the first steps are taken outside
		// the repository that they make.
		script := "set -e\nPATH=\"$HEGUI/bin:$PATH\"\n"
		if _, err := os.Stat(filepath.Join(place, dir)); err == nil {
			script += "cd " + dir + "\n"
		}
		command := exec.Command("bash", "-c", script+step.text)
		command.Dir, command.Env = place, env
		out, err := command.CombinedOutput()
		if code := command.ProcessState.ExitCode(); code != step.code {
			t.Fatalf("step %d ends with %d (%v), want %d:\n%s\n%s", i+1, code, err, step.code, step.text, out)
		}
		outputs = append(outputs, string(out))
	}
	said := strings.Join(outputs, "\n")
	for _, f := range fences(t, guide+language+".md") {
		if f.language == "" && !strings.Contains(said, f.text) {
			t.Errorf("%s%s.md shows what no step prints:\n%s", guide, language, f.text)
		}
	}
	return said
}

// heguiCheckout is what a reader's checkout of hegui offers after make build.
func heguiCheckout(t *testing.T) string {
	t.Helper()
	hegui, err := exec.LookPath("hegui")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, "bin"), 0o755))
	check(t, os.Symlink(hegui, filepath.Join(dir, "bin", "hegui")))
	for _, name := range []string{"platforms", "checks", "docs"} {
		from, err := filepath.Abs(filepath.Join(repository, name))
		check(t, err)
		check(t, os.Symlink(from, filepath.Join(dir, name)))
	}
	return dir
}

// The workflow of the guide is one that GitHub takes.
func TestAdoptionWorkflow(t *testing.T) {
	for _, step := range guideSteps(t, "docs/adopt.md") {
		if filepath.Dir(step.file) != ".github/workflows" {
			continue
		}
		for _, complaint := range pipeline.Lint(t, repository, step.file, []byte(step.text)) {
			t.Error(complaint)
		}
		for _, uses := range regexp.MustCompile(`uses: (\S+)(.*)`).FindAllStringSubmatch(step.text, -1) {
			if !regexp.MustCompile(`@[0-9a-f]{40}$`).MatchString(uses[1]) || !strings.HasPrefix(uses[2], " # v") {
				t.Errorf("%s is not pinned by hash with its version beside", uses[1])
			}
		}
		return
	}
	t.Error("the guide has no workflow")
}

// Every hegui command line in the guides and templates is one that hegui takes.
func TestCommandsOfTemplates(t *testing.T) {
	var lines []string
	var hooks []struct{ ID, Entry, Language, Files string }
	check(t, yaml.Unmarshal([]byte(read(t, repository, ".pre-commit-hooks.yaml")), &hooks))
	for _, hook := range hooks {
		lines = append(lines, hook.Entry)
		if _, err := regexp.Compile(hook.Files); err != nil || hook.Language != "golang" {
			t.Errorf("hook %+v: %v", hook, err)
		}
	}
	var jobs map[string]struct {
		Script []string
		Rules  []map[string]string
	}
	raw := map[string]yaml.Node{}
	check(t, yaml.Unmarshal([]byte(read(t, repository, "docs/ci/hegui.gitlab-ci.yml")), &raw))
	delete(raw, "variables")
	template, err := yaml.Marshal(raw)
	check(t, err)
	check(t, yaml.Unmarshal(template, &jobs))
	for _, job := range jobs {
		lines = append(lines, job.Script...)
	}
	for _, name := range []string{"README.md", "README.zh.md", "docs/adopt.md", "docs/adopt.zh.md", "docs/ci.md", "docs/ci.zh.md", "docs/assess.md", "docs/assess.zh.md", "docs/write-a-rulebook.md", "docs/write-a-rulebook.zh.md", "docs/supervise.md", "docs/supervise.zh.md", "docs/reports.md", "docs/reports.zh.md", "docs/forecast.md", "docs/forecast.zh.md", "docs/plan.md", "docs/plan.zh.md", "docs/history.md", "docs/history.zh.md"} {
		for _, f := range fences(t, name) {
			if f.language == "sh" {
				lines = append(lines, strings.Split(f.text, "\n")...)
			}
		}
	}
	tried := 0
	for _, line := range lines {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
		args := strings.Fields(line)
		if len(args) < 2 || args[0] != "hegui" {
			continue
		}
		tried++
		var flags []string
		for _, arg := range args[1:] {
			if name, _, _ := strings.Cut(arg, "="); strings.HasPrefix(name, "-") {
				flags = append(flags, name)
			}
		}
		// A command of a command stands second.
		words := []string{args[1], "--help"}
		if len(args) > 2 && !strings.HasPrefix(args[2], "-") {
			words = []string{args[1], args[2], "--help"}
		}
		help := run(t, t.TempDir(), words...)
		if help.code != cli.Compliant || !strings.Contains(help.stdout, "hegui "+args[1]) {
			t.Errorf("%q: there is no such command", line)
		}
		for _, flag := range flags {
			if !strings.Contains(help.stdout, " "+flag+" ") && !strings.Contains(help.stdout, " "+flag+",") {
				t.Errorf("%q: hegui %s takes no %s", line, args[1], flag)
			}
		}
	}
	if tried < 12 {
		t.Errorf("only %d command lines were found", tried)
	}
}

// The pre-commit hook hands over the files of a commit: each stands for its
// platform, which is judged once.
func TestFilesStandForTheirPlatform(t *testing.T) {
	dir := fixture(t, "one", "two")
	r := run(t, dir, "check", "-q", "--as-of", asOf, "platforms/one/stores.yaml", "platforms/one/evidence/run.md", "platforms/one/faults.yaml")
	if r.code != cli.Compliant || !strings.Contains(r.stdout, "1 platform, 1 compliant") {
		t.Errorf("%d %s%s", r.code, r.stdout, r.stderr)
	}
}
