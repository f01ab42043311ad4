package media

import (
	"context"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// watchMounts gives a sign whenever something is mounted or unmounted: the kernel marks /proc/self/mountinfo then
// (proc(5)).
func watchMounts(ctx context.Context) (<-chan struct{}, error) {
	// Not os.Open: the runtime would poll it too, and each sign goes to one of those who poll.
	table, err := unix.Open("/proc/self/mountinfo", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot watch mounts: %w", err)
	}
	// A pipe whose other end is closed wakes the poll at the end.
	wake, done, err := os.Pipe()
	if err != nil {
		_ = unix.Close(table)
		return nil, fmt.Errorf("cannot watch mounts: %w", err)
	}
	context.AfterFunc(ctx, func() { _ = done.Close() })
	signs := make(chan struct{}, 1)
	go func() {
		defer unix.Close(table)
		defer wake.Close()
		fds := []unix.PollFd{{Fd: int32(table), Events: unix.POLLPRI}, {Fd: int32(wake.Fd()), Events: unix.POLLIN}}
		for ctx.Err() == nil {
			if _, err := unix.Poll(fds, -1); err != nil && err != unix.EINTR {
				return
			}
			if fds[0].Revents != 0 {
				select {
				case signs <- struct{}{}:
				default: // one waits already
				}
			}
		}
	}()
	return signs, nil
}
