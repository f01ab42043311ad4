package station

import (
	"context"
	"time"

	"estran/cleanup"
	"estran/session"
	"estran/session/browser"
)

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
