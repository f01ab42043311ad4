package media

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Source is where a key is: a folder, a block device (or an image of one), or several partitions of one drive. Two of them
// can be compared.
type Source struct {
	Path   string
	Device bool
	more   string // the paths of further partitions, one a line
}

// Partitions is a key of which several block devices hold something.
func Partitions(first string, more ...string) Source {
	return Source{Path: first, Device: true, more: strings.Join(more, "\n")}
}

// paths are those of all the devices of a source.
func (s Source) paths() []string {
	if s.more == "" {
		return []string{s.Path}
	}
	return append([]string{s.Path}, strings.Split(s.more, "\n")...)
}

// SourceAt says what kind of source a path is: a folder, a block device, or a regular file taken as an image. A link is
// followed here, since it is IT that gives the path, and never later.
func SourceAt(path string) (Source, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return Source{}, fmt.Errorf("cannot look at the key: %w", errno(err))
	}
	if path, err = filepath.Abs(path); err != nil {
		return Source{}, fmt.Errorf("cannot look at the key: %w", errno(err))
	}
	info, err := os.Lstat(path)
	if err != nil {
		return Source{}, fmt.Errorf("cannot look at the key: %w", errno(err))
	}
	switch kind := info.Mode().Type(); kind {
	case os.ModeDir:
		return Source{Path: path}, nil
	case 0, os.ModeDevice:
		return Source{Path: path, Device: true}, nil
	default:
		return Source{}, fmt.Errorf("neither a folder nor a block device: %w", ErrUnreadable)
	}
}

// InUse says that a block device is still mounted or held by somebody, by asking the device itself for exclusive use
// (open(2), O_EXCL); of an image, that a loop device is made of it. A folder is never in use. Only for checks: it is how
// a wipe looks again after Eject or Close.
func InUse(src Source) (bool, error) {
	if !src.Device {
		return false, nil
	}
	for _, path := range src.paths() {
		if used, err := deviceInUse(path); used || err != nil {
			return used, err
		}
	}
	return false, nil
}

func deviceInUse(path string) (bool, error) {
	var st unix.Stat_t
	if err := unix.Lstat(path, &st); err != nil {
		if errors.Is(err, unix.ENOENT) {
			return false, nil // a device that is gone is used by nobody
		}
		return false, fmt.Errorf("cannot look at the device: %w", err)
	}
	if st.Mode&unix.S_IFMT == unix.S_IFREG {
		return loopOf(path)
	}
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_EXCL|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	switch {
	case errors.Is(err, unix.EBUSY):
		return true, nil
	case errors.Is(err, unix.ENXIO), errors.Is(err, unix.ENODEV), errors.Is(err, unix.ENOMEDIUM):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("cannot ask the device: %w", err)
	}
	return false, unix.Close(fd)
}

// loopOf says that a loop device is made of an image.
func loopOf(image string) (bool, error) {
	files, err := filepath.Glob("/sys/block/loop*/loop/backing_file")
	if err != nil {
		return false, fmt.Errorf("cannot list loop devices: %w", err)
	}
	for _, f := range files {
		backing, err := os.ReadFile(f)
		if err == nil && strings.TrimSuffix(string(backing), "\n") == image {
			return true, nil
		}
	}
	return false, nil
}
