//go:build unix

package atomicfile

import (
	"io/fs"
	"syscall"
)

// Linked reports whether a file has another name, which would keep what was there.
func Linked(info fs.FileInfo) bool {
	was, known := info.Sys().(*syscall.Stat_t)
	return known && was.Nlink > 1
}

// ownerOf are the owner and group of a file.
func ownerOf(info fs.FileInfo) (uid, gid int, known bool) {
	was, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, 0, false
	}
	return int(was.Uid), int(was.Gid), true
}
