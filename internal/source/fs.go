package source

import (
	"embed"
	"io/fs"
)

// Files is a tree over an fs.FS: files built into the binary, or made up by a
// test.
type Files struct{ fsys fs.FS }

// FromFS reads the files of an fs.FS as a tree.
func FromFS(fsys fs.FS) *Files { return &Files{fsys: fsys} }

// BuiltIn reports whether the files are part of this program: nobody can have
// changed them since it was built.
func (f *Files) BuiltIn() bool {
	_, ok := f.fsys.(embed.FS)
	return ok
}

// List implements Tree.
func (f *Files) List(dir string) ([]Entry, error) { return At("list", dir, f.list) }

// Stat implements Tree.
func (f *Files) Stat(path string) (Entry, error) { return At("stat", path, f.stat) }

// Read implements Tree.
func (f *Files) Read(path string, max int64) ([]byte, error) { return f.Append(nil, path, max) }

// Append implements Appender.
func (f *Files) Append(to []byte, path string, max int64) ([]byte, error) {
	return At("read", path, func(name string) ([]byte, error) { return f.read(to, name, max) })
}

func (f *Files) list(name string) ([]Entry, error) {
	self, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	if err := self.Kind.Listable(); err != nil {
		return nil, err
	}
	found, err := fs.ReadDir(f.fsys, name)
	if err != nil {
		return nil, err
	}
	infos, err := infosOf(found)
	if err != nil {
		return nil, err
	}
	return entriesOf(name, infos), nil
}

// stat checks every element in turn, since an fs.FS may follow links.
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
		if err := kindOf(parent.Mode()).Through(); err != nil {
			return Entry{}, err
		}
	}
	info, err := fs.Lstat(f.fsys, name)
	if err != nil {
		return Entry{}, err
	}
	return entryOf(name, info), nil
}

func (f *Files) read(to []byte, name string, max int64) ([]byte, error) {
	entry, err := f.stat(name)
	if err != nil {
		return nil, err
	}
	if err := entry.Readable(max); err != nil {
		return nil, err
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return readCapped(to, file, entry.Size, max)
}
