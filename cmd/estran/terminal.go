package main

import (
	"os"

	"golang.org/x/sys/unix"
)

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

// terminal is how the terminal was before the kiosk, for whoever started it.
type terminal struct{ before *unix.Termios }

func saveTerminal() *terminal {
	before, err := unix.IoctlGetTermios(int(os.Stdin.Fd()), unix.TCGETS)
	if err != nil {
		return &terminal{}
	}
	return &terminal{before}
}

// resetScreen ends what a kiosk that was killed could not end: mouse and paste reports, keyboard reports, the hidden
// cursor, and the other screen (xterm ctlseqs).
const resetScreen = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[=0;1u\x1b[?25h\x1b[0m\x1b[?1049l"

func (t *terminal) restore() {
	if t.before == nil {
		return
	}
	_, _ = os.Stdout.WriteString(resetScreen)
	_ = unix.IoctlSetTermios(int(os.Stdin.Fd()), unix.TCSETS, t.before)
}
