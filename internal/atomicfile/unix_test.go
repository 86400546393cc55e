//go:build unix

package atomicfile

import (
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

func mode(t *testing.T, name string) fs.FileMode {
	t.Helper()
	info, err := os.Lstat(name)
	check(t, err)
	return info.Mode()
}

// TestModes: a new file has the mode that the user's umask gives every new
// file, one that stood there keeps its own.
func TestModes(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o027))
	dir := t.TempDir()
	lay := func(text string) {
		write(t, filepath.Join(dir, "alone"), text)
		f, err := OpenFolder(filepath.Join(dir, "folder"))
		check(t, err)
		check(t, f.Put("sub/one", []byte(text)))
		check(t, f.Commit())
		check(t, f.Close())
	}
	lay("new")
	files := []string{filepath.Join(dir, "alone"), filepath.Join(dir, "folder", "sub", "one")}
	for _, name := range files {
		if got := mode(t, name); got != 0o640 {
			t.Errorf("new %s: %v", name, got)
		}
		check(t, os.Chmod(name, 0o604))
	}
	if got := mode(t, filepath.Join(dir, "folder", "sub")).Perm(); got != 0o750 {
		t.Errorf("new folder: %v", got)
	}
	lay("again")
	for _, name := range files {
		if got := mode(t, name); got != 0o604 {
			t.Errorf("%s after it was replaced: %v", name, got)
		}
	}
}

// A pipe gets all of it at once, and stays a pipe.
func TestFileIsPouredIntoPipes(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	check(t, syscall.Mkfifo(name, 0o600))
	f, err := New(name)
	check(t, err)
	_, err = io.WriteString(f, "whole")
	check(t, err)
	read := make(chan string)
	go func() {
		content, _ := os.ReadFile(name)
		read <- string(content)
	}()
	check(t, f.Commit())
	if got := <-read; got != "whole" {
		t.Errorf("the reader got %q", got)
	}
	if mode(t, name)&fs.ModeNamedPipe == 0 {
		t.Error("the pipe is gone")
	}
}

func TestDevicesStay(t *testing.T) {
	f, err := New(os.DevNull)
	check(t, err)
	_, err = io.WriteString(f, "into nothing")
	check(t, err)
	check(t, f.Commit())
	if mode(t, os.DevNull)&fs.ModeCharDevice == 0 {
		t.Error("the device was replaced")
	}
}

// A file with a second name is written to: under both names stands the same.
func TestSecondNamesKeepTheFile(t *testing.T) {
	dir := t.TempDir()
	name, second := filepath.Join(dir, "report"), filepath.Join(dir, "second")
	check(t, os.WriteFile(name, []byte("something long that stood there"), 0o644))
	check(t, os.Link(name, second))
	write(t, name, "short")
	if got, err := os.ReadFile(second); err != nil || string(got) != "short" {
		t.Errorf("the second name holds %q, %v", got, err)
	}
}

// What root replaces stays its user's, alone and in a folder.
func TestOwnersStay(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	dir := t.TempDir()
	lay := func(text string) {
		write(t, filepath.Join(dir, "alone"), text)
		f := open(t, dir)
		check(t, f.Put("file", []byte(text)))
		check(t, f.Put("sub/one", []byte(text)))
		check(t, f.Commit())
		check(t, f.Close())
	}
	lay("new")
	names := []string{"alone", "file", "sub", "sub/one"}
	for _, name := range names {
		check(t, os.Chown(filepath.Join(dir, name), 1001, 1002))
	}
	lay("again")
	for _, name := range names {
		info, err := os.Lstat(filepath.Join(dir, name))
		check(t, err)
		if uid, gid, _ := ownerOf(info); uid != 1001 || gid != 1002 {
			t.Errorf("%s belongs to %d:%d", name, uid, gid)
		}
	}
}

// A link to a full disk holds nothing in the end, rather than half a report.
func TestHalfIsNothing(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	check(t, os.WriteFile(target, []byte("before"), 0o644))
	check(t, os.Symlink("target", link))
	f, err := New(link)
	check(t, err)
	_, err = f.Write(make([]byte, 1<<16))
	check(t, err)
	var limit syscall.Rlimit
	check(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	signal.Ignore(syscall.SIGXFSZ)
	check(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 12, Max: limit.Max}))
	failed := f.Commit()
	check(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	if got, err := os.ReadFile(target); failed == nil || err != nil || len(got) > 0 {
		t.Errorf("the target holds %d bytes after %v, %v", len(got), failed, err)
	}
}
