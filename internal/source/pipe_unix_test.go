//go:build unix

package source

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// inTime fails a test whose work waits for somebody who never comes.
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

func TestPipesDoNotHang(t *testing.T) {
	disk, root := folder(t, map[string]string{"dir/file": "1"})
	pipe := filepath.Join(root, "dir", "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tree := range []Tree{disk, FromFS(os.DirFS(root))} {
		inTime(t, func() {
			if entry, err := tree.Stat("dir/pipe"); err != nil || entry.Kind != Other {
				t.Errorf("Stat of a pipe = %+v, %v", entry, err)
			}
			_, err := tree.Read("dir/pipe", 10)
			wantErrorOf(t, err, ErrNotRegular)
			_, err = tree.List("dir/pipe")
			wantErrorOf(t, err, ErrNotDir)
			if entries, err := tree.List("dir"); err != nil || len(entries) != 2 {
				t.Errorf("List beside a pipe = %v, %v", entries, err)
			}
		})
	}
	inTime(t, func() {
		_, err := OpenDir(pipe)
		wantErrorOf(t, err, ErrNotDir)
	})
}

// A pipe put in a file's place after the look at it must not be waited for.
func TestOpeningDoesNotWait(t *testing.T) {
	disk, root := folder(t, nil)
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	inTime(t, func() {
		file, err := disk.root.OpenFile("pipe", openFlags, 0)
		if err != nil {
			t.Error(err)
			return
		}
		file.Close()
	})
}
