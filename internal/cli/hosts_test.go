//go:build unix

package cli_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"hegui/internal/cli"
	"hegui/internal/gittest"
)

// host is a place that runs pipelines: the shell that its template runs for a
// change that goes into main, and the variables that it sets.
type host struct {
	name, shell string
	env         []string
	// bare is set where the template checks out by itself.
	bare bool
	// curl is what curl does after it has said what it was asked for.
	curl string
}

func hosts(t *testing.T) []host {
	t.Helper()
	template := func(name string) string { return read(t, repository, "docs/ci/"+name) }
	under := func(name string, keys ...string) string { return scripts(t, template(name), keys...) }
	jenkins := regexp.MustCompile(`(?s)sh '''(.*?)'''`).FindStringSubmatch(template("Jenkinsfile"))
	if jenkins == nil {
		t.Fatal("the Jenkinsfile has no script")
	}
	return []host{
		{"GitLab", under("hegui.gitlab-ci.yml", "hegui-gate", "script"), []string{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_PROJECT_ID=1", "CI_MERGE_REQUEST_PROJECT_ID=1", "HEGUI_LANG=en"}, false, ""},
		{"Gitee", under("gitee.yml", "stages", "command"), []string{"GITEE_BRANCH=main", "GITEE_PULL_ID=7"}, false, ""},
		{"Yunxiao", under("yunxiao.yml", "stages", "run"), []string{"CI_COMMIT_REF_NAME=change"}, false, ""},
		{"Jenkins", jenkins[1], []string{"CHANGE_TARGET=main", "CHANGE_BRANCH=change", "BRANCH_NAME=PR-7"}, false, ""},
		{"Gitea", under("gitea.yml", "jobs", "run"), []string{"GITHUB_BASE_REF=main", "GITHUB_REF=refs/pull/7/head", "GITHUB_REPOSITORY=city/platforms", "TOKEN=none"}, true, ""},
	}
}

// scripts are all lines below the last of the keys, of all that is below the
// first.
func scripts(t *testing.T, text string, keys ...string) string {
	t.Helper()
	var root yaml.Node
	check(t, yaml.Unmarshal([]byte(text), &root))
	var lines []string
	var walk func(node *yaml.Node, keys []string)
	walk = func(node *yaml.Node, keys []string) {
		if len(keys) == 0 && node.Kind == yaml.ScalarNode {
			lines = append(lines, node.Value)
		}
		for i, child := range node.Content {
			switch {
			case node.Kind != yaml.MappingNode:
				walk(child, keys)
			case i%2 == 1 && len(keys) > 0 && node.Content[i-1].Value == keys[0]:
				walk(child, keys[1:])
			case i%2 == 1 && len(keys) == 1:
				walk(child, keys)
			}
		}
	}
	walk(&root, keys)
	return strings.Join(lines, "\n")
}

// The shell of every template judges a change in a real clone, whatever the
// depth, and is not misled by a tag that is called like the branch.
func TestTemplatesOfHosts(t *testing.T) {
	hegui, err := exec.LookPath("hegui")
	check(t, err)
	good, bad := gated(t, nil), gated(t, nil)
	good.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, good.Dir, stores)})
	bad.Commit("no second copy", gittest.Files{stores: edited(t, bad, stores, elsewhere, "")})
	bad.Git("tag", "main", "change")
	for _, h := range hosts(t) {
		for _, c := range []struct {
			name string
			g    *gittest.Repo
			code int
		}{{"good", good, cli.Compliant}, {"bad", bad, cli.NotCompliant}} {
			t.Run(h.name+"/"+c.name, func(t *testing.T) {
				code, said := shell(t, h, c.g, checkout(t, h, c.g), filepath.Dir(hegui))
				if code != c.code {
					t.Errorf("exit code %d, want %d\n%s", code, c.code, said)
				}
				if c.code == cli.NotCompliant && !strings.Contains(said, "stores.second-copy") {
					t.Errorf("said:\n%s", said)
				}
			})
		}
		// A variable that the host does not set is no pass.
		for i, set := range h.env {
			name, _, _ := strings.Cut(set, "=")
			if name == "TOKEN" || !regexp.MustCompile(`\$\{?`+name).MatchString(h.shell) {
				continue
			}
			without := h
			without.env = slices.Delete(slices.Clone(h.env), i, i+1)
			if code, said := shell(t, without, good, checkout(t, h, good), filepath.Dir(hegui)); code == cli.Compliant {
				t.Errorf("%s without %s passes\n%s", h.name, name, said)
			}
		}
	}
}

// checkout is what a host lays out for a template: a clone of the change, or an empty
// folder.
func checkout(t *testing.T, h host, g *gittest.Repo) string {
	t.Helper()
	g.PullRequest(7, "main", "change")
	dir := filepath.Join(t.TempDir(), "work")
	if h.bare {
		check(t, os.Mkdir(dir, 0o755))
	} else {
		g.Git("clone", "-q", "--no-local", "--branch=change", g.Dir, dir)
	}
	return dir
}

func hostNamed(t *testing.T, name string) host {
	t.Helper()
	all := hosts(t)
	return all[slices.IndexFunc(all, func(h host) bool { return h.name == name })]
}

// A merge request's pipeline in the fork judges nothing: main is the fork's there.
func TestForkOnGitLab(t *testing.T) {
	h := hostNamed(t, "GitLab")
	h.env = append(h.env, "CI_PROJECT_ID=2")
	g := gated(t, nil)
	g.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, g.Dir, stores)})
	if code, said := shell(t, h, g, checkout(t, h, g), ""); code != cli.Failed || !strings.Contains(said, "the project that the merge request goes into") {
		t.Errorf("exit code %d\n%s", code, said)
	}
}

// On Gitea a comment is written where a platform is touched, and a token that must not
// write one is no reason to stop a change.
func TestCommentOnGitea(t *testing.T) {
	hegui, err := exec.LookPath("hegui")
	check(t, err)
	h, comment := hostNamed(t, "Gitea"), "/issues/7/comments"
	touching, beside := gated(t, nil), gated(t, nil)
	touching.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, touching.Dir, stores)})
	beside.Commit("a page", gittest.Files{"docs/x.md": "x"})
	for _, c := range []struct {
		name, curl string
		g          *gittest.Repo
		wanted     bool
		said       string
	}{
		{"touched", "exit 0", touching, true, ""},
		{"reads only", "exit 22", touching, true, "no comment could be written"},
		{"beside", "exit 0", beside, false, ""},
	} {
		h.curl = c.curl
		code, said := shell(t, h, c.g, checkout(t, h, c.g), filepath.Dir(hegui))
		if code != cli.Compliant || strings.Contains(said, comment) != c.wanted || !strings.Contains(said, c.said) {
			t.Errorf("%s: exit code %d\n%s", c.name, code, said)
		}
	}
}

// The git hook lets through what the gate would pass, and nothing else.
func TestPrePushHook(t *testing.T) {
	hegui, err := exec.LookPath("hegui")
	check(t, err)
	hook, err := filepath.Abs(filepath.Join(repository, "docs", "ci", "pre-push"))
	check(t, err)
	g := gated(t, nil)
	g.Commit("a remark", gittest.Files{stores: "# 备注\n" + read(t, g.Dir, stores)})
	g.Git("branch", "good")
	g.Commit("no second copy", gittest.Files{stores: edited(t, g, stores, elsewhere, "")})
	g.Git("branch", "bad")
	for branch, passes := range map[string]bool{"good": true, "bad": false} {
		dir := filepath.Join(t.TempDir(), "work")
		g.Git("clone", "-q", "--no-local", "--branch="+branch, g.Dir, dir)
		code, said := shell(t, host{shell: "cp " + hook + " .git/hooks/pre-push\ngit push -q origin HEAD:refs/heads/pushed-" + branch}, g, dir, filepath.Dir(hegui))
		if (code == 0) != passes || strings.Contains(said, "stores.second-copy") == passes {
			t.Errorf("%s: exit code %d\n%s", branch, code, said)
		}
		if arrived := strings.Contains(g.Git("branch", "--list", "pushed-"+branch), "pushed"); arrived != passes {
			t.Errorf("%s: pushed %v, want %v", branch, arrived, passes)
		}
	}
}

// shell runs a host's script in a folder, as sh -e does, with a curl that only
// says what it was asked for.
func shell(t *testing.T, h host, g *gittest.Repo, dir, bin string) (code int, said string) {
	t.Helper()
	fake := t.TempDir()
	write(t, fake, "curl", "#!/bin/sh\ncat\necho \"$@\"\n"+h.curl)
	write(t, fake, "jq", "#!/bin/sh\ncat hegui.md\n")
	for _, name := range []string{"curl", "jq"} {
		check(t, os.Chmod(filepath.Join(fake, name), 0o755))
	}
	check(t, os.MkdirAll(filepath.Join(fake, "city"), 0o755))
	check(t, os.Symlink(g.Dir, filepath.Join(fake, "city", "platforms.git")))
	command := exec.CommandContext(t.Context(), "sh", "-e", "-c", h.shell)
	command.Dir = dir
	command.Env = append([]string{"PATH=" + strings.Join([]string{bin, fake, os.Getenv("PATH")}, ":"), "HOME=" + fake, "GITHUB_SERVER_URL=" + fake, "GITHUB_API_URL=https://forge.example"}, h.env...)
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	var failed *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), out.String()
}
