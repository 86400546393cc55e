package source

// Hashed is a tree that knows what its folders hold without reading them.
type Hashed interface {
	Tree
	// Hash is the same for two files, or two whole folders, that hold the same,
	// modes and names included, be it in one tree or in two of one repository.
	// It is empty where that cannot be told cheaply: the caller then looks
	// inside.
	Hash(path string) (string, error)
}
