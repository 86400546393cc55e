package atomicfile

import (
	"os"

	"golang.org/x/sys/unix"
)

// pages implements pager.
type pages struct{ *os.File }

func (p pages) begin(from int64) {
	_ = unix.SyncFileRange(int(p.Fd()), from, piece, unix.SYNC_FILE_RANGE_WRITE)
}

func (p pages) finish(from int64) {
	_ = unix.SyncFileRange(int(p.Fd()), from, piece, unix.SYNC_FILE_RANGE_WAIT_BEFORE|unix.SYNC_FILE_RANGE_WRITE|unix.SYNC_FILE_RANGE_WAIT_AFTER)
}

func (p pages) letGo(from int64) {
	_ = unix.Fadvise(int(p.Fd()), from, piece, unix.FADV_DONTNEED)
}
