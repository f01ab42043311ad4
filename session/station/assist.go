package station

import (
	"context"
	"fmt"
	"time"

	"estran/session"
)

// SetMode changes the mode of the open session. The hosts of a mandate stay in the visit, which dies with the session.
func (s *Station) SetMode(_ context.Context, mode session.Mode, o session.ActOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return session.ErrGone
	}
	if err := s.maySetMode(mode, o); err != nil {
		return err
	}
	sites, err := hosts(o.Sites)
	if err != nil {
		return err
	}
	err = s.send(session.ModeAsked{Mode: mode})
	if err == nil {
		s.visit.sites = sites
		s.help.helps(mode)
	}
	s.changed()
	return err
}

// maySetMode sees what the machine does not: the browser, and the ground on which an agent acts. Whoever may not change
// the mode at all learns that first. The caller holds mu.
func (s *Station) maySetMode(mode session.Mode, o session.ActOptions) error {
	now := s.machine.Status(s.clock())
	if _, _, err := s.machine.Next(s.clock(), session.ModeAsked{Mode: mode}); err != nil {
		return s.send(session.ModeAsked{Mode: mode}) // the same, and a deadline that has passed is carried out
	}
	switch {
	case (mode == session.Act || now.Mode == session.Act) && s.visit.browser.running():
		return session.ErrBrowserOpen
	case mode == session.Act:
		return ground(s.cfg.Assist.Act, o)
	case o.Mandate || len(o.Sites) > 0:
		return session.ErrForm // only Act takes them
	default:
		return nil
	}
}

// ground says whether an agent may act for somebody on this ground. A mandate names the sites that it is for; without
// one, where the structure allows that, an agent may name some all the same.
func ground(rule session.ActRule, o session.ActOptions) error {
	switch {
	case rule != "mandate" && rule != "optional": // "off", and what is not known
		return session.ErrMandate
	case rule == "mandate" && !o.Mandate, o.Mandate && len(o.Sites) == 0:
		return session.ErrMandate
	default:
		return nil
	}
}

// limit is what the browser of a visit may open; nil is no limit. The caller holds mu.
func (s *Station) limit() []session.Private {
	if s.machine.Mode != session.Act {
		return nil
	}
	return s.visit.sites
}

// agentStatus is what Status tells of agents. The caller holds mu.
func (s *Station) agentStatus(a *session.AgentStatus, now time.Duration) {
	a.Possible = s.agents.possible
	a.WaitLeft = max(0, s.agents.waitUntil-now)
	a.TriesLeft = s.agents.tries
	a.Uncounted = s.due().Mode != session.Alone
}

// kindOf tells an error to the journal by its types alone: its text may hold what somebody typed.
func kindOf(err error) string { return fmt.Sprintf("%T", err) }
