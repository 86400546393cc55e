package audit

import (
	"maps"
	"path"
	"slices"

	"hegui/internal/source"
)

// Changed finds the platforms whose folders differ between two trees, as they
// lie in each of them. Folders that hold the same are not looked into, so that
// the cost is that of the change and not of the repository.
func Changed(before, after source.Hashed) (was, is []Folder) {
	d := &difference{x: before, y: after, before: &discovery{tree: before}, after: &discovery{tree: after}}
	d.visit(PlatformsDir)
	return d.before.sorted(), d.after.sorted()
}

// difference discovers platforms in two trees side by side.
type difference struct {
	x, y          source.Hashed
	before, after *discovery
}

func (d *difference) visit(dir string) {
	x, errX := d.x.Hash(dir)
	y, errY := d.y.Hash(dir)
	if errX == nil && errY == nil && x != "" && x == y {
		return
	}
	was, is := byName(d.before.look(dir)), byName(d.after.look(dir))
	if d.before.has(dir) && d.after.has(dir) && source.Same(d.x, d.y, dir) {
		// The hashes did not tell, as those of files that git has not seen yet.
		d.before.drop()
		d.after.drop()
		return
	}
	names := map[string]bool{}
	for _, side := range []map[string]source.Entry{was, is} {
		for name := range side {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, inBefore := was[name]
		y, inAfter := is[name]
		if inBefore && inAfter {
			d.both(path.Join(dir, name), x, y)
			continue
		}
		if inBefore {
			d.before.enter(x)
		}
		if inAfter {
			d.after.enter(y)
		}
	}
}

func (d *difference) both(at string, x, y source.Entry) {
	switch {
	case x.Kind == source.Dir && y.Kind == source.Dir:
		d.visit(at)
	case !source.Same(d.x, d.y, at):
		d.before.enter(x)
		d.after.enter(y)
	}
}

func byName(entries []source.Entry) map[string]source.Entry {
	named := make(map[string]source.Entry, len(entries))
	for _, e := range entries {
		named[e.Name] = e
	}
	return named
}
