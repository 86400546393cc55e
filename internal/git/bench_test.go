package git

import (
	"fmt"
	"os/exec"
	"path"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

// platforms makes a repository of two commits in one pack: n folders of m files
// with some lines each, of which the second commit changes one.
func platforms(b *testing.B, n, m, lines int) *gittest.Repo {
	b.Helper()
	g := gittest.Init(b)
	var in strings.Builder
	commit := func() {
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter c <c@example.com> %d +0800\ndata 1\nx\n", gittest.Start().Unix())
	}
	file := func(i, j, version int) {
		var text strings.Builder
		for line := range lines {
			fmt.Fprintf(&text, "key_%d: value %d of file %d\n", line, line*i*version, j)
		}
		fmt.Fprintf(&in, "M 100644 inline platforms/bureau-%02d/p-%06d/topic-%02d.yaml\ndata %d\n%s\n", i%20, i, j, text.Len(), &text)
	}
	commit()
	for i := range n {
		for j := range m {
			file(i, j, 1)
		}
	}
	commit()
	file(n/2, 0, 2)
	g.Pipe(in.String(), "fast-import", "--quiet")
	g.Pack()
	return g
}

// BenchmarkOneChange is what a gate on a large repository pays for reading git
// at all: opening it, finding two revisions and their base, and the one file in
// which they differ.
func BenchmarkOneChange(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("platforms=%d", n), func(b *testing.B) {
			g := platforms(b, n, 10, 40)
			for b.Loop() {
				r, err := Open(g.Dir)
				if err != nil {
					b.Fatal(err)
				}
				head, base := resolve(b, r, "main"), resolve(b, r, "main~1")
				if _, err := r.MergeBases(base, head); err != nil {
					b.Fatal(err)
				}
				if changed := differences(b, r.Tree(base), r.Tree(head), "."); len(changed) != 1 {
					b.Fatalf("changed: %q", changed)
				}
				r.Close()
			}
		})
	}
}

// differences are the files in which two trees differ, both read.
func differences(t testing.TB, a, b *Revision, dir string) (changed []string) {
	t.Helper()
	entries, err := b.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		x, err := a.Hash(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		if y, err := b.Hash(e.Path); err != nil || x == y {
			continue
		}
		if e.Kind == source.Dir {
			changed = append(changed, differences(t, a, b, e.Path)...)
			continue
		}
		for _, tree := range []source.Tree{a, b} {
			if _, err := tree.Read(e.Path, 1<<20); err != nil {
				t.Fatal(err)
			}
		}
		changed = append(changed, e.Path)
	}
	return changed
}

// BenchmarkReadAll prints how much longer it takes to read all of a revision
// than all of the work tree, with as many workers.
func BenchmarkReadAll(b *testing.B) {
	g := platforms(b, 1000, 10, 40)
	g.Checkout("main")
	var revision, disk time.Duration
	for b.Loop() {
		r, err := Open(g.Dir)
		if err != nil {
			b.Fatal(err)
		}
		w, err := r.WorkTree()
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		readAll(b, r.Tree(resolve(b, r, "main")))
		revision += time.Since(start)
		start = time.Now()
		readAll(b, w)
		disk += time.Since(start)
		w.Close()
		r.Close()
	}
	b.ReportMetric(float64(revision)/float64(disk), "revision/disk")
}

func readAll(b *testing.B, tree source.Tree) {
	b.Helper()
	files := make(chan string, 100)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for dir := range files {
				entries, err := tree.List(dir)
				if err != nil {
					b.Error(err)
				}
				for _, e := range entries {
					if _, err := tree.Read(e.Path, 1<<20); err != nil {
						b.Error(err)
					}
				}
			}
		})
	}
	bureaus, err := tree.List("platforms")
	if err != nil {
		b.Fatal(err)
	}
	for _, bureau := range bureaus {
		inside, err := tree.List(bureau.Path)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range inside {
			files <- path.Join(bureau.Path, e.Name)
		}
	}
	close(files)
	workers.Wait()
}

// BenchmarkWork prints how much longer than git status it takes to know that
// nothing in a large work tree has changed.
func BenchmarkWork(b *testing.B) {
	g := platforms(b, 10_000, 20, 1)
	g.Checkout("main")
	settle(b, g)
	var ours, status time.Duration
	for b.Loop() {
		start := time.Now()
		r, err := Open(g.Dir)
		if err != nil {
			b.Fatal(err)
		}
		w, err := r.WorkTree()
		if err != nil {
			b.Fatal(err)
		}
		got, err := w.Hash("platforms")
		if err != nil {
			b.Fatal(err)
		}
		want, err := r.Tree(resolve(b, r, "HEAD")).Hash("platforms")
		if err != nil || got != want {
			b.Fatalf("hash %q, want %q, %v", got, want, err)
		}
		ours += time.Since(start)
		w.Close()
		r.Close()
		start = time.Now()
		// Nothing is written: the index stays as it is.
		command := exec.Command("git", "--no-optional-locks", "status", "--porcelain")
		command.Dir, command.Env = g.Dir, gittest.Env(gittest.Start())
		if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
			b.Fatalf("git status: %v\n%s", err, out)
		}
		status += time.Since(start)
	}
	b.ReportMetric(float64(ours)/float64(status), "git-status")
}
