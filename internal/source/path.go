package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"
)

// maxDepth bounds a path's elements: every element costs a system call, so that a
// thousand nested folders would cost a million.
const maxDepth = 128

// ErrTooDeep rejects a path of more than maxDepth elements.
var ErrTooDeep = errors.New("is nested too deeply")

// errChanged: a file was replaced again and again while it was read.
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

// Spelt is a path or a line as text: what of it is not UTF-8, as in names that were packed
// on another system, is spelt out. Nothing has such a path: no name holds a backslash.
func Spelt(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			fmt.Fprintf(&b, `\x%02x`, s[i])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// clean normalises a path, or rejects it. A backslash is a separator here on every
// system: a path that would leave the tree on one system is rejected on all. So
// are names with a meaning to the system, such as drives and devices on Windows.
func clean(name string) (string, error) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	if !fs.ValidPath(slashed) {
		if strings.HasPrefix(slashed, "/") {
			return "", ErrOutside
		}
		for element := range strings.SplitSeq(slashed, "/") {
			if element == ".." {
				return "", ErrOutside
			}
		}
		name = path.Clean(name)
	}
	if strings.ContainsRune(name, 0) {
		return "", fs.ErrNotExist
	}
	if strings.Count(name, "/") >= maxDepth {
		return "", ErrTooDeep
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", ErrOutside
	}
	return name, nil
}

// Fail returns the error of one operation on one path. Of the system's error only
// the innermost is kept: the others contain the path of the tree itself.
func Fail(op, name string, err error) error {
	var inner *fs.PathError
	for errors.As(err, &inner) {
		err = inner.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: absent(err)}
}

// absent maps the errors that mean "does not exist" to fs.ErrNotExist: a name too
// long to exist, or a file in place of a folder.
func absent(err error) error {
	if errors.Is(err, syscall.ENAMETOOLONG) || errors.Is(err, syscall.ENOTDIR) {
		return fs.ErrNotExist
	}
	return err
}

// kindOf returns the kind of a file mode.
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

// entryOf describes the file at a path.
func entryOf(name string, info fs.FileInfo) Entry {
	return newEntry(name).as(kindOf(info.Mode()), info.Size())
}

func newEntry(name string) Entry { return Entry{Path: name, Name: path.Base(name)} }

// entryIn is a name in a folder, which is the end of its path.
func entryIn(dir, name string) Entry {
	if dir == "." {
		return newEntry(name)
	}
	at := dir + "/" + name
	return Entry{Path: at, Name: at[len(dir)+1:]}
}

// as says what lies there. Only regular files have a size: that of a folder or a link
// depends on the file system.
func (e Entry) as(kind Kind, size int64) Entry {
	if e.Kind = kind; kind == File {
		e.Size = size
	}
	return e
}

// entriesOf describes the files in a folder, sorted by name.
func entriesOf(dir string, infos []fs.FileInfo) []Entry {
	entries := make([]Entry, len(infos))
	for i, info := range infos {
		entries[i] = entryIn(dir, info.Name()).as(kindOf(info.Mode()), info.Size())
	}
	sortByName(entries)
	return entries
}

func sortByName(entries []Entry) {
	slices.SortFunc(entries, func(x, y Entry) int { return strings.Compare(x.Name, y.Name) })
}

// infosOf returns the stat data of a listing, without files that were removed
// since.
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

// Through returns an error unless a path may continue below this kind.
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

// Listable returns an error unless this kind can be listed.
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

// Readable returns an error unless the entry is a regular file of at most max
// bytes.
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
