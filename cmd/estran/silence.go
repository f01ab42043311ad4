package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// silenced is standard error while the kiosk is on the screen.
type silenced struct{ before int }

// silence sends standard error nowhere when it is the terminal: a panic of some library must not print a stack over
// the visitor's screen. Standard error that goes to a file or to the journal is left alone.
func silence() silenced {
	if !isTerminal(os.Stderr) {
		return silenced{-1}
	}
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return silenced{-1}
	}
	defer nowhere.Close()
	before, err := unix.FcntlInt(os.Stderr.Fd(), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return silenced{-1}
	}
	if err := unix.Dup3(int(nowhere.Fd()), int(os.Stderr.Fd()), 0); err != nil {
		_ = unix.Close(before)
		return silenced{-1}
	}
	return silenced{before}
}

func (s silenced) undo() {
	if s.before >= 0 {
		_ = unix.Dup3(s.before, int(os.Stderr.Fd()), 0)
		_ = unix.Close(s.before)
	}
}
