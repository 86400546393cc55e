package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"hegui/internal/source"
)

// folder makes a tree on disk: a name that ends in "/" is a folder, a content
// that begins with "-> " a link.
func folder(t *testing.T, files map[string]string) (*source.Folder, string) {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		at := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(target, at)
		} else if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(at, 0o755)
		} else {
			err = os.WriteFile(at, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	tree, err := source.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree, root
}

// wantError checks that an error is want, names its path and does not contain the
// path of the tree.
func wantError(t *testing.T, err, want error, name, root string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%q: error %v, want %v", name, err, want)
	}
	var pathError *fs.PathError
	if !errors.As(err, &pathError) {
		t.Fatalf("%q: %T names no path", name, err)
	}
	if root != "" && strings.Contains(err.Error(), root) {
		t.Errorf("%q: error %q contains the path of the tree", name, err)
	}
}

func TestFolderReadsAndLists(t *testing.T) {
	tree, _ := folder(t, map[string]string{
		"b.yaml": "b: 1\n", "a/one": "1", "a/two words": "2", "a/line\nbreak": "3",
		"a/平台.yaml": "名称: 甲", "a/empty/": "", "link": "-> b.yaml",
	})
	entries, err := tree.List(".")
	if err != nil {
		t.Fatal(err)
	}
	want := []source.Entry{
		{Path: "a", Name: "a", Kind: source.Dir},
		{Path: "b.yaml", Name: "b.yaml", Kind: source.File, Size: 5},
		{Path: "link", Name: "link", Kind: source.Symlink},
	}
	if !slices.Equal(entries, want) {
		t.Errorf("List(.) = %+v, want %+v", entries, want)
	}
	entries, err = tree.List("a")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Path)
		if entry.Kind != source.File {
			continue
		}
		if stat, err := tree.Stat(entry.Path); err != nil || stat != entry {
			t.Errorf("Stat(%q) = %+v, %v; List says %+v", entry.Path, stat, err, entry)
		}
		if data, err := tree.Read(entry.Path, 100); err != nil || int64(len(data)) != entry.Size {
			t.Errorf("Read(%q) = %q, %v", entry.Path, data, err)
		}
	}
	if want := []string{"a/empty", "a/line\nbreak", "a/one", "a/two words", "a/平台.yaml"}; !slices.Equal(names, want) {
		t.Errorf("List(a) = %q, want %q", names, want)
	}
	if entries, err := tree.List("a/empty"); err != nil || len(entries) != 0 {
		t.Errorf("List of an empty folder = %v, %v", entries, err)
	}
}

// A folder holds more names than are read at once.
func TestFoldersOfAnySize(t *testing.T) {
	files := map[string]string{}
	for i := range 500 {
		files["many/"+strings.Repeat("长", i%80)+strconv.Itoa(i)] = strings.Repeat("x", i)
	}
	tree, _ := folder(t, files)
	for _, tree := range []*source.Folder{tree, source.Walking(tree)} {
		entries, err := tree.List("many")
		if err != nil || len(entries) != len(files) {
			t.Fatalf("%d of %d files, %v", len(entries), len(files), err)
		}
		for i, e := range entries {
			want := source.Entry{Path: "many/" + e.Name, Name: e.Name, Size: int64(len(files[e.Path]))}
			if _, there := files[e.Path]; !there || e != want || i > 0 && e.Name <= entries[i-1].Name {
				t.Errorf("%+v, want %+v", e, want)
			}
		}
	}
}

func TestPathsAreNormalised(t *testing.T) {
	tree, _ := folder(t, map[string]string{"a/one": "1"})
	for _, name := range []string{"a/one", "./a/one", "a//one", "a/./one"} {
		if entry, err := tree.Stat(name); err != nil || entry.Path != "a/one" || entry.Name != "one" {
			t.Errorf("Stat(%q) = %+v, %v", name, entry, err)
		}
	}
	for _, name := range []string{"", ".", "./"} {
		if entry, err := tree.Stat(name); err != nil || entry != (source.Entry{Path: ".", Name: ".", Kind: source.Dir}) {
			t.Errorf("Stat(%q) = %+v, %v", name, entry, err)
		}
	}
}

func TestRootMayBeNamedThroughALink(t *testing.T) {
	_, root := folder(t, map[string]string{"a": "1"})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	tree, err := source.OpenDir(link)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if data, err := tree.Read("a", 1); err != nil || string(data) != "1" {
		t.Errorf("Read = %q, %v", data, err)
	}
}

func TestOpenDirRefuses(t *testing.T) {
	_, root := folder(t, map[string]string{"file": "1"})
	_, err := source.OpenDir(filepath.Join(root, "gone"))
	wantError(t, err, fs.ErrNotExist, ".", root)
	_, err = source.OpenDir(filepath.Join(root, "file"))
	wantError(t, err, source.ErrNotDir, ".", root)
}

func TestSwappedFilesAreNotMistaken(t *testing.T) {
	tree, root := folder(t, map[string]string{"dir/file": "inside", "other/file": "elsewhere"})
	stop := make(chan struct{})
	var swaps sync.WaitGroup
	swaps.Go(func() {
		real, dir := filepath.Join(root, "real"), filepath.Join(root, "dir")
		for {
			select {
			case <-stop:
				return
			default:
			}
			// The folder is a link to the other one for a moment, over and over.
			_ = os.Rename(dir, real)
			_ = os.Symlink("other", dir)
			_ = os.Remove(dir)
			_ = os.Rename(real, dir)
		}
	})
	for _, tree := range []*source.Folder{tree, source.Walking(tree)} {
		for range 3000 {
			data, err := tree.Read("dir/file", 100)
			if err == nil && string(data) != "inside" {
				t.Errorf("read %q through a link", data)
				break
			}
		}
	}
	close(stop)
	swaps.Wait()
}

func TestFolderIsSafeForConcurrentUse(t *testing.T) {
	tree, _ := folder(t, map[string]string{"a/b/c": "text"})
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for range 50 {
				if data, err := tree.Read("a/b/c", 10); err != nil || string(data) != "text" {
					t.Errorf("Read = %q, %v", data, err)
				}
			}
		})
	}
	readers.Wait()
}
