package source

import "path"

// Sub is the part of a tree below one of its folders. Paths, entries and errors
// are relative to that folder. Whether there is such a folder shows when it is read.
func Sub(tree Tree, dir string) Tree {
	name, err := clean(dir)
	if err != nil {
		name = dir // which the tree rejects
	}
	if name == "." {
		return tree
	}
	return &subtree{tree: tree, dir: name}
}

type subtree struct {
	tree Tree
	dir  string
}

// List implements Tree.
func (s *subtree) List(dir string) ([]Entry, error) {
	return At("list", dir, func(name string) ([]Entry, error) {
		entries, err := s.tree.List(s.whole(name))
		inside := make([]Entry, len(entries))
		for i, entry := range entries {
			entry.Path = path.Join(name, entry.Name)
			inside[i] = entry
		}
		return inside, err
	})
}

// Stat implements Tree.
func (s *subtree) Stat(file string) (Entry, error) {
	return At("stat", file, func(name string) (Entry, error) {
		entry, err := s.tree.Stat(s.whole(name))
		entry.Path, entry.Name = name, path.Base(name)
		return entry, err
	})
}

// Read implements Tree.
func (s *subtree) Read(file string, max int64) ([]byte, error) {
	return At("read", file, func(name string) ([]byte, error) { return s.tree.Read(s.whole(name), max) })
}

// whole converts a path to one of the whole tree.
func (s *subtree) whole(name string) string {
	if name == "." {
		return s.dir
	}
	return s.dir + "/" + name
}
