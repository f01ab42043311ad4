package launch

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// detached is a copy of a mount, and of what is mounted in it, that is nowhere: whoever has the descriptor can put it
// somewhere (open_tree(2)). It keeps the file system in use until it is closed.
func detached(dir string) (*os.File, error) {
	fd, err := unix.OpenTree(unix.AT_FDCWD, dir, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return nil, fmt.Errorf("cannot copy the mount of the session's memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "memory"), nil
}

// attach puts it at dir, which exists, in this process's mount namespace (move_mount(2)). What is then mounted or
// unmounted on either side stays there: the copy would otherwise be the original's peer (mount_namespaces(7)).
func attach(tree *os.File, dir string) error {
	if err := unix.MoveMount(int(tree.Fd()), "", unix.AT_FDCWD, dir, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return fmt.Errorf("cannot mount the session's memory: %w", err)
	}
	if err := unix.Mount("", dir, "", unix.MS_PRIVATE|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("cannot keep the session's memory to the browser: %w", err)
	}
	return nil
}
