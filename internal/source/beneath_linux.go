package source

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// beneath opens a path below a folder with one openat2 call, in which the kernel
// rejects links and paths out of the folder. ok is false where the kernel cannot
// do so and the path must be walked element by element.
func beneath(dir *os.File, name string) (file *os.File, ok bool, err error) {
	how := unix.OpenHow{
		Flags:   uint64(openFlags | unix.O_CLOEXEC),
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS,
	}
	for {
		fd, err := unix.Openat2(int(dir.Fd()), name, &how)
		switch {
		case err == nil:
			return os.NewFile(uintptr(fd), name), true, nil
		case errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN):
			continue
		case errors.Is(err, unix.ENOENT), errors.Is(err, unix.EACCES):
			return nil, true, err
		}
		// For any other error the walk finds the exact reason.
		return nil, false, nil
	}
}
