package source

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// beneath opens a path below a folder with one call, in which the kernel itself
// refuses links and every way out. ok is false where the kernel cannot do so
// and the path must be walked element by element.
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
		// Whatever else is the matter, the walk names it exactly.
		return nil, false, nil
	}
}
