package media

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// part is what of a key has a top folder of its own: a folder, or one partition.
type part struct {
	path string
	// name is the folder that its files are shown in, "" when it is the only one. The label would be kinder, and is the
	// key's to choose: two may be the same, or none at all.
	name string
	// who is the file at the path: another key may take its place.
	who  identity
	root int     // the top folder
	vol  *volume // nil for a folder
}

func openFolder(path string) (*part, error) {
	root, err := unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot open the key: %w: %w", ErrUnreadable, err)
	}
	who, err := identityOf(root)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cannot look at the key: %w: %w", ErrUnreadable, err), unix.Close(root))
	}
	return &part{path: path, who: who, root: root}, nil
}

func openDevice(ctx context.Context, path string) (*part, error) {
	device, who, err := openBlock(path)
	if err != nil {
		return nil, err
	}
	vol, err := openVolume(ctx, device)
	if err != nil {
		return nil, errors.Join(err, device.Close())
	}
	root, err := vol.top()
	if err != nil {
		return nil, errors.Join(err, vol.close())
	}
	return &part{path: path, who: who, root: root, vol: vol}, nil
}

// present says that it is still what was opened, and still there.
func (p *part) present() bool {
	if who, err := identityAt(p.path); err != nil || who != p.who {
		return false
	}
	if p.vol != nil && !p.vol.present() {
		return false
	}
	// A file system that lost its device still lists what it has in memory, but cannot flush.
	if err := unix.Fsync(p.root); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.EROFS) {
		return false
	}
	fd, err := beneath(p.root, ".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	_, err = unix.ReadDirent(fd, make([]byte, 4096))
	return err == nil
}

// writable says that documents can be copied to it.
func (p *part) writable() bool {
	if p.vol != nil {
		return p.vol.writable()
	}
	return unix.Faccessat(p.root, ".", unix.W_OK, unix.AT_EACCESS) == nil
}

// free is the room left, in bytes.
func (p *part) free() (int64, error) {
	var st unix.Statfs_t
	if err := unix.Fstatfs(p.root, &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * st.Frsize, nil
}

func (p *part) close() error {
	err := unix.Close(p.root)
	if p.vol != nil {
		err = errors.Join(err, p.vol.close())
	}
	return err
}
