package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"hegui/internal/git"
	"hegui/internal/gittest"
	"hegui/internal/source"
)

// trees are all kinds of trees with the same files, and where one of them lies.
func trees(t *testing.T, files gittest.Files) ([]source.Tree, string) {
	t.Helper()
	g := gittest.Init(t)
	g.Commit("all", files)
	repo, err := git.Open(g.Dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	head, err := repo.Resolve("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	work, err := repo.WorkTree()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { work.Close() })
	around, err := source.OpenDir(filepath.Dir(g.Dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { around.Close() })
	return []source.Tree{
		work.Folder, source.Walking(work.Folder), source.FromFS(os.DirFS(g.Dir)), source.Sub(around, filepath.Base(g.Dir)), repo.Tree(head), work,
	}, g.Dir
}

func TestPathsOutsideAreRefused(t *testing.T) {
	all, root := trees(t, gittest.Files{"a/one": "1"})
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
	for _, tree := range all {
		for _, name := range names {
			_, err := tree.Stat(name)
			wantError(t, err, source.ErrOutside, name, "")
			_, err = tree.List(name)
			wantError(t, err, source.ErrOutside, name, "")
			_, err = tree.Read(name, 10)
			wantError(t, err, source.ErrOutside, name, "")
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	all, root := trees(t, gittest.Files{"a/one": "1"})
	for _, tree := range all {
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
		wantError(t, err, source.ErrNotDir, "a/one", root)
		_, err = tree.Read("a", 10)
		wantError(t, err, source.ErrNotRegular, "a", root)
		_, err = tree.Read(".", 10)
		wantError(t, err, source.ErrNotRegular, ".", root)
		_, err = tree.Stat(strings.Repeat("d/", 128) + "d")
		if err == nil || !strings.HasSuffix(err.Error(), "d/d: is nested too deeply") {
			t.Errorf("a path of 129 elements: %v", err)
		}
	}
}

func TestLinksAreNeverFollowed(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	all, root := trees(t, gittest.Files{
		"dir/file": "text", "dir/up": "-> ..",
		"to-file": "-> dir/file", "to-dir": "-> dir", "to-nothing": "-> gone",
		"to-outside": "-> " + outside, "to-secret": "-> " + filepath.Join(outside, "secret"),
		"to-parent": "-> ../", "loop": "-> loop", "ping": "-> pong", "pong": "-> ping",
	})
	for _, tree := range all {
		for _, name := range []string{
			"to-file", "to-dir", "to-nothing", "to-outside", "to-secret", "to-parent", "loop", "ping", "dir/up",
		} {
			if entry, err := tree.Stat(name); err != nil || entry.Kind != source.Symlink || entry.Size != 0 {
				t.Errorf("Stat(%q) = %+v, %v; want a link", name, entry, err)
			}
			_, err := tree.Read(name, 100)
			wantError(t, err, source.ErrSymlink, name, root)
			_, err = tree.List(name)
			wantError(t, err, source.ErrSymlink, name, root)
			_, err = tree.Read(name+"/secret", 100)
			wantError(t, err, source.ErrSymlink, name, root)
		}
		for _, name := range []string{"to-dir/file", "to-outside/secret", "loop/x", "dir/up/dir/file", "to-dir/gone"} {
			_, err := tree.Stat(name)
			wantError(t, err, source.ErrSymlink, name, root)
			_, err = tree.Read(name, 100)
			wantError(t, err, source.ErrSymlink, name, root)
			_, err = tree.List(name)
			wantError(t, err, source.ErrSymlink, name, root)
		}
	}
}

func TestSizeIsCapped(t *testing.T) {
	all, _ := trees(t, gittest.Files{"five": "12345", "empty": ""})
	for _, tree := range all {
		for _, c := range []struct {
			name string
			max  int64
			want error
		}{
			{"five", 4, source.ErrTooLarge}, {"five", 5, nil}, {"five", 6, nil}, {"five", 1<<63 - 1, nil},
			{"five", 0, source.ErrTooLarge}, {"empty", 0, nil},
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

// What is appended is what is read, behind what is there, and what is refused is
// refused.
func TestAppendingIsReading(t *testing.T) {
	all, root := trees(t, gittest.Files{"a/one": "text", "a/empty": ""})
	if err := os.Symlink("one", filepath.Join(root, "a", "link")); err != nil {
		t.Fatal(err)
	}
	appenders := 0
	for _, tree := range all {
		if _, ok := tree.(source.Appender); ok {
			appenders++
		}
		for _, name := range []string{"a/one", "a/empty", "a/link", "a", "a/none", "../outside", ".git/HEAD"} {
			for _, max := range []int64{3, 4, 5} {
				want, refused := tree.Read(name, max)
				for _, room := range []int{6, 8, 100} {
					before := append(make([]byte, 0, room), "before"...)
					got, err := source.Append(tree, before, name, max)
					if (err == nil) != (refused == nil) || err != nil && err.Error() != refused.Error() || err == nil && string(got) != "before"+string(want) {
						t.Errorf("%T: %s up to %d: %q, %v; read %q, %v", tree, name, max, got, err, want, refused)
					}
					if string(before) != "before" {
						t.Errorf("%T: %s changes what was read before to %q", tree, name, before)
					}
				}
			}
		}
	}
	if appenders < 3 {
		t.Errorf("%d trees append", appenders)
	}
}
