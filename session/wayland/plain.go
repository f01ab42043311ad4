package wayland

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// Plain shows the compositor's own socket at path, all its protocols included, for a compositor that has no security
// contexts (sway before 1.9). The caller decides that this is good enough: the browser's wall is then bubblewrap alone,
// and a program that got hold of Firefox could take pictures of the screen and type. Only root of its mount namespace can
// do it. path must not exist; the closer takes it away.
//
// The socket may then be used by whoever reaches it: the directory of the compositor and that of path must keep
// everybody else out. A mount shows the same inode, so that one mode holds for both.
func Plain(compositor, path string) (io.Closer, error) {
	// A mount of the socket alone, which is nowhere yet. Another user's directory: a link there must not lead root to change
	// the mode of something else.
	fd, err := unix.OpenTree(unix.AT_FDCWD, compositor, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_SYMLINK_NOFOLLOW)
	if err != nil {
		return nil, fmt.Errorf("cannot reach the compositor: %w", err)
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil || st.Mode&unix.S_IFMT != unix.S_IFSOCK {
		return nil, errors.New("cannot reach the compositor: its socket is something else")
	}
	if err := open(fd); err != nil {
		return nil, fmt.Errorf("cannot open the compositor to the browser: %w", err)
	}
	place, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot make a place for the compositor's socket: %w", errors.Unwrap(err))
	}
	place.Close()
	if err := unix.MoveMount(fd, "", unix.AT_FDCWD, path, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot show the compositor's socket: %w", err), os.Remove(path))
	}
	return plain(path), nil
}

// open lets everybody use a socket that is mounted alone. The mount was a copy of what this process sees, where nothing can
// be changed (ProtectSystem=strict of the service).
func open(mount int) error {
	writable := unix.MountAttr{Attr_clr: unix.MOUNT_ATTR_RDONLY}
	if err := unix.MountSetattr(mount, "", unix.AT_EMPTY_PATH, &writable); err != nil {
		return err
	}
	if err := os.Chmod(fmt.Sprintf("/proc/self/fd/%d", mount), 0o666); err != nil {
		return errors.Unwrap(err)
	}
	return nil
}

// plain is where a compositor's own socket is shown.
type plain string

func (p plain) Close() error {
	if err := unix.Unmount(string(p), unix.MNT_DETACH|unix.UMOUNT_NOFOLLOW); err != nil {
		return fmt.Errorf("cannot take the compositor's socket away: %w", err)
	}
	return os.Remove(string(p))
}
