//go:build unix

package source

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// inTime fails a test whose work never returns.
func inTime(t *testing.T, work func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("hangs")
	}
}

// piped returns a folder with a pipe in it, and the path of the pipe.
func piped(t *testing.T) (*Folder, string) {
	t.Helper()
	root := t.TempDir()
	pipe := filepath.Join(root, "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	tree, err := OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree, pipe
}

func TestPipesDoNotHang(t *testing.T) {
	disk, pipe := piped(t)
	for _, tree := range []Tree{disk, Walking(disk), FromFS(os.DirFS(filepath.Dir(pipe)))} {
		inTime(t, func() {
			if entry, err := tree.Stat("pipe"); err != nil || entry.Kind != Other {
				t.Errorf("Stat of a pipe = %+v, %v", entry, err)
			}
			if _, err := tree.Read("pipe", 10); !errors.Is(err, ErrNotRegular) {
				t.Errorf("Read of a pipe: %v", err)
			}
			if _, err := tree.List("pipe"); !errors.Is(err, ErrNotDir) {
				t.Errorf("List of a pipe: %v", err)
			}
			if entries, err := tree.List("."); err != nil || len(entries) != 1 {
				t.Errorf("List around a pipe = %v, %v", entries, err)
			}
		})
	}
	inTime(t, func() {
		if _, err := OpenDir(pipe); !errors.Is(err, ErrNotDir) {
			t.Errorf("OpenDir of a pipe: %v", err)
		}
	})
}

// A pipe put in a file's place after the look at it must not be waited for.
func TestOpeningDoesNotWait(t *testing.T) {
	disk, _ := piped(t)
	inTime(t, func() {
		file, err := disk.root.OpenFile("pipe", openFlags, 0)
		if err != nil {
			t.Error(err)
			return
		}
		file.Close()
	})
}
