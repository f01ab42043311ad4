package media

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// Open opens a key. A block device or an image is mounted read-only at no path, which needs CAP_SYS_ADMIN: ErrNeedsRoot
// without. ErrEncrypted, ErrEmpty, ErrDamaged, ErrForeign or else ErrUnreadable when nothing on it can be read. Of several
// partitions those that can be are opened, and Problem tells of the others. Nothing is written to the key.
func Open(ctx context.Context, src Source) (*Medium, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !src.Device {
		p, err := openFolder(src.Path)
		if err != nil {
			return nil, err
		}
		return &Medium{src: src, parts: []*part{p}}, nil
	}
	m := &Medium{src: src}
	var failed []error
	for _, path := range src.paths() {
		p, err := openDevice(ctx, path)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		m.parts = append(m.parts, p)
	}
	if len(m.parts) == 0 {
		return nil, mostTelling(failed)
	}
	// Where nothing was ever put, nothing is missing.
	m.partly = slices.ContainsFunc(failed, func(err error) bool { return !errors.Is(err, ErrEmpty) })
	if len(m.parts) > 1 {
		for i, p := range m.parts {
			p.name = fmt.Sprintf("Partie %d", i+1)
		}
	}
	return m, nil
}

// mostTelling is the error to tell when no partition could be opened: what may hold the visitor's files goes first.
func mostTelling(errs []error) error {
	for _, kind := range []error{context.Canceled, context.DeadlineExceeded, ErrNeedsRoot, ErrEncrypted, ErrDamaged, ErrForeign} {
		for _, err := range errs {
			if errors.Is(err, kind) {
				return err
			}
		}
	}
	for _, err := range errs {
		if !errors.Is(err, ErrEmpty) {
			return err
		}
	}
	return errs[0]
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
