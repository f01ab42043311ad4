package session

import "time"

// An agent who is signed in is a fact of the machine as the deadlines are: it ends with the session, whatever ends that,
// and before the first one opens, when nobody touched anything for the idle limit. Wake tells when.

// assisted says that a mode needs an agent who helps.
func (m Mode) assisted() bool { return m == Train || m == Accompany || m == Act }

// known says that a mode is one of the four.
func (m Mode) known() bool { return m == Alone || m.assisted() }

// assisted says that an agent helps in the session that is open.
func (m Machine) assisted() bool { return m.Mode.assisted() && m.agent.Helps() }

// forgetAgent signs an agent out who opened nothing in time. It is no end of anything: what is asked at that instant is
// looked at all the same.
func (m Machine) forgetAgent(now time.Duration) Machine {
	if m.State == Ready && m.agent != NoProfile && now >= m.idleAt {
		m.agent = NoProfile
	}
	return m
}

// mayOpen says why a session may not begin in a mode: Act is what an open session becomes, once there is a mandate.
func (m Machine) mayOpen(mode Mode) error {
	switch {
	case !mode.known():
		return ErrForm
	case mode != Alone && !m.agent.Helps():
		return ErrAgentNeeded
	case mode == Act:
		return ErrState
	default:
		return nil
	}
}

func (m Machine) signedIn(now time.Duration, e SignedIn) (Machine, Effect, error) {
	switch {
	case m.State != Ready && m.State != Open, m.agent != NoProfile:
		return m, NoEffect, ErrState // one agent leaves before another comes
	case e.Profile == NoProfile:
		return m, NoEffect, ErrAgentWrong
	}
	m.agent = e.Profile
	return m.touched(now)
}

// signedOut goes on as Alone: a mode that needs an agent has none.
func (m Machine) signedOut(now time.Duration) (Machine, Effect, error) {
	switch {
	case m.State != Ready && m.State != Open:
		return m, NoEffect, ErrState
	case m.agent == NoProfile:
		return m, NoEffect, ErrAgentNeeded
	}
	if m.State == Open {
		m, _, _ = m.touched(now)
	}
	m.agent, m.Mode = NoProfile, Alone
	return m, NoEffect, nil
}

// setMode changes the mode of an open session. What Act needs beside an agent is for the station to see.
func (m Machine) setMode(now time.Duration, e ModeAsked) (Machine, Effect, error) {
	switch {
	case m.State != Open:
		return m, NoEffect, ErrState
	case !e.Mode.known():
		return m, NoEffect, ErrForm
	case e.Mode != Alone && !m.agent.Helps():
		return m, NoEffect, ErrAgentNeeded
	}
	m.Mode = e.Mode
	return m.touched(now)
}

// extendAssisted adds time without counting it: whoever helps is there to see, and closes at the end of the day.
func (m Machine) extendAssisted(now time.Duration) (Machine, Effect, error) {
	last := m.openedAt + AssistedLength
	if m.endAt >= last {
		return m, NoEffect, ErrLimit
	}
	m.endAt = min(last, m.endAt+time.Duration(m.Rules.Extension))
	return m.touched(now)
}

// extensionsLeft is how many times the session can still be made longer.
func (m Machine) extensionsLeft() int {
	step := time.Duration(m.Rules.Extension)
	if !m.assisted() || step <= 0 {
		return m.extensions
	}
	room := max(0, m.openedAt+AssistedLength-m.endAt)
	return int((room + step - 1) / step) // the last one may be short
}
