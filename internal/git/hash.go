package git

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/source"
)

// folderHash is the hash that git would give a folder; known only where the
// folder contains exactly what the index lists.
type folderHash struct {
	hash  plumbing.Hash
	known bool
}

// maxHashed bounds the size of the files that are hashed by their bytes, because
// the index does not prove them unchanged.
const maxHashed = 1 << 26

// Hash implements source.Hashed. A file that the index proves unchanged has its
// hash in the index, even where line endings on disk differ. A folder has a hash
// only when git tracks everything in it.
func (w *WorkTree) Hash(path string) (string, error) { return source.At("hash", path, w.hash) }

func (w *WorkTree) hash(name string) (string, error) {
	entry, err := w.stat(name)
	if err != nil {
		return "", err
	}
	w.open()
	if w.index.partial {
		return "", nil
	}
	if found, out := w.sparse.leaves(name); out {
		if _, err := w.Folder.Stat(name); err != nil {
			return found.id(), nil
		}
	}
	switch entry.Kind {
	case source.File:
		return w.fileHash(name)
	case source.Dir:
		return w.dirHash(name)
	default:
		return "", nil
	}
}

func (w *WorkTree) fileHash(name string) (string, error) {
	dir, done, err := w.Descend(path.Dir(name))
	if err != nil {
		return "", err
	}
	defer done()
	e, tracked := w.index.find(w.indexed(name))
	if !tracked {
		e = indexEntry{}
	}
	info, err := dir.Lstat(path.Base(name))
	if err != nil {
		return "", err
	}
	found, ok := w.child(name, info, e)
	if !ok {
		return "", nil
	}
	return found.id(), nil
}

func (w *WorkTree) dirHash(name string) (string, error) {
	dir, done, err := w.Descend(name)
	if errors.Is(err, fs.ErrNotExist) && w.sparse != nil {
		return "", nil // not checked out at all: the caller looks inside
	}
	if err != nil {
		return "", err
	}
	defer done()
	h := &treeHasher{WorkTree: w, free: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
	got := h.folder(dir, name, w.index.below(w.indexed(name)))
	if !got.known {
		return "", nil
	}
	return got.hash.String(), nil
}

// child returns the tree entry of a file: from the index where it proves the file
// unchanged, else from its bytes. ok is false where neither decides.
func (w *WorkTree) child(name string, info fs.FileInfo, e indexEntry) (found treeEntry, ok bool) {
	found = treeEntry{name: path.Base(name), mode: modeFile}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		found.mode = modeSymlink
	case !info.Mode().IsRegular():
		return found, false
	case w.repo.config.noModes && e.name != "":
		found.mode = w.index.mode(e)
	case info.Mode()&0o100 != 0:
		found.mode = modeRunnable
	}
	if e.name != "" && w.index.mode(e)&modeKind == found.mode&modeKind {
		disk, full := notedOf(info)
		if w.index.clean(e, disk, w.repo.config.looseStat || !full) {
			found.hash = w.index.hash(e)
			return found, true
		}
	}
	if found.kind() != source.File || w.filtered {
		return found, false
	}
	data, err := w.Folder.Read(name, maxHashed)
	// Git might store other line endings.
	if err != nil || bytes.IndexByte(data, '\r') >= 0 {
		return found, false
	}
	found.hash = blobHash(data)
	return found, true
}

// treeHasher hashes folders, several at a time.
type treeHasher struct {
	*WorkTree
	free chan struct{} // room for one more worker
}

// folder hashes a folder and caches the hashes of the folders in it. Entries are
// the index's below it.
func (h *treeHasher) folder(dir *os.Root, name string, entries []indexEntry) folderHash {
	h.mu.Lock()
	got, ok := h.folders[name]
	h.mu.Unlock()
	if ok {
		return got
	}
	got = h.look(dir, name, entries)
	h.mu.Lock()
	h.folders[name] = got
	h.mu.Unlock()
	return got
}

// look hashes a folder from its files on disk and their entries in the index.
func (h *treeHasher) look(dir *os.Root, name string, entries []indexEntry) folderHash {
	there, err := onDisk(dir)
	if err != nil {
		return folderHash{}
	}
	parts := h.parts(name, entries)
	children := make([]treeEntry, len(parts))
	known := make([]bool, len(parts))
	var workers sync.WaitGroup
	for i, p := range parts {
		info, ok := there[p.base]
		if !ok || !h.index.merged(p.entries[0]) {
			continue
		}
		at, isDir := path.Join(name, p.base), info.IsDir()
		switch {
		case p.folder && isDir:
			h.spread(&workers, func() { children[i], known[i] = h.inside(dir, at, p) })
		case h.index.mode(p.entries[0]) == modeGitlink && isDir:
			children[i], known[i] = treeEntry{p.base, modeGitlink, h.index.hash(p.entries[0])}, true
		case !p.folder && !isDir:
			children[i], known[i] = h.child(at, info, p.entries[0])
		}
	}
	workers.Wait()
	if len(parts) == 0 || len(parts) != len(there) || slices.Contains(known, false) {
		return folderHash{}
	}
	return folderHash{treeHash(children), true}
}

// inside hashes one subfolder.
func (h *treeHasher) inside(dir *os.Root, name string, p part) (treeEntry, bool) {
	root, err := source.Step(dir, p.base)
	if err != nil {
		return treeEntry{}, false
	}
	defer func() { _ = root.Close() }()
	got := h.folder(root, name, p.entries)
	return treeEntry{p.base, modeDir, got.hash}, got.known
}

// spread does some work in another goroutine if one is free, else in this one.
func (h *treeHasher) spread(workers *sync.WaitGroup, work func()) {
	select {
	case h.free <- struct{}{}:
		workers.Go(func() {
			work()
			<-h.free
		})
	default:
		work()
	}
}

// part is one name in a folder and its entries in the index: one for a file, all
// below it for a folder.
type part struct {
	base    string
	folder  bool
	entries []indexEntry
}

// parts groups the index entries below a folder by their first path element, in
// git's order.
func (h *treeHasher) parts(name string, entries []indexEntry) []part {
	skip := 0
	if whole := h.indexed(name); whole != "." {
		skip = len(whole) + 1
	}
	var parts []part
	for len(entries) > 0 {
		base, _, folder := strings.Cut(entries[0].name[skip:], "/")
		n := 1
		if folder {
			prefix := entries[0].name[:skip+len(base)+1]
			n = sort.Search(len(entries), func(i int) bool { return !strings.HasPrefix(entries[i].name, prefix) })
		}
		parts = append(parts, part{base, folder, entries[:n]})
		entries = entries[n:]
	}
	return parts
}

// onDisk lists a folder on disk by name, without .git.
func onDisk(dir *os.Root) (map[string]fs.FileInfo, error) {
	infos, err := source.Infos(dir)
	named := make(map[string]fs.FileInfo, len(infos))
	for _, info := range infos {
		if !strings.EqualFold(info.Name(), dotGit) {
			named[info.Name()] = info
		}
	}
	return named, err
}

// treeHash is the hash of a tree object with these entries, which are in git's
// order.
func treeHash(entries []treeEntry) plumbing.Hash {
	return objectHash(plumbing.TreeObject, treeData(entries))
}

// treeData is a tree object with these entries, which are in git's order.
func treeData(entries []treeEntry) []byte {
	var data []byte
	for _, e := range entries {
		data = strconv.AppendUint(data, uint64(e.mode), 8)
		data = append(append(append(data, ' '), e.name...), 0)
		data = append(data, e.hash[:]...)
	}
	return data
}

func blobHash(data []byte) plumbing.Hash { return objectHash(plumbing.BlobObject, data) }

// objectHash is the hash by which git names an object.
func objectHash(kind plumbing.ObjectType, data []byte) plumbing.Hash {
	sum := sha1.New()
	sum.Write(append(strconv.AppendInt(append(kind.Bytes(), ' '), int64(len(data)), 10), 0))
	sum.Write(data)
	return plumbing.Hash(sum.Sum(nil))
}
