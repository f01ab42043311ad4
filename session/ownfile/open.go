package ownfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// Open opens a file that is the caller's alone: a regular file, under one name, of the user that runs this program, with
// mode 0600. It follows no link in the last part of the path, and waits for no pipe. flags are those of open(2), O_CREAT
// among them for a file that need not be there yet; it is made with mode 0600. The caller closes it.
//
// A file that is not there is fs.ErrNotExist. Whatever else stands in its place is an error, and is left as it is.
func Open(path string, flags int) (*os.File, error) {
	fd, err := unix.Open(path, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC|unix.O_NONBLOCK, mode)
	switch {
	case errors.Is(err, unix.ELOOP):
		return nil, fmt.Errorf("%s is a link: put the file itself there", path)
	case errors.Is(err, unix.EISDIR), errors.Is(err, unix.ENXIO): // a directory or a socket, which cannot even be opened
		return nil, notAFile(path)
	case err != nil:
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	f := os.NewFile(uintptr(fd), path)
	if err := checkOwn(f); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// mode is that of each file: it is nobody's but its owner's.
const mode = 0o600

// checkOwn looks at what was opened, not at what has its name by now.
func checkOwn(f *os.File) error {
	var st unix.Stat_t
	err := unix.Fstat(int(f.Fd()), &st)
	switch {
	case err != nil:
		return &fs.PathError{Op: "stat", Path: f.Name(), Err: err}
	case st.Mode&unix.S_IFMT != unix.S_IFREG:
		return notAFile(f.Name())
	case st.Mode&0o7777 != mode || int(st.Uid) != os.Geteuid():
		return fmt.Errorf("%s is not a file of ours alone: chown root:root and chmod 0600, then see who changed what", f.Name())
	case st.Nlink > 1: // none, where it was replaced meanwhile
		return fmt.Errorf("%s has a second name: copy it, and put the copy in its place", f.Name())
	}
	return nil
}

func notAFile(path string) error {
	return fmt.Errorf("%s is no file: take away what is in its place", path)
}

// Read gives all that is in a file that is the caller's alone, as Open has it. One of more than most bytes is an error: it
// is none that we wrote, and must not fill the memory.
func Read(path string, most int64) ([]byte, error) {
	f, err := Open(path, unix.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%s is larger than any of ours: put it aside", path)
	}
	return data, nil
}
