package source

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// folderHash is the hash that git would give a folder; known only where it holds
// nothing but what the index lists, and all of that.
type folderHash struct {
	hash  plumbing.Hash
	known bool
}

// maxHashed bounds the files whose bytes are hashed: those that the index does
// not vouch for.
const maxHashed = 1 << 26

// Hash implements Hashed. A file that the index vouches for has the hash it has
// there: what git regards as unchanged is unchanged, also where line ends on disk
// are others. A folder has a hash only when git tracks all that lies in it.
func (w *Work) Hash(path string) (string, error) {
	entry, err := w.Stat(path)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return "", fail("hash", path, err)
	}
	w.open()
	if w.index.partial {
		return "", nil
	}
	if found, out := w.sparse.leaves(entry.Path); out {
		if _, err := w.Folder.Stat(path); err != nil {
			return found.id(), nil
		}
	}
	switch entry.Kind {
	case File:
		return w.fileHash(entry.Path)
	case Dir:
		return w.dirHash(entry.Path)
	default:
		return "", nil
	}
}

func (w *Work) fileHash(name string) (string, error) {
	parent, base := split(name)
	dir, done, err := w.descend(parent)
	if err != nil {
		return "", fail("hash", name, err)
	}
	defer done()
	e, tracked := w.index.find(w.indexed(name))
	if !tracked {
		e = indexEntry{}
	}
	info, err := dir.Lstat(base)
	if err != nil {
		return "", fail("hash", name, err)
	}
	found, ok := w.child(name, base, info, e)
	if !ok {
		return "", nil
	}
	return found.id(), nil
}

func (w *Work) dirHash(name string) (string, error) {
	dir, done, err := w.descend(name)
	if errors.Is(err, fs.ErrNotExist) && w.sparse != nil {
		return "", nil // all of it is left out: the caller looks inside
	}
	if err != nil {
		return "", fail("hash", name, err)
	}
	defer done()
	h := &treeHasher{Work: w, free: make(chan struct{}, runtime.GOMAXPROCS(0)-1)}
	got := h.folder(dir, name, w.index.below(w.indexed(name)))
	if !got.known {
		return "", nil
	}
	return got.hash.String(), nil
}

// child is what a folder's tree would list for a file: by the index where it
// vouches for the file, else by its bytes. ok is false where neither can tell.
func (w *Work) child(name, base string, info fs.FileInfo, e indexEntry) (found treeEntry, ok bool) {
	found = treeEntry{name: base, mode: modeFile}
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
	if found.kind() != File || w.filtered {
		return found, false
	}
	data, err := w.Folder.Read(name, maxHashed)
	// Git might store other line ends.
	if err != nil || bytes.IndexByte(data, '\r') >= 0 {
		return found, false
	}
	found.hash = blobHash(data)
	return found, true
}

// treeHasher hashes folders, several at a time.
type treeHasher struct {
	*Work
	free chan struct{} // room for one more worker
}

// folder hashes a folder and remembers those inside. Entries are the index's
// below it.
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

// look hashes a folder from what lies in it and what the index says of that.
func (h *treeHasher) look(dir *os.Root, name string, entries []indexEntry) folderHash {
	there, err := infosIn(dir)
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
		path, isDir := join(name, p.base), info.IsDir()
		switch {
		case p.folder && isDir:
			h.spread(&workers, func() { children[i], known[i] = h.inside(dir, path, p) })
		case h.index.mode(p.entries[0]) == modeGitlink && isDir:
			children[i], known[i] = treeEntry{p.base, modeGitlink, h.index.hash(p.entries[0])}, true
		case !p.folder && !isDir:
			children[i], known[i] = h.child(path, p.base, info, p.entries[0])
		}
	}
	workers.Wait()
	if len(parts) == 0 || len(parts) != len(there) || slices.Contains(known, false) {
		return folderHash{}
	}
	return folderHash{treeHash(children), true}
}

// inside hashes a folder of a folder.
func (h *treeHasher) inside(dir *os.Root, path string, p part) (treeEntry, bool) {
	root, err := step(dir, p.base)
	if err != nil {
		return treeEntry{}, false
	}
	defer func() { _ = root.Close() }()
	got := h.folder(root, path, p.entries)
	return treeEntry{p.base, modeDir, got.hash}, got.known
}

// spread does some work elsewhere if there is room, else here.
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

// part is one name of a folder and what the index lists for it: itself, or all
// that is in it.
type part struct {
	base    string
	folder  bool
	entries []indexEntry
}

// parts divides what the index lists below a folder by the folder's own names,
// in the order in which git stores them.
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

// infosIn lists a folder on disk. A folder opened below a root has looked at each
// file when it lists them, so that there is no second look.
func infosIn(dir *os.Root) (map[string]fs.FileInfo, error) {
	file, err := dir.Open(".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	found, err := file.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	infos := make(map[string]fs.FileInfo, len(found))
	for _, one := range found {
		if strings.EqualFold(one.Name(), dotGit) {
			continue
		}
		if infos[one.Name()], err = one.Info(); err != nil {
			return nil, err
		}
	}
	return infos, nil
}

// treeHash is the hash that git gives a folder with these entries, in its order.
func treeHash(entries []treeEntry) plumbing.Hash {
	var data []byte
	for _, e := range entries {
		data = strconv.AppendUint(data, uint64(e.mode), 8)
		data = append(append(append(data, ' '), e.name...), 0)
		data = append(data, e.hash[:]...)
	}
	return objectHash(plumbing.TreeObject, data)
}

func blobHash(data []byte) plumbing.Hash { return objectHash(plumbing.BlobObject, data) }

// objectHash is git's name for an object.
func objectHash(kind plumbing.ObjectType, data []byte) plumbing.Hash {
	sum := sha1.New()
	sum.Write(append(strconv.AppendInt(append(kind.Bytes(), ' '), int64(len(data)), 10), 0))
	sum.Write(data)
	return plumbing.Hash(sum.Sum(nil))
}
