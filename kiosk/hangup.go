package kiosk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// onHangup calls lost when the other end of a terminal is gone: Bubble Tea would wait for keys for ever. The function
// that it gives ends the wait. It sleeps in poll(2) meanwhile.
func onHangup(tty *os.File, lost func()) (stop func(), err error) {
	wake, end, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	fds := []unix.PollFd{
		{Fd: int32(tty.Fd())}, // POLLHUP and POLLERR need not be asked for
		{Fd: int32(wake.Fd()), Events: unix.POLLIN},
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer wake.Close()
		for {
			_, err := unix.Poll(fds, -1)
			switch {
			case errors.Is(err, unix.EINTR):
				continue
			case err != nil || fds[1].Revents != 0:
				return
			case fds[0].Revents != 0:
				lost()
				return
			}
		}
	}()
	return func() {
		_ = end.Close()
		<-done
	}, nil
}
