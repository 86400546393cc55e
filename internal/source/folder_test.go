package source

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// folder makes a tree on disk: a name that ends in "/" is a folder, a content
// that begins with "-> " a link.
func folder(t *testing.T, files map[string]string) (*Folder, string) {
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
	tree, err := OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree, root
}

// wantError holds an operation to an error that names its path and no place
// outside the tree.
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
		t.Errorf("%q: error %q tells where the tree lies", name, err)
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
	want := []Entry{
		{Path: "a", Name: "a", Kind: Dir},
		{Path: "b.yaml", Name: "b.yaml", Kind: File, Size: 5},
		{Path: "link", Name: "link", Kind: Symlink},
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
		if entry.Kind != File {
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

func TestPathsAreNormalised(t *testing.T) {
	tree, _ := folder(t, map[string]string{"a/one": "1"})
	for _, name := range []string{"a/one", "./a/one", "a//one", "a/./one"} {
		if entry, err := tree.Stat(name); err != nil || entry.Path != "a/one" || entry.Name != "one" {
			t.Errorf("Stat(%q) = %+v, %v", name, entry, err)
		}
	}
	for _, name := range []string{"", ".", "./"} {
		if entry, err := tree.Stat(name); err != nil || entry != (Entry{Path: ".", Name: ".", Kind: Dir}) {
			t.Errorf("Stat(%q) = %+v, %v", name, entry, err)
		}
	}
}

func TestPathsOutsideAreRefused(t *testing.T) {
	disk, root := folder(t, map[string]string{"a/one": "1"})
	outside := filepath.Join(filepath.Dir(root), "outside")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{
		"..", "../outside", "a/../../outside", "a/..", "a/../a/one", "/etc/passwd", "/", "//etc",
		`..\outside`, `a\..\..\outside`, `\etc`, `a/..\one`, filepath.ToSlash(outside),
	}
	if runtime.GOOS == "windows" {
		names = append(names, "C:", "C:/x", "NUL", "a/one:stream")
	}
	for _, tree := range []Tree{disk, FromFS(os.DirFS(root)), Sub(disk, "a"), committed(t, root)} {
		for _, name := range names {
			_, err := tree.Stat(name)
			wantError(t, err, ErrOutside, name, "")
			_, err = tree.List(name)
			wantError(t, err, ErrOutside, name, "")
			_, err = tree.Read(name, 10)
			wantError(t, err, ErrOutside, name, "")
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	disk, root := folder(t, map[string]string{"a/one": "1"})
	for _, tree := range []Tree{disk, FromFS(os.DirFS(root)), committed(t, root)} {
		for _, name := range []string{
			"b", "a/two", "b/c/d", "a/one/two", "a/one/two/three", "nul\x00byte", "bad\xff", strings.Repeat("x", 5000),
			strings.Repeat("长", 100),
		} {
			_, err := tree.Stat(name)
			wantError(t, err, fs.ErrNotExist, name, root)
			_, err = tree.Read(name, 10)
			wantError(t, err, fs.ErrNotExist, name, root)
			_, err = tree.List(name)
			wantError(t, err, fs.ErrNotExist, name, root)
		}
		_, err := tree.List("a/one")
		wantError(t, err, ErrNotDir, "a/one", root)
		_, err = tree.Read("a", 10)
		wantError(t, err, ErrNotRegular, "a", root)
		_, err = tree.Read(".", 10)
		wantError(t, err, ErrNotRegular, ".", root)
		deep := strings.Repeat("d/", maxDepth) + "d"
		_, err = tree.Stat(deep)
		wantError(t, err, ErrTooDeep, deep, root)
	}
}

func TestLinksAreNeverFollowed(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	disk, root := folder(t, map[string]string{
		"dir/file": "text", "dir/up": "-> ..",
		"to-file": "-> dir/file", "to-dir": "-> dir", "to-nothing": "-> gone",
		"to-outside": "-> " + outside, "to-secret": "-> " + filepath.Join(outside, "secret"),
		"to-parent": "-> ../", "loop": "-> loop", "ping": "-> pong", "pong": "-> ping",
	})
	for _, tree := range []Tree{disk, FromFS(os.DirFS(root)), committed(t, root)} {
		for _, name := range []string{
			"to-file", "to-dir", "to-nothing", "to-outside", "to-secret", "to-parent", "loop", "ping", "dir/up",
		} {
			if entry, err := tree.Stat(name); err != nil || entry.Kind != Symlink || entry.Size != 0 {
				t.Errorf("Stat(%q) = %+v, %v; want a link", name, entry, err)
			}
			_, err := tree.Read(name, 100)
			wantError(t, err, ErrSymlink, name, root)
			_, err = tree.List(name)
			wantError(t, err, ErrSymlink, name, root)
			_, err = tree.Read(name+"/secret", 100)
			wantError(t, err, ErrSymlink, name, root)
		}
		for _, name := range []string{"to-dir/file", "to-outside/secret", "loop/x", "dir/up/dir/file", "to-dir/gone"} {
			_, err := tree.Stat(name)
			wantError(t, err, ErrSymlink, name, root)
			_, err = tree.Read(name, 100)
			wantError(t, err, ErrSymlink, name, root)
			_, err = tree.List(name)
			wantError(t, err, ErrSymlink, name, root)
		}
	}
}

func TestRootMayBeNamedThroughALink(t *testing.T) {
	_, root := folder(t, map[string]string{"a": "1"})
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	tree, err := OpenDir(link)
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
	_, err := OpenDir(filepath.Join(root, "gone"))
	wantError(t, err, fs.ErrNotExist, ".", root)
	_, err = OpenDir(filepath.Join(root, "file"))
	wantError(t, err, ErrNotDir, ".", root)
}

func TestSizeIsCapped(t *testing.T) {
	disk, root := folder(t, map[string]string{"five": "12345", "empty": ""})
	for _, tree := range []Tree{disk, FromFS(os.DirFS(root)), Sub(disk, "."), committed(t, root)} {
		for _, c := range []struct {
			name string
			max  int64
			want error
		}{
			{"five", 4, ErrTooLarge}, {"five", 5, nil}, {"five", 6, nil}, {"five", 1<<63 - 1, nil},
			{"five", 0, ErrTooLarge}, {"empty", 0, nil},
		} {
			data, err := tree.Read(c.name, c.max)
			if !errors.Is(err, c.want) {
				t.Errorf("Read(%q, %d) = %v, want %v", c.name, c.max, err, c.want)
			}
			if want := map[string]int{"five": 5}[c.name]; err == nil && len(data) != want {
				t.Errorf("Read(%q, %d) has %d bytes", c.name, c.max, len(data))
			}
		}
	}
}

func TestLargeFileIsRefusedUnread(t *testing.T) {
	tree, root := folder(t, map[string]string{"large": ""})
	if err := os.Truncate(filepath.Join(root, "large"), 200<<20); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := tree.Read("large", 1<<20)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	wantError(t, err, ErrTooLarge, "large", root)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("refusing a large file allocates %d bytes", grown)
	}
	if took > time.Second {
		t.Errorf("refusing a large file takes %v", took)
	}
}

// endless is a file that grows as it is read.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestNoMoreThanTheCapIsReadOfAFileThatGrows(t *testing.T) {
	var file endless
	if _, err := readCapped(&file, 10, 1000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
	if file.read != 1001 {
		t.Errorf("%d bytes were read, want 1001", file.read)
	}
	data, err := readCapped(bytes.NewReader([]byte("text")), 1<<40, 1<<50)
	if err != nil || string(data) != "text" {
		t.Errorf("a file that shrank reads as %q, %v", data, err)
	}
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
	for range 3000 {
		data, err := tree.Read("dir/file", 100)
		if err == nil && string(data) != "inside" {
			t.Errorf("read %q through a link", data)
			break
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
