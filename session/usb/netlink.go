package usb

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// fromKernel is the group of netlink's uevents that the kernel itself sends to; udev has another.
const fromKernel = 1

// listen gives a sign when the kernel says that any device came, went or changed (netlink(7), NETLINK_KOBJECT_UEVENT). The
// channel never closes: without signs the watcher looks by itself.
//
// The kernel sends these to every network namespace that its first user namespace owns (lib/kobject_uevent.c), and so
// into the one that PrivateNetwork= makes too.
func listen(ctx context.Context) (<-chan struct{}, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, unix.NETLINK_KOBJECT_UEVENT)
	if err != nil {
		return nil, fmt.Errorf("cannot hear the kernel: %w", err)
	}
	if err := unix.Bind(fd, &unix.SockaddrNetlink{Family: unix.AF_NETLINK, Groups: fromKernel}); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("cannot hear the kernel: %w", err)
	}
	socket := os.NewFile(uintptr(fd), "uevents")
	context.AfterFunc(ctx, func() { _ = socket.Close() })
	signs := make(chan struct{}, 1)
	go func() {
		defer func() { _ = socket.Close() }()
		for hear(socket) {
			select {
			case signs <- struct{}{}:
			default: // one is waiting already
			}
		}
	}()
	return signs, nil
}

// hear waits for one message, false when there will be none any more. One byte is read of it, and the kernel drops the
// rest: a message names devices, and is not needed.
func hear(socket *os.File) bool {
	var one [1]byte
	_, err := socket.Read(one[:])
	return err == nil || errors.Is(err, unix.ENOBUFS) // some were lost: a sign like any other
}
