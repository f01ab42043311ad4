package media

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// Open opens a key. A block device or an image is mounted read-only at no path, which needs CAP_SYS_ADMIN: ErrNeedsRoot
// without. ErrUnreadable when there is no file system on it that keys have and the kernel knows.
func Open(ctx context.Context, src Source) (*Medium, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := &Medium{src: src}
	if src.Device {
		return m, m.openDevice(ctx)
	}
	root, err := unix.Open(src.Path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot open the key: %w: %w", ErrUnreadable, err)
	}
	m.root = root
	if m.who, err = identityOf(root); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot look at the key: %w: %w", ErrUnreadable, err), unix.Close(root))
	}
	return m, nil
}

func (m *Medium) openDevice(ctx context.Context) error {
	device, who, err := openBlock(m.src.Path)
	if err != nil {
		return err
	}
	vol, err := openVolume(ctx, device)
	if err != nil {
		return errors.Join(err, device.Close())
	}
	root, err := unix.Openat(vol.mount, ".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return errors.Join(fmt.Errorf("cannot open the key: %w: %w", ErrUnreadable, err), vol.close())
	}
	m.who, m.vol, m.root = who, vol, root
	return nil
}

// openBlock opens a block device, or makes one of an image.
func openBlock(path string) (*os.File, identity, error) {
	readOnly := false
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.EROFS) || errors.Is(err, unix.EACCES) || errors.Is(err, unix.EPERM) {
		readOnly = true // a write-protected key, or an image that is not ours
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	}
	if err != nil {
		return nil, identity{}, rightless("cannot open the device", err)
	}
	f := os.NewFile(uintptr(fd), "")
	var st unix.Stat_t
	who, err := identityOf(fd)
	if err := errors.Join(err, unix.Fstat(fd, &st)); err != nil {
		return nil, identity{}, errors.Join(fmt.Errorf("cannot look at the device: %w", err), f.Close())
	}
	device := f
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFBLK:
	case unix.S_IFREG:
		device, err = attach(f, readOnly)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, identity{}, err
		}
	default:
		return nil, identity{}, errors.Join(fmt.Errorf("not a block device: %w", ErrUnreadable), f.Close())
	}
	// From here on reading is enough, and a kernel that guards mounted devices wants no other writer
	// (CONFIG_BLK_DEV_WRITE_MOUNTED).
	reading, err := os.Open(fmt.Sprintf("/proc/self/fd/%d", device.Fd()))
	if err != nil {
		err = rightless("cannot open the device", err)
	}
	return reading, who, errors.Join(err, device.Close())
}
