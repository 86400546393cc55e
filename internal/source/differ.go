package source

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// Differ returns the sorted paths below a folder at which two trees differ: files,
// links and all else that is not a folder. Folders with equal hashes are skipped;
// a folder that cannot be listed is itself a difference.
func Differ(before, after Hashed, dir string) []string {
	d := &differ{before: before, after: after}
	d.folder(dir)
	slices.Sort(d.paths)
	return slices.Compact(d.paths)
}

type differ struct {
	before, after Hashed
	paths         []string
}

func (d *differ) folder(dir string) {
	if d.same(dir) {
		return
	}
	was, is := d.list(d.before, dir), d.list(d.after, dir)
	names := map[string]bool{}
	for _, side := range []map[string]Entry{was, is} {
		for name := range side {
			names[name] = true
		}
	}
	for name := range maps.Keys(names) {
		x, inBefore := was[name]
		y, inAfter := is[name]
		at := path.Join(dir, name)
		if inBefore && x.Kind == Dir || inAfter && y.Kind == Dir {
			d.folder(at)
		}
		if (inBefore && x.Kind != Dir || inAfter && y.Kind != Dir) && !Same(d.before, d.after, at) {
			d.paths = append(d.paths, at)
		}
	}
}

func (d *differ) same(at string) bool { return hashesSame(d.before, d.after, at) }

// list returns the entries of a folder by name, none where it does not exist.
func (d *differ) list(tree Tree, dir string) map[string]Entry {
	entries, err := tree.List(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrNotDir) {
		d.paths = append(d.paths, dir)
	}
	named := make(map[string]Entry, len(entries))
	for _, e := range entries {
		named[e.Name] = e
	}
	return named
}

// Same reports whether two trees have the same content at a path. Where hashes are
// unknown it compares the content; what cannot be read is not the same.
func Same(before, after Hashed, at string) bool {
	x, errX := before.Hash(at)
	y, errY := after.Hash(at)
	if errX != nil || errY != nil || x != "" && y != "" {
		return errX == nil && errY == nil && x == y
	}
	was, errX := before.Stat(at)
	is, errY := after.Stat(at)
	if errX != nil || errY != nil || was.Kind != is.Kind || was.Size != is.Size {
		return false
	}
	switch was.Kind {
	case File:
		return sameBytes(before, after, at, was.Size)
	case Dir:
		return sameFolder(before, after, at)
	}
	return false
}

func sameFolder(before, after Hashed, dir string) bool {
	was, errX := before.List(dir)
	is, errY := after.List(dir)
	return errX == nil && errY == nil && slices.EqualFunc(was, is, func(x, y Entry) bool {
		return x.Name == y.Name && x.Kind == y.Kind && Same(before, after, x.Path)
	})
}

func sameBytes(before, after Tree, at string, size int64) bool {
	x, errX := before.Read(at, size)
	y, errY := after.Read(at, size)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func hashesSame(before, after Hashed, at string) bool {
	x, errX := before.Hash(at)
	y, errY := after.Hash(at)
	return errX == nil && errY == nil && x != "" && x == y
}
