package source

import (
	"os"
	"testing"
	"time"

	"hegui/internal/gittest"
)

func openWork(t testing.TB, dir string) *Work {
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
	g.Git("update-index", "-q", "--refresh")
	later := time.Now().Add(10 * time.Second)
	for _, name := range append(index, g.Path(".git/index"))[:1] {
		if err := os.Chtimes(name, later, later); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWorkHash(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a/b/one": "1", "a/b.c": "2", "a/two": "2", "a/link": "-> two", "run": "x"})
	if err := os.Chmod(g.Path("run"), 0o755); err != nil {
		t.Fatal(err)
	}
	g.Commit("second", gittest.Files{"平台/x y": "3"})
	settle(t, g)
	r := openRepo(t, g.Dir)
	rev := r.Tree(resolve(t, r, "HEAD"))
	w := openWork(t, g.Dir)
	for _, name := range []string{".", "a", "a/b", "平台", "a/b/one", "run"} {
		want, err := rev.Hash(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := w.Hash(name); err != nil || got != want {
			t.Errorf("Hash(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
}
