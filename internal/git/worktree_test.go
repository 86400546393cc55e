package git

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

func openWork(t testing.TB, dir string) *WorkTree {
	t.Helper()
	w, err := openRepo(t, dir).WorkTree()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// settle makes all files older than the index, as they are some time after a
// checkout.
func settle(t testing.TB, g *gittest.Repo, index ...string) {
	t.Helper()
	_, _ = g.Try("update-index", "-q", "--refresh") // fails where something has changed
	later := time.Now().Add(10 * time.Second)
	for _, name := range append(index, g.Path(".git/index"))[:1] {
		if err := os.Chtimes(name, later, later); err != nil {
			t.Fatal(err)
		}
	}
}

// blind makes all files of a work tree unreadable for the hasher, so that only
// the index can vouch for them: it takes line ends for converted, which is a
// reason not to hash bytes.
func blind(t *testing.T, w *WorkTree) {
	t.Helper()
	w.open()
	w.filtered = true
}

func hashOf(t *testing.T, tree source.Hashed, name string) string {
	t.Helper()
	hash, err := tree.Hash(name)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestCleanWorkTreeIsItsRevision(t *testing.T) {
	for _, version := range []string{"2", "3", "4"} {
		g := gittest.Init(t)
		g.Commit("first", gittest.Files{"a/b/one": "1", "a/b.c": "2", "a/two": "2", "a/link": "-> two", "run": "x", "平台/x y": "3", "e": ""})
		if err := os.Chmod(g.Path("run"), 0o755); err != nil {
			t.Fatal(err)
		}
		g.Commit("second", nil)
		g.Git("update-index", "--index-version", version)
		if version == "3" { // which git writes only when there is something for it
			g.Git("update-index", "--skip-worktree", "a/two")
		}
		settle(t, g)
		rev, w := openTree(t, g.Dir, "HEAD"), openWork(t, g.Dir)
		if version != "3" {
			blind(t, w)
		}
		for _, name := range []string{".", "a", "a/b", "平台", "a/b/one", "run", "e"} {
			want := hashOf(t, rev, name)
			if got := hashOf(t, w, name); got != want || want == "" {
				t.Errorf("version %s: Hash(%q) = %q, want %q", version, name, got, want)
			}
		}
		_, err := w.Hash("gone")
		wantError(t, err, fs.ErrNotExist, "gone", g.Dir)
		_, err = w.Hash("../x")
		wantError(t, err, source.ErrOutside, "../x", g.Dir)
	}
}

// A change is seen, whatever flags the file has in the index; where the hash is
// unknown it is empty.
func TestChangedWorkTrees(t *testing.T) {
	const none = "none"
	write := func(name, content string) func(*gittest.Repo) {
		return func(g *gittest.Repo) { g.Write(gittest.Files{name: content}) }
	}
	for what, c := range map[string]struct {
		change func(*gittest.Repo)
		want   string // none, or a command of git that gives the hash
	}{
		"nothing":       {func(*gittest.Repo) {}, "HEAD:dir"},
		"touched":       {write("dir/a", "one\n"), "HEAD:dir"},
		"modified":      {write("dir/a", "two\n"), "added"},
		"elsewhere":     {write("top", "two\n"), "HEAD:dir"},
		"runnable":      {func(g *gittest.Repo) { os.Chmod(g.Path("dir/a"), 0o755) }, "added"},
		"untracked":     {write("dir/new", "x"), none},
		"ignored":       {write("dir/x.tmp", "x"), none},
		"deep":          {write("dir/sub/new/deep", "x"), none},
		"missing":       {write("dir/a", gittest.Gone), none},
		"folder gone":   {write("dir/sub", gittest.Gone), none},
		"empty folder":  {func(g *gittest.Repo) { os.Mkdir(g.Path("dir/empty"), 0o755) }, none},
		"link for file": {write("dir/a", "-> b"), none},
		"folder for file": {func(g *gittest.Repo) {
			g.Write(gittest.Files{"dir/a": gittest.Gone})
			g.Write(gittest.Files{"dir/a/a": "x"})
		}, none},
		"file for folder": {func(g *gittest.Repo) {
			g.Write(gittest.Files{"dir/sub": gittest.Gone})
			g.Write(gittest.Files{"dir/sub": "x"})
		}, none},
		"line ends": {write("dir/a", "one\r\n"), none},
		"assumed unchanged": {func(g *gittest.Repo) {
			g.Git("update-index", "--assume-unchanged", "dir/a")
			g.Write(gittest.Files{"dir/a": "two\n"})
		}, "added"},
		"skipped": {func(g *gittest.Repo) {
			g.Git("update-index", "--skip-worktree", "dir/a")
			g.Write(gittest.Files{"dir/a": "two\n"})
		}, "added"},
		"intended": {func(g *gittest.Repo) {
			g.Write(gittest.Files{"dir/new": "x"})
			g.Git("add", "-N", "dir/new")
		}, "added"},
		"staged only": {func(g *gittest.Repo) {
			g.Write(gittest.Files{"dir/a": "two\n"})
			g.Git("add", "dir/a")
			g.Write(gittest.Files{"dir/a": "one\n"})
		}, "HEAD:dir"},
		"conflict": {func(g *gittest.Repo) {
			blob := g.Git("rev-parse", "HEAD:dir/a")
			g.Pipe("0 "+strings.Repeat("0", 40)+"\tdir/a\n100644 "+blob+" 2\tdir/a\n", "update-index", "--index-info")
		}, none},
		"split index":  {func(g *gittest.Repo) { g.Git("update-index", "--split-index") }, none},
		"no index":     {func(g *gittest.Repo) { os.Remove(g.Path(".git/index")) }, none},
		"broken index": {func(g *gittest.Repo) { os.WriteFile(g.Path(".git/index"), []byte("DIRC"), 0o644) }, none},
	} {
		t.Run(what, func(t *testing.T) {
			g := gittest.Init(t)
			g.Commit("first", gittest.Files{"dir/a": "one\n", "dir/b": "b", "dir/sub/c": "c", "top": "one\n", ".gitignore": "*.tmp\n"})
			settle(t, g)
			c.change(g)
			got, beside := hashOf(t, openWork(t, g.Dir), "dir"), hashOf(t, openWork(t, g.Dir), ".")
			if c.want == none {
				if got != "" || beside != "" {
					t.Errorf("hash %q, of all %q", got, beside)
				}
				return
			}
			want := ""
			if c.want == "added" {
				g.Git("update-index", "--no-assume-unchanged", "dir/a")
				g.Git("update-index", "--no-skip-worktree", "dir/a")
				g.Git("add", "-A")
				want = g.Git("rev-parse", g.Git("write-tree")+":dir")
			} else {
				want = g.Git("rev-parse", c.want)
			}
			if got != want {
				t.Errorf("hash %q, want %q", got, want)
			}
		})
	}
}

// A file whose size and time are put back after a change is not believed, nor is
// one that may have changed in the moment in which the index was written.
func TestTimesCanLie(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/a": "one\n"})
	settle(t, g)
	change := func() {
		info, err := os.Stat(g.Path("dir/a"))
		if err != nil {
			t.Fatal(err)
		}
		g.Write(gittest.Files{"dir/a": "two\n"})
		if err := os.Chtimes(g.Path("dir/a"), info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	old := g.Git("rev-parse", "HEAD:dir")
	if runtime.GOOS == "linux" {
		change()
		if got := hashOf(t, openWork(t, g.Dir), "dir"); got == old {
			t.Error("a change with the old time is not seen")
		}
	}
	// Now only times are looked at, and the index is no newer than the file.
	g.Write(gittest.Files{"dir/a": "one\n"})
	g.Git("config", "core.trustCtime", "false")
	g.Git("update-index", "--refresh")
	info, err := os.Stat(g.Path("dir/a"))
	if err != nil {
		t.Fatal(err)
	}
	change()
	for what, written := range map[string]time.Time{"same": info.ModTime(), "older": info.ModTime().Add(-time.Second)} {
		if err := os.Chtimes(g.Path(".git/index"), written, written); err != nil {
			t.Fatal(err)
		}
		if got := hashOf(t, openWork(t, g.Dir), "dir"); got == old {
			t.Errorf("a change in the moment of writing is not seen: index %s", what)
		}
	}
}

// What git converted on checkout is what it was committed as.
func TestConvertedFilesAreUnchanged(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/a": "one\ntwo\n", "other/b": "1"})
	g.Git("config", "core.autocrlf", "true")
	g.Write(gittest.Files{"dir": gittest.Gone})
	g.Git("checkout", "--", "dir")
	if data, err := os.ReadFile(g.Path("dir/a")); err != nil || string(data) != "one\r\ntwo\r\n" {
		t.Fatalf("git wrote %q", data)
	}
	settle(t, g)
	if got := hashOf(t, openWork(t, g.Dir), "dir"); got != g.Git("rev-parse", "HEAD:dir") {
		t.Errorf("hash %q", got)
	}
	// Bytes that are read are those on disk.
	if data, err := openWork(t, g.Dir).Read("dir/a", 100); err != nil || string(data) != "one\r\ntwo\r\n" {
		t.Errorf("read %q, %v", data, err)
	}
	// Where attributes may change bytes, only the index can say anything.
	g.Commit("second", gittest.Files{"x/.gitattributes": "*.id ident\n"})
	settle(t, g)
	g.Write(gittest.Files{"other/b": "2"})
	if got := hashOf(t, openWork(t, g.Dir), "other"); got != "" {
		t.Errorf("hash %q in spite of attributes", got)
	}
}

func TestModesThatTheDiskDoesNotKnow(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/a": "one\n"})
	g.Git("config", "core.fileMode", "false")
	g.Git("update-index", "--chmod=+x", "dir/a")
	g.CommitIndex("second")
	settle(t, g)
	if got := hashOf(t, openWork(t, g.Dir), "dir"); got != g.Git("rev-parse", "HEAD:dir") {
		t.Errorf("hash %q", got)
	}
}

// A tree that is the same in another place is known by its hash there too.
func TestHashesAreComparable(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"platforms/a/x": "1", "platforms/a/d/y": "2", "platforms/b/x": "1"})
	if err := os.Rename(g.Path("platforms/a"), g.Path("platforms/moved")); err != nil {
		t.Fatal(err)
	}
	g.Git("add", "-A")
	settle(t, g)
	rev, w := openTree(t, g.Dir, "HEAD"), openWork(t, g.Dir)
	if got, want := hashOf(t, w, "platforms/moved"), hashOf(t, rev, "platforms/a"); got != want {
		t.Errorf("hash %q, want %q", got, want)
	}
	if got, want := hashOf(t, w, "platforms"), hashOf(t, rev, "platforms"); got == want || got == "" {
		t.Errorf("the moved folder makes no difference: %q", got)
	}
}

func TestFolderBehindALinkHasNoHash(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/a": "one\n"})
	if err := os.Rename(g.Path("dir"), filepath.Join(t.TempDir(), "dir")); err != nil {
		t.Fatal(err)
	}
	g.Write(gittest.Files{"dir": "-> elsewhere"})
	w := openWork(t, g.Dir)
	if got := hashOf(t, w, "dir"); got != "" {
		t.Errorf("hash %q", got)
	}
	_, err := w.Hash("dir/a")
	wantError(t, err, source.ErrSymlink, "dir/a", g.Dir)
}

// What was listed before is listed again without .git, whoever remembers it.
func TestListedAgainWithoutGit(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("all", gittest.Files{"a": "1"})
	whole, err := source.OpenDir(g.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	all, err := whole.List(".")
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	work := openWork(t, g.Dir)
	for _, known := range []source.Sizes{source.SizesOf(all), source.SizesOf(all[1:]), {}} {
		again, err := work.Relist(".", known)
		if err != nil || len(again) != 1 || again[0].Name != "a" || again[0].Size != 1 {
			t.Errorf("listed again as %+v, %v", again, err)
		}
	}
}
