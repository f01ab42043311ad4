package station

import (
	"context"
	"slices"
	"strings"
	"time"

	"estran/session"
)

// A printer without paper takes a job and says nothing: the visitor waits in front of it. While something of a session
// is still to be printed, CUPS is asked why it is not.

// problemEvery is how often the printer is asked.
var problemEvery = 3 * time.Second // a variable so that a test need not wait

// noPaper are the reasons of a printer that waits for paper (RFC 8011, 5.4.12), without what says how bad it is.
var noPaper = []string{"media-needed", "media-empty"}

// watchPrinting looks after what a visit printed, until all is on paper or the visit ends. One at a time is enough.
func (s *Station) watchPrinting(v *visit, queue string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.watchingPrinter || v.ctx.Err() != nil {
		return
	}
	v.watchingPrinter = true
	s.beside(func() {
		tick := time.NewTicker(problemEvery)
		defer tick.Stop()
		for !s.printedAll(v, queue) {
			if problem := printerProblem(v.ctx, queue); problem != s.problemOf(v) {
				s.change(func() { v.printer = problem })
			}
			select {
			case <-v.ctx.Done():
				return // the status tells nothing of it any more
			case <-tick.C:
			}
		}
	})
}

// printedAll says that nothing of the visit waits in the queue, and that the watch may end: nothing was printed meanwhile.
func (s *Station) printedAll(v *visit, queue string) bool {
	jobs := s.printedSoFar(v)
	found, err := queued(v.ctx, queue, "not-completed", jobs)
	if err != nil || found {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(v.printed) != len(jobs) {
		return false
	}
	v.watchingPrinter, v.printer = false, session.PrinterFine
	s.changed()
	return true
}

func (s *Station) printedSoFar(v *visit) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(v.printed)
}

func (s *Station) problemOf(v *visit) session.PrinterProblem {
	s.mu.Lock()
	defer s.mu.Unlock()
	return v.printer
}

// printerProblem asks CUPS what is wrong with the printer: « Alerts: media-empty-error » (lpstat(1), -l). What it does not
// say is no problem that a visitor could mend.
func printerProblem(ctx context.Context, queue string) session.PrinterProblem {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	out, err := cups(ctx, "lpstat", "-l", "-p", queue).Output()
	if err != nil {
		return session.PrinterFine
	}
	return problemIn(string(out))
}

// problemIn reads the alerts in what lpstat says.
func problemIn(said string) session.PrinterProblem {
	for line := range strings.Lines(said) {
		alerts, there := strings.CutPrefix(strings.TrimSpace(line), "Alerts:")
		if !there {
			continue
		}
		for _, reason := range strings.Fields(alerts) {
			for _, severity := range []string{"-error", "-warning", "-report"} {
				reason = strings.TrimSuffix(reason, severity)
			}
			if slices.Contains(noPaper, reason) {
				return session.PrinterPaper
			}
		}
	}
	return session.PrinterFine
}
