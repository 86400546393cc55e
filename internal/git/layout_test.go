package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

func TestNoRepository(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(dir)
	wantText(t, err, ErrNoRepo, "no git repository")
	_, err = Open(filepath.Join(dir, "gone"))
	wantError(t, err, fs.ErrNotExist, ".", dir)
	// An empty .git folder is not a repository; one with parts of it, or a .git file
	// that points nowhere, was one.
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir)
	wantText(t, err, ErrNoRepo, "no git repository")
	if err := os.Mkdir(filepath.Join(dir, ".git", "refs"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir)
	wantText(t, err, ErrDamaged, "lacks HEAD")
	file := t.TempDir()
	if err := os.WriteFile(filepath.Join(file, ".git"), []byte("gitdir: ../gone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Open(file)
	wantText(t, err, ErrDamaged, ".git file")
}

// Errors say nothing about where the repository lies.
func TestErrorsKeepThePlaceToThemselves(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	g.Pack()
	packs, err := filepath.Glob(g.Path(".git/objects/pack/*.idx"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	for _, damage := range []func(){
		func() { os.Chmod(packs[0], 0o644); os.WriteFile(packs[0], []byte("nonsense"), 0o644) },
		func() {
			os.WriteFile(packs[0], []byte("\xfftOc\x00\x00\x00\x02"+strings.Repeat("\x00\x00\xff\xff", 300)), 0o644)
		},
		func() { os.WriteFile(g.Path(".git/refs/heads/main"), []byte("nonsense\n"), 0o644) },
		func() { os.WriteFile(g.Path(".git/HEAD"), []byte("ref: ../../etc/passwd\n"), 0o644) },
		func() { os.WriteFile(g.Path(".git/config"), []byte("[core\n"), 0o644) },
	} {
		damage()
		r, err := Open(g.Dir)
		if err == nil {
			_, err = r.Resolve("HEAD")
			r.Close()
		}
		wantText(t, err, ErrDamaged, "git fsck")
		if strings.Contains(err.Error(), g.Dir) {
			t.Errorf("error %q contains the path of the repository", err)
		}
	}
}

func TestUnbornBranch(t *testing.T) {
	g := gittest.Init(t)
	r := openRepo(t, g.Dir)
	_, err := r.Resolve("HEAD")
	wantText(t, err, ErrNoRevision, "no commit yet: the branch main")
	_, err = r.Resolve("main")
	wantText(t, err, ErrNoRevision, `no revision "main"`)
	w := openWork(t, g.Dir)
	g.Write(gittest.Files{"a": "1"})
	if got, err := w.Hash("."); err != nil || got != "" {
		t.Errorf("hash %q, %v", got, err)
	}
	if got := everything(t, w); len(got) != 1 || got["a"] != "1" {
		t.Errorf("read %q", got)
	}
}

func TestBareHasNoWorkTree(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	bare := g.Clone("--bare")
	for _, dir := range []string{bare.Dir, bare.Path("refs/heads"), g.Path(".git"), g.Path(".git/objects")} {
		r := openRepo(t, dir)
		if _, err := r.WorkTree(); !errors.Is(err, ErrNoWorkTree) || r.Prefix() != "." {
			t.Errorf("%s: prefix %q, work tree %v", dir, r.Prefix(), err)
		}
		if got := everything(t, r.Tree(resolve(t, r, "HEAD"))); got["a"] != "1" {
			t.Errorf("%s: read %q", dir, got)
		}
	}
}

func TestDetachedHead(t *testing.T) {
	g := gittest.Init(t)
	first := g.Commit("first", nil)
	g.Commit("second", nil)
	g.Checkout(first)
	if c := resolve(t, openRepo(t, g.Dir), "HEAD"); c.Hash != first {
		t.Errorf("HEAD is %s", c.Hash)
	}
}

func TestUnsupportedRepositories(t *testing.T) {
	sha256 := gittest.Init(t, "--object-format=sha256")
	_, err := Open(sha256.Dir)
	wantText(t, err, ErrSHA256, "SHA-1 only")
	for config, want := range map[string]struct {
		kind error
		says string
	}{
		"extensions.refStorage=reftable": {ErrReftable, "git refs migrate"},
		"extensions.someday=true":        {ErrUnsupported, "someday"},
		"core.repositoryFormatVersion=2": {ErrUnsupported, "version 2"},
	} {
		g := gittest.Init(t)
		key, value, _ := strings.Cut(config, "=")
		g.Git("config", key, value)
		_, err := Open(g.Dir)
		wantText(t, err, want.kind, want.says)
	}
}

// A linked worktree has a HEAD and an index of its own and shares the rest.
func TestLinkedWorktree(t *testing.T) {
	g := gittest.Init(t)
	first := g.Commit("first", gittest.Files{"sub/a": "1"})
	g.Commit("second", gittest.Files{"sub/a": "2"})
	g.Git("update-ref", "refs/worktree/mark", first)
	linked := g.Worktree("HEAD~1")
	g.Pack()
	for _, dir := range []string{linked.Dir, linked.Path("sub")} {
		r := openRepo(t, dir)
		if c := resolve(t, r, "HEAD"); c.Hash != first {
			t.Errorf("HEAD is %s", c.Hash)
		}
		if c := resolve(t, r, "main~1"); c.Hash != first {
			t.Errorf("main~1 is %s", c.Hash)
		}
		_, err := r.Resolve("refs/worktree/mark")
		wantErrorOf(t, err, ErrNoRevision)
	}
	settle(t, linked, linked.Git("rev-parse", "--git-path", "index"))
	w := openWork(t, linked.Path("sub"))
	if got, err := w.Hash("."); err != nil || got != g.Git("rev-parse", "HEAD~1:sub") {
		t.Errorf("hash %q, %v", got, err)
	}
	if got := everything(t, w); got["a"] != "1" {
		t.Errorf("read %q", got)
	}
}

// In a submodule it is the submodule that is read; from outside there is
// nothing in it.
func TestSubmodule(t *testing.T) {
	inner := gittest.Init(t)
	inner.Commit("inner", gittest.Files{"deep/secret": "inner"})
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	g.Submodule(inner, "libs/sub")
	g.CommitIndex("second")
	settle(t, g)
	r := openRepo(t, g.Path("libs"))
	if r.Prefix() != "libs" {
		t.Errorf("prefix %q", r.Prefix())
	}
	w := openWork(t, g.Dir)
	for name, tree := range map[string]source.Tree{"revision": openTree(t, g.Dir, "HEAD"), "work tree": w} {
		if e, err := tree.Stat("libs/sub"); err != nil || e.Kind != source.Other {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
		_, err := tree.List("libs/sub")
		wantError(t, err, source.ErrNotDir, "libs/sub", g.Dir)
		_, err = tree.Read("libs/sub", 10)
		wantError(t, err, source.ErrNotRegular, "libs/sub", g.Dir)
		for _, inside := range []string{"libs/sub/deep/secret", "libs/sub/deep", "libs/sub/gone"} {
			_, err = tree.Stat(inside)
			wantError(t, err, fs.ErrNotExist, inside, g.Dir)
			_, err = tree.Read(inside, 10)
			wantError(t, err, fs.ErrNotExist, inside, g.Dir)
			_, err = tree.List(inside)
			wantError(t, err, fs.ErrNotExist, inside, g.Dir)
		}
		if entries, err := tree.List("libs"); err != nil || len(entries) != 1 || entries[0].Kind != source.Other {
			t.Errorf("%s: %v, %v", name, entries, err)
		}
	}
	if got, err := w.Hash("."); err != nil || got != g.Git("rev-parse", "HEAD^{tree}") {
		t.Errorf("hash %q, %v", got, err)
	}
	sub := openRepo(t, g.Path("libs/sub/deep"))
	if sub.Prefix() != "deep" {
		t.Errorf("prefix %q", sub.Prefix())
	}
	if got := everything(t, sub.Tree(resolve(t, sub, "HEAD"))); got["secret"] != "inner" {
		t.Errorf("read %q", got)
	}
}

func openTree(t *testing.T, dir, rev string) *Revision {
	t.Helper()
	r := openRepo(t, dir)
	return r.Tree(resolve(t, r, rev))
}

// Git's own folder is not part of the work tree.
func TestGitsFolderIsHidden(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	w := openWork(t, g.Dir)
	if entries, err := w.List("."); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
	for _, name := range []string{".git", ".git/config", ".GIT/config"} {
		_, err := w.Stat(name)
		wantError(t, err, fs.ErrNotExist, name, g.Dir)
		_, err = w.Read(name, 1000)
		wantError(t, err, fs.ErrNotExist, name, g.Dir)
		_, err = w.List(name)
		wantError(t, err, fs.ErrNotExist, name, g.Dir)
	}
}

// Files in a work tree are never taken for a repository, however they are
// arranged: a pull request could forge a history.
func TestBareRepositoryInAWorkTreeIsNone(t *testing.T) {
	g := gittest.Init(t)
	want := g.Commit("first", gittest.Files{"a": "1"})
	planted := gittest.Init(t, "--bare")
	if err := os.CopyFS(g.Path("city"), os.DirFS(planted.Dir)); err != nil {
		t.Fatal(err)
	}
	r := openRepo(t, g.Path("city/refs"))
	if c := resolve(t, r, "HEAD"); c.Hash != want || r.Prefix() != "city/refs" {
		t.Errorf("HEAD is %s at %s", c.Hash, r.Prefix())
	}
}

func TestShallowClone(t *testing.T) {
	g := gittest.Init(t)
	base := g.Commit("base", gittest.Files{"a": "1"})
	g.Branch("topic")
	g.Commit("more", gittest.Files{"b": "1"})
	g.Commit("still more", gittest.Files{"b": "2"})
	g.Checkout("main")
	g.Commit("elsewhere", gittest.Files{"c": "1"})
	full := g.PullRequest(1, "main", "topic")
	clone := g.Clone("--depth=1", "--no-single-branch")
	clone.Git("fetch", "-q", "--depth=1", "origin", "refs/pull/1/merge:refs/remotes/pull/1/merge")
	r := openRepo(t, clone.Dir)
	if !r.Shallow() {
		t.Error("not seen to be shallow")
	}
	merge := resolve(t, r, "pull/1/merge")
	if merge.Hash != full || len(merge.Parents) != 2 {
		t.Errorf("%+v", merge)
	}
	if got := everything(t, r.Tree(merge)); len(got) != 3 {
		t.Errorf("read %q", got)
	}
	for _, rev := range []string{"HEAD~1", "pull/1/merge^2", base, "origin/gone", "v1"} {
		_, err := r.Resolve(rev)
		wantText(t, err, ErrNoRevision, "fetch-depth: 0")
		wantErrorOf(t, err, ErrShallow)
	}
	_, err := r.MergeBases(resolve(t, r, "origin/main"), resolve(t, r, "origin/topic"))
	wantText(t, err, ErrShallow, "fetch-depth: 0")
	_, err = r.LastBefore(resolve(t, r, "HEAD"), gittest.Start())
	wantText(t, err, ErrShallow, "fetch-depth: 0")
	clone.Git("fetch", "-q", "--unshallow")
	r = openRepo(t, clone.Dir)
	if bases, err := r.MergeBases(resolve(t, r, "origin/main"), resolve(t, r, "origin/topic")); err != nil || len(bases) != 1 || bases[0].Hash != base {
		t.Errorf("%v, %v", bases, err)
	}
	_, err = r.Resolve("origin/gone")
	if errors.Is(err, ErrShallow) {
		t.Errorf("a complete clone is called shallow: %v", err)
	}
}

// What a partial clone lacks is never taken for absent, and the advice works.
func TestPartialClone(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/a": "1", "dir/b": "2"})
	g.Commit("second", gittest.Files{"dir/a": "3"})
	for filter, missing := range map[string]string{"blob:none": "dir/a", "tree:0": "dir"} {
		clone := g.Clone("--no-checkout", "--filter="+filter)
		r := openRepo(t, clone.Dir)
		tree := r.Tree(resolve(t, r, "HEAD~1"))
		_, err := tree.Read("dir/a", 10)
		wantError(t, err, ErrPartial, "dir/a", clone.Dir)
		wantText(t, err, ErrPartial, "git cat-file -e ")
		if errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: what is missing reads as absent", missing)
		}
		_, err = tree.List("dir")
		wantErrorOf(t, err, ErrPartial)
		_, err = tree.Stat("dir/a")
		wantErrorOf(t, err, ErrPartial)
		if filter == "blob:none" {
			_, err = tree.Stat("dir/gone")
			wantErrorOf(t, err, fs.ErrNotExist)
			if got, err := tree.Hash("dir/a"); err != nil || got != g.Git("rev-parse", "HEAD~1:dir/a") {
				t.Errorf("hash %q, %v", got, err)
			}
		}
		for range 5 {
			_, err = tree.Read("dir/a", 10)
			if err == nil {
				break
			}
			_, advice, _ := strings.Cut(err.Error(), "git cat-file -e ")
			clone.Git("cat-file", "-e", strings.Fields(advice)[0])
		}
		if data, err := tree.Read("dir/a", 10); err != nil || string(data) != "1" {
			t.Errorf("%s: read %q, %v after the advice", filter, data, err)
		}
	}
}

// Objects may be borrowed, also from one that borrows them itself, and from a
// place that is named from here.
func TestBorrowedObjects(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	first := g.Clone("--shared")
	first.Commit("second", gittest.Files{"b": "2"})
	second := first.Clone("--shared")
	for what, change := range map[string]func(string) string{
		"absolute": func(to string) string { return to },
		"relative": func(to string) string {
			below, err := filepath.Rel(second.Path(".git/objects"), strings.TrimSpace(to))
			if err != nil {
				t.Fatal(err)
			}
			return "# a comment\n" + below + "\n"
		},
	} {
		file := second.Path(".git/objects/info/alternates")
		to, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(change(string(to))), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := everything(t, openTree(t, second.Dir, "HEAD")); got["a"] != "1" || got["b"] != "2" {
			t.Errorf("%s: read %q", what, got)
		}
		if err := os.WriteFile(file, to, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// Two that borrow from each other do not loop forever.
	if err := os.WriteFile(g.Path(".git/objects/info/alternates"), []byte(second.Path(".git/objects")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := openRepo(t, second.Dir).Resolve("gone")
	wantErrorOf(t, err, ErrNoRevision)
}

func TestSparseCheckout(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"top": "0", "a/x": "1", "b/y": "2", "b/c/z": "3"})
	clone := g.CloneSparse("b")
	if value, err := clone.Try("config", "extensions.worktreeConfig"); err != nil || value != "true" {
		t.Fatalf("the clone has no configuration of its work tree: %s", value)
	}
	settle(t, clone)
	r := openRepo(t, clone.Dir)
	if got := everything(t, r.Tree(resolve(t, r, "HEAD"))); len(got) != 4 {
		t.Errorf("read %q", got)
	}
	w := openWork(t, clone.Dir)
	// What the checkout leaves out is there all the same.
	if got := everything(t, w); len(got) != 4 {
		t.Errorf("the work tree has %q", got)
	}
	// A folder has a hash only if all of it is on disk.
	for name, want := range map[string]string{"b": clone.Git("rev-parse", "HEAD:b"), ".": ""} {
		if got, err := w.Hash(name); err != nil || got != want {
			t.Errorf("Hash(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
	// A sparse index lists folders that are not there; nothing can be said.
	clone.Git("sparse-checkout", "init", "--cone", "--sparse-index")
	if got, err := openWork(t, clone.Dir).Hash("b"); err != nil || got != "" {
		t.Errorf("by a sparse index the hash is %q, %v", got, err)
	}
}

// A repository that git packs while it is read is read on.
func TestPackedMeanwhile(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	g.Pack()
	second := g.Commit("second", gittest.Files{"a": "2"})
	r := openRepo(t, g.Dir)
	tree := r.Tree(resolve(t, r, second))
	g.Git("gc", "-q", "--prune=now")
	if data, err := tree.Read("a", 10); err != nil || string(data) != "2" {
		t.Errorf("read %q, %v", data, err)
	}
}

func TestRewrittenHistory(t *testing.T) {
	g := gittest.Init(t)
	root := g.Commit("root", gittest.Files{"a": "1"})
	old := g.Commit("old", gittest.Files{"a": "2"})
	g.Git("reset", "-q", "--hard", root)
	g.Commit("new", gittest.Files{"a": "3"})
	g.Branch("orphan")
	g.Git("checkout", "-q", "--orphan", "lonely")
	g.Commit("lonely", gittest.Files{"a": "4"})
	r := openRepo(t, g.Dir)
	if bases, err := r.MergeBases(resolve(t, r, old), resolve(t, r, "main")); err != nil || len(bases) != 1 || bases[0].Hash != root {
		t.Errorf("%v, %v", bases, err)
	}
	_, err := r.MergeBases(resolve(t, r, "lonely"), resolve(t, r, "main"))
	wantText(t, err, ErrUnrelated, "no common ancestor")
}

// Reading changes nothing: neither the work tree nor anything of git's.
func TestNothingIsWritten(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"a": "1"})
	g.Write(gittest.Files{"a": "2"})
	before := inventory(t, g.Dir)
	r := openRepo(t, g.Dir)
	everything(t, r.Tree(resolve(t, r, "HEAD")))
	w := openWork(t, g.Dir)
	everything(t, w)
	if _, err := w.Hash("."); err != nil {
		t.Fatal(err)
	}
	if after := inventory(t, g.Dir); before != after {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func inventory(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			all.WriteString(strings.Join([]string{name, info.Mode().String(), info.ModTime().String()}, " ") + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
