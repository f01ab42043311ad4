package scan

import (
	"context"
	"os"
	"sync"
	"time"
)

// reach is how far clamd looks, found by trying: files known to be looked at whole, and files known not to be. Whatever is
// between was not tried yet.
//
// Without AlertExceedsMax, clamd says OK to a file it did not look at (MaxFileSize, MaxScanSize in clamd.conf(5)), and
// nothing in its protocol tells these limits.
type reach struct {
	mu     sync.Mutex
	make   func(size int64) (*os.File, error)
	within int64
	beyond int64
	since  time.Time
}

const (
	// reachGoodFor is how long it is believed: a clamd may be started again with other limits.
	reachGoodFor = 10 * time.Minute
	// hardLimit is what clamd never looks beyond, whatever its configuration (MaxFileSize in clamd.conf(5)).
	hardLimit = 2<<30 - 1
	// firstStep is the least that is tried, to try seldom.
	firstStep = 16 << 20
)

// covers says that clamd looks at size bytes. It tries a round size first, for the files to come, then the very size.
func (r *reach) covers(ctx context.Context, c clamd, size int64) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.since) > reachGoodFor {
		r.within, r.beyond, r.since = 0, hardLimit, time.Now()
	}
	for _, try := range []int64{roundUp(size), size} {
		if size <= r.within || size >= r.beyond {
			break
		}
		if try >= r.beyond {
			continue
		}
		switch looked, err := r.try(ctx, c, try); {
		case err != nil:
			return false, err
		case looked:
			r.within = try
		default:
			r.beyond = try
		}
	}
	return size <= r.within, nil
}

// forget makes the next call try again.
func (r *reach) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.since = time.Time{}
}

func (r *reach) try(ctx context.Context, c clamd, size int64) (bool, error) {
	f, err := r.make(size)
	if err != nil {
		return false, err
	}
	defer f.Close()
	reply, err := c.scan(ctx, f)
	return parse(reply) == answerFound, err
}

func roundUp(size int64) int64 {
	round := int64(firstStep)
	for round < size {
		round *= 2
	}
	return round
}
