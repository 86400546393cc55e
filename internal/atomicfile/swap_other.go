//go:build !linux

package atomicfile

import "os"

// swap is not to be had here.
func swap(*os.File, string) (bool, error) { return false, nil }
