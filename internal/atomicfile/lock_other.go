//go:build !unix || aix || solaris

package atomicfile

import "os"

// lock does nothing: folders have no locks here.
func lock(*os.File) error { return nil }
