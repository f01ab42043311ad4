package station

import (
	"bytes"
	"context"
	"slices"
	"time"

	"estran/session"
	"estran/session/paper"
)

// A printed receipt holds nothing of a visitor: what becomes of its job stops no station. All the same nothing of it
// is kept: the job is taken out of the queue once it is printed, and what then is still there goes with the next wipe.

// papers are the receipts that were printed. Station.mu guards it.
type papers struct {
	copies int      // of the present receipt
	all    int      // of every receipt
	jobs   []string // that may be in the queue, unknownJob where the queue did not name one
}

// mostCopies bounds how often one receipt is printed: a printer without paper is tried again, a tray is not emptied.
const mostCopies = 3

// PrintReceipt prints the receipt.
func (s *Station) PrintReceipt(ctx context.Context) error {
	receipt, queue, err := s.beginPaper()
	if err != nil {
		return err
	}
	var steps []string
	for _, step := range receipt.Steps {
		steps = append(steps, step.ID)
	}
	var page bytes.Buffer
	if err := paper.Receipt(&page, steps, receipt.Limits); err != nil {
		return err
	}
	s.queueing.RLock()
	defer s.queueing.RUnlock()
	job, err := enqueue(ctx, queue, &page)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.papers.jobs = append(s.papers.jobs, job) // lp may fail after the queue took the page
	s.papers.all++
	if last := s.papers.all; !s.closing {
		s.beside(func() { s.takePapersOut(queue, last) })
	}
	return err
}

// beginPaper counts a copy of the receipt that can be read now.
func (s *Station) beginPaper() (session.Receipt, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.canReadReceipt():
		return session.Receipt{}, "", session.ErrState
	case s.printer == "":
		return session.Receipt{}, "", session.ErrNoPrinter
	case s.papers.copies >= mostCopies:
		return session.Receipt{}, "", session.ErrLimit
	}
	s.papers.copies++
	return *s.receipt, s.printer, nil
}

// A page is given this long to be printed, a cold printer included; it is asked about now and then.
var (
	paperWait  = 2 * time.Minute // variables so that a test need not wait
	paperEvery = time.Second
)

// paperBound is how long taking papers out may take: the next visitor is not kept waiting by a queue that hangs.
const paperBound = 5 * time.Second

// takePapersOut waits until no receipt is being printed, or for as long as one is worth waiting for. One that was printed
// since is left to whoever waits for that one.
func (s *Station) takePapersOut(queue string, last int) {
	for deadline := time.Now().Add(paperWait); time.Now().Before(deadline) && s.ctx.Err() == nil; {
		if found, err := queued(s.ctx, queue, "not-completed", s.paperJobs()); err != nil || !found {
			break
		}
		select {
		case <-s.ctx.Done():
		case <-time.After(paperEvery):
		}
	}
	s.queueing.Lock()
	defer s.queueing.Unlock()
	s.mu.Lock()
	mayPurge := s.visit == nil && s.papers.all == last // else there are a visitor's pages, and a wipe to come
	s.mu.Unlock()
	if mayPurge {
		s.purgePapers(context.WithoutCancel(s.ctx))
	}
}

// purgePapers takes the receipts out of the queue. Where it keeps what it has printed, that is the whole queue: nobody
// prints meanwhile.
func (s *Station) purgePapers(ctx context.Context) {
	jobs := s.paperJobs()
	if len(jobs) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, paperBound)
	defer cancel()
	s.mu.Lock()
	queue := s.printer
	s.mu.Unlock()
	cancelJobs(ctx, queue, jobs)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.papers.jobs = slices.DeleteFunc(s.papers.jobs, func(job string) bool { return slices.Contains(jobs, job) })
}

func (s *Station) paperJobs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.papers.jobs)
}
