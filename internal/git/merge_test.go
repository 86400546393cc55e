package git

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"hegui/internal/gittest"
	"hegui/internal/source"
	"hegui/internal/trial"
)

// someChange changes a few files by chance: it adds, removes, rewrites and edits
// them, and puts folders in the place of files.
func someChange(random *rand.Rand, g *gittest.Repo, message string) string {
	files := gittest.Files{}
	for range 1 + random.IntN(3) {
		name := []string{"a", "b", "dir/c", "dir/d", "dir/sub/e", "dir-f", "g/h"}[random.IntN(7)]
		switch content, kind := numberedLines(random), random.IntN(8); {
		case kind == 0:
			files[name] = gittest.Gone
		case kind == 1 && strings.Contains(name, "/"):
			files[name[:strings.LastIndex(name, "/")]] = gittest.Gone
		default:
			files[name] = content
		}
	}
	return g.Commit(message, files)
}

// numberedLines are twelve lines of which one by chance is not as in all others.
func numberedLines(random *rand.Rand) string {
	var out strings.Builder
	changed := random.IntN(12)
	for i := range 12 {
		if fmt.Fprintf(&out, "line %d", i); i == changed {
			fmt.Fprintf(&out, " is %d", random.IntN(3))
		}
		out.WriteString("\n")
	}
	return out.String()
}

// What merges here merges in git as well, and to the same tree.
func TestMergeIsGitsOwn(t *testing.T) {
	random := trial.Random(t)
	clean, refused := 0, 0
	g := gittest.Init(t)
	for i := range trial.Tries(t, 15) {
		g.Git("checkout", "-q", "--orphan", fmt.Sprint("fresh", i))
		someChange(random, g, "base")
		base := someChange(random, g, "more")
		g.Branch("ours", base)
		ours := someChange(random, g, "ours")
		g.Branch("theirs", base)
		theirs := someChange(random, g, "theirs")
		r := openRepo(t, g.Dir)
		merged, err := r.Merge(resolve(t, r, ours), resolve(t, r, theirs))
		g.Git("checkout", "-q", ours)
		_, failed := g.Try("-c", "merge.renames=false", "merge", "-q", "--no-ff", "-m", "merged", theirs)
		switch {
		case err != nil:
			refused++
			wantErrorOf(t, err, ErrConflict)
			g.Try("merge", "--abort")
		case failed != nil:
			t.Errorf("merged, and git says %v of %s and %s", failed, ours, theirs)
			g.Try("merge", "--abort")
		default:
			clean++
			wantTree(t, merged, g.Git("rev-parse", "HEAD^{tree}"))
		}
		g.Git("reset", "-q", "--hard")
		g.Git("branch", "-qD", "ours", "theirs")
	}
	if clean == 0 || refused == 0 {
		t.Errorf("%d merged, %d refused", clean, refused)
	}
}

func wantTree(t *testing.T, got source.Hashed, want string) {
	t.Helper()
	if hash, err := got.Hash("."); err != nil || hash != want {
		t.Errorf("the merged tree is %s %v, git's is %s", hash, err, want)
	}
}

func TestMerge(t *testing.T) {
	ten := "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
	for _, c := range []struct {
		name               string
		base, ours, theirs gittest.Files
		conflict           string // the path, "" for none
	}{
		{"one side each", gittest.Files{"a": "1", "d/b": "1"}, gittest.Files{"a": "2"}, gittest.Files{"d/b": "2", "d/c": "3"}, ""},
		{"lines of one file", gittest.Files{"a": ten}, gittest.Files{"a": "0\n" + ten}, gittest.Files{"a": ten + "10\n"}, ""},
		{"the same on both sides", gittest.Files{"a": "1"}, gittest.Files{"a": "2", "b": "1"}, gittest.Files{"a": "2", "b": "1"}, ""},
		{"one line", gittest.Files{"d/a": "1\n"}, gittest.Files{"d/a": "2\n"}, gittest.Files{"d/a": "3\n"}, "d/a"},
		{"both add", nil, gittest.Files{"a": "2\n"}, gittest.Files{"a": "3\n"}, "a"},
		{"removed and changed", gittest.Files{"a": "1\n"}, gittest.Files{"a": gittest.Gone}, gittest.Files{"a": "3\n"}, "a"},
		{"a folder removed and filled", gittest.Files{"d/a": "1\n"}, gittest.Files{"d": gittest.Gone}, gittest.Files{"d/b": "3\n"}, ""},
		{"a folder in the place of a file", gittest.Files{"a": "1\n"}, gittest.Files{"a": "2\n"}, gittest.Files{"a": gittest.Gone, "a/b": "3\n"}, "a"},
		{"binary files", gittest.Files{"a": ten + "\x00"}, gittest.Files{"a": "0\n" + ten + "\x00"}, gittest.Files{"a": ten + "\x0010\n"}, "a"},
		{"links", gittest.Files{"a": "-> x"}, gittest.Files{"a": "-> y"}, gittest.Files{"a": "-> z"}, "a"},
		{"nothing is left", gittest.Files{"a": "1", "b": "1"}, gittest.Files{"a": gittest.Gone}, gittest.Files{"b": gittest.Gone}, ""},
		{"a hostile name", gittest.Files{"a\nb\x1b": "1\n"}, gittest.Files{"a\nb\x1b": "2\n"}, gittest.Files{"a\nb\x1b": "3\n"}, `a\nb\x1b`},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gittest.Init(t)
			base := g.Commit("base", c.base)
			ours := g.Commit("ours", c.ours)
			g.Branch("theirs", base)
			theirs := g.Commit("theirs", c.theirs)
			r := openRepo(t, g.Dir)
			merged, err := r.Merge(resolve(t, r, ours), resolve(t, r, theirs))
			if c.conflict != "" {
				wantText(t, err, ErrConflict, `"`+c.conflict+`"`)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			g.Checkout(ours)
			g.Git("merge", "-q", "--no-ff", "-m", "merged", theirs)
			wantTree(t, merged, g.Git("rev-parse", "HEAD^{tree}"))
			if got, want := everything(t, merged), everything(t, r.Tree(resolve(t, openRepo(t, g.Dir), g.Git("rev-parse", "HEAD")))); len(got) != len(want) {
				t.Errorf("read %q, want %q", got, want)
			}
		})
	}
}

// Merges that have crossed are taken only where it does not matter from which of
// their ancestors one counts.
func TestMergeOfCrossedMerges(t *testing.T) {
	for _, c := range []struct {
		name         string
		first, again string
		fails        bool
	}{{"one side alone goes on", "1\n", "1\n", false}, {"back and forth", "2\n", "1\n", true}} {
		g := gittest.Init(t)
		g.Commit("root", gittest.Files{"f": "1\n", "other": "1\n"})
		g.Branch("theirs")
		two := g.Commit("two", gittest.Files{"other": "2\n"})
		g.Checkout("main")
		one := g.Commit("one", gittest.Files{"f": c.first})
		g.Merge("crossed", two)
		g.Checkout("theirs")
		g.Merge("criss", one)
		g.Commit("again", gittest.Files{"f": c.again})
		r := openRepo(t, g.Dir)
		merged, err := r.Merge(resolve(t, r, "main"), resolve(t, r, "theirs"))
		if c.fails {
			wantText(t, err, ErrConflict, "merged each other")
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		wantTree(t, merged, g.Git("rev-parse", "theirs^{tree}"))
	}
}
