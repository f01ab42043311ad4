package station

import (
	"context"

	"estran/session"
)

var _ session.Maintainer = (*Station)(nil)

// BeginMaintenance stops the station for IT. A session that is open is wiped first, when it may be.
func (s *Station) BeginMaintenance(_ context.Context, force bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.closing {
		return session.ErrGone
	}
	switch s.machine.State {
	case session.Open, session.Paused, session.Wiping:
		if !force {
			return session.ErrState
		}
	case session.Starting:
		return session.ErrState
	}
	err := s.send(session.Failed{Fault: session.FaultMaintenance})
	s.changed()
	return err
}

// FinishMaintenance starts the service anew, with all that it checks when it starts.
func (s *Station) FinishMaintenance(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.machine.State != session.Stopped || s.machine.Fault != session.FaultMaintenance || s.opts.Renew == nil {
		return session.ErrState
	}
	h := s.idleHandover()
	s.beside(func() { s.renew(h) })
	return nil
}
