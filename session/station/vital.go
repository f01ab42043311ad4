package station

import (
	"os"
	"time"

	"estran/session"
)

// vitalEvery is how often the vital conditions are looked at while nobody is there: somebody may have changed the
// computer since it started, or mended it.
var vitalEvery = time.Minute // a variable so that a test need not wait

// watchVital stops a station that waits for a visitor when a vital condition fails, and starts it anew once all hold.
// An open session is left alone: it was opened when they held, and its end looks again.
func (s *Station) watchVital() {
	tick := time.NewTicker(vitalEvery)
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
			s.lookAgain()
		}
	}
}

func (s *Station) lookAgain() {
	if !s.isIn(session.Ready) && !s.mayHeal() {
		return
	}
	if fault := s.lookAtVital(); fault != session.NoFault {
		s.change(func() {
			if s.machine.State == session.Ready {
				_ = s.send(session.Failed{Fault: fault})
			}
		})
		return
	}
	if s.mayHeal() { // IT may have come meanwhile
		s.log.Info("all vital conditions hold again")
		s.mu.Lock()
		h := s.idleHandover()
		s.mu.Unlock()
		s.renew(h)
	}
}

func (s *Station) isIn(state session.State) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.machine.State == state
}

// mayHeal says that what stopped the station is over once the vital conditions hold.
func (s *Station) mayHeal() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.machine.State == session.Stopped && !s.closing && isVital(s.machine.Fault)
}

// isVital says that a vital condition tells of this fault (session/conditions), whoever met it first.
func isVital(f session.Fault) bool {
	switch f {
	case session.FaultConfig, session.FaultStateDir, session.FaultSandbox, session.FaultMemory, session.FaultSwap,
		session.FaultKernel, session.FaultConsole, session.FaultCores, session.FaultSeat:
		return true
	default:
		return false
	}
}

// lookAtVital gives the fault of a vital condition that fails.
func (s *Station) lookAtVital() session.Fault {
	if s.opts.Vital == nil {
		return session.NoFault
	}
	fault, err := s.opts.Vital(s.ctx)
	if fault == session.NoFault && s.opts.Fault == session.FaultStateDir {
		// The conditions do not know the run directory, nor whether another station has it.
		if err = s.lookAtDirectories(); err != nil {
			fault = session.FaultStateDir
		}
	}
	if err != nil {
		s.log.Error("a vital condition fails", "code", string(fault), "error", err)
	}
	return fault
}

// lookAtDirectories gives an error while this station may not have its directories.
func (s *Station) lookAtDirectories() error {
	runDir, _, err := Directories(s.cfg.Station, os.Getuid(), os.Getenv)
	if err != nil {
		return err
	}
	lock, err := Lock(runDir)
	if err != nil {
		return err
	}
	return lock.Close() // for the process that takes our place
}

// renew puts a new process in the place of this one, and says whether that failed.
func (s *Station) renew(h Handover) (failed bool) {
	if s.opts.Renew == nil {
		return true
	}
	if err := s.opts.Renew(h); err != nil {
		s.log.Error("cannot start the service anew", "error", err)
	}
	return true
}
