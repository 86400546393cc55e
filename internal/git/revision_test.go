package git

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"hegui/internal/gittest"
	"hegui/internal/source"
)

// What git itself lists and prints is what a revision lists and reads.
func TestRevisionIsWhatGitSees(t *testing.T) {
	g := gittest.Init(t)
	for i := range 6 {
		files := gittest.Files{
			".gitattributes": "*.crlf text eol=crlf\n*.id ident\n",
			"a.crlf":         fmt.Sprint("x\r\n", i, "\r\n"),
			"a.id":           "$Id$",
			"new\nline":      "1",
			"dir.between":    "sorts before dir/",
			"dir/x":          "1",
			"dir0":           "sorts after dir/",
			"link":           "-> dir",
			"empty":          "",
		}
		for j := range 20 {
			files[fmt.Sprintf("dir-%d/sub dir/平台%d.yaml", j%3, j)] = strings.Repeat(fmt.Sprint("line ", j%7, "\n"), j*i*10) + fmt.Sprint(j)
		}
		g.Commit("more", files)
	}
	g.Pack()
	g.Commit("loose", gittest.Files{"loose": "1", "dir": gittest.Gone})
	r := openRepo(t, g.Dir)
	for _, rev := range []string{"HEAD", "HEAD~1", "HEAD~4"} {
		tree := r.Tree(resolve(t, r, rev))
		want := map[string]string{}
		for name, e := range listed(t, g, rev) {
			want[name] = e.content
			if e.mode == "120000" {
				want[name] = "kind 2"
			} else if got, err := tree.Hash(name); err != nil || got != e.hash {
				t.Errorf("Hash(%q) = %q, %v; want %q", name, got, err, e.hash)
			}
		}
		if got := everything(t, tree); !maps.Equal(got, want) {
			t.Errorf("%s reads as %q, want %q", rev, got, want)
		}
		if got, err := tree.Hash("dir-0/sub dir"); err != nil || got != g.Git("rev-parse", rev+":dir-0/sub dir") {
			t.Errorf("the folder's hash at %s is %q, %v", rev, got, err)
		}
	}
}

type listing struct{ mode, hash, content string }

// listed is what git says of all files of a revision.
func listed(t *testing.T, g *gittest.Repo, rev string) map[string]listing {
	t.Helper()
	found := map[string]listing{}
	var hashes []string
	lines := strings.Split(strings.Trim(g.Git("ls-tree", "-r", "-z", rev), "\x00"), "\x00")
	for _, line := range lines {
		hashes = append(hashes, strings.Fields(line)[2])
	}
	contents := g.Pipe(strings.Join(hashes, "\n")+"\n", "cat-file", "--batch") + "\n"
	for i, line := range lines {
		meta, name, _ := strings.Cut(line, "\t")
		head, rest, _ := strings.Cut(contents, "\n")
		size, err := strconv.Atoi(strings.Fields(head)[2])
		if err != nil {
			t.Fatal(err)
		}
		found[name] = listing{strings.Fields(meta)[0], hashes[i], rest[:size]}
		contents = rest[size+1:]
	}
	return found
}

func TestRevisionModes(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"same": "x", "run": "x", "link": "-> x"})
	g.Git("update-index", "--chmod=+x", "run")
	g.Git("update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,sub")
	g.CommitIndex("second")
	r := openRepo(t, g.Dir)
	tree := r.Tree(resolve(t, r, "HEAD"))
	for name, kind := range map[string]source.Kind{"same": source.File, "run": source.File, "link": source.Symlink, "sub": source.Other} {
		if e, err := tree.Stat(name); err != nil || e.Kind != kind {
			t.Errorf("Stat(%q) = %+v, %v", name, e, err)
		}
	}
	same, _ := tree.Hash("same")
	run, _ := tree.Hash("run")
	if same == run {
		t.Error("a mode makes no difference")
	}
	_, err := tree.Read("sub", 10)
	wantErrorOf(t, err, source.ErrNotRegular)
	_, err = tree.List("sub")
	wantErrorOf(t, err, source.ErrNotDir)
	_, err = tree.Read("sub/file", 10)
	wantErrorOf(t, err, fs.ErrNotExist)
}

// rawEntry is an entry of a tree as git stores it.
func rawEntry(t *testing.T, mode, name, hash string) string {
	t.Helper()
	bytes, err := hex.DecodeString(hash)
	if err != nil {
		t.Fatal(err)
	}
	return mode + " " + name + "\x00" + string(bytes)
}

// Trees that git would never write must not point outside the tree, hide one entry
// behind another or crash the reader.
func TestHostileTrees(t *testing.T) {
	g := gittest.Init(t)
	blob := g.Pipe("secret", "hash-object", "-w", "--stdin")
	entry := func(mode, name string) string { return rawEntry(t, mode, name, blob) }
	for what, data := range map[string]string{
		"empty name": entry("100644", ""), "dot": entry("100644", "."), "parent": entry("40000", ".."),
		"git": entry("40000", ".git"), "Git": entry("40000", ".GiT"), "slash": entry("100644", "a/b"),
		"absolute": entry("100644", "/etc/passwd"), "twice": entry("100644", "a") + entry("40000", "a"),
		"cut off": entry("100644", "a")[:20], "no mode": "a\x00", "bad mode": entry("1x", "a"),
		"no space": "100644", "no hash": "100644 a\x00",
	} {
		hash := g.Pipe(data, "hash-object", "-t", "tree", "-w", "--stdin", "--literally")
		outer := g.Pipe("040000 tree "+hash+"\tdir\n", "mktree")
		commit := g.Git("commit-tree", "-m", what, outer)
		r := openRepo(t, g.Dir)
		tree := r.Tree(resolve(t, r, commit))
		_, err := tree.List("dir")
		wantError(t, err, ErrDamaged, "dir", g.Dir)
		wantText(t, err, ErrDamaged, "")
		_, err = tree.Read("dir/a", 100)
		wantError(t, err, ErrDamaged, "dir/a", g.Dir)
		if entries, err := tree.List("."); err != nil || len(entries) != 1 {
			t.Errorf("%s: List(.) = %v, %v", what, entries, err)
		}
	}
}

// An entry whose mode and object disagree is neither a file nor a folder.
func TestLyingModes(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"dir/file": "1"})
	blob, dir := g.Git("rev-parse", "HEAD:dir/file"), g.Git("rev-parse", "HEAD:dir")
	lie := g.Pipe(rawEntry(t, "40000", "dir", blob)+rawEntry(t, "100644", "file", dir), "hash-object", "-t", "tree", "-w", "--stdin", "--literally")
	r := openRepo(t, g.Dir)
	tree := r.Tree(resolve(t, r, g.Git("commit-tree", "-m", "lie", lie)))
	_, err := tree.List("dir")
	wantErrorOf(t, err, ErrDamaged)
	_, err = tree.Read("file", 1000)
	wantErrorOf(t, err, ErrDamaged)
}

func TestLargeBlobsAreRefusedUninflated(t *testing.T) {
	g := gittest.Init(t)
	large := strings.Repeat("0123456789abcdef", 1<<16)
	g.Commit("first", gittest.Files{"large": large})
	g.Commit("second", gittest.Files{"large": large + "and more"})
	for _, packed := range []bool{false, true} {
		if packed {
			g.Pack()
		}
		r := openRepo(t, g.Dir)
		for _, rev := range []string{"HEAD", "HEAD~1"} {
			tree := r.Tree(resolve(t, r, rev))
			_, err := tree.Read("large", int64(len(large))-1)
			wantError(t, err, source.ErrTooLarge, "large", g.Dir)
			if data, err := tree.Read("large", 1<<21); err != nil || !strings.HasPrefix(string(data), large) {
				t.Errorf("read %d bytes, %v", len(data), err)
			}
		}
	}
}

func TestRevisionIsSafeForConcurrentUse(t *testing.T) {
	g := gittest.Init(t)
	files := gittest.Files{}
	for i := range 60 {
		files[fmt.Sprintf("d%d/f%d", i%6, i)] = strings.Repeat(fmt.Sprint("line ", i%5, "\n"), 300+i)
	}
	g.Commit("first", files)
	g.Pack()
	r := openRepo(t, g.Dir)
	tree := r.Tree(resolve(t, r, "HEAD"))
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for name, want := range files {
				if data, err := tree.Read(name, 1<<20); err != nil || string(data) != want {
					t.Errorf("Read(%q) = %d bytes, %v", name, len(data), err)
				}
			}
		})
	}
	readers.Wait()
}

// Looking at one platform must not read the others.
func TestOnlyWhatIsAskedForIsRead(t *testing.T) {
	g := gittest.Init(t)
	files := gittest.Files{}
	for i := range 50 {
		files[fmt.Sprintf("platforms/p%d/platform.yaml", i)] = fmt.Sprint(i)
	}
	g.Commit("first", files)
	keep := map[string]bool{}
	for _, rev := range []string{"HEAD", "HEAD^{tree}", "HEAD:platforms", "HEAD:platforms/p7", "HEAD:platforms/p7/platform.yaml"} {
		keep[g.Git("rev-parse", rev)] = true
	}
	for line := range strings.SplitSeq(g.Git("rev-list", "--objects", "HEAD"), "\n") {
		if hash, _, _ := strings.Cut(line, " "); !keep[hash] {
			if err := os.Remove(g.Path(path.Join(".git/objects", hash[:2], hash[2:]))); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := openRepo(t, g.Dir)
	tree := r.Tree(resolve(t, r, "HEAD"))
	if data, err := tree.Read("platforms/p7/platform.yaml", 10); err != nil || string(data) != "7" {
		t.Errorf("read %q, %v", data, err)
	}
	if entries, err := tree.List("platforms"); err != nil || len(entries) != 50 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	_, err := tree.List("platforms/p8")
	wantError(t, err, ErrDamaged, "platforms/p8", g.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		t.Error("a missing folder reads as none")
	}
}

func TestCaseOnlyRenamesAreTwoNames(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"Dir/a": "1"})
	g.Git("mv", "Dir", "tmp")
	g.Git("mv", "tmp", "dir")
	g.CommitIndex("second")
	r := openRepo(t, g.Dir)
	for rev, want := range map[string]string{"HEAD~1": "Dir", "HEAD": "dir"} {
		entries, err := r.Tree(resolve(t, r, rev)).List(".")
		if err != nil || len(entries) != 1 || entries[0].Name != want {
			t.Errorf("%s lists %v, %v", rev, entries, err)
		}
	}
}

func TestPrefix(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("first", gittest.Files{"top": "0"})
	g.Commit("second", gittest.Files{"城市/sub dir/platforms/a": "1"})
	r := openRepo(t, g.Path("城市/sub dir"))
	if r.Prefix() != "城市/sub dir" {
		t.Errorf("prefix %q", r.Prefix())
	}
	tree := r.Tree(resolve(t, r, "HEAD"))
	if got, want := everything(t, tree), map[string]string{"platforms/a": "1"}; !maps.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
	if got, _ := tree.Hash("platforms"); got != g.Git("rev-parse", "HEAD:城市/sub dir/platforms") {
		t.Errorf("hash %q", got)
	}
	_, err := tree.Read("../../top", 10)
	wantError(t, err, source.ErrOutside, "../../top", g.Dir)
	// The folder was not there yet.
	_, err = r.Tree(resolve(t, r, "HEAD~1")).List(".")
	wantError(t, err, fs.ErrNotExist, ".", g.Dir)
	w := openWork(t, g.Path("城市/sub dir"))
	settle(t, g)
	if got, err := w.Hash("platforms"); err != nil || got != g.Git("rev-parse", "HEAD:城市/sub dir/platforms") {
		t.Errorf("hash %q, %v", got, err)
	}
	if got := slices.Sorted(maps.Keys(everything(t, w))); !slices.Equal(got, []string{"platforms/a"}) {
		t.Errorf("the work tree has %q", got)
	}
}
