package git

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

// openRepo opens a repository for a test.
func openRepo(t testing.TB, dir string) *Repo {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func resolve(t testing.TB, r *Repo, rev string) Commit {
	t.Helper()
	c, err := r.Resolve(rev)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// wantText checks the kind of an error, that its text is in both languages, and
// that it contains says.
func wantText(t *testing.T, err, kind error, says string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, want %v", err, kind)
	}
	var told *Error
	if !errors.As(err, &told) {
		t.Fatalf("%T %v has no text", err, err)
	}
	if told.Text().ZH == "" || told.Text().ZH == told.Text().EN || !strings.Contains(told.Text().EN, says) {
		t.Errorf("text %+v does not say %q", told.Text(), says)
	}
}

// wantError checks that an error is want, names its path and does not contain the
// path of the tree.
func wantError(t *testing.T, err, want error, name, root string) {
	t.Helper()
	wantErrorOf(t, err, want)
	var pathError *fs.PathError
	if !errors.As(err, &pathError) {
		t.Fatalf("%q: %T names no path", name, err)
	}
	if strings.Contains(err.Error(), root) {
		t.Errorf("%q: error %q contains the path of the tree", name, err)
	}
}

func wantErrorOf(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

// everything lists all files of a tree with their contents.
func everything(t testing.TB, tree source.Tree) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := source.Walk(tree, ".", func(e source.Entry, err error) error {
		if err != nil || e.Kind == source.Dir {
			return err
		}
		if e.Kind != source.File {
			found[e.Path] = "kind " + string('0'+rune(e.Kind))
			return nil
		}
		data, err := tree.Read(e.Path, 1<<20)
		if int64(len(data)) != e.Size {
			t.Errorf("%s has %d bytes, List says %d", e.Path, len(data), e.Size)
		}
		found[e.Path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRevisionOfEveryStorage(t *testing.T) {
	files := gittest.Files{"a/b/平台 one.yaml": "one\n", "a/two": strings.Repeat("two\n", 500), "crlf": "a\r\nb\r\n", "link": "-> a"}
	build := func(t *testing.T) *gittest.Repo {
		g := gittest.Init(t)
		g.Commit("first", files)
		g.Commit("second", gittest.Files{"a/two": strings.Repeat("two\n", 499) + "three\n", "z": "z"})
		return g
	}
	for name, dir := range map[string]func(*gittest.Repo) string{
		"loose":    func(g *gittest.Repo) string { return g.Dir },
		"packed":   func(g *gittest.Repo) string { g.Pack(); return g.Dir },
		"dotgit":   func(g *gittest.Repo) string { return g.Path(".git") },
		"bare":     func(g *gittest.Repo) string { return g.Clone("--bare").Dir },
		"shared":   func(g *gittest.Repo) string { return g.Clone("--shared").Dir },
		"worktree": func(g *gittest.Repo) string { return g.Worktree("HEAD").Dir },
		"sparse":   func(g *gittest.Repo) string { return g.CloneSparse("a/b").Dir },
		"blobless, all fetched": func(g *gittest.Repo) string {
			return g.Clone("--filter=blob:none").Dir
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := build(t)
			r := openRepo(t, dir(g))
			got := everything(t, r.Tree(resolve(t, r, "main")))
			if got["a/b/平台 one.yaml"] != "one\n" || got["crlf"] != "a\r\nb\r\n" || got["link"] != "kind 2" ||
				!strings.HasSuffix(got["a/two"], "three\n") || len(got) != 5 {
				t.Errorf("read %q", got)
			}
		})
	}
}
