//go:build !linux

package git

import "io/fs"

// notedOf is what git would note about a file, as far as all systems know it.
func notedOf(info fs.FileInfo) (n noted, full bool) {
	return noted{modified: timeOf(info.ModTime()), size: uint32(info.Size())}, false
}
