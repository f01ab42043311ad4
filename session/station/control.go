package station

import (
	"context"
	"crypto/subtle"
	"time"

	"estran/session"
)

// longestSleep bounds how long the station trusts a timer: timers stand still while the computer sleeps, deadlines
// do not.
const longestSleep = 30 * time.Second

// send gives an event to the machine and carries out its effect. The caller holds mu, and calls changed after.
func (s *Station) send(e session.Event) error { return s.sendAt(s.clock(), e) }

// sendAt is send for whoever has looked at the clock.
func (s *Station) sendAt(now time.Duration, e session.Event) error {
	m, effect, err := s.machine.Next(now, e)
	s.machine = m
	switch effect {
	case session.Prepare:
		s.turn++
		s.prepare()
	case session.Wipe:
		s.turn++
		s.startWipe()
	case session.StartAnew:
		s.turn++
		s.wipe, s.look = nil, Look{} // the receipt stays, until the next session opens
	}
	return err
}

// ask is send for a call from outside.
func (s *Station) ask(e session.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return session.ErrGone
	}
	err := s.send(e)
	s.changed()
	return err
}

// setTimer wakes the station at the machine's next deadline. The caller holds mu.
func (s *Station) setTimer() {
	if s.timer != nil {
		s.timer.Stop()
	}
	now := s.clock()
	at, wakes := s.machine.Wake(now)
	if until := s.agents.waitUntil; until > now && (!wakes || until < at) {
		at, wakes = until, true
	}
	if !wakes || s.closed {
		return
	}
	s.timer = time.AfterFunc(min(max(0, at-now), longestSleep), func() { _ = s.ask(session.Ticked{}) })
}

// Open opens a session.
func (s *Station) Open(_ context.Context, o session.OpenOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.closing {
		return session.ErrGone
	}
	if s.machine.State != session.Ready {
		return session.ErrState
	}
	now := s.clock() // once: an agent may be gone at the next look, and the visit is made in between
	opening := session.OpenAsked{Mode: o.Mode}
	if _, _, err := s.machine.Next(now, opening); err != nil {
		return err
	}
	s.visit = &visit{options: o}
	s.help = &intervention{opened: now}
	s.help.helps(o.Mode)
	s.visit.ctx, s.visit.end = context.WithCancel(s.ctx)
	s.visit.browsing, s.visit.stopBrowsing = context.WithCancel(s.ctx)
	s.look, s.receipt, s.papers.copies = Look{o.Language, o.Large, o.Contrast}, nil, 0
	err := s.sendAt(now, opening)
	s.changed()
	return err
}

// Touch puts the idle limit off, and the going of the receipt.
func (s *Station) Touch(context.Context) error { return s.ask(session.Touched{}) }

// Extend adds an extension.
func (s *Station) Extend(context.Context) error { return s.ask(session.ExtendAsked{}) }

// End ends the session.
func (s *Station) End(context.Context) error {
	return s.ask(session.EndAsked{Reason: session.EndVisitor})
}

// Dismiss leaves the receipt.
func (s *Station) Dismiss(context.Context) error { return s.ask(session.Dismissed{}) }

// Pause hides the session behind a code. A graphical browser can be hidden only on a seat of our own, and is refused
// elsewhere.
func (s *Station) Pause(_ context.Context, code session.Private) error {
	if !fourFigures(code.Reveal()) {
		return session.ErrCode
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.browserHasKeyboard() {
		return session.ErrBrowserOpen
	}
	err := s.send(session.PauseAsked{})
	if err == nil {
		s.visit.code = []byte(code.Reveal())
	}
	s.changed()
	return err
}

// Resume comes back from a pause. The comparison takes the same time whatever was typed.
func (s *Station) Resume(_ context.Context, code session.Private) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.machine.State != session.Paused {
		return session.ErrState
	}
	right := subtle.ConstantTimeCompare([]byte(code.Reveal()), s.visit.code) == 1
	err := s.send(session.CodeTried{Right: right})
	if s.machine.State != session.Paused && s.visit != nil {
		clear(s.visit.code)
	}
	s.changed()
	return err
}

func fourFigures(code string) bool {
	if len(code) != 4 {
		return false
	}
	for _, c := range code {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
