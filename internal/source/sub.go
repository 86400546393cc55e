package source

import "path"

// Sub is the part of a tree below one of its folders. Paths, entries and errors
// are relative to that folder. Whether there is such a folder shows at use.
func Sub(tree Tree, dir string) Tree {
	name, err := clean(dir)
	if err == nil && name == "." {
		return tree
	}
	return &subtree{tree: tree, dir: name, refused: err}
}

type subtree struct {
	tree    Tree
	dir     string
	refused error // why dir cannot be a folder of the tree
}

func (s *subtree) List(dir string) ([]Entry, error) {
	name, whole, err := s.resolve(dir)
	if err != nil {
		return nil, fail("list", dir, err)
	}
	entries, err := s.tree.List(whole)
	if err != nil {
		return nil, fail("list", name, err)
	}
	inside := make([]Entry, len(entries))
	for i, entry := range entries {
		entry.Path = join(name, entry.Name)
		inside[i] = entry
	}
	return inside, nil
}

func (s *subtree) Stat(file string) (Entry, error) {
	name, whole, err := s.resolve(file)
	if err != nil {
		return Entry{}, fail("stat", file, err)
	}
	entry, err := s.tree.Stat(whole)
	if err != nil {
		return Entry{}, fail("stat", name, err)
	}
	entry.Path, entry.Name = name, path.Base(name)
	return entry, nil
}

func (s *subtree) Read(file string, max int64) ([]byte, error) {
	name, whole, err := s.resolve(file)
	if err != nil {
		return nil, fail("read", file, err)
	}
	data, err := s.tree.Read(whole, max)
	if err != nil {
		return nil, fail("read", name, err)
	}
	return data, nil
}

// resolve gives a path's clean form and what the whole tree calls it.
func (s *subtree) resolve(file string) (name, whole string, err error) {
	if s.refused != nil {
		return "", "", s.refused
	}
	if name, err = clean(file); err != nil {
		return "", "", err
	}
	if name == "." {
		return name, s.dir, nil
	}
	return name, s.dir + "/" + name, nil
}
