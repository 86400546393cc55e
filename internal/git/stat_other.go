//go:build !linux

package git

import "io/fs"

// notedOf returns the stat data that git would record, as far as all systems have
// them.
func notedOf(info fs.FileInfo) (n noted, full bool) {
	return noted{modified: timeOf(info.ModTime()), size: uint32(info.Size())}, false
}
