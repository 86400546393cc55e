package source

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"syscall"
)

// maxDepth bounds a path's elements: every element costs a look at the disk, so
// that a folder nested a thousand times would cost a million of them.
const maxDepth = 128

// ErrTooDeep refuses a path with more elements than any honest tree has.
var ErrTooDeep = errors.New("is nested too deeply")

// ErrNotDir refuses to list what is not a directory.
var ErrNotDir = errors.New("is not a directory")

// ErrChanged tells that a file was exchanged again and again while it was read.
var ErrChanged = errors.New("changed while it was being read")

// clean brings a path into the one form that trees work with, or refuses it.
// A backslash separates here as well, whatever the system: a path that would
// leave the tree on one system is refused on all.
func clean(name string) (string, error) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(slashed, "/") {
		return "", ErrOutside
	}
	for element := range strings.SplitSeq(slashed, "/") {
		if element == ".." {
			return "", ErrOutside
		}
	}
	if strings.ContainsRune(name, 0) {
		return "", fs.ErrNotExist
	}
	name = path.Clean(name)
	if strings.Count(name, "/") >= maxDepth {
		return "", ErrTooDeep
	}
	return name, nil
}

// fail is the error of one operation on one path. Of what the system says only
// the innermost error is kept: the others name the tree's own place.
func fail(op, name string, err error) error {
	var inner *fs.PathError
	for errors.As(err, &inner) {
		err = inner.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: absent(err)}
}

// absent makes one error of the many that say that there is no such thing: a
// name too long to exist, or a file where a folder would have to be.
func absent(err error) error {
	if errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, syscall.ENOTDIR) {
		return fs.ErrNotExist
	}
	return err
}

// kindOf names what a file mode describes.
func kindOf(mode fs.FileMode) Kind {
	switch mode.Type() {
	case 0:
		return File
	case fs.ModeDir:
		return Dir
	case fs.ModeSymlink:
		return Symlink
	default:
		return Other
	}
}

// entryOf describes what stands at a path. Only files have a size: that of a
// folder or a link differs from disk to disk.
func entryOf(name string, info fs.FileInfo) Entry {
	entry := Entry{Path: name, Name: path.Base(name), Kind: kindOf(info.Mode())}
	if entry.Kind == File {
		entry.Size = info.Size()
	}
	return entry
}

// through tells whether a path may lead on through an entry of this kind.
func through(kind Kind) error {
	switch kind {
	case Dir:
		return nil
	case Symlink:
		return ErrSymlink
	default:
		return fs.ErrNotExist
	}
}

// listable tells whether an entry of this kind can be listed.
func listable(kind Kind) error {
	switch kind {
	case Dir:
		return nil
	case Symlink:
		return ErrSymlink
	default:
		return ErrNotDir
	}
}

// readable tells whether an entry can be read without more than max bytes.
func readable(entry Entry, max int64) error {
	switch {
	case entry.Kind == Symlink:
		return ErrSymlink
	case entry.Kind != File:
		return ErrNotRegular
	case entry.Size > max:
		return ErrTooLarge
	default:
		return nil
	}
}
