package session

import "time"

// Machine is the state of a station and its deadlines. It is a value: Next gives another one. Instants are durations
// on a clock that only goes forward (CLOCK_BOOTTIME, clock_gettime(2)), so that setting the date changes nothing and
// time spent asleep counts.
type Machine struct {
	Rules SessionConfig
	State State
	Mode  Mode
	End   EndReason
	Fault Fault

	agent      Profile       // who is signed in; NoProfile for nobody
	openedAt   time.Duration // Open, Paused: the session began
	endAt      time.Duration // Open, Paused: the session ends
	idleAt     time.Duration // Open: nobody is there; Ready: nor the agent
	pauseAt    time.Duration // Paused: the pause ends
	receiptAt  time.Duration // Wiped: the receipt goes
	extensions int
	tries      int
}

// NewMachine is a station that has just started and must first wipe what an earlier run may have left.
func NewMachine(rules SessionConfig) Machine { return Machine{Rules: rules} }

// Next tells what becomes of the station at now when e happens, and what must be carried out. A deadline that has
// passed comes before e: a key pressed too late does not save a session. On ErrState, ErrLimit and ErrCode the machine
// still counts: keep the one returned.
func (m Machine) Next(now time.Duration, e Event) (Machine, Effect, error) {
	m = m.forgetAgent(now)
	if ended, effect := m.expire(now); effect != NoEffect {
		if _, ticked := e.(Ticked); ticked {
			return ended, effect, nil
		}
		return ended, effect, ErrState
	}
	switch e := e.(type) {
	case Ticked:
		return m, NoEffect, nil
	case Recovered:
		return m.recovered(now, e)
	case OpenAsked:
		return m.open(now, e)
	case Touched:
		return m.touched(now)
	case ExtendAsked:
		return m.extend(now)
	case PauseAsked:
		return m.pause(now)
	case CodeTried:
		return m.codeTried(now, e)
	case SignedIn:
		return m.signedIn(now, e)
	case SignedOut:
		return m.signedOut(now)
	case ModeAsked:
		return m.setMode(now, e)
	case EndAsked:
		if m.State != Open && m.State != Paused {
			return m, NoEffect, ErrState
		}
		return m.wipe(e.Reason)
	case WipeFinished:
		return m.wipeFinished(now, e)
	case Dismissed:
		if m.State != Wiped {
			return m, NoEffect, ErrState
		}
		return m.ready()
	case Failed:
		return m.failed(e)
	default:
		return m, NoEffect, ErrState
	}
}

// expire applies the first deadline that has passed.
func (m Machine) expire(now time.Duration) (Machine, Effect) {
	var reason EndReason
	switch {
	case m.State == Wiped && now >= m.receiptAt:
		next, effect, _ := m.ready()
		return next, effect
	case m.State == Open && now >= min(m.endAt, m.idleAt):
		reason = EndTime
		if m.idleAt < m.endAt {
			reason = EndIdle
		}
	case m.State == Paused && now >= min(m.endAt, m.pauseAt):
		reason = EndTime
		if m.pauseAt < m.endAt {
			reason = EndPause
		}
	default:
		return m, NoEffect
	}
	next, effect, _ := m.wipe(reason)
	return next, effect
}

func (m Machine) recovered(now time.Duration, e Recovered) (Machine, Effect, error) {
	switch {
	case m.State != Starting:
		return m, NoEffect, ErrState
	case !e.Verified:
		return m.stop(FaultRecovery)
	case e.After != EndNone:
		m.End = e.After
		return m.wiped(now), NoEffect, nil
	}
	m.State = Ready
	return m, NoEffect, nil
}

func (m Machine) open(now time.Duration, e OpenAsked) (Machine, Effect, error) {
	if m.State != Ready {
		return m, NoEffect, ErrState
	}
	if err := m.mayOpen(e.Mode); err != nil {
		return m, NoEffect, err
	}
	m.State, m.Mode, m.End = Open, e.Mode, EndNone
	m.openedAt = now
	m.extensions, m.tries = m.Rules.Extensions, m.Rules.PauseTries
	m.endAt = now + time.Duration(m.Rules.Length)
	m.idleAt = now + time.Duration(m.Rules.Idle)
	return m, Prepare, nil
}

func (m Machine) touched(now time.Duration) (Machine, Effect, error) {
	switch {
	case m.State == Open, m.State == Ready && m.agent != NoProfile:
		m.idleAt = now + time.Duration(m.Rules.Idle)
	case m.State == Wiped:
		m.receiptAt = now + time.Duration(m.Rules.Receipt)
	default:
		return m, NoEffect, ErrState
	}
	return m, NoEffect, nil
}

func (m Machine) extend(now time.Duration) (Machine, Effect, error) {
	if m.State != Open {
		return m, NoEffect, ErrState
	}
	if m.assisted() {
		return m.extendAssisted(now)
	}
	if m.extensions == 0 {
		return m, NoEffect, ErrLimit
	}
	m.extensions--
	m.endAt += time.Duration(m.Rules.Extension)
	return m.touched(now)
}

func (m Machine) pause(now time.Duration) (Machine, Effect, error) {
	if m.State != Open {
		return m, NoEffect, ErrState
	}
	m.State = Paused
	m.tries = m.Rules.PauseTries
	m.pauseAt = now + time.Duration(m.Rules.Pause)
	return m, NoEffect, nil
}

func (m Machine) codeTried(now time.Duration, e CodeTried) (Machine, Effect, error) {
	if m.State != Paused {
		return m, NoEffect, ErrState
	}
	if e.Right {
		m.State = Open
		return m.touched(now)
	}
	m.tries--
	if m.tries > 0 {
		return m, NoEffect, ErrCode
	}
	next, effect, _ := m.wipe(EndCode)
	return next, effect, ErrCode
}

func (m Machine) wipe(reason EndReason) (Machine, Effect, error) {
	m.State, m.End, m.agent = Wiping, reason, NoProfile
	return m, Wipe, nil
}

func (m Machine) wipeFinished(now time.Duration, e WipeFinished) (Machine, Effect, error) {
	switch {
	case m.State != Wiping:
		return m, NoEffect, ErrState
	case !e.Verified:
		return m.stop(FaultWipe)
	case m.Fault != NoFault:
		return m.stop(m.Fault)
	}
	return m.wiped(now), NoEffect, nil
}

// wiped lets the visitor read the receipt.
func (m Machine) wiped(now time.Duration) Machine {
	m.State = Wiped
	m.receiptAt = now + time.Duration(m.Rules.Receipt)
	return m
}

func (m Machine) ready() (Machine, Effect, error) {
	next := NewMachine(m.Rules)
	next.State = Ready
	return next, StartAnew, nil
}

// failed stops the station, after a wipe when a session is open: a visitor's traces come before a tidy stop.
func (m Machine) failed(e Failed) (Machine, Effect, error) {
	switch m.State {
	case Open, Paused:
		m.Fault = e.Fault
		return m.wipe(EndFault)
	case Wiping:
		m.Fault = e.Fault
		return m, NoEffect, nil
	case Stopped:
		if e.Fault == FaultMaintenance { // IT comes to see why
			return m.stop(e.Fault)
		}
		return m, NoEffect, nil
	default:
		return m.stop(e.Fault)
	}
}

func (m Machine) stop(f Fault) (Machine, Effect, error) {
	m.State, m.Fault, m.agent = Stopped, f, NoProfile
	return m, NoEffect, nil
}

// Wake is the next instant at which time alone changes what Status tells, false when there is none. An end that has
// passed and that nobody has heard of yet is due at once: a timer may come late, or be lost while the computer sleeps.
func (m Machine) Wake(now time.Duration) (time.Duration, bool) {
	switch m.State {
	case Open:
		at := max(now, min(m.endAt, m.idleAt))
		for _, warning := range []time.Duration{m.idleAt - time.Duration(m.Rules.IdleWarning), m.endAt - time.Duration(m.Rules.EndWarning)} {
			if warning > now {
				at = min(at, warning)
			}
		}
		return at, true
	case Ready:
		return max(now, m.idleAt), m.agent != NoProfile
	case Paused:
		return max(now, min(m.endAt, m.pauseAt)), true
	case Wiped:
		return max(now, m.receiptAt), true
	default:
		return 0, false
	}
}

// Status fills in what the machine knows of a Status.
func (m Machine) Status(now time.Duration) Status {
	m = m.forgetAgent(now)
	s := Status{State: m.State, Mode: m.Mode, End: m.End, Fault: m.Fault}
	s.Agent.Present, s.Agent.Profile = m.agent != NoProfile, m.agent
	switch m.State {
	case Open:
		s.TimeLeft, s.IdleLeft = max(0, m.endAt-now), max(0, m.idleAt-now)
		s.Idle = s.IdleLeft <= time.Duration(m.Rules.IdleWarning)
		s.Ending = s.TimeLeft <= time.Duration(m.Rules.EndWarning)
		s.Extensions = m.extensionsLeft()
	case Paused:
		s.TimeLeft = max(0, m.endAt-now)
		s.PauseLeft = max(0, min(m.pauseAt, m.endAt)-now)
		s.PauseTries = m.tries
	case Wiped:
		s.ReceiptLeft = max(0, m.receiptAt-now)
	}
	return s
}
