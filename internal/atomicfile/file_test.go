package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write puts a text at a name, and holds what stood there until it is whole.
func write(t *testing.T, name, text string) {
	t.Helper()
	before, _ := os.ReadFile(name)
	f, err := New(name)
	check(t, err)
	_, err = io.WriteString(f, text)
	check(t, err)
	if now, _ := os.ReadFile(name); string(now) != string(before) {
		t.Errorf("%s holds %q before it is whole", name, now)
	}
	check(t, f.Commit())
	f.Discard()
	if now, err := os.ReadFile(name); err != nil || string(now) != text {
		t.Errorf("%s holds %q, %v, want %q", name, now, err, text)
	}
}

// names are what a folder holds.
func names(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	check(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && name != "." {
			out = append(out, name)
		}
		return err
	}))
	return out
}

func TestFileReplaces(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report")
	write(t, name, "first")
	write(t, name, "second, and longer")
	write(t, name, "third")
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"report"}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestDiscardedFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report")
	check(t, os.WriteFile(name, []byte("before"), 0o644))
	f, err := New(name)
	check(t, err)
	_, err = io.WriteString(f, "half")
	check(t, err)
	f.Discard()
	if now, _ := os.ReadFile(name); string(now) != "before" {
		t.Errorf("the report holds %q", now)
	}
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"report"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// A link stays a link; what it leads to is written, be it new.
func TestFileIsWrittenThroughLinks(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	check(t, os.WriteFile(target, []byte("something long that stood there"), 0o644))
	check(t, os.Symlink("target", link))
	write(t, link, "short")
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info, err)
	}
	check(t, os.Remove(target))
	write(t, link, "anew")
	if now, _ := os.ReadFile(target); string(now) != "anew" {
		t.Errorf("the target holds %q", now)
	}
	if got := names(t, dir); !reflect.DeepEqual(got, []string{"link", "target"}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := New(dir); err == nil {
		t.Error("a folder is taken for a file")
	}
	if _, err := New(filepath.Join(dir, "nowhere", "report")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if got := names(t, dir); len(got) > 0 {
		t.Errorf("the folder holds %q", got)
	}
}

// Standard output and the like get all of it or nothing.
func TestInto(t *testing.T) {
	var out strings.Builder
	for _, whole := range []bool{false, true} {
		f := Into(&out)
		_, err := io.WriteString(f, "whole")
		check(t, err)
		if out.Len() > 0 {
			t.Errorf("%q is written before its time", out.String())
		}
		if whole {
			check(t, f.Commit())
		}
		f.Discard()
	}
	if out.String() != "whole" {
		t.Errorf("got %q", out.String())
	}
}
