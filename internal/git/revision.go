package git

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"

	"hegui/internal/source"
)

// Revision is the tree of one commit, read from git's objects, each folder when it
// is first needed. Files have the bytes that were committed: neither line endings
// nor attributes are applied. It is safe for use by many goroutines.
type Revision struct {
	repo   *Repo
	commit Commit
	tree   plumbing.Hash // of a merge; none for the commit's own

	once sync.Once
	root treeEntry
	err  error
}

// Tree returns the tree of a commit below Prefix.
func (r *Repo) Tree(c Commit) *Revision { return &Revision{repo: r, commit: c} }

// Commit returns the commit whose tree this is.
func (v *Revision) Commit() Commit { return v.commit }

// List implements source.Tree.
func (v *Revision) List(dir string) ([]source.Entry, error) { return source.At("list", dir, v.list) }

// Stat implements source.Tree.
func (v *Revision) Stat(path string) (source.Entry, error) { return source.At("stat", path, v.stat) }

// Read implements source.Tree.
func (v *Revision) Read(path string, max int64) ([]byte, error) {
	return source.At("read", path, func(name string) ([]byte, error) { return v.read(name, max) })
}

// Hash implements source.Hashed.
func (v *Revision) Hash(path string) (string, error) {
	return source.At("hash", path, func(name string) (string, error) {
		found, err := v.find(name)
		return found.id(), err
	})
}

func (v *Revision) list(name string) ([]source.Entry, error) {
	found, err := v.find(name)
	if err != nil {
		return nil, err
	}
	if err := found.kind().Listable(); err != nil {
		return nil, err
	}
	inside, err := v.repo.tree(found.hash)
	if err != nil {
		return nil, err
	}
	entries := make([]source.Entry, len(inside))
	for i, one := range inside {
		if entries[i], err = v.repo.entry(path.Join(name, one.name), one); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// entry describes what is at a path. A file that a partial clone lacks is already
// an error here: its size is unknown.
func (r *Repo) entry(name string, found treeEntry) (source.Entry, error) {
	entry := source.Entry{Path: name, Name: path.Base(name), Kind: found.kind()}
	if entry.Kind != source.File {
		return entry, nil
	}
	var err error
	if entry.Size, err = r.objects.size(found.hash); err != nil {
		return source.Entry{}, r.objectFault(found.hash, err)
	}
	return entry, nil
}

func (v *Revision) stat(name string) (source.Entry, error) {
	found, err := v.find(name)
	if err != nil {
		return source.Entry{}, err
	}
	return v.repo.entry(name, found)
}

func (v *Revision) read(name string, max int64) ([]byte, error) {
	found, err := v.find(name)
	if err != nil {
		return nil, err
	}
	return v.repo.blob(found, max)
}

// blob reads the content of an entry of a tree or the index.
func (r *Repo) blob(found treeEntry, max int64) ([]byte, error) {
	if err := (source.Entry{Kind: found.kind()}).Readable(max); err != nil {
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

// find returns the entry at a clean path.
func (v *Revision) find(name string) (treeEntry, error) {
	v.once.Do(func() { v.root, v.err = v.open() })
	if v.err != nil {
		return treeEntry{}, v.err
	}
	return v.repo.descend(v.root, name)
}

// open finds the folder at Prefix.
func (v *Revision) open() (treeEntry, error) {
	hash := v.tree
	if hash.IsZero() {
		c, err := v.repo.given(v.commit)
		if err != nil {
			return treeEntry{}, err
		}
		hash = c.tree
	}
	root, err := v.repo.descend(treeEntry{mode: modeDir, hash: hash}, v.repo.prefix)
	if err == nil {
		err = root.kind().Through()
	}
	return root, err
}

// descend returns the entry at a clean path below a folder.
func (r *Repo) descend(at treeEntry, name string) (treeEntry, error) {
	if name == "." {
		return at, nil
	}
	for element := range strings.SplitSeq(name, "/") {
		if err := at.kind().Through(); err != nil {
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

// tree reads a tree object.
func (r *Repo) tree(hash plumbing.Hash) (tree, error) {
	if known, ok := r.trees.get(hash); ok {
		return known, nil
	}
	got, err := r.objects.get(hash, maxInflated)
	if err == nil && got.kind != plumbing.TreeObject {
		err = damagedObject(hash)
	}
	if errors.Is(err, source.ErrTooLarge) {
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
