// Package source reads a tree of files, be it a folder on disk, files built into
// the binary or, by package git, a revision, behind one small interface. Nothing
// is ever read through a symbolic link or from outside the tree.
package source

import "errors"

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
	// List returns a directory's entries sorted by name, in a slice that is the
	// caller's.
	List(dir string) ([]Entry, error)
	// Stat describes the entry at a path. A path through a symbolic link is
	// ErrSymlink; a link as the last element is an Entry.
	Stat(path string) (Entry, error)
	// Read returns a regular file's bytes, ErrTooLarge when there are more
	// than max.
	Read(path string, max int64) ([]byte, error)
}

// Appender is a tree that reads a file into room that is already there.
type Appender interface {
	// Append is Read behind the content of a buffer, as append is. Beyond that
	// content the buffer holds anything after an error.
	Append(to []byte, path string, max int64) ([]byte, error)
}

// Append reads a file behind the content of a buffer, in whatever tree it is.
func Append(tree Tree, to []byte, path string, max int64) ([]byte, error) {
	if appender, ok := tree.(Appender); ok {
		return appender.Append(to, path, max)
	}
	data, err := tree.Read(path, max)
	if err != nil {
		return nil, err
	}
	return append(to, data...), nil
}

// Hashed is a tree that can compare folders without reading them.
type Hashed interface {
	Tree
	// Hash is equal for two paths if and only if the file, or all of the folder,
	// is the same, modes included, which stand behind a blank unless they are the usual
	// ones; "" where the hash is too costly or unknown and
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
