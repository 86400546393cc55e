//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hegui/internal/cli"
	"hegui/internal/gittest"
	"hegui/internal/pipeline"
)

const actionsDir = "../../.github/actions"

// runner is GitHub's side of a step: what the action's expressions are worth,
// and what a script may write to.
type runner struct {
	// action is the folder of the action that runs, hegui or judge.
	action                           string
	workspace, output, summary, temp string
	// worth is the value of each expression that the action uses.
	worth map[string]string
	env   []string
}

// pullRequest is a runner that has checked out the merge of branch change into
// main, as refs/pull/N/merge of a repository.
func pullRequest(t testing.TB, g *gittest.Repo) *runner {
	t.Helper()
	g.PullRequest(7, "main", "change")
	r := newRunner(t, g.Clone("--no-checkout"), "pull_request")
	clone := g.At(filepath.Join(r.workspace, "clone"))
	clone.Git("fetch", "-q", "origin", "refs/pull/7/merge")
	clone.Git("checkout", "-q", "--detach", "FETCH_HEAD")
	r.env = append(r.env, "GITHUB_BASE_REF=main", "GITHUB_HEAD_REF=change")
	r.worth["github.event.pull_request.head.repo.full_name"] = "city/platforms"
	r.worth["github.event.pull_request.number"] = "7"
	return r
}

func newRunner(t testing.TB, clone *gittest.Repo, event string) *runner {
	t.Helper()
	hegui, err := exec.LookPath("hegui")
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	return &runner{
		action: "hegui", workspace: filepath.Dir(clone.Dir), temp: temp, output: filepath.Join(temp, "output"), summary: filepath.Join(temp, "summary"),
		env: []string{"GITHUB_EVENT_NAME=" + event, "GITHUB_REPOSITORY=city/platforms"},
		worth: map[string]string{
			"steps.build.outputs.binary": hegui, "inputs.binary": hegui, "inputs.base": "", "inputs.lang": "en", "inputs.report": "", "inputs.overlay": "",
			"inputs.working-directory": "clone", "inputs.as-of": "", "inputs.audience": "internal", "inputs.warn-days": "",
			"github.event.merge_group.base_sha": "", "github.event.pull_request.head.repo.full_name": "",
		},
	}
}

// step runs the script of one of the action's steps with the environment that
// the action gives it, and nothing else.
func (r *runner) step(t testing.TB, name string) ran {
	t.Helper()
	steps := pipeline.Parse(t, pipeline.Composite(t, path.Join(actionsDir, r.action, "action.yml"))).Jobs[0].Steps
	i := slices.IndexFunc(steps, func(s pipeline.Step) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("the action has no step %q", name)
	}
	dir, err := filepath.Abs(filepath.Join(actionsDir, r.action))
	if err != nil {
		t.Fatal(err)
	}
	env := append(slices.Clone(r.env), "PATH="+os.Getenv("PATH"), "HOME="+r.temp, "GITHUB_ACTION_PATH="+dir,
		"GITHUB_WORKSPACE="+r.workspace, "RUNNER_TEMP="+r.temp, "GITHUB_OUTPUT="+r.output, "GITHUB_STEP_SUMMARY="+r.summary)
	for variable, text := range steps[i].Env {
		env = append(env, variable+"="+r.eval(t, text))
	}
	// So does the runner call a step whose shell is bash.
	command := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps[i].Run)
	command.Dir, command.Env = r.workspace, env
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	var failed *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return ran{command.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// eval is what a text with expressions is worth.
func (r *runner) eval(t testing.TB, text string) string {
	t.Helper()
	before, rest, found := strings.Cut(text, "${{ ")
	if !found {
		return text
	}
	expression, after, _ := strings.Cut(rest, " }}")
	worth, ok := r.worth[expression]
	if !ok {
		t.Fatalf("nobody has said what %q is worth", expression)
	}
	return before + worth + r.eval(t, after)
}

// outputs are what a step has set, each of them once.
func (r *runner) outputs(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(optional(t, r.output)) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if _, twice := all[name]; !ok || twice {
			t.Errorf("output %q", line)
		}
		all[name] = value
	}
	return all
}

func optional(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(data)
}

// commands are the workflow commands that the runner finds in a log: at the
// start of a line in the new form, anywhere in it in the old one.
func commands(log string) []string {
	var all []string
	stopped := ""
	for line := range strings.Lines(log) {
		line = strings.TrimSpace(line)
		switch token, stops := strings.CutPrefix(line, "::stop-commands::"); {
		case stopped != "":
			if line == "::"+stopped+"::" {
				stopped = ""
			}
		case stops:
			stopped = token
		case strings.HasPrefix(line, "::"), strings.Contains(line, "##["):
			all = append(all, line)
		}
	}
	return all
}

// expected are the outputs of a step: those that a test names, and what most
// runs say.
func expected(code int, named map[string]string) map[string]string {
	all := map[string]string{"passed": strconv.FormatBool(code == cli.Compliant)}
	if score, judged := named["score"]; judged {
		all["profile"] = map[bool]string{true: "full"}[score != ""]
		maps.Copy(all, map[string]string{"blockers": "0", "statutory_unmet": "0", "blocking": "0", "scope_changes": "0", "touched": "true", "new_findings": "0"})
	}
	maps.Copy(all, named)
	return all
}

// judged runs the step that judges and holds it to its exit code, to commands
// that only annotate, and to the outputs that a later step may use.
func (r *runner) judged(t testing.TB, code int, wanted map[string]string) (errs []string) {
	t.Helper()
	got := r.step(t, "Judge")
	if got.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", got.code, code, got.stdout, got.stderr)
	}
	outputs := r.outputs(t)
	if folder := outputs["folder"]; folder != "" && filepath.Dir(folder) != r.temp {
		t.Errorf("folder %q", folder)
	}
	delete(outputs, "folder")
	if wanted = expected(code, wanted); !maps.Equal(outputs, wanted) {
		t.Errorf("outputs %v, want %v", outputs, wanted)
	}
	for _, command := range commands(got.stdout) {
		switch kind, _, _ := strings.Cut(strings.TrimPrefix(command, "::"), " "); kind {
		case "error":
			errs = append(errs, command)
		case "warning", "notice":
		default:
			t.Errorf("the log holds the command %q", command)
		}
	}
	if (len(errs) > 0) != (code != cli.Compliant) {
		t.Errorf("exit code %d with errors %q", code, errs)
	}
	return errs
}

func TestActionPassesAChange(t *testing.T) {
	g := gated(t, nil)
	g.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, g.Dir, stores)})
	r := pullRequest(t, g)
	r.judged(t, cli.Compliant, map[string]string{"compliant": "true", "score": "100.0", "comment": "true", "upload": "true"})
	if summary := optional(t, r.summary); !strings.HasPrefix(summary, "<!-- hegui:gate -->\n") {
		t.Errorf("summary:\n%s", summary)
	}
	for _, name := range []string{"report.md", "report.sarif"} {
		read(t, r.folder(t), name)
	}
}

// folder is where the reports lie.
func (r *runner) folder(t testing.TB) string {
	t.Helper()
	var folder string
	for line := range strings.Lines(optional(t, r.output)) {
		if at, ok := strings.CutPrefix(strings.TrimSpace(line), "folder="); ok {
			folder = at
		}
	}
	if folder == "" {
		t.Fatal("no folder")
	}
	return folder
}

// A fork's change is judged, annotated and summed up like any other; nothing is
// written in the repository's name.
func TestActionBlocksAChange(t *testing.T) {
	for _, from := range []string{"city/platforms", "stranger/platforms", ""} {
		g := gated(t, nil)
		g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
		r := pullRequest(t, g)
		r.worth["github.event.pull_request.head.repo.full_name"] = from
		wanted := map[string]string{"compliant": "false", "blockers": "1", "blocking": "4", "scope_changes": "1", "new_findings": "1", "score": "67.3"}
		if from == "city/platforms" {
			wanted["comment"], wanted["upload"] = "true", "true"
		}
		errs := r.judged(t, cli.NotCompliant, wanted)
		if !slices.ContainsFunc(errs, func(e string) bool {
			return strings.HasPrefix(e, "::error file="+stores+",line=") && strings.Contains(e, "stores.second-copy")
		}) {
			t.Errorf("annotations %q", errs)
		}
		if !strings.Contains(optional(t, r.summary), "stores.second-copy") {
			t.Errorf("summary:\n%s", optional(t, r.summary))
		}
	}
}

// Where main has moved on since the change began, what others did is no part of
// it.
func TestActionJudgesTheChangeAlone(t *testing.T) {
	g := gated(t, nil)
	g.Commit("a remark", gittest.Files{"platforms/one/evidence/more.md": "补充"})
	g.Checkout("main")
	g.Commit("somebody else's", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	r := pullRequest(t, g)
	r.judged(t, cli.Compliant, map[string]string{"compliant": "false", "blockers": "1", "score": "67.3", "comment": "true", "upload": "true"})
}

// Where no other action can be had, one that only judges does the same with a
// binary that is there.
func TestActionThatOnlyJudges(t *testing.T) {
	g := gated(t, nil)
	g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	r := pullRequest(t, g)
	r.action = "judge"
	r.judged(t, cli.NotCompliant, map[string]string{"compliant": "false", "blockers": "1", "blocking": "4", "scope_changes": "1", "new_findings": "1", "score": "67.3", "comment": "true", "upload": "true"})
}

// Code scanning compares what a change has with what main has, all of both.
func TestActionUploadsAllFindings(t *testing.T) {
	g := gated(t, nil)
	g.Checkout("main")
	g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Git("checkout", "-q", "-B", "change")
	g.Commit("a remark", gittest.Files{"platforms/one/evidence/more.md": "补充"})
	for _, event := range []string{"push", "pull_request"} {
		r := newRunner(t, g.Clone(), event)
		if event == "pull_request" {
			r = pullRequest(t, g)
		}
		if got := r.step(t, "Judge"); got.code == cli.Failed {
			t.Fatalf("%s%s", got.stdout, got.stderr)
		}
		for _, wanted := range []string{"stores.second-copy", `"automationDetails":{"id":"hegui/"}`} {
			if sarif := read(t, r.folder(t), "report.sarif"); !strings.Contains(sarif, wanted) {
				t.Errorf("%s: no %s in\n%s", event, wanted, sarif)
			}
		}
	}
}

// A queue merges several changes at once and names its own base.
func TestActionInAMergeQueue(t *testing.T) {
	g := gated(t, nil)
	g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	r := newRunner(t, g.Clone(), "merge_group")
	r.worth["github.event.merge_group.base_sha"] = g.Git("rev-parse", "main")
	r.judged(t, cli.NotCompliant, map[string]string{"compliant": "false", "blockers": "1", "blocking": "4", "scope_changes": "1", "new_findings": "1", "score": "67.3"})
}

// Outside pull requests all that stands is checked.
func TestActionChecksABranch(t *testing.T) {
	g := gated(t, nil)
	for _, event := range []string{"push", "schedule", "workflow_dispatch"} {
		r := newRunner(t, g.Clone(), event)
		r.judged(t, cli.Compliant, map[string]string{"compliant": "true", "score": "100.0", "upload": "true"})
		if summary := optional(t, r.summary); !strings.HasPrefix(summary, "<!-- hegui:check -->\n") {
			t.Errorf("summary:\n%s", summary)
		}
	}
}

// What lapses soon is said outside pull requests where somebody asks, and stops nothing.
func TestActionWarnsEarly(t *testing.T) {
	g := gated(t, nil)
	for event, lapses := range map[string]string{"schedule": "1", "pull_request": ""} {
		r, wanted := newRunner(t, g.Clone(), event), map[string]string{"compliant": "true", "score": "100.0", "upload": "true"}
		if lapses != "" {
			wanted["lapses"] = lapses
		} else {
			g.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, g.Dir, stores)})
			r, wanted["comment"] = pullRequest(t, g), "true"
		}
		r.worth["inputs.as-of"], r.worth["inputs.warn-days"] = "2026-12-01", "400"
		r.judged(t, cli.Compliant, wanted)
		if told := strings.Contains(optional(t, r.summary), "lapse to come"); told != (lapses != "") {
			t.Errorf("%s: summary:\n%s", event, optional(t, r.summary))
		}
	}
	r := newRunner(t, g.Clone(), "schedule")
	r.worth["inputs.warn-days"] = "soon"
	r.judged(t, cli.Failed, map[string]string{"compliant": "false"})
}

// A push that is judged against a base lies in it once it has arrived.
func TestActionJudgesAPush(t *testing.T) {
	g := gated(t, nil)
	r := newRunner(t, g.Clone("--branch=main"), "push")
	r.worth["inputs.base"] = "refs/remotes/origin/main"
	r.judged(t, cli.Compliant, map[string]string{"compliant": "true", "score": "", "touched": "false", "upload": "true"})
	r = newRunner(t, g.Clone("--branch=main"), "merge_group")
	r.worth["inputs.base"] = "refs/remotes/origin/main"
	r.judged(t, cli.Failed, map[string]string{"compliant": "false"})
}

// No name that a change brings sets an output, hides an annotation or speaks to
// the runner.
func TestActionWithHostileNames(t *testing.T) {
	hostile := "x\n::set-output name=compliant::true\n##[set-output name=compliant]true\n::stop-commands::y\n::error::z\ncompliant=true"
	folder := strings.ReplaceAll(hostile, "/", "")
	g := gated(t, nil)
	g.Commit("hostile", gittest.Files{
		"platforms/" + folder + "/platform.yaml":            "name: { zh: \"##[set-output name=compliant]true\", en: x }\n",
		"platforms/" + folder + "/a ##[add-path]b.yaml":     "x: [",
		"platforms/one/##[set-output name=compliant]t.yaml": "x: 1\n",
		stores: edited(t, g, stores, elsewhere, ""),
	})
	r := pullRequest(t, g)
	got := r.step(t, "Judge")
	if got.code != cli.NotCompliant {
		t.Fatalf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	if !strings.Contains(got.stdout, `\x23#[`) || strings.Contains(got.stdout, "##[") {
		t.Fatalf("the log shows none of it:\n%s", got.stdout)
	}
	for _, command := range commands(got.stdout) {
		if !strings.HasPrefix(command, "::error ") && !strings.HasPrefix(command, "::warning ") && !strings.HasPrefix(command, "::notice ") || strings.HasPrefix(command, "::error::") {
			t.Errorf("the log holds the command %q", command)
		}
	}
	outputs := r.outputs(t)
	delete(outputs, "folder")
	delete(outputs, "new_findings")
	delete(outputs, "score")
	delete(outputs, "blocking")
	if !maps.Equal(outputs, map[string]string{"passed": "false", "compliant": "false", "blockers": "2", "statutory_unmet": "0", "profile": "full", "scope_changes": "1", "touched": "true", "comment": "true", "upload": "true"}) {
		t.Errorf("outputs %v", outputs)
	}
}

// A run that fails is red, says so, and is never taken for a verdict.
func TestActionWhenTheRunFails(t *testing.T) {
	g := gated(t, nil)
	g.Commit("a remark", gittest.Files{"platforms/one/evidence/more.md": "补充"})
	failed := map[string]string{"compliant": "false"}

	r := newRunner(t, g.Clone("--depth=1", "--branch=change"), "pull_request")
	r.env = append(r.env, "GITHUB_BASE_REF=main")
	r.judged(t, cli.Failed, failed)

	r = pullRequest(t, g)
	r.worth["inputs.working-directory"] = "elsewhere"
	r.judged(t, cli.Failed, failed)

	// Reports that can be written are, and the exit code still tells.
	r = pullRequest(t, g)
	r.worth["inputs.report"] = "json=no/such/folder/x.json"
	r.judged(t, cli.Failed, map[string]string{"compliant": "false", "comment": "true", "upload": "true"})
	if optional(t, r.summary) == "" {
		t.Error("no summary")
	}

	for _, event := range []string{"pull_request_target", "workflow_run"} {
		r = newRunner(t, g.Clone(), event)
		r.worth["inputs.base"] = "refs/remotes/origin/main"
		r.judged(t, cli.Failed, failed)
	}
}

// What the action is asked for reaches hegui, one line an item.
func TestActionInputs(t *testing.T) {
	g := gated(t, nil)
	g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	r := pullRequest(t, g)
	maps.Copy(r.worth, map[string]string{"inputs.lang": "zh", "inputs.as-of": asOf, "inputs.report": "\n json=a b.json \r\njunit=c.xml\n", "inputs.overlay": "  \n"})
	if got := r.step(t, "Judge"); got.code != cli.NotCompliant {
		t.Fatalf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	if json := read(t, r.workspace, "a b.json"); !strings.Contains(json, `"as_of":"`+asOf+`"`) {
		t.Error(json)
	}
	read(t, r.workspace, "c.xml")
	if summary := optional(t, r.summary); !strings.Contains(summary, "严重程度") {
		t.Errorf("summary:\n%s", summary)
	}
	r = pullRequest(t, g)
	maps.Copy(r.worth, map[string]string{"inputs.overlay": "nosuch", "inputs.base": "refs/heads/main"})
	r.judged(t, cli.Failed, map[string]string{"compliant": "false"})
}

// fakeProgram lays a program into a folder of its own and puts it first in PATH.
func (r *runner) fakeProgram(t testing.TB, name, script string) {
	t.Helper()
	dir := filepath.Join(r.temp, "fake")
	write(t, dir, name, "#!/bin/sh\n"+script)
	if err := os.Chmod(filepath.Join(dir, name), 0o755); err != nil {
		t.Fatal(err)
	}
	r.env = append(r.env, "FAKE="+r.temp)
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// The comment replaces the one before, is written once where there is none, and
// is no reason to fail where the token must not write.
func TestActionComments(t *testing.T) {
	g := gated(t, nil)
	for _, c := range []struct{ name, touched, gh, want string }{
		{"first", "true", `case "$*" in *--paginate*) ;; *) printf '%s\n' "$@" >"$FAKE/called" ;; esac`, "POST\nrepos/city/platforms/issues/7/comments"},
		{"again", "true", `case "$*" in *--paginate*) echo 31; echo 32 ;; *) printf '%s\n' "$@" >"$FAKE/called" ;; esac`, "PATCH\nrepos/city/platforms/issues/comments/31"},
		{"reads only", "true", `case "$*" in *--paginate*) ;; *) exit 1 ;; esac`, ""},
		{"reads nothing", "true", `exit 1`, ""},
		{"no platform touched any more", "false", `case "$*" in *--paginate*) echo 31 ;; *) printf '%s\n' "$@" >"$FAKE/called" ;; esac`, "PATCH\nrepos/city/platforms/issues/comments/31"},
		{"no platform touched", "false", `case "$*" in *--paginate*) ;; *) exit 1 ;; esac`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRunner(t, g.Clone(), "pull_request")
			maps.Copy(r.worth, map[string]string{"inputs.token": "none", "github.event.pull_request.number": "7", "steps.judge.outputs.folder": r.temp, "steps.judge.outputs.touched": c.touched})
			r.fakeProgram(t, "gh", c.gh)
			got := r.step(t, "Comment")
			called := optional(t, filepath.Join(r.temp, "called"))
			if got.code != 0 || !strings.Contains(called, c.want) || (c.want == "") != (called == "") {
				t.Errorf("exit code %d, called %q\n%s%s", got.code, called, got.stdout, got.stderr)
			}
			if c.want != "" && !strings.Contains(called, "body=@"+r.temp+"/report.md") {
				t.Errorf("called %q", called)
			}
			if (len(commands(got.stdout)) > 0) != (c.want == "" && c.touched == "true") {
				t.Errorf("told:\n%s", got.stdout)
			}
		})
	}
}

// The program is built in the action's own repository, whatever lies in the
// workspace.
func TestActionBuildsItself(t *testing.T) {
	r := newRunner(t, gated(t, nil).Clone(), "push")
	write(t, r.workspace, "go.work", "go 1.26\n")
	r.env = append(r.env, "GITHUB_ACTION_REF=v9")
	r.fakeProgram(t, "go", `pwd >"$FAKE/called"; printf '%s\n' "$GOWORK $GOENV $GOTOOLCHAIN" "$@" >>"$FAKE/called"`)
	if got := r.step(t, "Build hegui"); got.code != 0 {
		t.Fatalf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	own, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	binary := r.outputs(t)["binary"]
	if called := optional(t, filepath.Join(r.temp, "called")); called != own+"\noff off local\nbuild\n-trimpath\n-ldflags\n-X main.version=v9\n-o\n"+binary+"\n./cmd/hegui\n" {
		t.Errorf("called %q", called)
	}
}
