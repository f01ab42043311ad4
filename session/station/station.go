package station

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"syscall"
	"time"

	"estran/cleanup"
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

// recover wipes leftovers, then opens the door to visitors, or not.
func (s *Station) recover() {
	was, _ := readRecord(s.opts.StateDir)
	plan := s.recoveryPlan(was).Run(s.ctx, nil, nil)
	if err := plan.Err(); err != nil {
		s.log.Error("cannot wipe what an earlier run left", "error", err)
	}
	usable := s.takeUpLog()
	printer := findPrinter(s.ctx, s.cfg.Printing.Queue)
	fault := s.reasonNotToOpen(plan, usable)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.printer = printer
	_ = s.send(session.Recovered{Verified: plan.Verified() || unsealed(plan), After: s.inherit(was, plan)})
	if fault != session.NoFault {
		_ = s.send(session.Failed{Fault: fault})
	}
	s.watchKeys()
	s.changed()
}

// inherit takes up what an earlier run has to tell its visitor, and says how the session ended, EndNone when there is
// nobody to tell. The caller holds mu.
func (s *Station) inherit(was record, plan cleanup.Receipt) session.EndReason {
	if h := s.opts.Handover; h != nil {
		s.inheritDue(h.Uncounted)
	}
	if h := s.opts.Handover; h != nil && h.End != session.EndNone {
		s.receipt, s.wipe, s.look = &h.Receipt, h.Receipt.Steps, h.Look
		return h.End
	} else if h != nil && h.Receipt.Verified() {
		s.receipt = &h.Receipt // it was read already, and can be read again
	}
	if was == recordOpen && s.rules() {
		// The power or this service was cut in mid-session: whoever sits there is told that all is wiped.
		s.wipe = nil
		for _, l := range plan {
			s.wipe = append(s.wipe, session.StepStatus{ID: l.Step, State: stateOf(l.Outcome)})
		}
		s.receipt = &session.Receipt{Steps: s.wipe, Limits: s.limits(nil)}
		return session.EndRecovery
	}
	return session.EndNone
}

// reasonNotToOpen looks for one before the first visitor comes.
func (s *Station) reasonNotToOpen(plan cleanup.Receipt, logUsable bool) session.Fault {
	if s.opts.Fault != session.NoFault {
		return s.opts.Fault
	}
	if h := s.opts.Handover; h != nil && h.Fault != session.NoFault {
		return h.Fault
	}
	if unsealed(plan) || !logUsable {
		return session.FaultStateDir
	}
	if fault := s.probe(); fault != session.NoFault {
		return fault
	}
	return s.lookAtVital()
}

// probe says whether a sandbox can be made on this computer.
func (s *Station) probe() session.Fault {
	ctx, cancel := context.WithTimeout(s.ctx, probeBound)
	defer cancel()
	look := browser.Probe
	if s.opts.Probe != nil {
		look = s.opts.Probe
	}
	if err := look(ctx); err != nil {
		s.log.Error("cannot make a sandbox", "error", err)
		return session.FaultSandbox
	}
	return session.NoFault
}

// probeBound is how long a sandbox may take: elsewhere than in this process, something may have to start first.
const probeBound = time.Minute

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
