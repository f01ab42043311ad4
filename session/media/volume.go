package media

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// volume is a block device whose file system is mounted for us alone.
type volume struct {
	device *os.File // kept open, so that the device can be asked whether it is there
	fs     filesystem
	mount  int // the mount itself; it has no path, and goes when the last descriptor below it is closed
}

// pause waits a moment, false when ctx ends first.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(30 * time.Millisecond):
		return true
	}
}

const safeAttributes = unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV | unix.MOUNT_ATTR_NOEXEC | unix.MOUNT_ATTR_NOSYMFOLLOW

// openVolume mounts a block device, read-only.
func openVolume(ctx context.Context, device *os.File) (*volume, error) {
	fs, err := recognize(device)
	if err != nil {
		return nil, err
	}
	v := &volume{device: device, fs: fs}
	if err := v.open(ctx); err != nil {
		return nil, err
	}
	return v, nil
}

// open mounts it as one of the types that it may be called.
func (v *volume) open(ctx context.Context) error {
	worst := fmt.Errorf("the kernel has no driver: %w", ErrForeign)
	for _, kind := range v.fs.types {
		var err error
		for try := 0; ; try++ {
			v.mount, err = v.mountAs(kind)
			// A key that was let go just now may be in use for a moment yet.
			if !errors.Is(err, unix.EBUSY) || try == 100 || !pause(ctx) {
				break
			}
		}
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES):
			return fmt.Errorf("cannot mount: %w: %w", ErrNeedsRoot, err)
		case errors.Is(err, unix.EBUSY):
			return fmt.Errorf("mounted by somebody else: %w: %w", ErrUnreadable, err)
		case !errors.Is(err, unix.ENODEV): // there is such a driver, and it refuses
			worst = fmt.Errorf("cannot mount: %w: %w", ErrDamaged, err)
		}
	}
	return worst
}

// top opens the top folder.
func (v *volume) top() (int, error) {
	root, err := unix.Openat(v.mount, ".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, fmt.Errorf("cannot open the key: %w: %w", ErrDamaged, err)
	}
	return root, nil
}

func (v *volume) mountAs(kind string) (int, error) {
	context, err := unix.Fsopen(kind, unix.FSOPEN_CLOEXEC)
	if err != nil {
		return -1, err
	}
	defer unix.Close(context)
	// By its descriptor: the path may lead elsewhere by now.
	if err := unix.FsconfigSetString(context, "source", fmt.Sprintf("/proc/self/fd/%d", v.device.Fd())); err != nil {
		return -1, err
	}
	if err := unix.FsconfigSetFlag(context, "ro"); err != nil {
		return -1, err
	}
	if err := v.setOptions(context); err != nil {
		return -1, err
	}
	if err := v.create(context); err != nil {
		return -1, err
	}
	return unix.Fsmount(context, unix.FSMOUNT_CLOEXEC, safeAttributes|unix.MOUNT_ATTR_RDONLY)
}

// create makes the file system of a context, EBUSY when it is mounted already. The kernel would give us the same one, with
// its options, and what we make writable or not would be so for whoever mounted it: the computer itself, perhaps. Before
// Linux 6.6 it cannot promise, and is asked first.
func (v *volume) create(context int) error {
	const exclusively = 8 // FSCONFIG_CMD_CREATE_EXCL
	_, _, err := unix.Syscall6(unix.SYS_FSCONFIG, uintptr(context), exclusively, 0, 0, 0, 0)
	if err != unix.EOPNOTSUPP {
		return errnoOrNil(err)
	}
	alone := fmt.Sprintf("/proc/self/fd/%d", v.device.Fd())
	fd, open := unix.Open(alone, unix.O_RDONLY|unix.O_EXCL|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if open != nil {
		return open
	}
	_ = unix.Close(fd)
	return unix.FsconfigCreate(context)
}

func errnoOrNil(n unix.Errno) error {
	if n == 0 {
		return nil
	}
	return n
}

// setOptions gives a context the options that the kernel knows.
func (v *volume) setOptions(context int) error {
	for _, option := range v.fs.options {
		if err := setOption(context, option); err != nil && !errors.Is(err, unix.EINVAL) {
			return err
		}
	}
	return nil
}

func setOption(context int, option string) error {
	name, value, hasValue := strings.Cut(option, "=")
	if hasValue {
		return unix.FsconfigSetString(context, name, value)
	}
	return unix.FsconfigSetFlag(context, name)
}

// writable says that the device can be written at all.
func (v *volume) writable() bool {
	locked, err := unix.IoctlGetInt(int(v.device.Fd()), unix.BLKROGET)
	return err == nil && locked == 0 && !v.fs.readOnly && !v.fs.dirty
}

// setWritable lets the file system be written, or not, from now on. Taking the right away also flushes.
func (v *volume) setWritable(yes bool) error {
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}
	flag := "ro"
	if yes {
		attr, flag = unix.MountAttr{Attr_clr: unix.MOUNT_ATTR_RDONLY}, "rw"
	}
	context, err := unix.Fspick(v.mount, "", unix.FSPICK_CLOEXEC|unix.FSPICK_EMPTY_PATH)
	if err != nil {
		return err
	}
	defer unix.Close(context)
	if err := errors.Join(v.setOptions(context), unix.FsconfigSetFlag(context, flag)); err != nil {
		return err
	}
	if err := unix.FsconfigReconfigure(context); err != nil {
		return err
	}
	return unix.MountSetattr(v.mount, "", unix.AT_EMPTY_PATH, &attr)
}

// present asks the device itself, past every cache: a block is read from it.
func (v *volume) present() bool {
	direct, err := os.OpenFile(fmt.Sprintf("/proc/self/fd/%d", v.device.Fd()), os.O_RDONLY|unix.O_DIRECT|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer direct.Close()
	page, err := unix.Mmap(-1, 0, os.Getpagesize(), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		return false
	}
	defer func() { _ = unix.Munmap(page) }()
	n, err := unix.Pread(int(direct.Fd()), page, 0)
	return err == nil && n > 0
}

func (v *volume) close() error {
	err := unix.Close(v.mount)
	return errors.Join(err, v.device.Close())
}
