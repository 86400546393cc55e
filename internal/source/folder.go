package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Folder is a tree on disk. It is safe for use by many goroutines and keeps its
// root open until it is closed.
type Folder struct {
	root *os.Root
	// self is the root as a file, for kernels that look up whole paths beneath it;
	// nil for others. Where they cannot answer, paths are walked.
	self *os.File
}

// OpenDir opens the tree below a folder on disk. The folder itself may be named
// through links: whoever runs the program chose it. The error does not repeat
// its name.
func OpenDir(root string) (*Folder, error) {
	// A look first, since opening a pipe would wait for its other end.
	info, err := os.Stat(root)
	if err != nil {
		return nil, Fail("open", ".", err)
	}
	if !info.IsDir() {
		return nil, Fail("open", ".", ErrNotDir)
	}
	opened, err := os.OpenRoot(root)
	if err != nil {
		return nil, Fail("open", ".", err)
	}
	self, err := selfOf(opened)
	if err != nil {
		return nil, errors.Join(Fail("open", ".", err), opened.Close())
	}
	return &Folder{root: opened, self: self}, nil
}

// Close closes the root.
func (f *Folder) Close() error {
	if f.self == nil {
		return f.root.Close()
	}
	return errors.Join(f.self.Close(), f.root.Close())
}

// List implements Tree.
func (f *Folder) List(dir string) ([]Entry, error) { return f.Relist(dir, Sizes{}) }

// Relist implements Relister.
func (f *Folder) Relist(dir string, known Sizes) ([]Entry, error) {
	return At("list", dir, func(name string) ([]Entry, error) { return f.list(name, known) })
}

// Stat implements Tree.
func (f *Folder) Stat(path string) (Entry, error) { return At("stat", path, f.stat) }

// Read implements Tree.
func (f *Folder) Read(path string, max int64) ([]byte, error) { return f.Append(nil, path, max) }

// Append implements Appender.
func (f *Folder) Append(to []byte, path string, max int64) ([]byte, error) {
	return f.Reread(to, path, Unlisted, max)
}

// Reread implements Relister.
func (f *Folder) Reread(to []byte, path string, size, max int64) ([]byte, error) {
	return At("read", path, func(name string) ([]byte, error) { return f.read(to, name, size, max) })
}

func (f *Folder) list(name string, known Sizes) ([]Entry, error) {
	if entries, ok, err := f.listBeneath(name, known); ok {
		return entries, err
	}
	dir, done, err := f.Descend(name)
	if err != nil {
		return nil, err
	}
	defer done()
	infos, err := Infos(dir)
	if err != nil {
		return nil, err
	}
	return entriesOf(name, infos), nil
}

// Infos lists an opened folder, in no order. The listing of an os.Root includes the
// stat data, so that no file needs a second stat.
func Infos(dir *os.Root) ([]fs.FileInfo, error) {
	file, err := dir.Open(".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	found, err := file.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	return infosOf(found)
}

func (f *Folder) stat(name string) (Entry, error) {
	if entry, ok, err := f.statBeneath(name); ok {
		return entry, err
	}
	dir, done, err := f.Descend(path.Dir(name))
	if err != nil {
		return Entry{}, asParent(err)
	}
	defer done()
	info, err := dir.Lstat(path.Base(name))
	if err != nil {
		return Entry{}, err
	}
	return entryOf(name, info), nil
}

func (f *Folder) read(to []byte, name string, listed, max int64) ([]byte, error) {
	if data, ok, err := f.readBeneath(to, name, listed, max); ok {
		return data, err
	}
	file, err := f.open(name, max)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	size, err := regular(file, name, max)
	if err != nil {
		return nil, err
	}
	return readCapped(to, file, size, max)
}

// open opens whatever has a name.
func (f *Folder) open(name string, max int64) (*os.File, error) {
	dir, done, err := f.Descend(path.Dir(name))
	if err != nil {
		return nil, asParent(err)
	}
	defer done()
	// Editors write a new file and rename it: the file may be another one between
	// stat and open. Then try again.
	for range 3 {
		file, err := openIn(dir, name, max)
		if !errors.Is(err, errChanged) {
			return file, err
		}
	}
	return nil, errChanged
}

// openIn opens one file of a folder: it stats the name, opens it, and makes sure
// that both are the same file, so that a link or a pipe put there in between is
// not read.
func openIn(dir *os.Root, name string, max int64) (*os.File, error) {
	base := path.Base(name)
	seen, err := dir.Lstat(base)
	if err != nil {
		return nil, err
	}
	if err := entryOf(name, seen).Readable(max); err != nil {
		return nil, err
	}
	file, err := dir.OpenFile(base, openFlags, 0)
	if err != nil {
		return nil, err
	}
	opened, err := file.Stat()
	if err == nil && !os.SameFile(seen, opened) {
		err = errChanged
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// regular is the size of an opened file, if it is a regular file of at most max
// bytes.
func regular(file *os.File, name string, max int64) (int64, error) {
	opened, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return opened.Size(), entryOf(name, opened).Readable(max)
}

// Descend opens a folder below the root, element by element. os.Root keeps
// within the root but follows links there; comparing each folder before and
// after opening it rules them out, even when one is put there in between. The
// caller calls done when err is nil.
func (f *Folder) Descend(name string) (dir *os.Root, done func(), err error) {
	current, done := f.root, func() {}
	if name == "." {
		return current, done, nil
	}
	for rest, more := name, true; more; {
		var element string
		element, rest, more = strings.Cut(rest, "/")
		next, err := Step(current, element)
		done()
		if err != nil && more {
			err = asParent(err)
		}
		if err != nil {
			return nil, nil, err
		}
		current, done = next, func() { _ = next.Close() }
	}
	return current, done, nil
}

// Step opens a subfolder of an opened folder, and never through a link.
func Step(dir *os.Root, element string) (*os.Root, error) {
	seen, err := dir.Lstat(element)
	if err != nil {
		return nil, err
	}
	if err := kindOf(seen.Mode()).Listable(); err != nil {
		return nil, err
	}
	next, err := dir.OpenRoot(element)
	if err != nil {
		return nil, err
	}
	opened, err := next.Stat(".")
	if err == nil && !os.SameFile(seen, opened) {
		err = ErrSymlink
	}
	if err != nil {
		_ = next.Close()
		return nil, err
	}
	return next, nil
}

// asParent maps ErrNotDir on a parent to fs.ErrNotExist.
func asParent(err error) error {
	if errors.Is(err, ErrNotDir) {
		return fs.ErrNotExist
	}
	return err
}
