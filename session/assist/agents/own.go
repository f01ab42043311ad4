package agents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// largest bounds both files, in bytes; ours are some thousand.
const largest = 1 << 20

// readOwn reads a file that is the caller's alone: nothing that a link or a pipe leads to, under one name, with mode 0600.
func readOwn(path string) ([]byte, error) {
	f, err := openOwn(path, unix.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(data) > largest {
		err = fmt.Errorf("%s is larger than any of ours: put it aside", path)
	}
	return data, err
}

func openOwn(path string, flags int) (*os.File, error) {
	fd, err := unix.Open(path, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, 0o600)
	if errors.Is(err, unix.ELOOP) {
		return nil, fmt.Errorf("%s is a link: put the file itself there", path)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	f := os.NewFile(uintptr(fd), path)
	var st unix.Stat_t
	err = unix.Fstat(fd, &st)
	switch {
	case err != nil:
	case st.Mode&unix.S_IFMT != unix.S_IFREG:
		err = fmt.Errorf("%s is no file: take away what is in its place", path)
	case st.Mode&0o7777 != 0o600 || int(st.Uid) != os.Geteuid():
		err = fmt.Errorf("%s is not a file of ours alone: chown root:root and chmod 0600, then see who changed what", path)
	case st.Nlink != 1:
		err = fmt.Errorf("%s has a second name: copy it, and put the copy in its place", path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// nextSuffix is added to the name of a file for the one that is about to take its place.
const nextSuffix = ".new"

// replace puts a new file in the place of another, and has it on the disk before it answers (rename(2), fsync(2)). On an
// error the old one stands.
func replace(path string, data []byte) error {
	next := path + nextSuffix
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o600) // whatever the umask
	}
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

// syncDirectory waits until the name of a file is on the disk, too.
func syncDirectory(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// longestWait is how long one waits for the others to finish: a sign-in takes a tenth of a second.
const longestWait = 10 * time.Second

// lock takes the one lock of both files, which estrand and estranctl share (flock(2)); release gives it back.
func lock(ctx context.Context, path string) (release func(), err error) {
	f, err := openOwn(path, unix.O_RDWR|unix.O_CREAT)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(longestWait); ; {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return func() { f.Close() }, nil
		case !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR):
			f.Close()
			return nil, err
		case time.Now().After(deadline):
			f.Close()
			return nil, fmt.Errorf("another program holds %s", path)
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
