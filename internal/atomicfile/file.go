// Package atomicfile writes files that appear whole or not at all, alone or
// many at once. New ones have the mode that the umask gives them, others keep
// theirs. The well-known library for it (google/renameio) does not build
// on Windows, and knows neither links nor folders.
package atomicfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
)

// prefix begins the names of files that are not yet in their place.
const prefix = ".hegui-"

// File is a file on its way to its place. An existing link, device or pipe
// is never replaced: it is written to, once the content is complete.
type File struct {
	io.Writer
	// file is in the folder of its place and written through a buffer; it is nil
	// for what is written to.
	file   *os.File
	filled *bufio.Writer
	spool  Spool
	name   string
	// to is the destination, if it is open already.
	to io.Writer
}

// New starts the file that replaces name.
func New(name string) (*File, error) {
	stands, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return beside(name, nil)
	case err != nil:
		return nil, err
	case stands.IsDir():
		return nil, &fs.PathError{Op: "write", Path: name, Err: syscall.EISDIR}
	case stands.Mode().IsRegular():
		return beside(name, stands)
	}
	f := Into(nil)
	f.name = name
	return f, nil
}

// Into starts what shall be written to w, all at once.
func Into(w io.Writer) *File {
	f := &File{to: w}
	f.Writer = &f.spool
	return f
}

// beside starts a file in the folder of its place. It has the mode of the
// existing file, or that of any new file.
func beside(name string, stands fs.FileInfo) (*File, error) {
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf("%s%016x", prefix, rand.Uint64()))
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	f := &File{file: file, filled: bufio.NewWriterSize(file, 1<<16), name: name}
	f.Writer = f.filled
	if stands != nil {
		err = file.Chmod(stands.Mode().Perm())
	}
	if err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// Commit puts the file into its place.
func (f *File) Commit() error {
	defer f.Discard()
	if f.file == nil {
		return f.pour()
	}
	// What a crash leaves in the place must have its content.
	if err := errors.Join(f.filled.Flush(), f.file.Sync(), f.file.Close()); err != nil {
		return err
	}
	return os.Rename(f.file.Name(), f.name)
}

// pour writes the content to the existing link, device or pipe.
func (f *File) pour() error {
	if f.to != nil {
		_, err := f.spool.WriteTo(f.to)
		return err
	}
	to, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.spool.WriteTo(to)
	return errors.Join(err, to.Close())
}

// Discard forgets a file that is not committed. After Commit it does nothing.
// Its errors do not matter: nobody will read this file.
func (f *File) Discard() {
	_ = f.spool.Close()
	if f.file != nil {
		_ = f.file.Close()
		_ = os.Remove(f.file.Name()) // gone, if it is in its place
	}
}
