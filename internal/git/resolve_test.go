package git

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"hegui/internal/gittest"
	"hegui/internal/trial"
)

// history makes n commits by chance, merges of two and three parents among them,
// with clocks that go wrong, and returns their hashes.
func history(t *testing.T, g *gittest.Repo, random *rand.Rand, n int) []string {
	t.Helper()
	var in strings.Builder
	for i := range n {
		when := gittest.Start().Unix() + int64(i*60)
		if random.IntN(5) == 0 {
			when += int64(random.IntN(7200) - 3600)
		}
		fmt.Fprintf(&in, "commit refs/c/%d\nmark :%d\ncommitter c <c@example.com> %d +0800\ndata 1\nx\n", i, i+1, when)
		seen := map[int]bool{}
		parents := 1 + random.IntN(3)
		if random.IntN(6) == 0 {
			parents = 0
		}
		for range parents {
			parent := i - 1 - random.IntN(4)
			if parent < 0 || seen[parent] {
				continue
			}
			seen[parent] = true
			fmt.Fprintf(&in, "%s :%d\n", map[bool]string{true: "from", false: "merge"}[len(seen) == 1], parent+1)
		}
		fmt.Fprintf(&in, "M 100644 inline f\ndata <<E\n%d\nE\n\n", i)
	}
	g.Pipe(in.String(), "fast-import", "--quiet")
	return strings.Fields(g.Git("for-each-ref", "--format=%(objectname)", "refs/c"))
}

// Merge bases are those that git finds, whatever the history.
func TestMergeBasesAreGitsOwn(t *testing.T) {
	random := trial.Random(t)
	several, none := 0, 0
	for range trial.Tries(t, 10) {
		g := gittest.Init(t)
		hashes := history(t, g, random, 40)
		r := openRepo(t, g.Dir)
		for range 25 {
			a, b := hashes[random.IntN(len(hashes))], hashes[random.IntN(len(hashes))]
			out, _ := g.Try("merge-base", "--all", a, b)
			want := strings.Fields(out)
			slices.Sort(want)
			bases, err := r.MergeBases(resolve(t, r, a), resolve(t, r, b))
			if len(want) == 0 {
				none++
				wantText(t, err, ErrUnrelated, "no common ancestor")
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range bases {
				got = append(got, c.Hash)
			}
			if !slices.Equal(got, want) {
				t.Errorf("merge bases of %s and %s are %q, git says %q", a, b, got, want)
			}
			if len(want) > 1 {
				several++
			}
		}
	}
	if !testing.Short() && (several == 0 || none == 0) {
		t.Errorf("of all pairs %d have several bases and %d have none: the histories are too plain", several, none)
	}
}

// A clock that goes backwards lets an ancestor be met before its descendant, here
// e before b; it is not a best common ancestor nevertheless.
func TestMergeBasesWhenClocksGoWrong(t *testing.T) {
	g := gittest.Init(t)
	var in strings.Builder
	for _, c := range []struct {
		name, parents string
		minute        int64
	}{
		{"e", "", 5}, {"d", "e", 4}, {"f", "e", 6}, {"c", "d", 3}, {"b", "c", 2}, {"a", "b", 1}, {"g", "b e", 7}, {"h", "a f", 8},
	} {
		fmt.Fprintf(&in, "commit refs/heads/%s\ncommitter c <c@example.com> %d +0800\ndata 1\nx\n", c.name, gittest.Start().Unix()+60*c.minute)
		for i, parent := range strings.Fields(c.parents) {
			fmt.Fprintf(&in, "%s refs/heads/%s\n", []string{"from", "merge"}[i], parent)
		}
		in.WriteString("\n")
	}
	g.Pipe(in.String(), "fast-import", "--quiet")
	r := openRepo(t, g.Dir)
	bases, err := r.MergeBases(resolve(t, r, "g"), resolve(t, r, "h"))
	if err != nil || len(bases) != 1 || bases[0].Hash != g.Git("rev-parse", "b") || bases[0].Hash != g.Git("merge-base", "--all", "g", "h") {
		t.Errorf("bases %v, %v; want %s", bases, err, g.Git("rev-parse", "b"))
	}
}

// A history that is cut off anywhere never yields other merge bases than the whole
// one, unless it says so.
func TestMergeBasesOfShallowHistories(t *testing.T) {
	random := trial.Random(t)
	same, unsure := 0, 0
	for range trial.Tries(t, 20) {
		g := gittest.Init(t)
		hashes := history(t, g, random, 30)
		whole := openRepo(t, g.Dir)
		var edge strings.Builder
		for range 3 {
			edge.WriteString(hashes[random.IntN(len(hashes))] + "\n")
		}
		if err := os.WriteFile(g.Path(".git/shallow"), []byte(edge.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		cut := openRepo(t, g.Dir)
		for range 100 {
			a, b := hashes[random.IntN(len(hashes))], hashes[random.IntN(len(hashes))]
			want, _ := whole.MergeBases(resolve(t, whole, a), resolve(t, whole, b))
			got, err := cut.MergeBases(resolve(t, cut, a), resolve(t, cut, b))
			switch {
			case errors.Is(err, ErrShallow):
				unsure++
			case len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want):
				t.Errorf("%s and %s, cut at %q: %v, %v; want %v", a, b, edge.String(), got, err, want)
			default:
				same++
			}
		}
	}
	if same == 0 || unsure == 0 {
		t.Errorf("%d the same, %d not certain", same, unsure)
	}
}

func TestCrissCross(t *testing.T) {
	g := gittest.Init(t)
	g.Commit("root", gittest.Files{"f": "0"})
	g.Branch("other")
	two := g.Commit("two", gittest.Files{"two": "2"})
	g.Checkout("main")
	one := g.Commit("one", gittest.Files{"one": "1"})
	g.Merge("crossed", "other")
	g.Checkout("other")
	g.Merge("criss", one)
	r := openRepo(t, g.Dir)
	bases, err := r.MergeBases(resolve(t, r, "main"), resolve(t, r, "other"))
	want := []string{one, two}
	slices.Sort(want)
	if err != nil || len(bases) != 2 || bases[0].Hash != want[0] || bases[1].Hash != want[1] {
		t.Errorf("bases %v, %v; want %q", bases, err, want)
	}
}

// What both resolve, both resolve alike.
func TestResolveIsGitsOwn(t *testing.T) {
	g := gittest.Init(t)
	random := trial.Random(t)
	hashes := history(t, g, random, 30)
	// One name in every place where git looks, each at another commit.
	for i, name := range []string{"refs/same", "refs/tags/same", "refs/heads/same", "refs/remotes/same", "refs/remotes/same/HEAD"} {
		if i != 3 {
			g.Git("update-ref", name, hashes[i])
		}
	}
	g.Git("update-ref", "refs/tags/both", hashes[15])
	g.Git("update-ref", "refs/heads/both", hashes[16])
	g.Git("update-ref", "refs/heads/two", hashes[5])
	g.Git("update-ref", "refs/remotes/two", hashes[6])
	g.Git("update-ref", "refs/remotes/origin/topic", hashes[7])
	g.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/topic")
	g.Git("update-ref", "refs/pull/12/merge", hashes[8])
	g.Git("update-ref", "refs/heads/功能/one.two", hashes[9])
	g.Git("tag", "-m", "note", "annotated", hashes[10])
	g.Git("tag", "-m", "note", "of-a-tag", "annotated")
	g.Git("update-ref", "refs/heads/2026", hashes[11])
	g.Git("update-ref", "refs/heads/main", hashes[29])
	g.Git("update-ref", "ORIG_HEAD", hashes[12])
	g.Git("update-ref", "refs/heads/HEAD-ish", hashes[13])
	if err := os.WriteFile(g.Path(".git/FETCH_HEAD"), []byte(hashes[14]+"\t\tbranch 'x' of y\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	names := []string{
		"HEAD", "@", "main", "heads/main", "refs/heads/main", "heads/same", "tags/same", "remotes/same",
		"origin", "origin/topic", "origin/HEAD", "remotes/origin/topic", "refs/pull/12/merge", "pull/12/merge", "功能/one.two",
		"annotated", "of-a-tag", "refs/tags/annotated", "2026", "ORIG_HEAD", "FETCH_HEAD", "HEAD-ish", hashes[3],
		strings.ToUpper(hashes[4]), hashes[5][:12], strings.ToUpper(hashes[6][:11]), "nothing", "origin/nothing", "NOTHING_HEAD", "config", "index", "objects",
		"0123456789012345678901234567890123456789",
	}
	steps := []string{"", "~", "^", "~0", "^0", "~1", "~3", "^2", "^3", "~2^2", "^^", "^2~1", "~~", "^{}", "^{commit}", "^{commit}~1", "~99", "^9"}
	for _, packed := range []bool{false, true} {
		if packed {
			g.Pack()
		}
		r := openRepo(t, g.Dir)
		var revs []string
		for _, name := range names {
			for _, step := range steps {
				revs = append(revs, name+step)
			}
		}
		want := parsed(g, revs)
		for _, rev := range revs {
			got, err := r.Resolve(rev)
			switch {
			case want[rev] == "" && err == nil:
				t.Errorf("Resolve(%q) = %s, git knows no such commit", rev, got.Hash)
			case want[rev] == "":
				wantText(t, err, ErrNoRevision, rev)
			case err != nil || got.Hash != want[rev]:
				t.Errorf("Resolve(%q) = %q, %v; git says %s", rev, got.Hash, err, want[rev])
			}
		}
	}
}

// A short name that means different commits is no choice of ours, nor of whoever
// pushes a tag; a full name, and one commit under two names, is what it is.
func TestNamesOfTwoCommits(t *testing.T) {
	g := gittest.Init(t)
	one := g.Commit("one", nil)
	other := g.Commit("other", nil)
	tree := g.Git("rev-parse", "HEAD^{tree}")
	for name, hash := range map[string]string{
		"refs/tags/main": one, "refs/tags/origin/main": one, "refs/remotes/origin/main": other, "refs/heads/x/y": one, "refs/remotes/x/y": other,
		"refs/z": one, "refs/heads/z": other, "refs/tags/tree": tree, "refs/heads/tree": one, "refs/remotes/far/HEAD": one, "refs/heads/far": other,
		"refs/tags/HEAD": one, "refs/tags/refs/heads/gone": one, "refs/heads/same": other, "refs/heads/PROD": one,
	} {
		g.Git("update-ref", name, hash)
	}
	g.Git("tag", "-m", "note", "same", other)
	for _, packed := range []bool{false, true} {
		if packed {
			g.Pack()
		}
		r := openRepo(t, g.Dir)
		for rev, says := range map[string]string{
			"main":        "refs/tags/main is " + one[:12] + " and refs/heads/main is " + other[:12] + "; write the full name, such as refs/heads/main",
			"origin/main": "refs/remotes/origin/main", "x/y": "refs/heads/x/y", "z": "refs/heads/z", "tree": "refs/heads/tree", "far": "refs/remotes/far/HEAD",
			"main~1": "refs/heads/main", "main^0": "refs/heads/main",
		} {
			_, err := r.Resolve(rev)
			wantText(t, err, ErrAmbiguous, says)
		}
		for rev, want := range map[string]string{
			"refs/heads/main": other, "heads/main": other, "refs/tags/main": one, "HEAD": other, "same": other, "PROD": one, "refs/remotes/far/HEAD": one,
		} {
			if c := resolve(t, r, rev); c.Hash != want {
				t.Errorf("%s is %s, want %s", rev, c.Hash, want)
			}
		}
		_, err := r.Resolve("refs/heads/gone")
		wantErrorOf(t, err, ErrNoRevision)
	}
}

// parsed is what git makes of revisions: of all in one process, hence the detour.
func parsed(g *gittest.Repo, revs []string) map[string]string {
	found := map[string]string{}
	out := g.Pipe(strings.Join(revs, "^{commit}\n")+"^{commit}\n", "cat-file", "--batch-check=%(objectname)")
	for i, line := range strings.Split(out, "\n") {
		if _, ok := parseHash(line); ok {
			found[revs[i]] = line
		}
	}
	return found
}

func TestCommitIsReadWhole(t *testing.T) {
	g := gittest.Init(t)
	first := g.Commit("first", nil)
	second := g.Commit("second\n\nparent 1234567890123456789012345678901234567890\ncommitter x <x> 1 +0000\n", nil)
	r := openRepo(t, g.Dir)
	c := resolve(t, r, "HEAD")
	if c.Hash != second || len(c.Parents) != 1 || c.Parents[0] != first || !c.When.Equal(gittest.Start().Add(time.Minute)) {
		t.Errorf("%+v", c)
	}
}

// What git would take for something else than one commit is never guessed at.
func TestRevisionsAreRefused(t *testing.T) {
	g := gittest.Init(t)
	hash := g.Commit("first", gittest.Files{"dir/file": "1", "HEAD:dir": "a file of a nasty name"})
	g.Git("tag", "tree-tag", hash+"^{tree}")
	g.Git("tag", "-m", "note", "note-of-blob", hash+":dir/file")
	g.Git("branch", hash[:8])
	g.Git("update-ref", "refs/heads/"+hash, hash)
	tree := g.Git("rev-parse", "HEAD^{tree}")
	r := openRepo(t, g.Dir)
	for rev, want := range map[string]struct {
		kind error
		says string
	}{
		"": {ErrBadRevision, "empty"}, "-x": {ErrBadRevision, "option"}, "--all": {ErrBadRevision, "option"},
		"HEAD:dir": {ErrBadRevision, "file"}, ":/first": {ErrBadRevision, "searches"}, ":dir/file": {ErrBadRevision, "file"},
		"HEAD^{/first}": {ErrBadRevision, "number"}, "@{yesterday}": {ErrBadRevision, "reflog"}, "main@{1}": {ErrBadRevision, "reflog"},
		"@{-1}": {ErrBadRevision, "reflog"}, "@{u}": {ErrBadRevision, "reflog"}, "HEAD^{tree}": {ErrBadRevision, "number"},
		"a...b": {ErrBadRevision, "--base and --head"}, "a..b": {ErrBadRevision, "--base and --head"}, "..": {ErrBadRevision, "--head"},
		"^HEAD": {ErrBadRevision, "excludes"}, "HEAD^@": {ErrBadRevision, "number"}, "HEAD^!": {ErrBadRevision, "number"},
		"HEAD^-1": {ErrBadRevision, "number"}, "HEAD~x": {ErrBadRevision, "number"}, "HEAD x": {ErrBadRevision, "name"},
		"HEAD~99999999999999999999": {ErrBadRevision, "number"}, "/etc/passwd": {ErrBadRevision, "name"}, "a\\b": {ErrBadRevision, "name"},
		"a\nb": {ErrBadRevision, "name"}, "x.lock": {ErrBadRevision, "name"}, ".git": {ErrBadRevision, "name"}, "a//b": {ErrBadRevision, "name"},
		strings.Repeat("x", 5000): {ErrBadRevision, "long"},
		tree:                      {ErrNotCommit, "tree"}, "tree-tag": {ErrNotCommit, "tree"}, "note-of-blob": {ErrNotCommit, "blob"},
		tree[:12]: {ErrNoRevision, "no revision"}, "gone": {ErrNoRevision, "gone"},
		hash: {ErrAmbiguous, "refs/heads/" + hash}, hash[:8]: {ErrAmbiguous, "reference and a commit's hash"},
	} {
		c, err := r.Resolve(rev)
		if err == nil {
			t.Errorf("Resolve(%q) = %s", rev, c.Hash)
			continue
		}
		wantText(t, err, want.kind, want.says)
	}
	g.Git("update-ref", "refs/remotes/origin/topic", hash)
	g.Git("branch", "here")
	for rev, says := range map[string]string{"topic": "; did you mean origin/topic?", "origin/here": "; there is a local here; for the remote one run git fetch origin here first", "nowhere": "; git branch -a lists"} {
		_, err := r.Resolve(rev)
		wantText(t, err, ErrNoRevision, says)
	}
	if c := resolve(t, r, "refs/heads/"+hash[:8]); c.Hash != hash {
		t.Errorf("a name in full is %s", c.Hash)
	}
	if c := resolve(t, r, hash[:9]); c.Hash != hash {
		t.Errorf("another short hash is %s", c.Hash)
	}
}

// A short hash of several commits is an error that lists them all; one that a
// commit shares with a file means the commit.
func TestShortHashes(t *testing.T) {
	g := gittest.Init(t)
	var in strings.Builder
	for i := range 600 {
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter c <c@example.com> %d +0800\ndata 1\nx\nM 100644 inline f\ndata <<E\n%d\nE\n\n", gittest.Start().Unix()+int64(i), i)
	}
	g.Pipe(in.String(), "fast-import", "--quiet")
	r := openRepo(t, g.Dir)
	commits, others := map[string][]string{}, map[string]bool{}
	for line := range strings.SplitSeq(g.Git("cat-file", "--batch-check=%(objectname) %(objecttype)", "--batch-all-objects"), "\n") {
		hash, kind, _ := strings.Cut(line, " ")
		if kind == "commit" {
			commits[hash[:minShort]] = append(commits[hash[:minShort]], hash)
		} else {
			others[hash[:minShort]] = true
		}
	}
	shared, clashing := 0, 0
	for _, short := range slices.Sorted(maps.Keys(commits)) {
		hashes := commits[short]
		if len(hashes) > 1 {
			clashing++
			_, err := r.Resolve(short)
			for _, hash := range hashes {
				wantText(t, err, ErrAmbiguous, hash)
			}
			continue
		}
		if others[short] {
			shared++
		}
		if c, err := r.Resolve(short); err != nil || c.Hash != hashes[0] {
			t.Errorf("Resolve(%q) = %q, %v; want %s", short, c.Hash, err, hashes[0])
		}
		_, err := r.Resolve(short[:minShort-1])
		wantErrorOf(t, err, ErrNoRevision)
	}
	if shared == 0 || clashing == 0 {
		t.Errorf("%d short hashes are shared with files, %d clash: too few objects", shared, clashing)
	}
}

// Ancestors are those along first parents, the nearest first, up to the edge of what
// is there.
func TestAncestors(t *testing.T) {
	g := gittest.Init(t)
	first := g.Commit("first", gittest.Files{"a": "1"})
	second := g.Commit("second", gittest.Files{"a": "2"})
	g.Branch("side", first)
	g.Commit("aside", gittest.Files{"b": "1"})
	g.Checkout("main")
	g.Merge("merged", "side")
	for dir, want := range map[string][]string{g.Dir: {second, first}, g.Clone("--depth=2").Dir: {second}} {
		r := openRepo(t, dir)
		var got []string
		for c := range r.Ancestors(resolve(t, r, "HEAD")) {
			got = append(got, c.Hash)
		}
		if !slices.Equal(got, want) {
			t.Errorf("ancestors %v, want %v", got, want)
		}
	}
}

func TestLastBefore(t *testing.T) {
	g := gittest.Init(t)
	first := g.Commit("first", nil)
	g.Branch("side")
	g.Commit("side", nil)
	g.Checkout("main")
	third := g.Commit("third", nil)
	merge := g.Merge("merge", "side")
	r := openRepo(t, g.Dir)
	from := resolve(t, r, "main")
	for minutes, want := range map[int]string{0: first, 1: first, 2: third, 3: merge, 100: merge} {
		until := gittest.Start().Add(time.Duration(minutes) * time.Minute)
		if c, err := r.LastBefore(from, until); err != nil || c.Hash != want {
			t.Errorf("after %d minutes: %s, %v; want %s", minutes, c.Hash, err, want)
		}
	}
	_, err := r.LastBefore(from, gittest.Start().Add(-1))
	wantText(t, err, ErrNoRevision, "no commit before 2026-03-01")
}

func FuzzRevision(f *testing.F) {
	for _, seed := range []string{"HEAD~3^2", "a...b", ":/x", "@{-1}", "refs/pull/1/merge^{}", "^", "~", "x^{commit}~2", "\x00", "../../etc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rev string) {
		got, err := parseRevision(rev)
		if err != nil {
			wantText(t, err, ErrBadRevision, "")
			return
		}
		if !validRefName(got.name) || strings.ContainsAny(got.name, ":~^\\") || strings.Contains(got.name, "..") || strings.HasPrefix(got.name, "/") {
			t.Errorf("%q names %q", rev, got.name)
		}
		for _, s := range got.steps {
			if s.n < 0 || s.n > 1<<30 {
				t.Errorf("%q goes %d steps", rev, s.n)
			}
		}
	})
}
