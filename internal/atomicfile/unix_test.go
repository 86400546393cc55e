//go:build unix

package atomicfile

import (
	"io"
	"io/fs"
	"os"
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
