package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Work is a repository's work tree below Prefix, as it lies on disk, without
// what is no part of any revision: git's own folder and what is inside
// submodules. What it says of hashes is as of the first question: make a new one
// to look again.
type Work struct {
	*Folder
	repo *Repo

	once     sync.Once
	index    *index
	links    map[string]bool // submodules, by path below Prefix
	sparse   *sparse         // what is not on disk though it is there
	filtered bool            // whether git may store other bytes than lie on disk

	mu      sync.Mutex
	folders map[string]folderHash
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
	return &Work{Folder: folder, repo: r, folders: map[string]folderHash{}}, nil
}

// List implements Tree.
func (w *Work) List(dir string) ([]Entry, error) {
	name, err := w.lead(dir)
	if err == nil && w.isLink(name) {
		err = ErrNotDir
	}
	if err != nil {
		return nil, fail("list", dir, err)
	}
	found, err := w.Folder.List(dir)
	if err != nil {
		if e, out, fault := w.leftOut(name, err); !out || fault != nil || e.Kind != Dir {
			return nil, errors.Join(fault, err)
		}
	}
	entries := found[:0]
	for _, e := range found {
		if !strings.EqualFold(e.Name, dotGit) {
			entries = append(entries, w.seen(e))
		}
	}
	w.open()
	if entries, err = w.sparse.merge(name, entries); err != nil {
		return nil, fail("list", dir, err)
	}
	return entries, nil
}

// Stat implements Tree.
func (w *Work) Stat(path string) (Entry, error) {
	if _, err := w.lead(path); err != nil {
		return Entry{}, fail("stat", path, err)
	}
	e, err := w.Folder.Stat(path)
	if err == nil {
		return w.seen(e), nil
	}
	e, out, fault := w.leftOut(path, err)
	if fault != nil {
		return Entry{}, fail("stat", path, fault)
	}
	if !out {
		return Entry{}, err
	}
	return e, nil
}

// Read implements Tree.
func (w *Work) Read(path string, max int64) ([]byte, error) {
	if _, err := w.lead(path); err != nil {
		return nil, fail("read", path, err)
	}
	data, err := w.Folder.Read(path, max)
	if err == nil {
		return data, nil
	}
	e, out, fault := w.leftOut(path, err)
	if out && fault == nil {
		data, fault = w.sparse.read(e.Path, max)
	}
	if fault != nil {
		return nil, fail("read", path, fault)
	}
	if !out {
		return nil, err
	}
	return data, nil
}

// seen shows a submodule as what it is in a revision.
func (w *Work) seen(e Entry) Entry {
	if e.Kind == Dir && w.isLink(e.Path) {
		e.Kind = Other
	}
	return e
}

// lead refuses a path that leads into what is no part of the work tree.
func (w *Work) lead(path string) (string, error) {
	name, err := w.clean(path)
	if err != nil {
		return "", err
	}
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		if _, base := split(name[:i]); strings.EqualFold(base, dotGit) || i < len(name) && w.isLink(name[:i]) {
			return "", fs.ErrNotExist
		}
	}
	return name, nil
}

func (w *Work) isLink(name string) bool {
	w.open()
	return w.links[name]
}

// open reads the index. Without one, or with one that cannot be read, there are
// no hashes, but nothing else is amiss.
func (w *Work) open() {
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

// below is a name of the index as this tree calls it; one that lies elsewhere
// has no such name.
func (w *Work) below(name string) string {
	if w.repo.prefix == "." {
		return name
	}
	inside, _ := strings.CutPrefix(name, w.repo.prefix+"/")
	return inside
}

// indexed is the index's name of a path.
func (w *Work) indexed(name string) string {
	if name == "." {
		return w.repo.prefix
	}
	return join(w.repo.prefix, name)
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
