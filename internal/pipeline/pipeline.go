// Package pipeline reads GitHub workflows and composite actions for tests: what
// actionlint says of them, and the steps they are made of. Only tests import
// it; hegui itself knows no forge.
package pipeline

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// Job is a job of a workflow.
type Job struct {
	Name        string
	Permissions map[string]string
	Minutes     float64 // timeout
	Steps       []Step
}

// Step is a step of a job or of a composite action.
type Step struct {
	Line             int
	ID, Name, If     string
	Uses, Run, Shell string
	With, Env        map[string]string
	ContinueOnError  string
}

// Workflow is a workflow, or a composite action seen as one.
type Workflow struct {
	Events      []string
	Permissions map[string]string // nil if it states none
	Concurrency bool
	Jobs        []Job
}

// Lint is what actionlint has to say about a workflow that lies, or would lie,
// in a repository's folder: local actions are looked up there.
func Lint(t testing.TB, root, name string, workflow []byte) []string {
	t.Helper()
	project, err := actionlint.NewProject(root)
	if err != nil {
		t.Fatal(err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{WorkingDir: root})
	if err != nil {
		t.Fatal(err)
	}
	found, err := linter.Lint(name, workflow, project)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range found {
		all = append(all, fmt.Sprintf("%s:%d:%d: %s", name, e.Line, e.Column, e.Message))
	}
	return all
}

// Parse reads a workflow.
func Parse(t testing.TB, workflow []byte) Workflow {
	t.Helper()
	parsed, errs := actionlint.Parse(workflow)
	if len(errs) > 0 {
		t.Fatal(errs[0])
	}
	w := Workflow{Permissions: permissions(parsed.Permissions), Concurrency: parsed.Concurrency != nil}
	for _, event := range parsed.On {
		w.Events = append(w.Events, event.EventName())
	}
	for name, job := range parsed.Jobs {
		j := Job{Name: name, Permissions: permissions(job.Permissions)}
		if job.TimeoutMinutes != nil {
			j.Minutes = job.TimeoutMinutes.Value
		}
		for _, s := range job.Steps {
			j.Steps = append(j.Steps, step(s))
		}
		w.Jobs = append(w.Jobs, j)
	}
	slices.SortFunc(w.Jobs, func(a, b Job) int { return strings.Compare(a.Name, b.Name) })
	return w
}

func permissions(p *actionlint.Permissions) map[string]string {
	if p == nil {
		return nil
	}
	all := map[string]string{}
	if p.All != nil {
		all["*"] = p.All.Value
	}
	for _, scope := range p.Scopes {
		all[scope.Name.Value] = scope.Value.Value
	}
	return all
}

func step(s *actionlint.Step) Step {
	out := Step{Line: s.Pos.Line, ID: value(s.ID), Name: value(s.Name), If: value(s.If), With: map[string]string{}, Env: map[string]string{}}
	if s.ContinueOnError != nil {
		out.ContinueOnError = fmt.Sprint(s.ContinueOnError.Value)
	}
	if s.Env != nil {
		for _, v := range s.Env.Vars {
			out.Env[v.Name.Value] = v.Value.Value
		}
	}
	switch exec := s.Exec.(type) {
	case *actionlint.ExecAction:
		out.Uses = value(exec.Uses)
		for name, input := range exec.Inputs {
			out.With[name] = value(input.Value)
		}
	case *actionlint.ExecRun:
		out.Run, out.Shell = value(exec.Run), value(exec.Shell)
	}
	return out
}

func value(s *actionlint.String) string {
	if s == nil {
		return ""
	}
	return s.Value
}

var (
	inputName   = regexp.MustCompile(`(?m)^  ([a-z-]+):$`)
	outputValue = regexp.MustCompile(`(?m)^    value: (.+)$`)
)

// Composite is a composite action as the reusable workflow that does the same,
// so that its expressions, shells and steps can be linted and read like any
// workflow's.
func Composite(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	section := func(from, to string) string {
		_, rest, found := strings.Cut(string(data), "\n"+from+"\n")
		if !found {
			t.Fatalf("%s has no %q", file, from)
		}
		if to == "" {
			return rest
		}
		section, _, _ := strings.Cut(rest, "\n"+to+"\n")
		return section
	}
	var b strings.Builder
	b.WriteString("on:\n  workflow_call:\n    inputs:\n")
	for _, m := range inputName.FindAllStringSubmatch(section("inputs:", "outputs:"), -1) {
		fmt.Fprintf(&b, "      %s: { type: string }\n", m[1])
	}
	b.WriteString("jobs:\n  action:\n    runs-on: ubuntu-24.04\n    outputs:\n")
	for i, m := range outputValue.FindAllStringSubmatch(section("outputs:", "runs:"), -1) {
		fmt.Fprintf(&b, "      output-%d: %s\n", i, m[1])
	}
	b.WriteString("    steps:\n")
	for line := range strings.Lines(section("  steps:", "")) {
		b.WriteString("  " + line)
	}
	return []byte(b.String())
}
