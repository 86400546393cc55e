// Package source reads a tree of files, be it a folder on disk, files built into
// the binary or, by package git, a revision, behind one small interface. Nothing
// is ever read through a symbolic link or from outside the tree.
package source

import (
	"errors"
	"io"
)

// Kind is the kind of an entry.
type Kind uint8

// The kinds of entries.
const (
	File Kind = iota
	Dir
	Symlink
	Other // device, socket, submodule …
)

// Entry is one name in a directory.
type Entry struct {
	// Path is slash-separated and relative to the tree's root.
	Path string
	Name string
	Kind Kind
	Size int64
}

// Tree is a tree of files. Paths are slash-separated and relative to its root;
// "." is the root. Errors satisfy errors.Is with fs.ErrNotExist and the errors
// of this package, and contain the path but never that of the root.
type Tree interface {
	// List returns a directory's entries sorted by name.
	List(dir string) ([]Entry, error)
	// Stat describes the entry at a path. A path through a symbolic link is
	// ErrSymlink; a link as the last element is an Entry.
	Stat(path string) (Entry, error)
	// Read returns a regular file's bytes, ErrTooLarge when there are more
	// than max.
	Read(path string, max int64) ([]byte, error)
}

// Pourer is a tree that can copy a file without keeping all of it in memory.
type Pourer interface {
	// Pour writes a regular file of at most max bytes to w, through buffer.
	Pour(path string, max int64, w io.Writer, buffer []byte) error
}

// Hashed is a tree that can compare folders without reading them.
type Hashed interface {
	Tree
	// Hash is equal for two paths if and only if the file, or all of the folder,
	// is the same, modes included; "" where the hash is too costly or unknown and
	// the caller has to compare the content.
	Hash(path string) (string, error)
}

// What a tree rejects.
var (
	ErrSymlink    = errors.New("is or leads through a symbolic link")
	ErrOutside    = errors.New("leads outside the tree")
	ErrNotDir     = errors.New("is not a directory")
	ErrNotRegular = errors.New("is not a regular file")
	ErrTooLarge   = errors.New("is too large")
)

// ErrOutOfReach means that a file or folder exists but cannot be read from this
// copy of the tree: a partial clone, a damaged repository.
var ErrOutOfReach = errors.New("is out of reach")

// OutOfReach reports whether an error is ErrOutOfReach. It must never be taken for
// "does not exist".
func OutOfReach(err error) bool { return errors.Is(err, ErrOutOfReach) }
