package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// ErrForm: the file is no sheet in sealed memory.
var ErrForm = errors.New("that is no sealed sheet")

// seals are what nobody can take off again: what was looked at is what is printed (fcntl(2), F_ADD_SEALS).
const seals = unix.F_SEAL_WRITE | unix.F_SEAL_SHRINK | unix.F_SEAL_GROW

// magic begins a PDF (ISO 32000-1, 7.5.2).
const magic = "%PDF-"

// Make puts a sheet into memory that has no name and seals it. The kiosk calls it; the file is the caller's to close, and
// is gone with the last descriptor on it.
func Make(pdf []byte) (*os.File, error) {
	fd, err := memfd()
	if err != nil {
		return nil, fmt.Errorf("cannot make a sheet in memory: %w", err)
	}
	f := os.NewFile(uintptr(fd), "sheet")
	if _, err = f.Write(pdf); err == nil {
		_, err = unix.FcntlInt(f.Fd(), unix.F_ADD_SEALS, seals|unix.F_SEAL_SEAL)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("cannot seal a sheet: %w", err), f.Close())
	}
	return f, nil
}

// memfd makes the file, which nothing can execute where the kernel knows that (Linux 6.3, memfd_create(2)).
func memfd() (int, error) {
	const flags = unix.MFD_CLOEXEC | unix.MFD_ALLOW_SEALING
	fd, err := unix.MemfdCreate("sheet", flags|unix.MFD_NOEXEC_SEAL)
	if errors.Is(err, unix.EINVAL) {
		fd, err = unix.MemfdCreate("sheet", flags)
	}
	return fd, err
}

// Open reads a sheet that somebody else made, ErrForm when it is not one of at most so many bytes. The station calls it.
// The reader reads f, which stays the caller's, and leaves its offset alone.
func Open(f *os.File, most int64) (*io.SectionReader, error) {
	// Only files in memory that were made for it have seals; asking a pipe, a socket or a folder hurts nothing.
	has, err := unix.FcntlInt(f.Fd(), unix.F_GET_SEALS, 0)
	if err != nil || has&seals != seals {
		return nil, fmt.Errorf("it has not the seals: %w", ErrForm)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > most {
		return nil, fmt.Errorf("it is no file, or too large: %w", ErrForm)
	}
	begins := make([]byte, len(magic))
	if _, err := f.ReadAt(begins, 0); err != nil || !bytes.Equal(begins, []byte(magic)) {
		return nil, fmt.Errorf("it is no PDF: %w", ErrForm)
	}
	return io.NewSectionReader(f, 0, info.Size()), nil
}
