package ownfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Lock takes the lock of an open file (flock(2)), which estrand and estranctl share. It goes when the file is closed, and
// so with the process. Where another one holds it for longer than atMost, that is an error; so is the end of ctx.
func Lock(ctx context.Context, f *os.File, atMost time.Duration) error {
	for deadline := time.Now().Add(atMost); ; {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR):
			return err
		case time.Now().After(deadline):
			return fmt.Errorf("another program holds %s", f.Name())
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
