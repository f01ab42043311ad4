package station

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"syscall"
	"time"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/browser"
	"estran/session/scan"
)

// Options says what a station is made of. The zero value of each field but Config and the directories is usable.
type Options struct {
	Config session.Config
	// RunDir is where the session's memory is mounted, StateDir where the state file is. Both exist and belong to
	// the caller alone (see Directories).
	RunDir, StateDir string
	// Display is where a browser can be shown.
	Display browser.Display
	// Headless runs Firefox without a window: for the tour and tests.
	Headless bool
	// Credential is whom the browser runs as; nil in a user namespace, where the caller is nobody special.
	Credential *syscall.Credential
	// Key is a folder, a disk image or a block device that stands for a key plugged in from the start; "" for none.
	Key string
	// Fault, when not NoFault, is a reason found before the station was made not to open anything.
	Fault session.Fault
	// Desktop says that the station runs inside somebody's desktop, which keeps traces of its own.
	Desktop bool
	// Installed is what a station that rules its computer has more.
	Installed
	// Agents knows who may help, nil for nobody; Counts keeps what is counted of it, nil for nothing.
	Agents Agents
	Counts Counts
	// Others are the names of files in StateDir that are not the station's, and hold nothing of a visitor.
	Others []string
	// Log takes what went wrong, for IT: never a name, an address or a code. nil discards it.
	Log *slog.Logger
	// Clock is a clock that only goes forward; nil is the kernel's CLOCK_BOOTTIME.
	Clock func() time.Duration
}

// Station is session.Station in this process.
type Station struct {
	opts    Options
	cfg     session.Config
	log     *slog.Logger
	clock   func() time.Duration
	scanner *scan.Scanner
	access  *accesslog.Log  // nil for none; it has a lock of its own
	signing chan struct{}   // holds one token while an agent is looked up
	looking sync.Mutex      // held while it is looked what to tell of the agents; taken before mu
	ctx     context.Context // ends when the station closes
	stop    context.CancelFunc
	work    sync.WaitGroup // everything that runs beside

	mu       sync.Mutex // guards what follows
	machine  session.Machine
	serial   uint64
	watchers map[*watcher]struct{}
	timer    *time.Timer
	tag      string // begins the source of each tmpfs of ours
	closing  bool   // nothing opens any more
	closed   bool
	visit    *visit // the open session, nil without one
	wipe     []session.StepStatus
	receipt  *session.Receipt
	look     Look // what the visitor chose
	virus    session.AntivirusStatus
	keys     keyring
	refused  session.Refusal
	printer  string
	papers   papers
	turn     uint64 // grows when a session opens, ends, and is over
	agents   agents
	help     *intervention // of the open session, or of the one before; nil without one

	queueing sync.RWMutex // held to purge the whole queue, shared to print
}

var _ session.Station = (*Station)(nil)

// New makes a station and begins to wipe what an earlier run may have left. It does not wait: Status tells Ready or
// Stopped. Close it.
func New(o Options) (*Station, error) {
	if o.Fault == session.NoFault && o.hasNoDirectories() {
		return nil, errors.New("internal error: a station needs its two directories")
	}
	s := &Station{
		opts: o, cfg: o.Config, log: o.Log, clock: o.Clock,
		scanner:  scan.New(string(o.Config.Media.Antivirus), time.Duration(o.Config.Media.Timeout)),
		access:   newAccessLog(o),
		machine:  session.NewMachine(o.Config.Session),
		watchers: map[*watcher]struct{}{},
		signing:  make(chan struct{}, 1),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.clock == nil {
		s.clock = Boottime
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if o.hasNoDirectories() {
		_ = s.ask(session.Failed{Fault: o.Fault})
	} else {
		var err error
		if s.tag, err = tagPrefix(o.RunDir); err != nil {
			return nil, err
		}
		s.beside(s.recover)
	}
	if s.opts.Vital != nil {
		s.beside(s.watchVital)
	}
	if s.opts.Refused != nil {
		s.beside(s.watchUSB)
	}
	if s.opts.Agents != nil {
		s.beside(s.watchAgents)
	}
	if s.opts.Counts != nil {
		s.beside(s.keepPurgingCounts)
	}
	return s, nil
}

// hasNoDirectories says that a station may not touch the directories: they are not known, not ours, or another
// station's. It is stopped from the start.
func (o Options) hasNoDirectories() bool {
	switch o.Fault {
	case session.FaultStateDir, session.FaultSecond, session.FaultInternal:
		return true
	default:
		return o.RunDir == "" || o.StateDir == ""
	}
}

// beside runs f in a goroutine that Close waits for.
func (s *Station) beside(f func()) {
	s.work.Go(func() {
		defer s.rescue()
		f()
	})
}

// rescue turns a panic of work that runs beside into a fault: the station wipes and stops rather than go on half alive.
func (s *Station) rescue() {
	if r := recover(); r != nil {
		s.log.Error("internal error: work panicked", "kind", fmt.Sprintf("%T", r))
		s.mu.Lock()
		defer s.mu.Unlock()
		_ = s.send(session.Failed{Fault: session.FaultInternal})
		s.changed()
	}
}

// Close ends and wipes an open session, then lets everything go.
func (s *Station) Close() error {
	s.mu.Lock()
	if s.closing {
		s.mu.Unlock()
		return nil
	}
	s.closing = true
	_ = s.send(session.EndAsked{Reason: session.EndShutdown})
	s.changed()
	s.mu.Unlock()
	s.waitWiped()

	s.mu.Lock()
	s.closed = true
	state := s.machine.State
	if s.timer != nil {
		s.timer.Stop()
	}
	s.mu.Unlock()
	s.stop()
	err := s.waitForWork()
	s.mu.Lock()
	for w := range s.watchers {
		w.close()
		delete(s.watchers, w)
	}
	s.mu.Unlock()
	if state == session.Stopped && s.machine.End != session.EndNone && s.machine.Fault == session.FaultWipe {
		err = errors.Join(err, errors.New("the session was not wholly wiped: the next start wipes again"))
	}
	return err
}

// closeBound is how long Close waits for work that does not end: a process or a key that the kernel waits for.
const closeBound = 15 * time.Second

func (s *Station) waitForWork() error {
	done := make(chan struct{})
	go func() {
		s.work.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-time.After(closeBound):
		return errors.New("some work of the station does not end")
	}
}

// waitWiped waits until no wipe runs.
func (s *Station) waitWiped() {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	changes, err := s.Watch(ctx)
	if err != nil {
		return
	}
	for status := range changes {
		if status.State != session.Wiping && status.State != session.Starting {
			return
		}
	}
}
