package media

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"estran/session"
	"estran/session/scan"
	"estran/session/triage"
)

// Checker looks at every file of a key: it copies each to memory, has the copy scanned, and drops the copy. What copies
// take at once is bounded, however big the key.
type Checker struct {
	Medium *Medium
	// Scan judges one copy; it is Scanner.Scan.
	Scan func(ctx context.Context, f *os.File, name session.Private, size int64) scan.Result
	// Staging is a directory in the session's memory. Copies have no name in it.
	Staging string
	// Budget is how many bytes all copies may take at once. A larger file is session.ReasonTooBig, not copied.
	Budget int64
	// Workers bounds how many files are looked at at once; 0 is the number of cores.
	Workers int
	// Order sorts what is looked at first; nil is QuickFirst.
	Order func(a, b File) int
	// Begin is told which file is being looked at; may be nil. Begin and Report are never called at the same time.
	Begin func(id session.FileID)
	// Report is told the result of each file, once, and its size in bytes.
	Report func(id session.FileID, r scan.Result, bytes int64)

	mu sync.Mutex
}

// Check looks at the files until all are reported, and answers nil; or until ctx ends, or the key vanishes: then
// ErrPulled, and the files that were not reported stay unchecked.
func (c *Checker) Check(ctx context.Context, files []File) error {
	order := c.Order
	if order == nil {
		order = QuickFirst
	}
	files = slices.SortedStableFunc(slices.Values(files), order)
	workers := c.Workers
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	budget := max(c.Budget, 0)
	room := semaphore.NewWeighted(budget)
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, f := range files {
		if f.Reason != session.ReasonNone || f.Size > budget {
			c.report(f, c.unopened(f, budget))
			continue
		}
		// In order: a big file waits for room, and the ones after it wait for their turn.
		if err := room.Acquire(working, f.Size); err != nil {
			break
		}
		group.Go(func() error {
			defer room.Release(f.Size)
			return c.check(working, f)
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
func (c *Checker) unopened(f File, budget int64) scan.Result {
	reason := f.Reason
	if reason == session.ReasonNone && f.Size > budget {
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
