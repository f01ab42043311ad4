package agents

import (
	"context"
	"time"

	"golang.org/x/sys/unix"

	"estran/session/ownfile"
)

// longestWait is how long one waits for the others to finish: a sign-in takes a tenth of a second.
const longestWait = 10 * time.Second

// lock takes the one lock of both files, which estrand and estranctl share; release gives it back.
func lock(ctx context.Context, path string) (release func(), err error) {
	f, err := ownfile.Open(path, unix.O_RDWR|unix.O_CREAT)
	if err != nil {
		return nil, err
	}
	if err := ownfile.Lock(ctx, f, longestWait); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
