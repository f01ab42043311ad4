package conditions

import (
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/sys/unix"
)

// tmpfs makes a tmpfs as a session's memory is made, which nobody sees: it is mounted nowhere (fsopen(2), fsmount(2)),
// and goes with the descriptor. A file is written into it.
func tmpfs(size int64) (noswap bool, err error) {
	fsfd, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return false, fmt.Errorf("cannot open tmpfs: %w", err)
	}
	defer unix.Close(fsfd)
	if err := unix.FsconfigSetString(fsfd, "size", strconv.FormatInt(size, 10)); err != nil {
		return false, fmt.Errorf("cannot set the size of a tmpfs: %w", err)
	}
	switch err := unix.FsconfigSetFlag(fsfd, "noswap"); {
	case err == nil:
		noswap = true
	case !errors.Is(err, unix.EINVAL): // before Linux 6.4 there is no such flag (tmpfs(5))
		return false, fmt.Errorf("cannot keep a tmpfs out of swap: %w", err)
	}
	if err := unix.FsconfigCreate(fsfd); err != nil {
		return false, fmt.Errorf("cannot make a tmpfs: %w", err)
	}
	root, err := unix.Fsmount(fsfd, unix.FSMOUNT_CLOEXEC, unix.MOUNT_ATTR_NOSUID|unix.MOUNT_ATTR_NODEV|unix.MOUNT_ATTR_NOEXEC)
	if err != nil {
		return false, fmt.Errorf("cannot mount a tmpfs: %w", err)
	}
	defer unix.Close(root)
	file, err := unix.Openat(root, "try", unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return false, fmt.Errorf("cannot write into a tmpfs: %w", err)
	}
	defer unix.Close(file)
	if _, err := unix.Write(file, make([]byte, 4096)); err != nil {
		return false, fmt.Errorf("cannot write into a tmpfs: %w", err)
	}
	return noswap, nil
}
