package station

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"estran/session"
)

// noQueue is the configuration's word for no printing at all.
const noQueue = "none"

// findPrinter is the CUPS queue that documents go to, "" for none: the configured one, or the system's default one.
func findPrinter(ctx context.Context, queue string) string {
	if queue == noQueue {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if queue != "" {
		if exec.CommandContext(ctx, "lpstat", "-p", queue).Run() != nil {
			return ""
		}
		return queue
	}
	out, err := exec.CommandContext(ctx, "lpstat", "-d").Output()
	_, name, found := strings.Cut(strings.TrimSpace(string(out)), ": ")
	if err != nil || !found {
		return ""
	}
	return name
}

// requestID is what lp says of a job it took: « request id is Queue-12 (1 file(s)) », whatever the language.
var requestID = regexp.MustCompile(`\b[^\s]+-[0-9]+\b`)

// Print sends one document to the printer. The queue learns nothing of it but its bytes: no name, no title.
func (s *Station) Print(ctx context.Context, id session.DocumentID) error {
	if s.printer == "" { // set once, before the first session
		return session.ErrNoPrinter
	}
	v, err := s.openVisit()
	if err != nil {
		return err
	}
	f, _, err := v.open(id)
	if err != nil {
		return err
	}
	defer f.Close()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	// Given as standard input and under our title, so that lp cannot tell the queue its name.
	lp := exec.CommandContext(ctx, "lp", "-d", s.printer, "-t", "Estran", "-")
	lp.Env = []string{"LC_ALL=C", "PATH=/usr/bin:/bin"}
	lp.Stdin = f
	out, err := lp.Output()
	if err != nil {
		return fmt.Errorf("cannot print: %w", err)
	}
	job := requestID.FindString(string(out))
	if job == "" {
		return errors.New("cannot print: the queue did not name the job")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v.printed = append(v.printed, job)
	return nil
}

// cancelPrinting purges the jobs of the visit from the queue, with their data (cancel(1), -x).
func (s *Station) cancelPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, job := range v.printed {
			// A job that is gone already is an error of cancel and none of ours: the check tells.
			_ = exec.CommandContext(ctx, "cancel", "-x", job).Run()
		}
		return nil
	}
}

// checkPrinting asks the queue for every job, finished ones too: a finished job keeps its document for a while.
func (s *Station) checkPrinting(v *visit) func(context.Context) error {
	return func(ctx context.Context) error {
		if len(v.printed) == 0 {
			return nil
		}
		out, err := exec.CommandContext(ctx, "lpstat", "-W", "all", "-o", s.printer).Output()
		if err != nil {
			return fmt.Errorf("cannot ask the queue: %w", err)
		}
		for _, job := range v.printed {
			if bytes.Contains(out, []byte(job+" ")) {
				return errors.New("a job is still in the queue")
			}
		}
		return nil
	}
}
