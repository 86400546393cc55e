package git

import (
	"errors"
	"io/fs"
	"path"
	"sort"

	"hegui/internal/source"
)

// sparse contains the files that a sparse checkout leaves out of the work tree:
// the index lists them, but they are not on disk. Paths are below Prefix.
type sparse struct {
	repo    *Repo
	files   map[string]treeEntry
	folders map[string][]string // what is left out, by folder
}

const (
	flagSkip = 1 << 14 // of the extended flags: skip-worktree
	topDir   = "."
)

// sparseOf collects the files left out; nil when there are none.
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

// link adds a path to all folders above it.
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

// skips reports whether an entry is marked skip-worktree.
func (x *index) skips(e indexEntry) bool {
	return x.short(e.at+entryFlags)&flagExtended != 0 && x.short(e.at+entryHead)&flagSkip != 0
}

// folded reports whether the index is sparse: it lists whole folders as one entry,
// so that the files left out are unknown.
func (x *index) folded() bool {
	for _, e := range x.entries {
		if x.mode(e)&modeKind == modeDir {
			return true
		}
	}
	return false
}

// Whole returns an error if the files that a sparse checkout leaves out are
// unknown.
func (w *WorkTree) Whole() error {
	w.open()
	if w.index.folded() {
		return fault(ErrUnsupported, "稀疏索引把整个目录记作一项，hegui 看不出少了什么：运行 git sparse-checkout reapply --no-sparse-index，或用 --head HEAD",
			"the index is sparse and lists whole folders as one entry: run git sparse-checkout reapply --no-sparse-index, or use --head HEAD")
	}
	return nil
}

// entry describes the file or folder left out at a path.
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

// leaves returns the entry of a file that is left out.
func (s *sparse) leaves(name string) (treeEntry, bool) {
	if s == nil {
		return treeEntry{}, false
	}
	found, ok := s.files[name]
	return found, ok
}

// merge adds to a folder's entries on disk those that are left out. What is on disk
// nevertheless takes precedence.
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

// read returns the committed bytes of a file that is left out.
func (s *sparse) read(name string, max int64) ([]byte, error) {
	return s.repo.blob(s.files[name], max)
}

// leftOut describes what a sparse checkout leaves out at a path that is not on
// disk. A file on disk in place of one of its folders hides it.
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
