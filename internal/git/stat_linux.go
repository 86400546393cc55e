package git

import (
	"io/fs"
	"syscall"
)

// notedOf returns the stat data that git would record for a file. The inode and
// the ctime reveal a file whose size and mtime were restored.
func notedOf(info fs.FileInfo) (n noted, full bool) {
	n = noted{modified: timeOf(info.ModTime()), size: uint32(info.Size())}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return n, false
	}
	n.changed = fileTime{uint32(stat.Ctim.Sec), uint32(stat.Ctim.Nsec)}
	n.inode, n.owner, n.group = uint32(stat.Ino), stat.Uid, stat.Gid
	return n, true
}
