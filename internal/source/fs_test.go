package source_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"hegui/internal/source"
)

func wantErrorOf(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

// locked is an fs.FS in which one folder and one file may not be opened, as
// they may not by anyone but root on a real disk. Tests often run as root, so
// that real permissions would let everything pass.
type locked struct{ fs.ReadDirFS }

func (l locked) Open(name string) (fs.File, error) {
	if name == "open/closed-file" {
		return nil, &fs.PathError{Op: "open", Path: "/secret/place/" + name, Err: fs.ErrPermission}
	}
	return l.ReadDirFS.Open(name)
}

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "open/closed" {
		return nil, &fs.PathError{Op: "open", Path: "/secret/place/" + name, Err: fs.ErrPermission}
	}
	return l.ReadDirFS.ReadDir(name)
}

func lockedTree() source.Tree {
	return source.FromFS(locked{fstest.MapFS{
		"open/closed/hidden": {Data: []byte("1")},
		"open/closed-file":   {Data: []byte("2")},
		"open/last":          {Data: []byte("3")},
	}})
}

func TestUnreadableIsAnErrorThatNamesThePath(t *testing.T) {
	tree := lockedTree()
	_, err := tree.List("open/closed")
	wantError(t, err, fs.ErrPermission, "open/closed", "/secret/place")
	if want := "list open/closed: permission denied"; err == nil || err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
	_, err = tree.Read("open/closed-file", 10)
	wantError(t, err, fs.ErrPermission, "open/closed-file", "/secret/place")
	_, err = source.Sub(tree, "open").List("closed")
	if want := "list closed: permission denied"; err == nil || err.Error() != want {
		t.Errorf("error of a part of a tree %q, want %q", err, want)
	}
}

func TestWalk(t *testing.T) {
	tree := source.FromFS(fstest.MapFS{
		"b/two": {}, "b/a/one": {}, "a": {}, "c/three": {}, "skip/four": {},
		"link": {Data: []byte("b"), Mode: fs.ModeSymlink},
	})
	walk := func(dir string, at map[string]error) []string {
		t.Helper()
		var seen []string
		if err := source.Walk(tree, dir, func(entry source.Entry, err error) error {
			if err != nil {
				return err
			}
			seen = append(seen, entry.Path)
			return at[entry.Path]
		}); err != nil {
			t.Fatal(err)
		}
		return seen
	}
	for _, c := range []struct {
		dir  string
		at   map[string]error
		want []string
	}{
		{".", nil, []string{"a", "b", "b/a", "b/a/one", "b/two", "c", "c/three", "link", "skip", "skip/four"}},
		{"b", nil, []string{"b/a", "b/a/one", "b/two"}},
		{".", map[string]error{"b": fs.SkipDir}, []string{"a", "b", "c", "c/three", "link", "skip", "skip/four"}},
		{".", map[string]error{"b/a/one": fs.SkipDir},
			[]string{"a", "b", "b/a", "b/a/one", "b/two", "c", "c/three", "link", "skip", "skip/four"}},
		{".", map[string]error{"a": fs.SkipDir}, []string{"a"}},
		{".", map[string]error{"b/a": fs.SkipAll}, []string{"a", "b", "b/a"}},
	} {
		if got := walk(c.dir, c.at); !slices.Equal(got, c.want) {
			t.Errorf("Walk(%q, %v) visits %q, want %q", c.dir, c.at, got, c.want)
		}
	}
	wantErrorOf(t, source.Walk(tree, "gone", func(source.Entry, error) error { return nil }), fs.ErrNotExist)
	wantErrorOf(t, source.Walk(tree, "link", func(source.Entry, error) error { return nil }), source.ErrSymlink)
	stop := errors.New("stop")
	wantErrorOf(t, source.Walk(tree, ".", func(source.Entry, error) error { return stop }), stop)
}

func TestWalkReportsUnreadableFoldersAndGoesOn(t *testing.T) {
	var seen, failed []string
	err := source.Walk(lockedTree(), ".", func(entry source.Entry, err error) error {
		if err != nil {
			wantErrorOf(t, err, fs.ErrPermission)
			failed = append(failed, entry.Path)
			return nil
		}
		seen = append(seen, entry.Path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"open", "open/closed", "open/closed-file", "open/last"}; !slices.Equal(seen, want) {
		t.Errorf("visited %q, want %q", seen, want)
	}
	if want := []string{"open/closed"}; !slices.Equal(failed, want) {
		t.Errorf("failed %q, want %q", failed, want)
	}
}

func TestSubIsATreeOfItsOwn(t *testing.T) {
	whole := source.FromFS(fstest.MapFS{
		"platforms/a/x.yaml": {Data: []byte("x")},
		"platforms/a/d/y":    {Data: []byte("y")},
		"secret":             {Data: []byte("z")},
		"link":               {Data: []byte("platforms"), Mode: fs.ModeSymlink},
	})
	for _, tree := range []source.Tree{
		source.Sub(whole, "platforms/a"), source.Sub(source.Sub(whole, "platforms"), "a"), source.Sub(whole, "./platforms//a/"),
		source.Sub(source.Sub(whole, "."), "platforms/a"),
	} {
		entries, err := tree.List(".")
		want := []source.Entry{{Path: "d", Name: "d", Kind: source.Dir}, {Path: "x.yaml", Name: "x.yaml", Kind: source.File, Size: 1}}
		if err != nil || !slices.Equal(entries, want) {
			t.Errorf("List = %+v, %v; want %+v", entries, err, want)
		}
		if entry, err := tree.Stat("."); err != nil || entry != (source.Entry{Path: ".", Name: ".", Kind: source.Dir}) {
			t.Errorf("Stat(.) = %+v, %v", entry, err)
		}
		if entry, err := tree.Stat("d/y"); err != nil || entry != (source.Entry{Path: "d/y", Name: "y", Kind: source.File, Size: 1}) {
			t.Errorf("Stat(d/y) = %+v, %v", entry, err)
		}
		if data, err := tree.Read("d/y", 1); err != nil || string(data) != "y" {
			t.Errorf("Read(d/y) = %q, %v", data, err)
		}
		_, err = tree.Read("../../secret", 1)
		wantErrorOf(t, err, source.ErrOutside)
		_, err = tree.Read("gone", 1)
		if want := "read gone: file does not exist"; err == nil || err.Error() != want {
			t.Errorf("error %q, want %q", err, want)
		}
	}
	for dir, want := range map[string]error{
		"gone": fs.ErrNotExist, "..": source.ErrOutside, "platforms/..": source.ErrOutside, "/platforms": source.ErrOutside,
		"link": source.ErrSymlink, "secret": source.ErrNotDir,
	} {
		_, err := source.Sub(whole, dir).List(".")
		wantErrorOf(t, err, want)
	}
	// What a part of a tree hands out is its own: the whole is not touched.
	if entries, err := whole.List("platforms"); err != nil || entries[0].Path != "platforms/a" {
		t.Errorf("List of the whole = %+v, %v", entries, err)
	}
}
