package station

import (
	"time"

	"estran/session"
)

// vitalEvery is how often the vital conditions are looked at while nobody is there: somebody may have changed the
// computer since it started, or mended it.
const vitalEvery = time.Minute

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
	s.mu.Lock()
	state, fault, failed := s.machine.State, s.machine.Fault, s.vital
	s.mu.Unlock()
	stoppedByIt := state == session.Stopped && failed != session.NoFault && fault == failed
	if state != session.Ready && !stoppedByIt {
		return
	}
	now := s.lookAtVital()
	switch {
	case stoppedByIt && now == session.NoFault:
		s.log.Info("all vital conditions hold again")
		s.renew(Handover{})
	case !stoppedByIt && now != session.NoFault:
		s.change(func() {
			if s.machine.State == session.Ready {
				_ = s.send(session.Failed{Fault: now})
			}
		})
	}
}

// lookAtVital gives the fault of a vital condition that fails, and notes it.
func (s *Station) lookAtVital() session.Fault {
	if s.opts.Vital == nil {
		return session.NoFault
	}
	fault, err := s.opts.Vital(s.ctx)
	if err != nil {
		s.log.Error("a vital condition fails", "code", string(fault), "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vital = fault
	return fault
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
