package kiosk

import (
	"fmt"
	"os"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// openPty opens a pseudo-terminal whose master can be closed while it is being read: package pty leaves it in blocking
// mode, in which Close waits for a Read that may never end (os.File.Close).
func openPty() (master, slave *os.File, err error) {
	blocking, slave, err := pty.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("cannot open a pseudo-terminal: %w", err)
	}
	defer blocking.Close()
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		_ = slave.Close()
		return nil, nil, fmt.Errorf("cannot open a pseudo-terminal: %w", err)
	}
	return os.NewFile(uintptr(fd), "pseudo-terminal"), slave, nil
}

// setPtySize sets the size of both ends, in cells.
func setPtySize(master *os.File, columns, rows int) error {
	conn, err := master.SyscallConn()
	if err != nil {
		return fmt.Errorf("cannot size a pseudo-terminal: %w", err)
	}
	size := &unix.Winsize{Col: uint16(columns), Row: uint16(rows)}
	var failed error
	if err := conn.Control(func(fd uintptr) { failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, size) }); err != nil {
		return fmt.Errorf("cannot size a pseudo-terminal: %w", err)
	}
	return failed
}
