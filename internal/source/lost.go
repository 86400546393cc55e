package source

// Lost is the first thing at or below a path that is there and cannot be read, as
// OutOfReach knows it; nil where all can be.
func Lost(tree Tree, dir string) error {
	entries, err := tree.List(dir)
	if err != nil {
		return outOfReach(err)
	}
	for _, entry := range entries {
		switch entry.Kind {
		case Dir:
			err = Lost(tree, entry.Path)
		case File:
			_, err = tree.Read(entry.Path, 0) // too large is not out of reach
		}
		if err = outOfReach(err); err != nil {
			return err
		}
	}
	return nil
}

func outOfReach(err error) error {
	if OutOfReach(err) {
		return err
	}
	return nil
}
