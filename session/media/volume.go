package media

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// volume is a block device whose file system is mounted for us alone.
type volume struct {
	device *os.File // kept open, so that the device can be asked whether it is there
	fs     filesystem
	mount  int // the mount itself; it has no path, and goes when the last descriptor below it is closed
}

const safeAttributes = unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV | unix.MOUNT_ATTR_NOEXEC | unix.MOUNT_ATTR_NOSYMFOLLOW

// openVolume mounts a block device, read-only.
func openVolume(device *os.File) (*volume, error) {
	fs, known := recognize(device)
	if !known {
		return nil, fmt.Errorf("no file system that keys have: %w", ErrUnreadable)
	}
	v := &volume{device: device, fs: fs}
	var err error
	for _, kind := range fs.types {
		if v.mount, err = v.mountAs(kind); err == nil {
			return v, nil
		}
		if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
			return nil, fmt.Errorf("cannot mount: %w: %w", ErrNeedsRoot, err)
		}
	}
	return nil, fmt.Errorf("cannot mount: %w: %w", ErrUnreadable, err)
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
	for _, option := range v.fs.options {
		if err := setOption(context, option); err != nil && !errors.Is(err, unix.EINVAL) {
			return -1, err
		}
	}
	if err := unix.FsconfigCreate(context); err != nil {
		return -1, err
	}
	return unix.Fsmount(context, unix.FSMOUNT_CLOEXEC, safeAttributes|unix.MOUNT_ATTR_RDONLY)
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
	if err := unix.FsconfigSetFlag(context, flag); err != nil {
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
