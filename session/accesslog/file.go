package accesslog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Path is the access log of a station.
const Path = "/var/lib/estran/access-log"

// Next is added to the path of the log for the file that is about to take its place.
const Next = ".new"

// openOwn opens the log itself, nothing that a link or a pipe leads to, and only when it is the caller's alone.
func openOwn(path string) (*os.File, error) {
	fd, err := unix.Open(path, openFlags, 0)
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

// replace puts a new file in the place of the log, and has it on the disk before it answers. On an error the old one
// stands, and the new one is taken away: it may hold the last room of the disk.
func replace(path string, data []byte) error {
	next := path + Next
	if err := os.Remove(next); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
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
