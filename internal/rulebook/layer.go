package rulebook

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"hegui/internal/finding"
	"hegui/internal/source"
)

// Choose picks the rulebook of a repository: its own if it has a regulation,
// else the built-in one overlaid with the repository's policy and overlays. own
// reports whether any of it comes from the repository, what nobody would read
// included, which loading reports.
func Choose(repo, builtin source.Tree) (tree source.Tree, own bool) {
	if exists(repo, RegulationFile) {
		return Own(repo, builtin), true
	}
	if exists(repo, PolicyFile) || len(Overlays(repo)) > 0 || len(Unread(repo)) > 0 {
		return &layered{first: repo, then: builtin, rest: builtin, dir: OverlaysDir,
			shared: func(at string) bool { return at == PolicyFile || path.Dir(at) == OverlaysDir }}, true
	}
	return builtin, false
}

// Own is a whole rulebook that the user brings, of any regulation, with the schemas of
// its topics. The schemas of hegui's own files are the built-in ones unless it has
// them.
func Own(tree, builtin source.Tree) source.Tree {
	return &layered{first: tree, then: builtin, rest: tree, dir: SchemasDir, shared: func(at string) bool { return slices.Contains(Formats(), at) }}
}

// Formats are the paths of the schemas of the files that hegui itself defines, whatever the
// regulation.
func Formats() []string {
	var all []string
	for _, name := range []string{"check", "common", "duties", "overlay", "picture", "policy", "regulation", "retired", "sources", "survivors", "verdicts", "waivers"} {
		all = append(all, path.Join(SchemasDir, name+".schema.json"))
	}
	return all
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
	k := unpack("")
	return same(k.sum(a), k.sum(b))
}

// Same reports whether a tree holds this rulebook, byte for byte, overlays that are
// not in force included.
func (r *Rulebook) Same(tree source.Tree) bool { return same(r.sums, r.known.sum(tree)) }

func same(left, right map[string]string) bool {
	for _, one := range left {
		if one == "" {
			return false
		}
	}
	return maps.Equal(left, right)
}

// unreadOf is what nobody would read of the rulebook that somebody brings.
func unreadOf(tree source.Tree) finding.Defects {
	if l, ok := tree.(*layered); ok {
		return Unread(l.first)
	}
	return nil
}

// layered is a rulebook of two trees: the shared files are those of the first
// where it has them.
type layered struct {
	first, then source.Tree
	rest        source.Tree // has all other files
	dir         string      // where both trees have files
	shared      func(at string) bool
}

func (l *layered) pick(at string) source.Tree {
	switch {
	case !l.shared(at):
		return l.rest
	case exists(l.first, at):
		return l.first
	}
	return l.then
}

func (l *layered) List(dir string) ([]source.Entry, error) {
	if dir != l.dir {
		return l.rest.List(dir)
	}
	entries, err := l.then.List(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	byName := map[string]source.Entry{}
	for _, entry := range entries {
		if l.shared(entry.Path) {
			byName[entry.Name] = entry
		}
	}
	preferred, errFirst := l.first.List(dir)
	if errFirst != nil && (err != nil || !errors.Is(errFirst, fs.ErrNotExist)) {
		return nil, errFirst
	}
	for _, entry := range preferred {
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
