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
	d := &difference{before: &discovery{tree: before}, after: &discovery{tree: after}, same: func(at string) bool {
		x, errX := before.Hash(at)
		y, errY := after.Hash(at)
		return errX == nil && errY == nil && x != "" && x == y
	}}
	d.visit(PlatformsDir)
	return d.before.sorted(), d.after.sorted()
}

// difference discovers platforms in two trees side by side.
type difference struct {
	before, after *discovery
	same          func(at string) bool
}

func (d *difference) visit(dir string) {
	if d.same(dir) {
		return
	}
	was, is := byName(d.before.look(dir)), byName(d.after.look(dir))
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
	case !d.same(at):
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
