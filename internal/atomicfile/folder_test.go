package atomicfile

import (
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"testing"
)

func open(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(dir)
	check(t, err)
	return f
}

// TestFolderIsLaidAtOnce: until all is written the files before stand there.
func TestFolderIsLaidAtOnce(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	check(t, f.Put("a", []byte("1")))
	check(t, f.Commit())
	check(t, f.Put("a", []byte("2")))
	check(t, f.Put("sub/b", []byte("2")))
	if got, _ := os.ReadFile(filepath.Join(dir, "a")); string(got) != "1" {
		t.Errorf("a holds %q before its time", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "sub")); err == nil {
		t.Error("sub is there before its time")
	}
	check(t, f.Commit())
	check(t, f.Close())
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"a", "sub", "sub/b"}) {
		t.Errorf("the folder holds %q", got)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "a")); string(got) != "2" {
		t.Errorf("a holds %q", got)
	}
}

// TestFolderGivenUp leaves what stood there, and no folder that was made in vain.
func TestFolderGivenUp(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "a"), []byte("mine"), 0o644))
	for _, at := range []string{dir, filepath.Join(dir, "new", "deeper")} {
		f := open(t, at)
		check(t, f.Put("a", []byte("half")))
		check(t, f.Close())
	}
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"a", "new"}) {
		t.Errorf("the folder holds %q", got)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "a")); string(got) != "mine" {
		t.Errorf("a holds %q", got)
	}
}

// TestInterruptedRun: what a run has left that was ended is no part of the folder.
func TestInterruptedRun(t *testing.T) {
	dir := t.TempDir()
	lost := open(t, dir)
	check(t, lost.Put("half", []byte("x")))
	f := open(t, dir)
	if got, err := f.Entries(); err != nil || len(got) > 0 {
		t.Errorf("the folder holds %q, %v", got, err)
	}
	check(t, f.Put("whole", []byte("x")))
	check(t, f.Commit())
	check(t, f.Close())
	check(t, lost.Root.Close())
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"whole"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// TestNothingElseIsReplaced: one thing in the way, and no file is moved.
func TestNothingElseIsReplaced(t *testing.T) {
	for name, block := range map[string]func(at string) error{
		"folder": func(at string) error { return os.Mkdir(at, 0o755) },
		"link":   func(at string) error { return os.Symlink("elsewhere", at) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			f := open(t, dir)
			check(t, f.Put("a", []byte("x")))
			check(t, f.Put("b", []byte("x")))
			check(t, block(filepath.Join(dir, "b")))
			if f.Commit() == nil {
				t.Errorf("a %s was replaced", name)
			}
			if f.Put("b", nil) == nil {
				t.Errorf("a file is begun where a %s stands", name)
			}
			check(t, f.Close())
			if got := names(t, dir); !reflect.DeepEqual(got, []string{"b"}) {
				t.Errorf("the folder holds %q", got)
			}
		})
	}
}

func TestFolderHoldsItsFiles(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	check(t, os.Symlink(outside, filepath.Join(dir, "link")))
	f := open(t, dir)
	for _, name := range []string{"../x", "link/x", "/x"} {
		if f.Put(name, nil) == nil && f.Commit() == nil {
			t.Errorf("%s was written", name)
		}
	}
	check(t, f.Close())
	if got := names(t, outside); len(got) > 0 {
		t.Errorf("outside: %q", got)
	}
}

func TestFilesAreWrittenSideBySide(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if err := f.Put("sub/"+strconv.Itoa(i), []byte("x")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	check(t, f.Commit())
	check(t, f.Close())
	if got := names(t, dir); len(got) != 21 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestOrderOfFiles(t *testing.T) {
	got := []string{"b", "a", "sums", "index"}
	order(got, []string{"sums", "list"})
	if want := []string{"sums", "a", "b", "index"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
