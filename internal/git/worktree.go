package git

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"hegui/internal/source"
)

// WorkTree is a repository's work tree below Prefix, as it is on disk, without
// .git and the content of submodules. The index is read once and hashes are
// cached: open a new WorkTree to see later changes.
type WorkTree struct {
	*source.Folder
	repo *Repo

	once     sync.Once
	index    *index
	links    map[string]bool // submodules, by path below Prefix
	sparse   *sparse         // files not checked out
	filtered bool            // whether git may store other bytes than are on disk

	mu      sync.Mutex
	folders map[string]folderHash
}

// WorkTree opens the work tree, ErrNoWorkTree where there is none.
func (r *Repo) WorkTree() (*WorkTree, error) {
	if r.work == "" {
		return nil, fault(ErrNoWorkTree, "这个 git 仓库没有工作区", "this git repository has no work tree")
	}
	folder, err := source.OpenDir(filepath.Join(r.work, filepath.FromSlash(r.prefix)))
	if err != nil {
		return nil, err
	}
	return &WorkTree{Folder: folder, repo: r, folders: map[string]folderHash{}}, nil
}

// List implements source.Tree.
func (w *WorkTree) List(dir string) ([]source.Entry, error) { return w.Relist(dir, source.Sizes{}) }

// Relist implements source.Relister.
func (w *WorkTree) Relist(dir string, known source.Sizes) ([]source.Entry, error) {
	return source.At("list", dir, func(name string) ([]source.Entry, error) { return w.list(name, known) })
}

// Stat implements source.Tree.
func (w *WorkTree) Stat(path string) (source.Entry, error) { return source.At("stat", path, w.stat) }

// Read implements source.Tree.
func (w *WorkTree) Read(path string, max int64) ([]byte, error) { return w.Append(nil, path, max) }

// Append implements source.Appender.
func (w *WorkTree) Append(to []byte, path string, max int64) ([]byte, error) {
	return w.Reread(to, path, source.Unlisted, max)
}

// Reread implements source.Relister.
func (w *WorkTree) Reread(to []byte, path string, size, max int64) ([]byte, error) {
	return source.At("read", path, func(name string) ([]byte, error) { return w.read(to, name, size, max) })
}

func (w *WorkTree) list(name string, known source.Sizes) ([]source.Entry, error) {
	if err := w.lead(name); err != nil {
		return nil, err
	}
	if w.isLink(name) {
		return nil, source.ErrNotDir
	}
	found, err := w.Folder.Relist(name, known)
	if err != nil {
		switch e, out, bad := w.leftOut(name, err); {
		case bad != nil:
			return nil, bad
		case !out || e.Kind != source.Dir:
			return nil, err
		}
	}
	entries := found[:0]
	for _, e := range found {
		if !strings.EqualFold(e.Name, dotGit) {
			entries = append(entries, w.seen(e))
		}
	}
	w.open()
	return w.sparse.merge(name, entries)
}

func (w *WorkTree) stat(name string) (source.Entry, error) {
	if err := w.lead(name); err != nil {
		return source.Entry{}, err
	}
	e, err := w.Folder.Stat(name)
	if err == nil {
		return w.seen(e), nil
	}
	e, out, bad := w.leftOut(name, err)
	if out || bad != nil {
		return e, bad
	}
	return source.Entry{}, err
}

func (w *WorkTree) read(to []byte, name string, listed, max int64) ([]byte, error) {
	if err := w.lead(name); err != nil {
		return nil, err
	}
	data, err := w.Folder.Reread(to, name, listed, max)
	if err == nil {
		return data, nil
	}
	_, out, bad := w.leftOut(name, err)
	switch {
	case bad != nil:
		return nil, bad
	case out:
		data, err := w.sparse.read(name, max)
		return append(to, data...), err
	}
	return nil, err
}

// seen gives a submodule the kind that it has in a revision.
func (w *WorkTree) seen(e source.Entry) source.Entry {
	if e.Kind == source.Dir && w.isLink(e.Path) {
		e.Kind = source.Other
	}
	return e
}

// lead rejects paths inside .git or a submodule.
func (w *WorkTree) lead(name string) error {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		if strings.EqualFold(path.Base(name[:i]), dotGit) || i < len(name) && w.isLink(name[:i]) {
			return fs.ErrNotExist
		}
	}
	return nil
}

func (w *WorkTree) isLink(name string) bool {
	w.open()
	return w.links[name]
}

// Untracked returns the sorted paths of the files below a folder that the index does
// not list, ignored ones among them: a commit lacks them. It knows none where the
// index cannot be read.
func (w *WorkTree) Untracked(dir string) []string {
	w.open()
	if hash, err := w.Hash(dir); w.index.partial || err != nil || hash != "" {
		return nil // of a folder with a hash all is tracked
	}
	entries, err := w.List(dir)
	if err != nil {
		return nil // reported by whoever judges what is in it
	}
	var found []string
	for _, e := range entries {
		_, tracked := w.index.find(w.indexed(e.Path))
		switch {
		case e.Kind == source.Dir:
			found = append(found, w.Untracked(e.Path)...)
		case !tracked && !w.isLink(e.Path):
			found = append(found, e.Path)
		}
	}
	return found
}

// open reads the index. Without one that can be read there are no hashes, and all
// else works.
func (w *WorkTree) open() {
	w.once.Do(func() {
		w.index = &index{partial: true}
		if x, err := readIndex(filepath.Join(w.repo.git, "index")); err == nil {
			w.index = x
		}
		w.links = map[string]bool{}
		_, err := os.Lstat(filepath.Join(w.repo.common, "info", "attributes"))
		w.filtered = err == nil
		for _, e := range w.index.entries {
			if w.index.mode(e) == modeGitlink {
				w.links[w.below(e.name)] = true
			}
			if strings.HasSuffix(e.name, ".gitattributes") {
				w.filtered = true
			}
		}
		w.sparse = w.sparseOf(w.index)
	})
}

// below converts a name in the index to a path below Prefix, "" when it is not
// below it.
func (w *WorkTree) below(name string) string {
	if w.repo.prefix == "." {
		return name
	}
	inside, _ := strings.CutPrefix(name, w.repo.prefix+"/")
	return inside
}

// indexed converts a path below Prefix to the name in the index.
func (w *WorkTree) indexed(name string) string {
	return path.Join(w.repo.prefix, name)
}

// readIndex reads an index file.
func readIndex(name string) (*index, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	text.Grow(int(min(info.Size(), 1<<30)) + 1)
	if _, err := file.WriteTo(&text); err != nil {
		return nil, err
	}
	x, err := parseIndex(text.String())
	if err != nil {
		return nil, err
	}
	x.written = info.ModTime()
	return x, nil
}
