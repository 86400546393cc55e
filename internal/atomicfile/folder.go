package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"hegui/internal/lang"
)

// staging is the folder within a folder in which files wait for each other.
const staging = prefix + "staging"

// BusyError means that another run lays files into the folder.
type BusyError struct{}

// Error is the text in English.
func (e *BusyError) Error() string { return e.Text().EN }

// Text says what is wrong and what to do, in both languages.
func (*BusyError) Text() lang.Text {
	return lang.Say("另一次运行正在写这个目录：等它结束，或换一个目录", "another run is writing to this folder: wait for it to end, or name another folder")
}

// Folder is a folder into which files are laid all at once. Nothing is written
// outside it, even through links, and only regular files are replaced. The folder
// itself stays, so that shells, servers and mounts see what is laid. Where folders
// can be locked a second run is a BusyError.
type Folder struct {
	// Root is the folder itself.
	Root *os.Root

	dir   *os.File // the folder, locked
	mutex sync.Mutex
	names []string
	made  []string // the folders that did not exist before, innermost first
}

// OpenFolder opens a folder, which it makes if need be. What an interrupted run
// has left half done there is removed.
func OpenFolder(dir string) (*Folder, error) {
	made := missing(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		unmake(made)
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{Root: root}
	if err := f.claim(); err != nil {
		return nil, errors.Join(err, f.release())
	}
	f.made = made
	return f, nil
}

// missing are the folder and those above it that do not exist, innermost first.
func missing(dir string) (all []string) {
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) {
			return all
		}
		all = append(all, at)
	}
}

// unmake removes folders that were made, up to one that somebody else uses.
func unmake(made []string) {
	for _, dir := range made {
		if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return
		}
	}
}

// claim locks the folder, and removes what is left in it.
func (f *Folder) claim() (err error) {
	if f.dir, err = f.Root.Open("."); err != nil {
		return err
	}
	if err := lock(f.dir); err != nil {
		return err
	}
	return f.Root.RemoveAll(staging)
}

// release unlocks the folder.
func (f *Folder) release() error {
	var err error
	if f.dir != nil {
		err = f.dir.Close()
	}
	return errors.Join(err, f.Root.Close())
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
	return &staged{file}, nil
}

// staged is a file that waits for the others.
type staged struct{ *os.File }

// Close closes the file once its content is safe from a crash.
func (s *staged) Close() error { return errors.Join(s.Sync(), s.File.Close()) }

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

// Commit puts what has been written since the last Commit into its place.
func (f *Folder) Commit() error { return f.Replace("", nil) }

// Replace is Commit for files of which one goes before all others, and that also
// removes those that are gone. What can be tried is tried before anything is moved; a
// subfolder of which all files are replaced or gone is exchanged in one step.
func (f *Folder) Replace(first string, gone []string) error {
	order(f.names, first)
	gone = slices.DeleteFunc(slices.Clone(gone), func(name string) bool { return !fs.ValidPath(name) || name == "." })
	for _, name := range f.names {
		if err := f.prepare(name); err != nil {
			return err
		}
	}
	swapped := map[string]bool{}
	for _, name := range f.names {
		top, _, below := strings.Cut(name, "/")
		if _, seen := swapped[top]; below && !seen {
			done, err := f.exchange(top, gone)
			if err != nil {
				return err
			}
			swapped[top] = done
		}
		if swapped[top] {
			continue
		}
		if err := f.Root.MkdirAll(path.Dir(name), 0o777); err != nil {
			return err
		}
		if err := f.Root.Rename(path.Join(staging, name), name); err != nil {
			return err
		}
	}
	for _, name := range gone {
		f.remove(name)
	}
	f.names, f.made = nil, nil
	_ = f.dir.Sync() // not every system syncs folders
	return nil
}

// order sorts names, the first one before the others.
func order(names []string, first string) {
	slices.Sort(names)
	if i := slices.Index(names, first); i > 0 {
		copy(names[1:i+1], names[:i])
		names[0] = first
	}
}

// prepare readies a file for its place.
func (f *Folder) prepare(name string) error {
	if err := f.vacant(name); err != nil {
		return err
	}
	if err := f.keep(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// keep gives what waits for a place the mode of what is there, and its owner if that
// can be given.
func (f *Folder) keep(name string) error {
	stands, err := f.Root.Lstat(name)
	if err != nil {
		return err
	}
	waiting := path.Join(staging, name)
	if uid, gid, known := ownerOf(stands); known {
		_ = f.Root.Chown(waiting, uid, gid)
	}
	return f.Root.Chmod(waiting, stands.Mode().Perm())
}

// exchange puts a subfolder into its place, if nothing but files that are replaced or
// gone stands in the old one. Those end in the staging folder.
func (f *Folder) exchange(top string, gone []string) (done bool, err error) {
	ours := map[string]bool{}
	for _, name := range slices.Concat(f.names, gone) {
		for ; name != "."; name = path.Dir(name) {
			ours[name] = true
		}
	}
	if stands, err := f.Root.Lstat(top); err == nil && !stands.IsDir() {
		return false, nil
	}
	foreign := false
	err = fs.WalkDir(f.Root.FS(), top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if foreign = !ours[name] || !entry.IsDir() && !entry.Type().IsRegular(); foreign {
			return fs.SkipAll
		}
		if !entry.IsDir() {
			return nil
		}
		if err := f.keep(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil // all in it is gone
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, f.Root.Rename(path.Join(staging, top), top)
	case err != nil || foreign:
		return false, err
	}
	return swap(f.dir, top)
}

// remove removes a file, and the folders that only held it. What cannot be
// removed is not ours to insist on.
func (f *Folder) remove(name string) {
	for at := name; at != "."; at = path.Dir(at) {
		if err := f.Root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return
		}
	}
}

// Close forgets what is not committed, and the folders that were made for that.
func (f *Folder) Close() error {
	err := f.Root.RemoveAll(staging)
	err = errors.Join(err, f.release())
	unmake(f.made)
	return err
}
