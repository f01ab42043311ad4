package session_test

import (
	"errors"
	"testing"
	"time"

	"estran/session"
)

func rules() session.SessionConfig { return session.Defaults().Session }

// at is one event at an instant.
type at struct {
	when  time.Duration
	event session.Event
}

func TestMachine(t *testing.T) {
	const minute = time.Minute
	opened := []at{{0, session.Recovered{Verified: true}}, {0, session.OpenAsked{}}}
	wiped := append(opened[:2:2], at{1, session.EndAsked{Reason: session.EndVisitor}}, at{2, session.WipeFinished{Verified: true}})
	cases := map[string]struct {
		events []at
		state  session.State
		end    session.EndReason
		fault  session.Fault
		effect session.Effect
		err    error
	}{
		"a new station opens nothing":        {events: []at{{0, session.OpenAsked{}}}, state: session.Starting, err: session.ErrState},
		"leftovers wiped, it is ready":       {events: opened[:1], state: session.Ready},
		"a cut session is told":              {events: []at{{0, session.Recovered{Verified: true, After: session.EndRecovery}}}, state: session.Wiped, end: session.EndRecovery},
		"a cut session not wiped stops it":   {events: []at{{0, session.Recovered{After: session.EndRecovery}}}, state: session.Stopped, fault: session.FaultRecovery},
		"leftovers not wiped, it stops":      {events: []at{{0, session.Recovered{}}}, state: session.Stopped, fault: session.FaultRecovery},
		"a visitor opens a session":          {events: opened, state: session.Open, effect: session.Prepare},
		"a second visitor cannot":            {events: append(opened[:2:2], at{1, session.OpenAsked{}}), state: session.Open, err: session.ErrState},
		"the session ends when its time is":  {events: append(touchEvery(opened, minute, 59*minute), at{60 * minute, session.Ticked{}}), state: session.Wiping, end: session.EndTime, effect: session.Wipe},
		"five idle minutes end it":           {events: append(opened[:2:2], at{5 * minute, session.Ticked{}}), state: session.Wiping, end: session.EndIdle, effect: session.Wipe},
		"a key puts the idle limit off":      {events: append(opened[:2:2], at{4 * minute, session.Touched{}}, at{8 * minute, session.Ticked{}}), state: session.Open},
		"a key pressed too late saves none":  {events: append(opened[:2:2], at{5 * minute, session.Touched{}}), state: session.Wiping, end: session.EndIdle, effect: session.Wipe, err: session.ErrState},
		"extensions run out":                 {events: append(opened[:2:2], at{1, session.ExtendAsked{}}, at{2, session.ExtendAsked{}}, at{3, session.ExtendAsked{}}), state: session.Open, err: session.ErrLimit},
		"a wrong code leaves the pause":      {events: append(opened[:2:2], at{1, session.PauseAsked{}}, at{2, session.CodeTried{}}), state: session.Paused, err: session.ErrCode},
		"the third wrong code ends it":       {events: append(opened[:2:2], at{1, session.PauseAsked{}}, at{2, session.CodeTried{}}, at{3, session.CodeTried{}}, at{4, session.CodeTried{}}), state: session.Wiping, end: session.EndCode, effect: session.Wipe, err: session.ErrCode},
		"the right code comes back":          {events: append(opened[:2:2], at{1, session.PauseAsked{}}, at{2, session.CodeTried{Right: true}}), state: session.Open},
		"a long pause ends it":               {events: append(opened[:2:2], at{1 * minute, session.PauseAsked{}}, at{6 * minute, session.Ticked{}}), state: session.Wiping, end: session.EndPause, effect: session.Wipe},
		"a wipe that is verified is told":    {events: wiped, state: session.Wiped, end: session.EndVisitor},
		"a wipe that is not stops it":        {events: append(wiped[:3:3], at{2, session.WipeFinished{}}), state: session.Stopped, end: session.EndVisitor, fault: session.FaultWipe},
		"the receipt is dismissed":           {events: append(wiped[:4:4], at{3, session.Dismissed{}}), state: session.Ready, effect: session.StartAnew},
		"the receipt goes by itself":         {events: append(wiped[:4:4], at{2 + 30*time.Second, session.Ticked{}}), state: session.Ready, effect: session.StartAnew},
		"a touch keeps the receipt":          {events: append(wiped[:4:4], at{20 * time.Second, session.Touched{}}, at{45 * time.Second, session.Ticked{}}), state: session.Wiped, end: session.EndVisitor},
		"then it goes by itself too":         {events: append(wiped[:4:4], at{20 * time.Second, session.Touched{}}, at{50 * time.Second, session.Ticked{}}), state: session.Ready, effect: session.StartAnew},
		"a fault wipes before it stops":      {events: append(opened[:2:2], at{1, session.Failed{Fault: session.FaultMemory}}), state: session.Wiping, end: session.EndFault, fault: session.FaultMemory, effect: session.Wipe},
		"a fault stops after the wipe":       {events: append(opened[:2:2], at{1, session.Failed{Fault: session.FaultMemory}}, at{2, session.WipeFinished{Verified: true}}), state: session.Stopped, end: session.EndFault, fault: session.FaultMemory},
		"a fault stops a station that waits": {events: append(opened[:1:1], at{1, session.Failed{Fault: session.FaultSandbox}}), state: session.Stopped, fault: session.FaultSandbox},
		"a stopped station stays stopped":    {events: []at{{0, session.Recovered{}}, {1, session.Recovered{Verified: true}}}, state: session.Stopped, fault: session.FaultRecovery, err: session.ErrState},
		"IT may look at a stopped station":   {events: []at{{0, session.Recovered{}}, {1, session.Failed{Fault: session.FaultMaintenance}}}, state: session.Stopped, fault: session.FaultMaintenance},
		"a fault keeps its first code":       {events: []at{{0, session.Recovered{}}, {1, session.Failed{Fault: session.FaultSwap}}}, state: session.Stopped, fault: session.FaultRecovery},
		"wiping cannot be ended twice":       {events: append(wiped[:3:3], at{2, session.EndAsked{Reason: session.EndTime}}), state: session.Wiping, end: session.EndVisitor, err: session.ErrState},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := session.NewMachine(rules())
			var effect session.Effect
			var err error
			for _, e := range c.events {
				m, effect, err = m.Next(e.when, e.event)
			}
			if m.State != c.state || m.End != c.end || m.Fault != c.fault {
				t.Errorf("got %v, end %q, fault %q, want %v, %q, %q", m.State, m.End, m.Fault, c.state, c.end, c.fault)
			}
			if effect != c.effect || !errors.Is(err, c.err) {
				t.Errorf("the last event gave effect %v and error %v, want %v and %v", effect, err, c.effect, c.err)
			}
		})
	}
}

// touchEvery adds a touch a step, until last.
func touchEvery(events []at, step, last time.Duration) []at {
	events = append([]at(nil), events...)
	for when := step; when <= last; when += step {
		events = append(events, at{when, session.Touched{}})
	}
	return events
}

func TestStatusTellsTheWarnings(t *testing.T) {
	m := session.NewMachine(rules())
	m, _, _ = m.Next(0, session.Recovered{Verified: true})
	m, _, _ = m.Next(0, session.OpenAsked{Mode: session.Alone})
	if s := m.Status(3 * time.Minute); s.Idle || s.Ending || s.Extensions != 2 || s.TimeLeft != 57*time.Minute {
		t.Errorf("after three minutes: %+v", s)
	}
	if s := m.Status(4 * time.Minute); !s.Idle || s.IdleLeft != time.Minute {
		t.Errorf("one minute before the idle limit, no warning: %+v", s)
	}
	for when := time.Minute; when <= 55*time.Minute; when += time.Minute {
		m, _, _ = m.Next(when, session.Touched{})
	}
	if s := m.Status(55 * time.Minute); !s.Ending {
		t.Errorf("five minutes before the end, no warning: %+v", s)
	}
}

func TestWakeIsTheNextChange(t *testing.T) {
	m := session.NewMachine(rules())
	if _, wakes := m.Wake(0); wakes {
		t.Error("a station that waits has nothing to wake for")
	}
	m, _, _ = m.Next(0, session.Recovered{Verified: true})
	m, _, _ = m.Next(0, session.OpenAsked{})
	for _, want := range []time.Duration{4 * time.Minute, 5 * time.Minute} {
		now := want - time.Second
		if got, ok := m.Wake(now); !ok || got != want {
			t.Errorf("at %v: wakes at %v, %v, want %v", now, got, ok, want)
		}
	}
}
