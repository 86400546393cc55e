package cli

import (
	"errors"
	"path/filepath"

	"hegui/internal/audit"
	"hegui/internal/git"
	"hegui/internal/results"
	"hegui/internal/rulebook"
	"hegui/internal/source"
)

// place is what a run reads: a folder's files on disk, or as they
// are in a revision.
type place struct {
	tree source.Tree
	// dir is the folder on disk, also where the tree is a revision.
	dir string
	// repo is the repository that the revision is of; nil for files on disk.
	repo   *git.Repo
	commit git.Commit
	// judged is set for a side of a change: the folder of --rulebook need not exist
	// there.
	judged bool
}

// open opens what --rev asks for, the files on disk without it.
func (a *app) open() (*place, error) {
	dir, err := a.repoDir()
	if err != nil {
		return nil, err
	}
	if err := a.spare(dir); err != nil {
		return nil, err
	}
	if a.flags.rev != "" {
		return a.openRevision(dir, a.flags.rev)
	}
	tree, err := source.OpenDir(dir)
	if err != nil {
		return nil, fault("仓库目录打不开：%v", "the repository cannot be opened: %v", reason(err))
	}
	return &place{tree: tree, dir: dir}, nil
}

func (a *app) openRevision(dir, rev string) (*place, error) {
	repo, err := git.Open(dir)
	if err != nil {
		return nil, err
	}
	return placeAt(repo, dir, rev)
}

func placeAt(repo *git.Repo, dir, rev string) (*place, error) {
	commit, err := repo.Resolve(rev)
	if err != nil {
		return nil, err
	}
	return &place{tree: repo.Tree(commit), dir: dir, repo: repo, commit: commit}, nil
}

// revision is what the results say they were made of. Files on disk that lie in
// no repository, or in one without a commit, have none; where git data cannot be
// read why says so.
func (p *place) revision() (r *results.Revision, why error) {
	if p.repo != nil {
		return &results.Revision{Commit: p.commit.Hash}, nil
	}
	repo, err := git.Open(p.dir)
	if errors.Is(err, git.ErrNoRepo) {
		return nil, nil
	}
	if err != nil {
		return &results.Revision{Dirty: true, Unreadable: true}, err
	}
	defer func() { _ = repo.Close() }()
	head, err := repo.Resolve("HEAD")
	if errors.Is(err, git.ErrNoRevision) {
		return nil, nil
	}
	if err != nil {
		return &results.Revision{Dirty: true, Unreadable: true}, err
	}
	work, err := repo.WorkTree()
	if err != nil {
		return &results.Revision{Commit: head.Hash, Dirty: true}, nil
	}
	defer func() { _ = work.Close() }()
	return standing(head, repo.Tree(head), work)
}

// standing is a commit with whether what is judged, or judges, differs from it on
// disk.
func standing(head git.Commit, committed, work source.Hashed) (*results.Revision, error) {
	r := &results.Revision{Commit: head.Hash}
	for _, dir := range []string{audit.PlatformsDir, rulebook.ChecksDir, rulebook.SchemasDir} {
		for _, at := range source.Differ(committed, work, dir) {
			r.Dirty = true
			if _, err := committed.Stat(at); source.OutOfReach(err) {
				r.Unreadable = true
				return r, err
			}
		}
	}
	return r, nil
}

// revisionOf is the revision of a place. Unreadable git data are printed as well as
// recorded: nobody may take such results for those of a commit.
func (a *app) revisionOf(p *place) *results.Revision {
	r, why := p.revision()
	if why != nil {
		a.note("git 数据读不出来，报告里没有可靠的版本：%s", "git data cannot be read, so that the reports state no reliable revision: %s", audit.TextOf(why))
	}
	return r
}

// realPath follows the links that lead to a path; what does not exist is named
// below the nearest folder that does.
func realPath(path string) string {
	rest := ""
	for dir := path; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return path
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}
