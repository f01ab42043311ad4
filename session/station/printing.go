package station

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"estran/cleanup"
	"estran/session"
)

// requestID is the job that lp(1) says it made: « request id is Accueil-12 (1 file(s)) ».
var requestID = regexp.MustCompile(`request id is (\S+-[0-9]+) `)

// Print sends one document to the printer. The queue learns nothing of it but its bytes: no name, no title.
func (s *Station) Print(ctx context.Context, id session.DocumentID) error {
	v, err := s.openVisit()
	if err != nil {
		return err
	}
	queue := s.knownPrinter()
	if queue == "" {
		return session.ErrNoPrinter
	}
	f, _, err := v.open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	return s.printFor(ctx, v, queue, f)
}

// printFor gives something of a visit to the queue, with options of lp(1), and notes its job for the wipe.
func (s *Station) printFor(ctx context.Context, v *visit, queue string, document io.Reader, options ...string) error {
	s.queueing.RLock() // nobody purges the whole queue meanwhile
	defer s.queueing.RUnlock()
	job, err := s.beginPrinting(v)
	if err != nil {
		return err
	}
	defer v.printing.Done()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(v.ctx, cancel)()
	name, err := enqueue(ctx, queue, document, options...)
	if err != nil {
		return err
	}
	s.mu.Lock()
	v.printed[job] = name
	s.mu.Unlock()
	s.watchPrinting(v, queue)
	return nil
}

// enqueue gives a document to the queue and tells the name of its job. It is given as standard input and under our title,
// so that lp cannot tell the queue its name.
func enqueue(ctx context.Context, queue string, document io.Reader, options ...string) (job string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	lp := cups(ctx, "lp", append([]string{"-d", queue, "-t", "Estran"}, append(options, "-")...)...)
	lp.Stdin = document
	out, err := lp.Output()
	if err != nil {
		return unknownJob, fmt.Errorf("cannot print: %w", err)
	}
	name := requestID.FindSubmatch(out)
	if name == nil {
		return unknownJob, errors.New("cannot print: the queue did not name the job")
	}
	return string(name[1]), nil
}

// unknownJob stands for a job before the queue has named it, and for good when it never does: lp may fail after the
// queue took the document.
const unknownJob = ""

// beginPrinting notes, while the session is open, that a job may be in the queue from now on.
func (s *Station) beginPrinting(v *visit) (job int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.machine.State != session.Open || s.visit != v {
		return 0, session.ErrState
	}
	v.printing.Add(1)
	v.printed = append(v.printed, unknownJob)
	return len(v.printed) - 1, nil
}

// Pages that are still being printed are the visitor's: they are given this long before what is left is cancelled.
const (
	printWait     = 20 * time.Second
	printingBound = printWait + cleanup.DefaultTimeout
)

// cancelPrinting purges the jobs of the visit from the queue, with their data (cancel(1), -x). A finished job that the
// queue keeps cannot be cancelled, nor one that has no name: only the whole queue can be purged of it.
func (s *Station) cancelPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		if jobs := s.jobsOf(v); len(jobs) > 0 {
			awaitPrinted(ctx, s.printer, jobs)
			cancelJobs(ctx, s.printer, jobs)
		}
		s.purgePapers(ctx)
		return nil
	}
}

// cancelJobs purges jobs, and the whole queue when it still holds one of them: whoever wants to know asks the queue.
func cancelJobs(ctx context.Context, queue string, jobs []string) {
	for _, job := range jobs {
		if job != unknownJob {
			// A job that is gone already is an error of cancel and none of ours.
			_ = cups(ctx, "cancel", "-x", job).Run()
		}
	}
	if found, err := queued(ctx, queue, "all", jobs); err != nil || found {
		_ = cups(ctx, "cancel", "-a", "-x", queue).Run()
	}
}

// jobsOf is what the visit printed, once nothing is being given to the printer any more.
func (s *Station) jobsOf(v *visit) []string {
	v.printing.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(v.printed)
}

// awaitPrinted waits until no job is being printed, or for as long as pages are worth waiting for.
func awaitPrinted(ctx context.Context, queue string, jobs []string) {
	for deadline := time.Now().Add(printWait); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(300 * time.Millisecond) {
		if found, err := queued(ctx, queue, "not-completed", jobs); err != nil || !found {
			return
		}
	}
}

// queued says that the queue holds one of the jobs, or any at all when one of them has no name. which is lpstat's word
// for the jobs to look among.
func queued(ctx context.Context, queue, which string, jobs []string) (bool, error) {
	out, err := cups(ctx, "lpstat", "-W", which, "-o", queue).Output()
	if err != nil {
		return false, fmt.Errorf("cannot ask the queue: %w", err)
	}
	for _, job := range jobs {
		if (job == unknownJob && len(bytes.TrimSpace(out)) > 0) || (job != unknownJob && bytes.Contains(out, []byte(job+" "))) {
			return true, nil
		}
	}
	return false, nil
}

var errKept = errors.New("the queue keeps a job of a session (cupsd.conf, PreserveJobFiles and PreserveJobHistory)")

// checkPrinting asks the queue for every job, finished ones too: a finished job may keep its document.
func (s *Station) checkPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		jobs := s.jobsOf(v)
		if len(jobs) == 0 {
			return nil
		}
		found, err := queued(ctx, s.printer, "all", jobs)
		if err == nil && found {
			err = errKept
		}
		return err
	}
}

// purgeQueue empties the queue after a run that was cut: which jobs were its own was known to nobody else.
func (s *Station) purgeQueue(ctx context.Context) error {
	if !s.mayHavePrinted() {
		return nil
	}
	queue := awaitPrinter(ctx, s.cfg.Printing.Queue)
	if queue == "" {
		return errors.New("cannot reach the print queue to empty it")
	}
	awaitPrinted(ctx, queue, []string{unknownJob})
	_ = cups(ctx, "cancel", "-a", "-x", queue).Run() // the check tells
	return nil
}

// checkQueue sees that no job at all is left after a run that was cut.
func (s *Station) checkQueue(ctx context.Context) error {
	if !s.mayHavePrinted() {
		return nil
	}
	found, err := queued(ctx, findPrinter(ctx, s.cfg.Printing.Queue), "all", []string{unknownJob})
	if err == nil && found {
		err = errKept
	}
	return err
}

// mayHavePrinted says that a session was open when the last run ended, on a station that prints.
func (s *Station) mayHavePrinted() bool {
	r, err := readRecord(s.opts.StateDir)
	return s.cfg.Printing.Queue != "" && (err != nil || r != recordClosed)
}
