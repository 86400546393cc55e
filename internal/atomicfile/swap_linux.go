package atomicfile

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// swap exchanges an entry of a folder and one of its staging folder in one step. It
// reports whether the file system can do that.
func swap(dir *os.File, name string) (done bool, err error) {
	fd := int(dir.Fd())
	waiting, err := unix.Openat(fd, staging, unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return false, os.NewSyscallError("open", err)
	}
	err = unix.Renameat2(waiting, name, fd, name, unix.RENAME_EXCHANGE)
	done = err == nil
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV) {
		err = nil
	}
	return done, errors.Join(err, unix.Close(waiting))
}
