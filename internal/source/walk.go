package source

import (
	"errors"
	"io/fs"
)

// Visit is called by Walk for each entry. When a folder cannot be listed it is
// called a second time for that folder, with the error. It returns nil to go
// on, fs.SkipDir to leave out a folder (or, for anything else, the rest of the
// folder it is in), fs.SkipAll to end the walk, or an error that ends it.
type Visit func(entry Entry, err error) error

// Walk visits everything below a folder, each folder before its content, sorted by
// name. It never follows a link.
func Walk(tree Tree, dir string, visit Visit) error {
	entries, err := tree.List(dir)
	if err != nil {
		return err
	}
	err = walk(tree, entries, visit)
	if errors.Is(err, fs.SkipAll) || errors.Is(err, fs.SkipDir) {
		return nil
	}
	return err
}

func walk(tree Tree, entries []Entry, visit Visit) error {
	for _, entry := range entries {
		err := enter(tree, entry, visit)
		if errors.Is(err, fs.SkipDir) && entry.Kind == Dir {
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func enter(tree Tree, entry Entry, visit Visit) error {
	if err := visit(entry, nil); err != nil || entry.Kind != Dir {
		return err
	}
	entries, err := tree.List(entry.Path)
	if err != nil {
		return visit(entry, err)
	}
	return walk(tree, entries, visit)
}
