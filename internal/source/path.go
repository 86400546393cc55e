package source

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// maxDepth bounds a path's elements: every element costs a look at the disk, so
// that a folder nested a thousand times would cost a million of them.
const maxDepth = 128

// errTooDeep refuses a path with more elements than any honest tree has.
var errTooDeep = errors.New("is nested too deeply")

// errChanged tells that a file was exchanged again and again while it was read.
var errChanged = errors.New("changed while it was being read")

// At runs a tree's operation on a path: the operation gets the path's clean
// form, or is not run at all, and its error names that form.
func At[T any](op, name string, run func(clean string) (T, error)) (T, error) {
	var none T
	at, err := clean(name)
	if err != nil {
		return none, Fail(op, name, err)
	}
	got, err := run(at)
	if err != nil {
		return none, Fail(op, at, err)
	}
	return got, nil
}

// clean brings a path into the one form that trees work with, or refuses it.
// A backslash separates here as well, whatever the system: a path that would
// leave the tree on one system is refused on all. So is what the system itself
// takes for something else than a name below the root, such as a drive or a
// device on Windows.
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
		return "", errTooDeep
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", ErrOutside
	}
	return name, nil
}

// Fail is the error of one operation on one path. Of what the system says only
// the innermost error is kept: the others name the tree's own place.
func Fail(op, name string, err error) error {
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

// entriesOf describes what a folder holds, sorted by name.
func entriesOf(dir string, infos []fs.FileInfo) []Entry {
	entries := make([]Entry, len(infos))
	for i, info := range infos {
		entries[i] = entryOf(path.Join(dir, info.Name()), info)
	}
	slices.SortFunc(entries, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
	return entries
}

// infosOf describes what a folder holds, without what is gone since it was read.
func infosOf(found []fs.DirEntry) ([]fs.FileInfo, error) {
	infos := make([]fs.FileInfo, 0, len(found))
	for _, one := range found {
		info, err := one.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		infos = append(infos, info)
	}
	return infos, nil
}

// Through tells whether a path may lead on through an entry of this kind.
func (k Kind) Through() error {
	switch k {
	case Dir:
		return nil
	case Symlink:
		return ErrSymlink
	default:
		return fs.ErrNotExist
	}
}

// Listable tells whether an entry of this kind can be listed.
func (k Kind) Listable() error {
	switch k {
	case Dir:
		return nil
	case Symlink:
		return ErrSymlink
	default:
		return ErrNotDir
	}
}

// Readable tells whether an entry can be read without more than max bytes.
func (e Entry) Readable(max int64) error {
	switch {
	case e.Kind == Symlink:
		return ErrSymlink
	case e.Kind != File:
		return ErrNotRegular
	case e.Size > max:
		return ErrTooLarge
	default:
		return nil
	}
}
