package media

import (
	"errors"

	"golang.org/x/sys/unix"
)

// beneath opens a path below an open directory. The kernel refuses what would leave it, by "..", by a link or into
// another mount (openat2(2)); O_NONBLOCK keeps a pipe or a tape from holding us; O_NOATIME leaves no trace of the
// reading on the key, where we may ask that.
func beneath(dir int, path string, flags, mode int) (int, error) {
	how := unix.OpenHow{
		Flags:   uint64(flags | unix.O_CLOEXEC | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_NOCTTY | unix.O_NOATIME),
		Mode:    uint64(mode),
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS | unix.RESOLVE_NO_XDEV,
	}
	fd, err := openat2(dir, path, &how)
	if errors.Is(err, unix.EPERM) {
		how.Flags &^= unix.O_NOATIME // the file is somebody else's
		fd, err = openat2(dir, path, &how)
	}
	return fd, err
}

func openat2(dir int, path string, how *unix.OpenHow) (int, error) {
	for try := 0; ; try++ {
		fd, err := unix.Openat2(dir, path, how)
		// EAGAIN: something was renamed meanwhile, and the kernel could not be sure of "..".
		if again := errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN); !again || try == 10 {
			return fd, err
		}
	}
}
