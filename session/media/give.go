package media

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"estran/session"
)

// Stage opens a nameless file in a directory (O_TMPFILE, open(2)): nobody else can open it, and it is gone when it is
// closed, however the process ends, unless Give gave it a name.
func Stage(dir string) (*os.File, error) {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, sessionFault(err)
	}
	return os.NewFile(uintptr(fd), "staged"), nil
}

// Discard drops a staged file. It is emptied first: an antivirus that was handed it and still reads, after the scan was
// given up, meets its end and lets go; until then the session's memory could not be taken away.
func Discard(staged *os.File) {
	_ = staged.Truncate(0)
	_ = staged.Close()
}

// maxTries bounds how many names are tried for one file.
const maxTries = 10_000

// Give names a staged file: name without its folders, or one like it (« photo (2).jpg ») when that is taken. Nothing is
// ever replaced. dir is on the file system that the file was staged on. It returns the name it got.
func Give(staged *os.File, dir string, name session.Private) (session.Private, error) {
	from := fmt.Sprintf("/proc/self/fd/%d", staged.Fd())
	to, err := unix.Open(dir, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", fmt.Errorf("cannot open the documents: %w", err)
	}
	defer unix.Close(to)
	for n := 1; n <= maxTries; n++ {
		try := Alternative(baseOf(name.Reveal()), n)
		err := unix.Linkat(unix.AT_FDCWD, from, to, try, unix.AT_SYMLINK_FOLLOW)
		if err == nil {
			return session.Private(try), nil
		}
		if !errors.Is(err, unix.EEXIST) {
			return "", sessionFault(err)
		}
	}
	return "", fmt.Errorf("cannot name the copy: %w", unix.EEXIST)
}
