// Package atomicfile writes files that appear whole or not at all, alone or
// many at once. New ones have the mode that the umask gives them, others keep
// theirs and their owner. The well-known library for it (google/renameio) does not build
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
// is never replaced: it is written to, once the content is complete. So is a file
// that has a second name, or whose folder takes no other.
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
		return instead(name, stands)
	}
	return through(name), nil
}

// instead starts the file that replaces one that its user may write.
func instead(name string, stands fs.FileInfo) (*File, error) {
	open, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	if err := open.Close(); err != nil {
		return nil, err
	}
	if Linked(stands) {
		return through(name), nil
	}
	f, err := beside(name, stands)
	if errors.Is(err, fs.ErrPermission) {
		return through(name), nil
	}
	return f, err
}

// through starts what is written to whatever the name leads to.
func through(name string) *File {
	f := Into(nil)
	f.name = name
	return f
}

// Into starts what shall be written to w, all at once.
func Into(w io.Writer) *File {
	f := &File{to: w}
	f.Writer = &f.spool
	return f
}

// beside starts a file in the folder of its place. It has the mode and owner of
// the existing file, or those of any new file.
func beside(name string, stands fs.FileInfo) (*File, error) {
	temporary := filepath.Join(filepath.Dir(name), fmt.Sprintf("%s%016x", prefix, rand.Uint64()))
	file, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	f := &File{file: file, filled: bufio.NewWriterSize(writeBehind(file), 1<<16), name: name}
	f.Writer = f.filled
	if stands != nil {
		err = errors.Join(own(file, stands), file.Chmod(stands.Mode().Perm()))
	}
	if err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// own gives a new file the owner and group of the one that it replaces: a run as
// root must not take files away from their user.
func own(file *os.File, stands fs.FileInfo) error {
	is, err := file.Stat()
	if err != nil {
		return err
	}
	uid, gid, known := ownerOf(stands)
	if nowUID, nowGID, _ := ownerOf(is); !known || uid == nowUID && gid == nowGID {
		return nil
	}
	return file.Chown(uid, gid)
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
	if _, err = f.spool.WriteTo(to); err != nil {
		_ = to.Truncate(0) // half of it might look whole; only files can be cut
	}
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
