package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/media"
	"estran/session/scan"
	"estran/session/triage"
)

// scanJob looks at files, several at once, and writes what it found in the order in which they were found.
type scanJob struct {
	scanner *scan.Scanner
	most    int64 // bytes of the largest file, and of all copies at once
	files   int   // how many files of one key
	image   bool  // what is no folder is an image of a key
	write   func(scanned)
}

// scanned is what is known of one file.
type scanned struct {
	path  string
	kind  string // media type, "" when the content was not read
	size  int64
	found scan.Result
}

// errInterrupted: the one who asked has stopped it.
var errInterrupted = errors.New("de finir : la commande a été interrompue")

// ahead bounds how many results wait for that of the file before them.
const ahead = 64

// run looks at all paths. Its error joins what was in the way; what was found until then is written.
func (j *scanJob) run(ctx context.Context, paths []string) error {
	results := make(chan chan scanned, ahead)
	looking := make(chan error, 1)
	go func() {
		defer close(results)
		looking <- j.look(ctx, paths, results)
	}()
	for next := range results {
		select {
		case found := <-next:
			j.write(found)
		case <-ctx.Done():
			// A file on a disk that hangs cannot be interrupted; its reader can be left behind.
			return errInterrupted
		}
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return <-looking
}

// look hands out the files of all paths, each with a promise of its result.
func (j *scanJob) look(ctx context.Context, paths []string, results chan<- chan scanned) error {
	h := handout{job: j, results: results, room: semaphore.NewWeighted(j.most)}
	h.looking.SetLimit(runtime.NumCPU())
	var problems error
	for _, path := range paths {
		found, err := j.source(ctx, path)
		problems = errors.Join(problems, err)
		if err := h.files(ctx, found); err != nil {
			return err
		}
	}
	_ = h.looking.Wait()
	return errors.Join(problems, h.closing.Wait())
}

// handout has files looked at, as many at once as there are cores and memory for.
type handout struct {
	job     *scanJob
	results chan<- chan scanned
	room    *semaphore.Weighted
	looking errgroup.Group // one for each file that is looked at
	closing errgroup.Group // one for each key that is open
}

// files hands out the files of one path in their order, and lets the path go when all were looked at.
func (h *handout) files(ctx context.Context, from scanSource) error {
	var done sync.WaitGroup
	if from.close != nil {
		defer h.closing.Go(func() error { done.Wait(); return from.close() })
	}
	for _, f := range from.files {
		promise := make(chan scanned, 1)
		select {
		case h.results <- promise:
		case <-ctx.Done():
			return ctx.Err()
		}
		held := int64(0)
		if f.reason == session.ReasonNone && f.size <= h.job.most {
			held = f.size
		}
		if err := h.room.Acquire(ctx, held); err != nil {
			return err
		}
		done.Add(1)
		h.looking.Go(func() error {
			defer done.Done()
			defer h.room.Release(held)
			promise <- h.job.check(ctx, f)
			return nil
		})
	}
	return nil
}

// check judges one file as the kiosk does: a private copy is made, looked at, and dropped. What is judged is what was
// read once, whatever becomes of the file meanwhile.
func (j *scanJob) check(ctx context.Context, f scanFile) scanned {
	s := scanned{path: f.path, size: f.size}
	unread := func(r session.Reason) scanned {
		s.found = scan.Judge(triage.Triage(f.name, nil), r)
		return s
	}
	if f.reason != session.ReasonNone {
		return unread(f.reason)
	}
	if f.size > j.most {
		return unread(session.ReasonTooBig)
	}
	private, err := privateFile()
	if err != nil {
		return unread(session.ReasonTooBig)
	}
	// Emptied first: an antivirus that still reads lets go of it.
	defer media.Discard(private)
	if err := f.copy(ctx, private); err != nil {
		return unread(media.ReasonOf(err))
	}
	head := make([]byte, triage.HeadSize)
	n, _ := private.ReadAt(head, 0)
	s.kind = triage.MediaType(head[:n])
	s.found = j.scanner.Scan(ctx, private, f.name, f.size)
	return s
}

// privateFile is an empty file in memory, without a name.
func privateFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("scan", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cannot make a file in memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "scan"), nil
}
