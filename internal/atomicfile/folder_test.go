package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
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
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"a"}) {
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
	check(t, lost.release()) // as the end of the program does
	f := open(t, dir)
	if got, err := f.Entries(); err != nil || len(got) > 0 {
		t.Errorf("the folder holds %q, %v", got, err)
	}
	check(t, f.Put("whole", []byte("x")))
	check(t, f.Commit())
	check(t, f.Close())
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
	order(got, "sums")
	if want := []string{"sums", "a", "b", "index"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A second run is refused as long as the first one has the folder.
func TestFolderIsOneRuns(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	check(t, first.Put("a", []byte("first")))
	_, err := OpenFolder(dir)
	var busy *BusyError
	if !errors.As(err, &busy) || busy.Text().ZH == busy.Text().EN {
		t.Errorf("got %v, want a refusal", err)
	}
	check(t, first.Commit())
	check(t, first.Close())
	second := open(t, dir)
	check(t, second.Close())
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"a"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// What is gone goes with the folders that only held it, whoever else's files are
// there stay, and modes do.
func TestReplace(t *testing.T) {
	for _, foreign := range []string{"", "sub/notes", "sub/a/notes", "notes"} {
		dir := t.TempDir()
		f := open(t, dir)
		for _, name := range []string{"sub/a/x", "sub/b/x", "top"} {
			check(t, f.Put(name, []byte("1")))
		}
		check(t, f.Commit())
		check(t, os.Chmod(filepath.Join(dir, "sub", "b", "x"), 0o604))
		check(t, os.Chmod(filepath.Join(dir, "sub", "b"), 0o705))
		if foreign != "" {
			check(t, os.WriteFile(filepath.Join(dir, foreign), []byte("mine"), 0o644))
		}
		for _, name := range []string{"sub/b/x", "sub/c/x", "top"} {
			check(t, f.Put(name, []byte("2")))
		}
		check(t, f.Replace("top", []string{"sub/a/x", "../outside", "never"}))
		check(t, f.Close())
		want := []string{"sub", "sub/b", "sub/b/x", "sub/c", "sub/c/x", "top"}
		if foreign != "" {
			want = append(want, foreign)
		}
		if strings.HasPrefix(foreign, "sub/a") {
			want = append(want, "sub/a")
		}
		slices.Sort(want)
		got := names(t, dir)
		slices.Sort(got)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("with %q the folder holds %q, want %q", foreign, got, want)
		}
		for _, name := range []string{"sub/b/x", "sub/c/x", "top"} {
			if text, _ := os.ReadFile(filepath.Join(dir, name)); string(text) != "2" {
				t.Errorf("with %q %s holds %q", foreign, name, text)
			}
		}
		for name, want := range map[string]os.FileMode{"sub/b/x": 0o604, "sub/b": 0o705} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
				t.Errorf("with %q %s has mode %v, %v", foreign, name, info.Mode(), err)
			}
		}
	}
}
