package rulebook

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"hegui/internal/source"
)

// Choose picks the rulebook of a repository: its own if it has a regulation,
// else the built-in one overlaid with the repository's policy and overlays. own
// reports whether any of it comes from the repository.
func Choose(repo, builtin source.Tree) (tree source.Tree, own bool) {
	if exists(repo, RegulationFile) {
		return repo, true
	}
	if exists(repo, PolicyFile) || len(Overlays(repo)) > 0 {
		return &layered{base: builtin, over: repo}, true
	}
	return builtin, false
}

// exists reports whether a path exists. A path that cannot be read counts as
// existing: loading then reports the error, and no other rulebook is used in
// its place.
func exists(tree source.Tree, path string) bool {
	_, err := tree.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Same reports whether two trees hold the same rulebook, byte for byte.
// Unreadable files are never the same.
func Same(a, b source.Tree) bool {
	left, right := sum(a), sum(b)
	for _, one := range left {
		if one == "" {
			return false
		}
	}
	return maps.Equal(left, right)
}

// layered is a rulebook whose policy and overlays come from another tree where
// that has them.
type layered struct{ base, over source.Tree }

func (l *layered) pick(at string) source.Tree {
	if (at == PolicyFile || path.Dir(at) == OverlaysDir) && exists(l.over, at) {
		return l.over
	}
	return l.base
}

func (l *layered) List(dir string) ([]source.Entry, error) {
	entries, err := l.base.List(dir)
	if dir == OverlaysDir && errors.Is(err, fs.ErrNotExist) {
		return l.over.List(dir)
	}
	if err != nil || dir != OverlaysDir {
		return entries, err
	}
	byName := map[string]source.Entry{}
	for _, entry := range entries {
		byName[entry.Name] = entry
	}
	own, err := l.over.List(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range own {
		byName[entry.Name] = entry
	}
	merged := make([]source.Entry, 0, len(byName))
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		merged = append(merged, byName[name])
	}
	return merged, nil
}

func (l *layered) Stat(at string) (source.Entry, error) { return l.pick(at).Stat(at) }

func (l *layered) Read(at string, limit int64) ([]byte, error) { return l.pick(at).Read(at, limit) }
