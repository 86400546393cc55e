// Package gittest makes real repositories with the git command, for tests. Dates
// and identities are fixed and the machine's own configuration is shut out, so
// that the same calls always give the same hashes.
package gittest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Start is the time of a repository's first commit; each further one is a
// minute later.
func Start() time.Time { return time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC) }

// Files are contents by slash-separated path. A content that begins with "-> "
// is a symbolic link, one that is Gone removes the file or folder.
type Files map[string]string

// Gone as a content removes what stands at the path.
const Gone = "\x00gone"

// Repo is a repository on disk that the git command works on.
type Repo struct {
	t testing.TB
	// Dir is the work tree, or the repository itself when it is bare.
	Dir string
	// now is the time of the next commit.
	now *time.Time
}

// Init makes an empty repository whose branch is main. Options go to git init,
// such as "--bare".
func Init(t testing.TB, options ...string) *Repo {
	t.Helper()
	now := Start()
	r := &Repo{t: t, Dir: filepath.Join(tempDir(t), "repo"), now: &now}
	run(t, "", now, append(append([]string{"init", "-q", "-b", "main"}, options...), r.Dir)...)
	return r
}

// tempDir is a folder by the name that the system itself gives it, which git
// prints as well.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// At is the repository that stands in a folder: a linked worktree, a submodule.
func (r *Repo) At(dir string) *Repo {
	return &Repo{t: r.t, Dir: dir, now: r.now}
}

// Git runs a git command in the repository and returns what it prints, without
// the last line's end. A command that fails ends the test.
func (r *Repo) Git(args ...string) string {
	r.t.Helper()
	return run(r.t, r.Dir, *r.now, args...)
}

// Try runs a git command that may fail.
func (r *Repo) Try(args ...string) (string, error) {
	r.t.Helper()
	return try(r.Dir, *r.now, "", args...)
}

// Pipe runs a git command that reads its input.
func (r *Repo) Pipe(input string, args ...string) string {
	r.t.Helper()
	out, err := try(r.Dir, *r.now, input, args...)
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// Path is where a slash-separated path of the work tree lies on disk.
func (r *Repo) Path(name string) string { return filepath.Join(r.Dir, filepath.FromSlash(name)) }

// Write puts files into the work tree, and nothing into the index.
func (r *Repo) Write(files Files) {
	r.t.Helper()
	// What goes makes room: a folder may take the place of a file.
	for _, goes := range []bool{true, false} {
		for name, content := range files {
			if (content == Gone) != goes {
				continue
			}
			if err := write(r.Path(name), content); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}

func write(at, content string) error {
	if content == Gone {
		return os.RemoveAll(at)
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	if target, ok := strings.CutPrefix(content, "-> "); ok {
		if err := os.RemoveAll(at); err != nil {
			return err
		}
		return os.Symlink(target, at)
	}
	return os.WriteFile(at, []byte(content), 0o644)
}

// Commit writes files, commits all that the work tree holds and returns the
// commit's hash. It is a commit also when nothing changes.
func (r *Repo) Commit(message string, files Files) string {
	r.t.Helper()
	r.Write(files)
	r.Git("add", "-A")
	return r.CommitIndex(message)
}

// CommitIndex commits what the index holds.
func (r *Repo) CommitIndex(message string) string {
	r.t.Helper()
	r.Git("commit", "-q", "--allow-empty", "-m", message)
	return r.tick()
}

// tick moves the clock on by a minute.
func (r *Repo) tick() string {
	r.t.Helper()
	*r.now = r.now.Add(time.Minute)
	return r.Git("rev-parse", "HEAD")
}

// SetTime makes the next commit one of this time.
func (r *Repo) SetTime(now time.Time) { *r.now = now }

// Branch makes a branch where HEAD is, or where start is, and switches to it.
func (r *Repo) Branch(name string, start ...string) {
	r.t.Helper()
	r.Git(append([]string{"checkout", "-q", "-B", name}, start...)...)
}

// Checkout switches to a branch, or detaches HEAD at any other revision.
func (r *Repo) Checkout(rev string) {
	r.t.Helper()
	r.Git("checkout", "-q", rev)
}

// Merge merges revisions into HEAD, always with a merge commit, and returns its
// hash. Where both sides changed a file ours is kept.
func (r *Repo) Merge(message string, revs ...string) string {
	r.t.Helper()
	args := []string{"merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", message}
	if len(revs) == 1 {
		args = append(args, "-X", "ours")
	}
	r.Git(append(args, revs...)...)
	return r.tick()
}

// PullRequest lays out what a forge offers for a pull request: refs/pull/N/head
// and refs/pull/N/merge, the merge of the head into the base. HEAD stays where
// it is. It returns the merge's hash.
func (r *Repo) PullRequest(number int, base, head string) string {
	r.t.Helper()
	back, err := r.Try("symbolic-ref", "-q", "--short", "HEAD")
	if err != nil {
		back = r.Git("rev-parse", "HEAD")
	}
	r.Git("update-ref", fmt.Sprintf("refs/pull/%d/head", number), head)
	r.Checkout(r.Git("rev-parse", base))
	merge := r.Merge(fmt.Sprintf("Merge %s into %s", head, base), head)
	r.Git("update-ref", fmt.Sprintf("refs/pull/%d/merge", number), merge)
	r.Checkout(back)
	return merge
}

// Clone clones the repository over a file address, so that options such as
// "--depth=1", "--filter=blob:none", "--bare" or "--shared" have their effect.
func (r *Repo) Clone(options ...string) *Repo {
	r.t.Helper()
	r.Git("config", "uploadpack.allowFilter", "true")
	r.Git("config", "uploadpack.allowAnySHA1InWant", "true")
	from, to := r.URL(), filepath.Join(tempDir(r.t), "clone")
	if slices.Contains(options, "--shared") {
		from = r.Dir // git borrows objects from a plain path only
	}
	run(r.t, "", *r.now, append(append([]string{"clone", "-q"}, options...), from, to)...)
	now := *r.now
	return &Repo{t: r.t, Dir: to, now: &now}
}

// URL is the repository's file address.
func (r *Repo) URL() string {
	slashed := filepath.ToSlash(r.Dir)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return "file://" + slashed
}

// CloneSparse makes a sparse clone whose work tree holds only the folders.
func (r *Repo) CloneSparse(folders ...string) *Repo {
	r.t.Helper()
	clone := r.Clone("--no-checkout")
	clone.Git(append([]string{"sparse-checkout", "set"}, folders...)...)
	clone.Git("checkout", "-q")
	return clone
}

// Worktree adds a linked worktree that stands at a revision, with a detached
// HEAD.
func (r *Repo) Worktree(rev string) *Repo {
	r.t.Helper()
	dir := filepath.Join(tempDir(r.t), "linked")
	r.Git("worktree", "add", "-q", "--detach", dir, rev)
	return r.At(dir)
}

// Submodule adds another repository as a submodule, uncommitted.
func (r *Repo) Submodule(other *Repo, at string) {
	r.t.Helper()
	r.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.URL(), at)
}

// Pack packs all objects and references.
func (r *Repo) Pack() {
	r.t.Helper()
	r.Git("repack", "-q", "-a", "-d")
	r.Git("pack-refs", "--all")
}

func run(t testing.TB, dir string, now time.Time, args ...string) string {
	t.Helper()
	out, err := try(dir, now, "", args...)
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func try(dir string, now time.Time, input string, args ...string) (string, error) {
	command := exec.Command("git", args...)
	command.Dir = dir
	command.Env = Env(now)
	command.Stdin = strings.NewReader(input)
	var errs strings.Builder
	command.Stderr = &errs
	out, err := command.Output()
	if err != nil {
		return errs.String(), err
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// Env is the environment that git runs in: nothing of the machine's own but
// where its programs and temporary files are.
func Env(now time.Time) []string {
	stamp := fmt.Sprintf("%d +0800", now.Unix())
	env := []string{
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_ATTR_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
		"HOME=" + os.DevNull, "LC_ALL=C", "TZ=UTC",
		"GIT_AUTHOR_NAME=author", "GIT_AUTHOR_EMAIL=author@example.com", "GIT_AUTHOR_DATE=" + stamp,
		"GIT_COMMITTER_NAME=committer", "GIT_COMMITTER_EMAIL=committer@example.com", "GIT_COMMITTER_DATE=" + stamp,
	}
	for _, name := range []string{"PATH", "TMPDIR", "TMP", "TEMP", "SYSTEMROOT"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
