package cli_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"hegui/internal/cli"
	"hegui/internal/pipeline"
)

// process runs a command of a manifest with the program at hand and these variables
// alone, and returns its exit code.
func process(t *testing.T, dir string, env map[string]string, command ...string) (code int) {
	t.Helper()
	c := exec.Command(command[0], command[1:]...)
	c.Dir = dir
	for name, value := range env {
		c.Env = append(c.Env, name+"="+value)
	}
	out, err := c.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("%v\n%s", err, out)
	}
	if c.ProcessState.ExitCode() == cli.Failed {
		t.Fatalf("%q:\n%s", command, out)
	}
	return c.ProcessState.ExitCode()
}

// program is a folder in which the program is found by its name.
func program(t *testing.T) string {
	t.Helper()
	dir, self := t.TempDir(), ""
	self, err := os.Executable()
	check(t, err)
	check(t, os.Symlink(self, filepath.Join(dir, "hegui")))
	return dir
}

// The Kubernetes jobs of docs/scale, started as their manifest says for every index,
// write what one run does.
func TestKubernetesJobsWriteOneRun(t *testing.T) {
	g := gated(t, nil)
	for _, id := range []string{"two", "bureau/three", "bureau/four", "five"} {
		check(t, fixturePlatform(g.Dir, id))
	}
	g.Commit("all", map[string]string{stores: edited(t, g, stores, elsewhere, "")})
	type job struct {
		Kind     string
		Metadata struct{ Name string }
		Data     map[string]string
		Spec     struct {
			CompletionMode           string `yaml:"completionMode"`
			Completions, Parallelism int
			Template                 struct {
				Spec struct {
					Containers []struct{ Command, Args []string }
				}
			}
		}
	}
	jobs := map[string]job{}
	manifest := yaml.NewDecoder(bytes.NewReader([]byte(read(t, repository, "docs/scale/kubernetes.yaml"))))
	for {
		var one job
		err := manifest.Decode(&one)
		if errors.Is(err, io.EOF) {
			break
		}
		check(t, err)
		jobs[one.Metadata.Name] = one
	}
	shards, merge, env := jobs["hegui-shards"].Spec, jobs["hegui-merge"].Spec, jobs["hegui"].Data
	if shards.CompletionMode != "Indexed" || strconv.Itoa(shards.Completions) != env["SHARDS"] {
		t.Fatalf("%d completions, %q, of %s shards", shards.Completions, shards.CompletionMode, env["SHARDS"])
	}
	fleet := t.TempDir()
	parts := filepath.Join(fleet, "parts")
	check(t, os.Mkdir(parts, 0o755))
	for name := range env {
		env[name] = strings.ReplaceAll(env[name], "/fleet", fleet)
	}
	env["PATH"], env["REPOSITORY"], env["REVISION"], env["AS_OF"] = program(t)+":"+os.Getenv("PATH"), g.Dir, g.Git("rev-parse", "HEAD"), asOf
	for index := range shards.Completions {
		env["JOB_COMPLETION_INDEX"] = strconv.Itoa(index)
		container := shards.Template.Spec.Containers[0]
		if code := process(t, fleet, env, append(container.Command, container.Args...)...); code != 0 {
			t.Fatalf("shard %d ends with %d", index, code)
		}
	}
	delete(env, "JOB_COMPLETION_INDEX")
	container := merge.Template.Spec.Containers[0]
	code := process(t, fleet, env, append(container.Command, container.Args...)...)
	want := run(t, g.Dir, "check", "--rev", env["REVISION"], "--as-of", asOf, "--report", "jsonl")
	if got := read(t, fleet, "results.jsonl"); code != cli.NotCompliant || want.code != code || got != want.stdout {
		t.Errorf("exit code %d, want %d; %d bytes, want %d", code, want.code, len(got), len(want.stdout))
	}
}

// The workflow of docs/scale is one that GitHub takes, and its steps, run for every
// entry of the matrix, write what one run does.
func TestGitHubMatrixWritesOneRun(t *testing.T) {
	text := read(t, repository, "docs/scale/github.yml")
	for _, said := range pipeline.Lint(t, repository, "docs/scale/github.yml", []byte(text)) {
		t.Error(said)
	}
	var workflow struct {
		Env  map[string]string
		Jobs map[string]struct {
			Strategy struct{ Matrix struct{ Shard []int } }
		}
	}
	check(t, yaml.Unmarshal([]byte(text), &workflow))
	matrix := workflow.Jobs["shard"].Strategy.Matrix.Shard
	if strconv.Itoa(len(matrix)) != workflow.Env["SHARDS"] {
		t.Fatalf("%d entries of the matrix, %s shards", len(matrix), workflow.Env["SHARDS"])
	}
	g := gated(t, nil)
	for _, id := range []string{"two", "three"} {
		check(t, fixturePlatform(g.Dir, id))
	}
	g.Commit("all", map[string]string{stores: edited(t, g, stores, elsewhere, "")})
	scripts := map[string]string{}
	for _, job := range pipeline.Parse(t, []byte(text)).Jobs {
		for _, s := range job.Steps {
			if s.Run != "" {
				scripts[job.Name] = s.Run
			}
		}
	}
	env := map[string]string{"PATH": program(t) + ":" + os.Getenv("PATH"), "SHARDS": workflow.Env["SHARDS"]}
	for _, shard := range matrix {
		env["SHARD"] = strconv.Itoa(shard)
		if code := process(t, g.Dir, env, "bash", "-e", "-c", scripts["shard"]); code != 0 {
			t.Fatalf("shard %d ends with %d", shard, code)
		}
	}
	after := t.TempDir()
	check(t, os.Mkdir(filepath.Join(after, "parts"), 0o755))
	for _, shard := range matrix {
		name := "part-" + strconv.Itoa(shard) + ".jsonl"
		check(t, os.Rename(filepath.Join(g.Dir, name), filepath.Join(after, "parts", name)))
	}
	env["GITHUB_STEP_SUMMARY"] = filepath.Join(after, "summary.md")
	code := process(t, after, env, "bash", "-e", "-c", scripts["merge"])
	want := run(t, g.Dir, "check", "--rev", "HEAD", "--report", "jsonl")
	if got := read(t, after, "results.jsonl"); code != want.code || got != want.stdout || !strings.HasPrefix(read(t, after, "summary.md"), "<!-- hegui:check -->") {
		t.Errorf("exit code %d, want %d; %d bytes, want %d", code, want.code, len(got), len(want.stdout))
	}
}
