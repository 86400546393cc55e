package source

import (
	"errors"
	"io"
	"io/fs"
	"sort"
)

// Files is a tree over an fs.FS: files built into the binary, or made up by a
// test.
type Files struct{ fsys fs.FS }

// FromFS reads the files of an fs.FS as a tree.
func FromFS(fsys fs.FS) *Files { return &Files{fsys: fsys} }

// List implements Tree.
func (f *Files) List(dir string) ([]Entry, error) {
	name, err := clean(dir)
	if err != nil {
		return nil, fail("list", dir, err)
	}
	entries, err := f.list(name)
	if err != nil {
		return nil, fail("list", name, err)
	}
	return entries, nil
}

// Stat implements Tree.
func (f *Files) Stat(path string) (Entry, error) {
	name, err := clean(path)
	if err != nil {
		return Entry{}, fail("stat", path, err)
	}
	entry, err := f.stat(name)
	if err != nil {
		return Entry{}, fail("stat", name, err)
	}
	return entry, nil
}

// Read implements Tree.
func (f *Files) Read(path string, max int64) ([]byte, error) {
	name, err := clean(path)
	if err != nil {
		return nil, fail("read", path, err)
	}
	data, err := f.read(name, max)
	if err != nil {
		return nil, fail("read", name, err)
	}
	return data, nil
}

// Pour implements Pourer.
func (f *Files) Pour(path string, max int64, w io.Writer, buffer []byte) error {
	name, err := clean(path)
	if err == nil {
		err = f.pour(name, max, w, buffer)
	}
	if err != nil {
		return fail("read", path, err)
	}
	return nil
}

func (f *Files) pour(name string, max int64, w io.Writer, buffer []byte) error {
	entry, err := f.stat(name)
	if err != nil {
		return err
	}
	if err := readable(entry, max); err != nil {
		return err
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	n, err := io.CopyBuffer(w, io.LimitReader(file, max+1), buffer)
	if err == nil && n > max {
		return ErrTooLarge // it is larger than it states
	}
	return err
}

func (f *Files) list(name string) ([]Entry, error) {
	self, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	if err := listable(self.Kind); err != nil {
		return nil, err
	}
	found, err := fs.ReadDir(f.fsys, name)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(found))
	for _, one := range found {
		info, err := one.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since the folder was read
		}
		if err != nil {
			return nil, err
		}
		entries = append(entries, entryOf(join(name, one.Name()), info))
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name < entries[j].Name })
	return entries, nil
}

// stat looks at every element in turn, since an fs.FS may follow links.
func (f *Files) stat(name string) (Entry, error) {
	if !fs.ValidPath(name) {
		return Entry{}, fs.ErrNotExist // not UTF-8: no fs.FS has such a name
	}
	for i, c := range name {
		if c != '/' {
			continue
		}
		parent, err := fs.Lstat(f.fsys, name[:i])
		if err != nil {
			return Entry{}, err
		}
		if err := through(kindOf(parent.Mode())); err != nil {
			return Entry{}, err
		}
	}
	info, err := fs.Lstat(f.fsys, name)
	if err != nil {
		return Entry{}, err
	}
	return entryOf(name, info), nil
}

func (f *Files) read(name string, max int64) ([]byte, error) {
	entry, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	if err := readable(entry, max); err != nil {
		return nil, err
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readCapped(file, entry.Size, max)
}
