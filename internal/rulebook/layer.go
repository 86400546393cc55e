package rulebook

import (
	"slices"
	"strings"

	"hegui/internal/source"
)

// Choose picks the rulebook of a repository: its own where it has a
// regulation, else the built-in one with the repository's policy laid over it
// where it has one. own tells that something of the repository's is in it.
func Choose(repo, builtin source.Tree) (tree source.Tree, own bool) {
	if exists(repo, RegulationFile) {
		return repo, true
	}
	if exists(repo, PolicyFile) {
		return &layered{base: builtin, over: repo, files: []string{PolicyFile}}, true
	}
	return builtin, false
}

func exists(tree source.Tree, path string) bool {
	_, err := tree.Stat(path)
	return err == nil
}

// layered is a tree in which some files are taken from another one.
type layered struct {
	base, over source.Tree
	files      []string
}

func (l *layered) pick(path string) source.Tree {
	if slices.Contains(l.files, path) {
		return l.over
	}
	return l.base
}

func (l *layered) List(dir string) ([]source.Entry, error) {
	entries, err := l.base.List(dir)
	if err != nil {
		return nil, err
	}
	for i, entry := range entries {
		if slices.Contains(l.files, entry.Path) {
			if entries[i], err = l.over.Stat(entry.Path); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(entries, func(a, b source.Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, nil
}

func (l *layered) Stat(path string) (source.Entry, error) { return l.pick(path).Stat(path) }

func (l *layered) Read(path string, limit int64) ([]byte, error) {
	return l.pick(path).Read(path, limit)
}
