package source

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// Revision is the tree of one commit, read from git's objects. A folder is read
// when something in it is asked for. Bytes are those that were committed: no
// line ends are changed, no attributes looked at. It is safe for use by many
// goroutines.
type Revision struct {
	repo   *Repo
	commit Commit

	once sync.Once
	root treeEntry
	err  error
}

// Tree is the tree of a commit below Prefix.
func (r *Repo) Tree(c Commit) *Revision { return &Revision{repo: r, commit: c} }

// Commit is the commit whose tree this is.
func (v *Revision) Commit() Commit { return v.commit }

// List implements Tree.
func (v *Revision) List(dir string) ([]Entry, error) {
	name, err := clean(dir)
	if err != nil {
		return nil, fail("list", dir, err)
	}
	entries, err := v.list(name)
	if err != nil {
		return nil, fail("list", name, err)
	}
	return entries, nil
}

// Stat implements Tree.
func (v *Revision) Stat(path string) (Entry, error) {
	name, err := clean(path)
	if err != nil {
		return Entry{}, fail("stat", path, err)
	}
	found, err := v.find(name)
	if err != nil {
		return Entry{}, fail("stat", name, err)
	}
	entry, err := v.repo.entry(name, found)
	if err != nil {
		return Entry{}, fail("stat", name, err)
	}
	return entry, nil
}

// Read implements Tree.
func (v *Revision) Read(path string, max int64) ([]byte, error) {
	name, err := clean(path)
	if err != nil {
		return nil, fail("read", path, err)
	}
	data, err := v.read(name, max)
	if err != nil {
		return nil, fail("read", name, err)
	}
	return data, nil
}

// Hash implements Hashed.
func (v *Revision) Hash(path string) (string, error) {
	name, err := clean(path)
	if err != nil {
		return "", fail("hash", path, err)
	}
	found, err := v.find(name)
	if err != nil {
		return "", fail("hash", name, err)
	}
	return found.id(), nil
}

func (v *Revision) list(name string) ([]Entry, error) {
	found, err := v.find(name)
	if err != nil {
		return nil, err
	}
	if err := listable(found.kind()); err != nil {
		return nil, err
	}
	inside, err := v.repo.tree(found.hash)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(inside))
	for i, one := range inside {
		if entries[i], err = v.repo.entry(join(name, one.name), one); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// entry describes what stands at a path. A file that a partial clone lacks is an
// error here already: its size cannot be told.
func (r *Repo) entry(name string, found treeEntry) (Entry, error) {
	entry := Entry{Path: name, Name: path.Base(name), Kind: found.kind()}
	if entry.Kind != File {
		return entry, nil
	}
	var err error
	if entry.Size, err = r.objects.size(found.hash); err != nil {
		return Entry{}, r.objectFault(found.hash, err)
	}
	return entry, nil
}

func (v *Revision) read(name string, max int64) ([]byte, error) {
	found, err := v.find(name)
	if err != nil {
		return nil, err
	}
	return v.repo.blob(found, max)
}

// blob reads what a tree or the index names.
func (r *Repo) blob(found treeEntry, max int64) ([]byte, error) {
	if err := readable(Entry{Kind: found.kind()}, max); err != nil {
		return nil, err
	}
	got, err := r.objects.get(found.hash, max)
	if err != nil {
		return nil, r.objectFault(found.hash, err)
	}
	if got.kind != plumbing.BlobObject {
		return nil, damagedObject(found.hash)
	}
	return got.data, nil
}

// find goes down to a clean path.
func (v *Revision) find(name string) (treeEntry, error) {
	v.once.Do(func() { v.root, v.err = v.open() })
	if v.err != nil {
		return treeEntry{}, v.err
	}
	return v.repo.descend(v.root, name)
}

// open finds the folder that the tree begins at.
func (v *Revision) open() (treeEntry, error) {
	c, err := v.repo.given(v.commit)
	if err != nil {
		return treeEntry{}, err
	}
	root, err := v.repo.descend(treeEntry{mode: modeDir, hash: c.tree}, v.repo.prefix)
	if err == nil && root.kind() != Dir {
		err = asParent(listable(root.kind()))
	}
	return root, err
}

// descend goes from a folder down to what stands at a clean path.
func (r *Repo) descend(at treeEntry, name string) (treeEntry, error) {
	if name == "." {
		return at, nil
	}
	for element := range strings.SplitSeq(name, "/") {
		if err := through(at.kind()); err != nil {
			return treeEntry{}, err
		}
		inside, err := r.tree(at.hash)
		if err != nil {
			return treeEntry{}, err
		}
		next, ok := inside.find(element)
		if !ok {
			return treeEntry{}, fs.ErrNotExist
		}
		at = next
	}
	return at, nil
}

// tree reads a folder.
func (r *Repo) tree(hash plumbing.Hash) (tree, error) {
	if known, ok := r.trees.get(hash); ok {
		return known, nil
	}
	got, err := r.objects.get(hash, maxInflated)
	if err == nil && got.kind != plumbing.TreeObject {
		err = damagedObject(hash)
	}
	if errors.Is(err, ErrTooLarge) {
		err = damagedObject(hash)
	}
	if err != nil {
		return nil, r.objectFault(hash, err)
	}
	parsed, err := parseTree(got.data)
	if err != nil {
		return nil, err
	}
	r.trees.put(hash, parsed)
	return parsed, nil
}
