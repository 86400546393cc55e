// Package git reads git repositories without the git command: it resolves
// revisions, finds merge bases, and reads the trees of revisions and of the work
// tree. From go-git it takes only the parsers of configuration, objects and packs.
package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// Repo is a git repository, opened from any folder inside it. It is only ever
// read: work tree, index and references stay as they are. It is safe for use by
// many goroutines.
type Repo struct {
	place
	config  settings
	prefix  string
	shallow map[plumbing.Hash]bool
	objects *objects
	refs    *references
	trees   treeCache
}

// Commit is one commit.
type Commit struct {
	Hash string
	// When is the committer's time.
	When time.Time
	// Parents are the hashes in the commit, even where a shallow clone does not
	// have them.
	Parents []string
	// Domain is that of the author's mailbox in lower case: of a person it says no more
	// than whom they work for. Empty where there is none.
	Domain string
	// Signed: it bears a signature, valid or not.
	Signed bool
}

// Open opens the repository that a folder belongs to: a work tree, a linked
// worktree, a submodule, a bare repository, a .git folder.
func Open(dir string) (*Repo, error) {
	at, err := realDir(dir)
	if err != nil {
		return nil, source.Fail("open", ".", err)
	}
	found, err := locate(at)
	if err != nil {
		return nil, err
	}
	config, err := readConfig(found)
	if err != nil {
		return nil, err
	}
	if err := config.supported(); err != nil {
		return nil, err
	}
	r := &Repo{place: found, config: config, prefix: "."}
	if err := r.settle(at); err != nil {
		return nil, err
	}
	if r.shallow, err = readShallow(r.common); err != nil {
		return nil, err
	}
	r.refs = &references{own: r.git, common: r.common}
	if r.objects, err = openObjects(filepath.Join(r.common, "objects")); err != nil {
		return nil, source.Fail("open", dotGit+"/objects", err)
	}
	return r, nil
}

// Prefix is the folder's path below the work tree's root: "." for the root itself
// and for a repository without a work tree.
func (r *Repo) Prefix() string { return r.prefix }

// Shallow reports whether the repository's history is cut off somewhere.
func (r *Repo) Shallow() bool { return len(r.shallow) > 0 }

// Close closes the repository's files.
func (r *Repo) Close() error { return r.objects.close() }

// place is where a repository's parts are on disk.
type place struct {
	// git contains HEAD and the index, common all that linked worktrees share.
	git, common string
	// work is the work tree's root, "" when there is none.
	work string
}

// realDir resolves the links in a folder's path.
func realDir(dir string) (string, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if at, err = filepath.EvalSymlinks(at); err != nil {
		return "", err
	}
	info, err := os.Stat(at)
	if err == nil && !info.IsDir() {
		err = source.ErrNotDir
	}
	return at, err
}

const dotGit = ".git"

// locate finds the repository of a folder, going up. Files in a work tree that
// look like a bare repository are not taken for one: a pull request could add
// them, with a forged history.
func locate(dir string) (place, error) {
	bare := ""
	for at := dir; ; at = filepath.Dir(at) {
		git, err := dotGitOf(at)
		if err != nil {
			return place{}, err
		}
		if git != "" {
			return placeOf(git, at)
		}
		if bare == "" && isGitDir(at) {
			bare = at
		}
		if bare != "" && filepath.Base(at) == dotGit && isGitDir(at) {
			return placeOf(bare, "")
		}
		if filepath.Dir(at) == at {
			break
		}
	}
	if bare != "" {
		return placeOf(bare, "")
	}
	return place{}, noRepo(dir)
}

// noRepo distinguishes a folder without a repository from one whose .git has lost
// what makes it one.
func noRepo(dir string) error {
	for at := dir; ; at = filepath.Dir(at) {
		if parts, err := os.ReadDir(filepath.Join(at, dotGit)); err == nil && len(parts) > 0 {
			return damaged(lang.Say(".git 里没有 HEAD、objects 或 refs", ".git lacks HEAD, objects or refs"))
		}
		if filepath.Dir(at) == at {
			return fault(ErrNoRepo, "这里不在 git 仓库中", "there is no git repository here")
		}
	}
}

// dotGitOf resolves a folder's .git, "" when it has none: a folder, or a file that
// names one.
func dotGitOf(dir string) (string, error) {
	dot := filepath.Join(dir, dotGit)
	info, err := os.Stat(dot)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", source.Fail("open", dotGit, err)
	}
	if info.IsDir() {
		if _, err := os.Lstat(filepath.Join(dot, "HEAD")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", source.Fail("open", dotGit, err)
		}
		if !isGitDir(dot) {
			return "", nil
		}
		return dot, nil
	}
	text, err := os.ReadFile(dot)
	if err != nil {
		return "", source.Fail("open", dotGit, err)
	}
	target, ok := strings.CutPrefix(string(text), "gitdir: ")
	target = strings.TrimRight(target, "\r\n")
	if !filepath.IsAbs(target) {
		target = filepath.Join(dir, target)
	}
	if !ok || !isGitDir(target) {
		return "", fault(ErrDamaged, ".git 文件没有指向 git 仓库", "the .git file does not point to a git repository")
	}
	return target, nil
}

// Keeper is the folder of git's own data that a path leads into, "" for none. It is
// known by what it holds, however it is called.
func Keeper(path string) string {
	if strings.EqualFold(filepath.Base(path), dotGit) {
		return path
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		if isGitDir(dir) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// isGitDir recognises a repository by its parts.
func isGitDir(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	if _, err := os.Stat(filepath.Join(dir, "commondir")); err == nil {
		return true
	}
	for _, part := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(dir, part)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// placeOf finds what a linked worktree shares with the others.
func placeOf(git, work string) (place, error) {
	found := place{git: git, common: git, work: work}
	text, err := os.ReadFile(filepath.Join(git, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	if err != nil {
		return place{}, source.Fail("open", dotGit, err)
	}
	found.common = strings.TrimRight(string(text), "\r\n")
	if !filepath.IsAbs(found.common) {
		found.common = filepath.Join(git, found.common)
	}
	if !isGitDir(found.common) {
		return place{}, fault(ErrDamaged, "这个工作区所属的 git 仓库已不在", "the git repository that this worktree belongs to is gone")
	}
	return found, nil
}

// settle finds the work tree's root, which the configuration may name, and the
// folder's path below it.
func (r *Repo) settle(dir string) error {
	if r.config.bare {
		r.work = ""
	}
	if named := r.config.workTree; named != "" && r.work != "" {
		if !filepath.IsAbs(named) {
			named = filepath.Join(r.git, named)
		}
		root, err := filepath.EvalSymlinks(named)
		if err != nil {
			return source.Fail("open", ".", err)
		}
		r.work = root
	}
	if r.work == "" {
		return nil
	}
	below, err := filepath.Rel(r.work, dir)
	if err != nil || !filepath.IsLocal(below) {
		return fault(ErrNoWorkTree, "core.worktree 指向别处，这里不在工作区中", "core.worktree points elsewhere: this folder is not in the work tree")
	}
	r.prefix = filepath.ToSlash(below)
	return nil
}

// readShallow reads the list of commits whose parents a shallow clone lacks.
func readShallow(common string) (map[plumbing.Hash]bool, error) {
	text, err := os.ReadFile(filepath.Join(common, "shallow"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, source.Fail("open", dotGit+"/shallow", err)
	}
	cut := map[plumbing.Hash]bool{}
	for line := range strings.Lines(string(text)) {
		hash, ok := parseHash(strings.TrimSpace(line))
		if !ok {
			return nil, damaged(lang.Say("shallow 读不出来", "shallow cannot be read"))
		}
		cut[hash] = true
	}
	return cut, nil
}
