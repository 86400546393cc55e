package atomicfile

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
)

// staging is the folder within a folder in which files wait for each other.
const staging = prefix + "staging"

// Folder is a folder into which files are laid all at once. Nothing is written
// outside it, even through links, and only regular files are replaced.
// Two runs must not lay files into one folder at a time.
type Folder struct {
	// Root is the folder itself.
	Root *os.Root

	mutex sync.Mutex
	names []string
	made  string // the folder that did not exist before
}

// OpenFolder opens a folder, which it makes if need be. What an interrupted run
// has left half done there is removed.
func OpenFolder(dir string) (*Folder, error) {
	made := ""
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		made = dir
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{Root: root, made: made}
	if err := root.RemoveAll(staging); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Entries are the names of the folder's entries.
func (f *Folder) Entries() ([]string, error) {
	entries, err := fs.ReadDir(f.Root.FS(), ".")
	var names []string
	for _, entry := range entries {
		if entry.Name() != staging {
			names = append(names, entry.Name())
		}
	}
	return names, err
}

// Create starts a file of the folder, by its path with slashes. Several may be
// written at a time; each is closed before Commit.
func (f *Folder) Create(name string) (io.WriteCloser, error) {
	if err := f.vacant(name); err != nil {
		return nil, err
	}
	waiting := path.Join(staging, name)
	if err := f.Root.MkdirAll(path.Dir(waiting), 0o777); err != nil {
		return nil, err
	}
	file, err := f.Root.OpenFile(waiting, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	f.mutex.Lock()
	f.names = append(f.names, name)
	f.mutex.Unlock()
	return file, nil
}

// Put is Create for content that is known.
func (f *Folder) Put(name string, content []byte) error {
	file, err := f.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// vacant rejects a path that holds anything but a regular file.
func (f *Folder) vacant(name string) error {
	stands, err := f.Root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !stands.Mode().IsRegular():
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("is not a regular file")}
	}
	return nil
}

// Commit puts what has been written since the last Commit into its place, some
// files before all others. What can be tried is tried before the first one is
// moved.
func (f *Folder) Commit(first ...string) error {
	order(f.names, first)
	for _, name := range f.names {
		if err := f.prepare(name); err != nil {
			return err
		}
	}
	for _, name := range f.names {
		if err := f.Root.Rename(path.Join(staging, name), name); err != nil {
			return err
		}
	}
	f.names, f.made = nil, ""
	return nil
}

// order sorts names, first ones before the others.
func order(names, first []string) {
	later := func(name string) int {
		if slices.Contains(first, name) {
			return 0
		}
		return 1
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(later(a), later(b)), cmp.Compare(a, b)) })
}

// prepare makes a file's folder, and gives the file the mode of the one that it
// replaces.
func (f *Folder) prepare(name string) error {
	if err := f.vacant(name); err != nil {
		return err
	}
	if err := f.Root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	stands, err := f.Root.Lstat(name)
	if err != nil {
		return nil // vacant has seen that nothing is there
	}
	return f.Root.Chmod(path.Join(staging, name), stands.Mode().Perm())
}

// Close forgets what is not committed, and the folder if it was made for that.
func (f *Folder) Close() error {
	err := f.Root.RemoveAll(staging)
	err = errors.Join(err, f.Root.Close())
	if f.made != "" {
		_ = os.Remove(f.made) // stays if somebody else uses it
	}
	return err
}
