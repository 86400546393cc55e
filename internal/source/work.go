package source

import "path/filepath"

// Work is a repository's work tree below Prefix, as it lies on disk.
type Work struct {
	*Folder
	repo *Repo
}

// WorkTree opens the work tree. ErrNoWorkTree where there is none.
func (r *Repo) WorkTree() (*Work, error) {
	if r.work == "" {
		return nil, gitFault(ErrNoWorkTree, "这个 git 仓库没有工作区", "this git repository has no work tree")
	}
	folder, err := OpenDir(filepath.Join(r.work, filepath.FromSlash(r.prefix)))
	if err != nil {
		return nil, err
	}
	return &Work{Folder: folder, repo: r}, nil
}

// Hash implements Hashed.
func (w *Work) Hash(path string) (string, error) {
	_, err := w.Stat(path)
	return "", err
}
