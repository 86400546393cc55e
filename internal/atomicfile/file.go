// Package atomicfile writes files that appear whole or not at all, alone or
// many at once. New ones have the mode that the umask gives them, others keep
// theirs. The well-known library for it (google/renameio) does not build
// on Windows, and knows neither links nor folders.
package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// prefix begins the names of files that are not yet in their place.
const prefix = ".hegui-"

// File is a file on its way to its place. A link, a device or a pipe that
// stands there is never replaced: it is written to, once all is known.
type File struct {
	*os.File // beside its place, or where temporary files lie
	name     string
	through  bool
}

// New starts the file that shall stand at name.
func New(name string) (*File, error) {
	stands, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return beside(name, nil)
	case err != nil:
		return nil, err
	case stands.IsDir():
		return nil, &fs.PathError{Op: "write", Path: name, Err: errDir}
	case stands.Mode().IsRegular():
		return beside(name, stands)
	}
	file, err := os.CreateTemp("", prefix+"*")
	if err != nil {
		return nil, err
	}
	return &File{File: file, name: name, through: true}, nil
}

var errDir = errors.New("is a directory")

// beside starts a file in the folder of its place. It has the mode of what
// stands there, or that of any new file.
func beside(name string, stands fs.FileInfo) (*File, error) {
	file, err := os.OpenFile(filepath.Join(filepath.Dir(name), random()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	f := &File{File: file, name: name}
	if stands != nil {
		err = file.Chmod(stands.Mode().Perm())
	}
	if err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

func random() string { return fmt.Sprintf("%s%016x", prefix, rand.Uint64()) }

// Commit puts the file into its place.
func (f *File) Commit() error {
	defer f.Discard()
	if f.through {
		return f.pour()
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.File.Name(), f.name)
}

// pour writes the content to what stands at the place.
func (f *File) pour() error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	to, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, f.File)
	return errors.Join(err, to.Close())
}

// Discard forgets a file that is not committed. After Commit it does nothing.
func (f *File) Discard() {
	_ = f.Close()                // whatever it says, nobody will read this file
	_ = os.Remove(f.File.Name()) // gone, if it is in its place
}
