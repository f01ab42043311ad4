package media

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"estran/session"
	"estran/session/scan"
	"estran/session/triage"
)

// Checker looks at every file of a key: it copies each to memory, has the copy scanned, and drops the copy. What copies
// take at once is bounded, however big the key. Its methods are safe for concurrent use; Check is called once.
type Checker struct {
	Medium *Medium
	// Scan judges one copy; it is Scanner.Scan.
	Scan func(ctx context.Context, f *os.File, name session.Private, size int64) scan.Result
	// Staging is a directory in the session's memory. Copies have no name in it.
	Staging string
	// Budget is how many bytes all copies may take at once. A larger file is session.ReasonTooBig, not copied.
	Budget int64
	// Room is how many bytes there is room for now, besides the copies that there are; nil when that does not change.
	Room func() int64
	// Workers bounds how many files are looked at at once; 0 is the number of cores.
	Workers int
	// Order sorts what is looked at first; nil is QuickFirst.
	Order func(a, b File) int
	// Begin is told which file is being looked at; may be nil. Begin and Report are never called at the same time.
	Begin func(id session.FileID)
	// Report is told the result of each file, once, and its size in bytes; not of those that were dropped.
	Report func(id session.FileID, r scan.Result, bytes int64)

	mu sync.Mutex // held while Begin and Report are called

	making sync.Once
	made   *queue
}

// Check looks at the files until all are reported, and answers nil; or until ctx ends, or the key vanishes: then
// ErrPulled, and the files that were not reported stay unchecked.
func (c *Checker) Check(ctx context.Context, files []File) error {
	waiting := c.withoutUnopened(files)
	group, working := errgroup.WithContext(ctx)
	q := c.queue()
	q.fill(waiting)
	stop := context.AfterFunc(working, q.wake)
	defer stop()
	for range c.workers() {
		group.Go(func() error {
			for {
				f, more := q.next(working)
				if !more {
					return working.Err()
				}
				err := c.check(working, f)
				q.done(f)
				if err != nil {
					return err
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !c.Medium.Present() {
		return ErrPulled // what was read until now is true, but there is nothing to copy it from
	}
	return nil
}

// First has files looked at before the others, in this order; those that were looked at, or are being, do not matter. It may
// be called before Check, as Drop and Pause may.
func (c *Checker) First(ids []session.FileID) { c.queue().first(ids) }

// Drop leaves a file out: somebody else has looked at it.
func (c *Checker) Drop(id session.FileID) { c.queue().drop(id) }

// Pause lets no file begin until resume is called, and waits until no copy takes memory, or ctx ends.
func (c *Checker) Pause(ctx context.Context) (resume func()) { return c.queue().pause(ctx) }

func (c *Checker) queue() *queue {
	c.making.Do(func() {
		room := c.Room
		if room == nil {
			room = func() int64 { return c.Budget }
		}
		c.made = newQueue(c.Budget, room)
	})
	return c.made
}

func (c *Checker) workers() int {
	if c.Workers > 0 {
		return c.Workers
	}
	return runtime.NumCPU()
}

// withoutUnopened reports the files that will not be copied, and returns the others, sorted.
func (c *Checker) withoutUnopened(files []File) []File {
	order := c.Order
	if order == nil {
		order = QuickFirst
	}
	var waiting []File
	for _, f := range slices.SortedStableFunc(slices.Values(files), order) {
		if f.Reason != session.ReasonNone || f.Size > c.Budget {
			c.report(f, c.unopened(f))
		} else {
			waiting = append(waiting, f)
		}
	}
	return waiting
}

// check copies one file and has the copy judged.
func (c *Checker) check(ctx context.Context, f File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.begin(f)
	staged, err := Stage(c.Staging)
	if err == nil {
		defer Discard(staged)
		err = c.Medium.Copy(ctx, f.ID, staged, nil)
	}
	switch {
	case errors.Is(err, ErrPulled):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.report(f, scan.Judge(triage.Triage(f.Name, nil), ReasonOf(err)))
		return nil
	}
	result := c.Scan(ctx, staged, f.Name, f.Size)
	if ctx.Err() != nil {
		return ctx.Err() // what a scan that was cut says is of no worth
	}
	c.report(f, result)
	return nil
}

// unopened judges by its name alone a file that is not copied.
func (c *Checker) unopened(f File) scan.Result {
	reason := f.Reason
	if reason == session.ReasonNone {
		reason = session.ReasonTooBig
	}
	return scan.Judge(triage.Triage(f.Name, nil), reason)
}

func (c *Checker) begin(f File) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Begin != nil {
		c.Begin(f.ID)
	}
}

func (c *Checker) report(f File, r scan.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Report(f.ID, r, f.Size)
}
