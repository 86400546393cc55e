package git

import (
	"errors"
	"io/fs"
	"path"
	"sort"

	"hegui/internal/source"
)

// sparse is what a sparse checkout leaves out of the work tree: the index says
// that it is there, only not on disk. Paths are below the work tree's Prefix.
type sparse struct {
	repo    *Repo
	files   map[string]treeEntry
	folders map[string][]string // what is left out, by folder
}

const (
	flagSkip = 1 << 14 // of the extended flags: not to be on disk
	topDir   = "."
)

// sparseOf collects what the index leaves out; nil where that is nothing.
func (w *WorkTree) sparseOf(x *index) *sparse {
	s := &sparse{repo: w.repo, files: map[string]treeEntry{}, folders: map[string][]string{}}
	for _, e := range x.entries {
		if !x.skips(e) || !x.merged(e) {
			continue
		}
		name := w.below(e.name)
		if name == "" {
			continue
		}
		s.files[name] = treeEntry{name: path.Base(name), mode: x.mode(e), hash: x.hash(e)}
		s.link(name)
	}
	if len(s.files) == 0 {
		return nil
	}
	return s
}

// link notes a path in the folders that lead to it.
func (s *sparse) link(name string) {
	for name != topDir {
		dir := path.Dir(name)
		known := s.folders[dir]
		s.folders[dir] = append(known, path.Base(name))
		if len(known) > 0 {
			return
		}
		name = dir
	}
}

// skips tells that an entry is not to be on disk.
func (x *index) skips(e indexEntry) bool {
	return x.short(e.at+entryFlags)&flagExtended != 0 && x.short(e.at+entryHead)&flagSkip != 0
}

// folded tells that the index lists whole folders in one entry, so that what is
// left out of the work tree cannot be told from it.
func (x *index) folded() bool {
	for _, e := range x.entries {
		if x.mode(e)&modeKind == modeDir {
			return true
		}
	}
	return false
}

// Whole reports, as an error, that it cannot be told what a sparse checkout
// leaves out of the work tree.
func (w *WorkTree) Whole() error {
	w.open()
	if w.index.folded() {
		return fault(ErrUnsupported, "稀疏索引把整个目录记作一项，hegui 看不出少了什么：运行 git sparse-checkout reapply --no-sparse-index，或用 --head HEAD",
			"the index is a sparse one, which lists whole folders as one: run git sparse-checkout reapply --no-sparse-index, or say --head HEAD")
	}
	return nil
}

// entry is what is left out at a path.
func (s *sparse) entry(name string) (source.Entry, bool, error) {
	if s == nil {
		return source.Entry{}, false, nil
	}
	if _, isFolder := s.folders[name]; isFolder {
		return source.Entry{Path: name, Name: path.Base(name), Kind: source.Dir}, true, nil
	}
	found, ok := s.files[name]
	if !ok {
		return source.Entry{}, false, nil
	}
	e, err := s.repo.entry(name, found)
	return e, true, err
}

// leaves tells whether a file is left out.
func (s *sparse) leaves(name string) (treeEntry, bool) {
	if s == nil {
		return treeEntry{}, false
	}
	found, ok := s.files[name]
	return found, ok
}

// merge adds to what lies on disk in a folder what is left out there. What lies
// on disk after all counts as it lies there.
func (s *sparse) merge(dir string, onDisk []source.Entry) ([]source.Entry, error) {
	if s == nil {
		return onDisk, nil
	}
	there := make(map[string]bool, len(onDisk))
	for _, e := range onDisk {
		there[e.Name] = true
	}
	for _, base := range s.folders[dir] {
		if there[base] {
			continue
		}
		there[base] = true
		e, _, err := s.entry(path.Join(dir, base))
		if err != nil {
			return nil, err
		}
		onDisk = append(onDisk, e)
	}
	sort.Slice(onDisk, func(i, j int) bool { return onDisk[i].Name < onDisk[j].Name })
	return onDisk, nil
}

// read gives the bytes of a file that is left out, as they are committed.
func (s *sparse) read(name string, max int64) ([]byte, error) {
	return s.repo.blob(s.files[name], max)
}

// leftOut is the entry at a path that is not on disk and should not be. A folder
// on the way that is on disk as something else hides it.
func (w *WorkTree) leftOut(name string, err error) (source.Entry, bool, error) {
	if !errors.Is(err, fs.ErrNotExist) {
		return source.Entry{}, false, nil
	}
	w.open()
	if w.sparse == nil {
		return source.Entry{}, false, nil
	}
	for dir := path.Dir(name); dir != topDir; dir = path.Dir(dir) {
		if e, err := w.Folder.Stat(dir); err == nil {
			if e.Kind != source.Dir {
				return source.Entry{}, false, nil
			}
			break
		}
	}
	return w.sparse.entry(name)
}
