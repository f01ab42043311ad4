package station

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"time"
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

// queueBound is how long a queue is waited for: when the computer starts, CUPS may come up after the station.
var queueBound = 30 * time.Second // a variable so that a test need not wait

// awaitPrinter is findPrinter, which is asked again for a while.
func awaitPrinter(ctx context.Context, queue string) string {
	ctx, cancel := context.WithTimeout(ctx, queueBound)
	defer cancel()
	for {
		if name := findPrinter(ctx, queue); name != "" {
			return name
		}
		select {
		case <-ctx.Done():
			return ""
		case <-time.After(time.Second):
		}
	}
}

// lookForPrinter looks beside for a printer that was not there when the station started. Once one is known, it stays the
// same: the wipe looks there for what was printed. The caller holds mu.
func (s *Station) lookForPrinter(v *visit) {
	if s.cfg.Printing.Queue == "" || s.printer != "" {
		return
	}
	s.beside(func() {
		name := awaitPrinter(v.ctx, s.cfg.Printing.Queue)
		s.change(func() {
			if s.printer == "" { // a visit that was very short may have looked too
				s.printer = name
			}
		})
	})
}

// knownPrinter is the queue that documents go to, "" while there is none.
func (s *Station) knownPrinter() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.printer
}

// cups is a program of the printing system, in the one language whose answers are known here.
func cups(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LANGUAGE=")
	return cmd
}
