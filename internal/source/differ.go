package source

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
)

// Differ lists the paths below a folder at which two trees differ, in order:
// files, links and whatever else is no folder. Folders that hold the same are
// not looked into; a folder that cannot be listed is itself a difference.
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
		at := join(dir, name)
		if inBefore && x.Kind == Dir || inAfter && y.Kind == Dir {
			d.folder(at)
		}
		if (inBefore && x.Kind != Dir || inAfter && y.Kind != Dir) && !d.same(at) {
			d.paths = append(d.paths, at)
		}
	}
}

func (d *differ) same(at string) bool {
	x, errX := d.before.Hash(at)
	y, errY := d.after.Hash(at)
	return errX == nil && errY == nil && x != "" && x == y
}

// list is empty where there is no such folder.
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
