package activity

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Path is the file of the counts of an installed station; in another state directory it has the same name.
const Path = "/var/lib/estran/activity"

// Files lists the names of all files that the counts may have in their directory: nothing of a visitor, and so no remains.
func Files() []string {
	name := filepath.Base(Path)
	return []string{name, name + next, name + aside, name + aside + next}
}

const (
	next  = ".new"   // the file that is about to take the place of the other
	aside = ".aside" // the lines that could not be read
)

// largest bounds the file in bytes: some hundred years. That of what was put aside too: the newest is kept.
const largest = 4 << 20

// read gives the bytes of a file and whether there is one.
func read(path string) (data []byte, there bool, err error) {
	f, err := openOwn(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(data) > largest {
		err = fmt.Errorf("%s is larger than any of ours", path)
	}
	return data, true, err
}

// openOwn opens the file itself, nothing that a link or a pipe leads to, and only when it is the caller's alone. Without
// blocking, since a pipe in its place would keep us waiting.
func openOwn(path string) (*os.File, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	f := os.NewFile(uintptr(fd), path)
	var st unix.Stat_t
	if err = unix.Fstat(fd, &st); err == nil && (st.Mode&unix.S_IFMT != unix.S_IFREG || st.Mode&0o077 != 0 || int(st.Uid) != os.Geteuid()) {
		err = fmt.Errorf("%s is not a file of ours alone: chown root:root and chmod 0600", path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// replace puts a new file in the place of another, and has it on the disk before it answers. On an error the old one
// stands, and the new one is taken away: it may hold the last room of the disk.
func replace(path string, data []byte) error {
	if err := os.Remove(path + next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path+next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(path+next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(path+next))
	}
	return syncDirectory(path)
}

// remove takes a file away, on the disk too.
func remove(path string) error {
	if err := os.Remove(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return syncDirectory(path)
}

// syncDirectory waits until the name of a file is on the disk, too (fsync(2)).
func syncDirectory(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// putAside adds lines that could not be read to those that were put aside before.
func putAside(path string, lost []byte) error {
	before, _, err := read(path + aside)
	if err != nil {
		return err
	}
	all := append(before, lost...)
	return replace(path+aside, all[max(0, len(all)-largest):])
}
