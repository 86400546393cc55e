package source

// Walking is the same folder where the kernel cannot look up whole paths.
func Walking(f *Folder) *Folder { return &Folder{root: f.root} }
