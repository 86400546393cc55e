package hegui_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hegui/internal/pipeline"
)

const (
	action  = ".github/actions/hegui/action.yml"
	judging = ".github/actions/judge/action.yml"
)

// workflows are the workflows of this repository by name, its composite actions
// among them.
func workflows(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(".github/workflows/*")
	if err != nil || len(files) < 2 {
		t.Fatalf("workflows: %v, %v", files, err)
	}
	all := map[string][]byte{action: pipeline.Composite(t, action), judging: pipeline.Composite(t, judging)}
	for _, file := range files {
		all[filepath.ToSlash(file)] = content(t, file)
	}
	return all
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkedOut is this repository's .github as a run sees it: in the workspace,
// and again in the folder that base is checked out into.
func checkedOut(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.Mkdir(filepath.Join(root, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{".github", "base/.github"} {
		err := filepath.WalkDir(".github", func(file string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			to := filepath.Join(root, at, strings.TrimPrefix(file, ".github"))
			if entry.IsDir() {
				return os.MkdirAll(to, 0o755)
			}
			return os.WriteFile(to, content(t, file), 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestWorkflowsPassActionlint(t *testing.T) {
	root := checkedOut(t)
	for name, text := range workflows(t) {
		for _, said := range pipeline.Lint(t, root, name, text) {
			t.Error(said)
		}
	}
	// Were the action not found, its inputs would not be looked at.
	wrong := strings.Replace(string(content(t, ".github/workflows/compliance.yml")), "working-directory:", "working-folder:", 1)
	if said := pipeline.Lint(t, root, "wrong.yml", []byte(wrong)); len(said) != 1 || !strings.Contains(said[0], "working-folder") {
		t.Errorf("an input that the action does not have: %q", said)
	}
	astray := strings.Replace(string(pipeline.Composite(t, action)), "inputs.overlay", "inputs.overlays", 1)
	if said := pipeline.Lint(t, root, action, []byte(astray)); len(said) != 1 || !strings.Contains(said[0], "overlays") {
		t.Errorf("an input that is misspelt inside the action: %q", said)
	}
}

var (
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	pin    = regexp.MustCompile(`(?m)uses: (\S+@\S+)(.*)$`)
)

// What runs is what was reviewed: a commit, with the version that it is of. One
// action stands at one commit everywhere.
func TestActionsArePinned(t *testing.T) {
	at := map[string]string{}
	for name, text := range workflows(t) {
		for _, m := range pin.FindAllStringSubmatch(string(text), -1) {
			if !pinned.MatchString(m[1]) || !regexp.MustCompile(`^ # v\d+\.\d+\.\d+$`).MatchString(m[2]) {
				t.Errorf("%s: %s%s is not pinned to a commit with its version beside it", name, m[1], m[2])
			}
			repo, _, _ := strings.Cut(m[1], "@")
			if other, ok := at[repo]; ok && other != m[0] {
				t.Errorf("%s: %s, elsewhere %s", name, m[0], other)
			}
			at[repo] = m[0]
		}
		eachStep(t, text, func(_ pipeline.Job, s pipeline.Step) {
			if s.Uses != "" && !strings.HasPrefix(s.Uses, "./") && !pinned.MatchString(s.Uses) {
				t.Errorf("%s:%d: %s is not pinned", name, s.Line, s.Uses)
			}
		})
	}
	if len(at) < 3 {
		t.Errorf("pins: %v", at)
	}
}

func eachStep(t *testing.T, workflow []byte, visit func(pipeline.Job, pipeline.Step)) {
	t.Helper()
	for _, job := range pipeline.Parse(t, workflow).Jobs {
		for _, s := range job.Steps {
			visit(job, s)
		}
	}
}

// Nothing that a change names may become part of a script, no credential may
// lie about, and nobody's change runs with the rights of the repository.
func TestWorkflowsAreSafe(t *testing.T) {
	allowed := map[string][]string{
		".github/workflows/ci.yml/test":            {"contents: read"},
		".github/workflows/ci.yml/lint":            {"contents: read"},
		".github/workflows/ci.yml/vulnerabilities": {"contents: read"},
		".github/workflows/long.yml/long":          {"contents: read"},
		".github/workflows/release.yml/release":    {"attestations: write", "contents: write", "id-token: write"},
		".github/workflows/compliance.yml/gate":    {"actions: read", "contents: read", "pull-requests: write", "security-events: write"},
		".github/workflows/compliance.yml/check":   {"actions: read", "contents: read", "security-events: write"},
	}
	for name, text := range workflows(t) {
		w := pipeline.Parse(t, text)
		for _, event := range w.Events {
			if event == "pull_request_target" || event == "workflow_run" {
				t.Errorf("%s runs on %s", name, event)
			}
		}
		if name != action && name != judging && (w.Permissions == nil || len(w.Permissions) > 0 || !w.Concurrency) {
			t.Errorf("%s: permissions %v, concurrency %v", name, w.Permissions, w.Concurrency)
		}
		for _, job := range w.Jobs {
			if name == action || name == judging {
				continue
			}
			var has []string
			for _, scope := range slices.Sorted(maps.Keys(job.Permissions)) {
				has = append(has, scope+": "+job.Permissions[scope])
			}
			if !slices.Equal(has, allowed[name+"/"+job.Name]) {
				t.Errorf("%s: job %s may %v", name, job.Name, has)
			}
			// Nobody waits for the long run.
			most := 60.0
			if job.Name == "long" {
				most = 240
			}
			if job.Minutes == 0 || job.Minutes > most {
				t.Errorf("%s: job %s may take %v minutes", name, job.Name, job.Minutes)
			}
		}
		eachStep(t, text, func(_ pipeline.Job, s pipeline.Step) {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s:%d: an expression inside a script: %s", name, s.Line, s.Run)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s:%d: credentials stay after the checkout", name, s.Line)
			}
		})
	}
}

// A change is data to its judge: action, Go code and day come from base, and
// nothing but the action looks at what the change has.
func TestChangeBringsNoJudge(t *testing.T) {
	w := pipeline.Parse(t, content(t, ".github/workflows/compliance.yml"))
	i := slices.IndexFunc(w.Jobs, func(j pipeline.Job) bool { return j.Name == "gate" })
	if i < 0 {
		t.Fatal("no gate")
	}
	var ref, used string
	for _, s := range w.Jobs[i].Steps {
		switch {
		case s.With["path"] == "base":
			ref = s.With["ref"]
		case s.With["path"] == "change":
			if s.With["fetch-depth"] != "0" || s.With["ref"] != "" {
				t.Errorf("the change is checked out with %v", s.With)
			}
		case s.Uses != "":
			used = s.Uses
			if s.With["working-directory"] != "change" || s.With["base"] != "" {
				t.Errorf("the gate is called with %v", s.With)
			}
		case strings.Contains(s.Run, "change/") || strings.Contains(s.Run, "-C change"):
			t.Errorf("line %d runs something in the change: %s", s.Line, s.Run)
		}
	}
	if ref != "${{ github.base_ref || github.event.merge_group.base_sha }}" || used != "./base/.github/actions/hegui" {
		t.Errorf("base is %q, the action %q", ref, used)
	}
}

// The comment and the upload wait for the script's word that the change is none
// of a fork's; Go keeps no cache that a change may have filled.
func TestForkGetsNoWriting(t *testing.T) {
	guarded := map[string]string{"Comment": "steps.judge.outputs.comment == 'true'", "Upload findings": "steps.judge.outputs.upload == 'true'"}
	eachStep(t, pipeline.Composite(t, action), func(_ pipeline.Job, s pipeline.Step) {
		if guard, ok := guarded[s.Name]; ok {
			delete(guarded, s.Name)
			if !strings.Contains(s.If, "&& "+guard) || strings.Contains(s.If, "||") {
				t.Errorf("%s if %s", s.Name, s.If)
			}
		}
		if strings.HasPrefix(s.Uses, "actions/setup-go@") && (s.With["cache"] != "false" || s.With["go-version"] != "${{ steps.go.outputs.version }}") {
			t.Errorf("Go is set up with %v", s.With)
		}
		if token, ok := s.Env["GH_TOKEN"]; ok && s.Name != "Comment" {
			t.Errorf("%s holds the token %s", s.Name, token)
		}
	})
	if len(guarded) > 0 {
		t.Errorf("steps that are gone: %v", guarded)
	}
}

// The action that only judges asks its runner for nothing but bash, and is asked
// for the same as the one that builds first.
func TestJudgeUsesNoOtherAction(t *testing.T) {
	eachStep(t, pipeline.Composite(t, judging), func(_ pipeline.Job, s pipeline.Step) {
		if s.Uses != "" {
			t.Errorf("line %d uses %s", s.Line, s.Uses)
		}
	})
	own := regexp.MustCompile(`(?s)  (binary|sarif):\n.*?\n    default: .*?\n`)
	section := func(file string) string {
		text := own.ReplaceAllString(string(content(t, file)), "")
		return text[strings.Index(text, "inputs:"):strings.Index(text, "runs:")]
	}
	if section(action) != section(judging) {
		t.Errorf("inputs and outputs differ:\n%s\n%s", section(action), section(judging))
	}
}

// Scripts lie in files, so that tests can run them: what stands in a workflow is
// at most a few commands.
func TestScriptsLieInFiles(t *testing.T) {
	for _, file := range []string{action, judging} {
		eachStep(t, pipeline.Composite(t, file), func(_ pipeline.Job, s pipeline.Step) {
			if s.Run == "" {
				return
			}
			name, ok := strings.CutPrefix(strings.TrimSuffix(s.Run, `"`), `bash "$GITHUB_ACTION_PATH/`)
			if _, err := os.Stat(filepath.Join(path.Dir(file), name)); !ok || err != nil {
				t.Errorf("%s:%d runs %s", file, s.Line, s.Run)
			}
		})
	}
}
