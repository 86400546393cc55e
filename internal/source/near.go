package source

// Near reads one file after the other of a tree, of which most lie beside the one before:
// a folder that is open is not looked up again. It is for one goroutine.
type Near struct {
	tree Tree
	dir  openDir
}

// NearOf makes a reader of a tree. Its Close lets go of the folder that it has open.
func NearOf(tree Tree) *Near { return &Near{tree: tree} }

// Append is AppendListed.
func (n *Near) Append(to []byte, listed Entry, max int64) ([]byte, error) {
	if folder, plain := n.tree.(*Folder); plain && listed.Kind == File {
		if data, ok := n.dir.read(folder, to, listed, max); ok {
			return data, nil
		}
	}
	return AppendListed(n.tree, to, listed, max)
}

// Close lets go of the folder.
func (n *Near) Close() { n.dir.leave() }
