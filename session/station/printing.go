package station

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"estran/cleanup"
	"estran/session"
)

// defaultQueue is the configuration's word for the system's default queue.
const defaultQueue = "default"

// findPrinter is the CUPS queue that documents go to, "" for none.
func findPrinter(ctx context.Context, queue string) string {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	switch queue {
	case "":
		return ""
	case defaultQueue:
		// « system default destination: Accueil »
		out, err := cups(ctx, "lpstat", "-d").Output()
		_, name, found := strings.Cut(strings.TrimSpace(string(out)), ": ")
		if err != nil || !found {
			return ""
		}
		return name
	default:
		if cups(ctx, "lpstat", "-p", queue).Run() != nil {
			return ""
		}
		return queue
	}
}

// cups is a program of the printing system, in the one language whose answers are known here.
func cups(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LANGUAGE=")
	return cmd
}

// requestID is the job that lp(1) says it made: « request id is Accueil-12 (1 file(s)) ».
var requestID = regexp.MustCompile(`request id is (\S+-[0-9]+) `)

// Print sends one document to the printer. The queue learns nothing of it but its bytes: no name, no title.
func (s *Station) Print(ctx context.Context, id session.DocumentID) error {
	v, err := s.openVisit()
	if err != nil {
		return err
	}
	if s.printer == "" { // set once, before the first session
		return session.ErrNoPrinter
	}
	f, _, err := v.open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	// Given as standard input and under our title, so that lp cannot tell the queue its name.
	lp := cups(ctx, "lp", "-d", s.printer, "-t", "Estran", "-")
	lp.Stdin = f
	out, err := lp.Output()
	if err != nil {
		return fmt.Errorf("cannot print: %w", err)
	}
	job := requestID.FindSubmatch(out)
	s.mu.Lock()
	defer s.mu.Unlock()
	if job == nil {
		v.printed = append(v.printed, unknownJob) // something was printed all the same: the check must fail
		return errors.New("cannot print: the queue did not name the job")
	}
	v.printed = append(v.printed, string(job[1]))
	return nil
}

// unknownJob stands for a job whose name is not known: it cannot be verified.
const unknownJob = ""

// Pages that are still being printed are the visitor's: they are given this long before what is left is cancelled.
const (
	printWait     = 20 * time.Second
	printingBound = printWait + cleanup.DefaultTimeout
)

// cancelPrinting purges the jobs of the visit from the queue, with their data (cancel(1), -x). A finished job that the
// queue keeps cannot be cancelled: only the whole queue can be purged of it.
func (s *Station) cancelPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		if len(v.printed) == 0 {
			return nil
		}
		s.awaitPrinted(ctx, v)
		for _, job := range v.printed {
			// A job that is gone already is an error of cancel and none of ours: the check tells.
			_ = cups(ctx, "cancel", "-x", job).Run()
		}
		if s.checkPrinting(v)(ctx) != nil {
			_ = cups(ctx, "cancel", "-a", "-x", s.printer).Run()
		}
		return nil
	}
}

// awaitPrinted waits until no job of the visit is being printed, or for as long as pages are worth waiting for.
func (s *Station) awaitPrinted(ctx context.Context, v *visit) {
	for deadline := time.Now().Add(printWait); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(300 * time.Millisecond) {
		if found, err := s.queued(ctx, v, "not-completed"); err != nil || !found {
			return
		}
	}
}

// queued says that the queue holds a job of the visit; which is lpstat's word for the jobs to look among.
func (s *Station) queued(ctx context.Context, v *visit, which string) (bool, error) {
	out, err := cups(ctx, "lpstat", "-W", which, "-o", s.printer).Output()
	if err != nil {
		return false, fmt.Errorf("cannot ask the queue: %w", err)
	}
	for _, job := range v.printed {
		if job == unknownJob || bytes.Contains(out, []byte(job+" ")) {
			return true, nil
		}
	}
	return false, nil
}

// checkPrinting asks the queue for every job, finished ones too: a finished job may keep its document.
func (s *Station) checkPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		if len(v.printed) == 0 {
			return nil
		}
		found, err := s.queued(ctx, v, "all")
		if err == nil && found {
			err = errors.New("the queue keeps a job of the session (cupsd.conf, PreserveJobFiles and PreserveJobHistory)")
		}
		return err
	}
}
