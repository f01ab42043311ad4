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
	signed := append(opened[:1:1], at{0, session.SignedIn{Profile: session.ProfileMediateur}})
	training := append(signed[:2:2], at{1, session.OpenAsked{Mode: session.Train}})
	minding := append(opened[:1:1], at{0, session.SignedIn{Profile: session.ProfileMaintenance}})
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

		"helping needs an agent":                       {events: append(opened[:1:1], at{1, session.OpenAsked{Mode: session.Train}}), state: session.Ready, err: session.ErrAgentNeeded},
		"and one who helps":                            {events: append(minding[:2:2], at{1, session.OpenAsked{Mode: session.Accompany}}), state: session.Ready, err: session.ErrAgentNeeded},
		"an agent opens a session to train":            {events: training, state: session.Open, effect: session.Prepare},
		"an agent opens none to act":                   {events: append(signed[:2:2], at{1, session.OpenAsked{Mode: session.Act}}), state: session.Ready, err: session.ErrState},
		"acting without an agent":                      {events: append(opened[:1:1], at{1, session.OpenAsked{Mode: session.Act}}), state: session.Ready, err: session.ErrAgentNeeded},
		"no such mode":                                 {events: append(signed[:2:2], at{1, session.OpenAsked{Mode: 4}}), state: session.Ready, err: session.ErrForm},
		"nor before the first":                         {events: append(opened[:2:2], at{1, session.ModeAsked{Mode: -1}}), state: session.Open, err: session.ErrForm},
		"a session becomes one in which an agent acts": {events: append(training[:3:3], at{2, session.ModeAsked{Mode: session.Act}}), state: session.Open},
		"but not without an agent":                     {events: append(opened[:2:2], at{2, session.ModeAsked{Mode: session.Act}}), state: session.Open, err: session.ErrAgentNeeded},
		"alone needs nobody":                           {events: append(opened[:2:2], at{2, session.ModeAsked{}}), state: session.Open},
		"no mode before a session":                     {events: append(signed[:2:2], at{2, session.ModeAsked{Mode: session.Train}}), state: session.Ready, err: session.ErrState},
		"one agent at a time":                          {events: append(signed[:2:2], at{1, session.SignedIn{Profile: session.ProfileMediateur}}), state: session.Ready, err: session.ErrState},
		"an agent without a profile is none":           {events: append(opened[:1:1], at{1, session.SignedIn{}}), state: session.Ready, err: session.ErrAgentWrong},
		"nobody signs in into a pause":                 {events: append(opened[:2:2], at{1, session.PauseAsked{}}, at{2, session.SignedIn{Profile: session.ProfileMediateur}}), state: session.Paused, err: session.ErrState},
		"nor while it is wiped":                        {events: append(wiped[:3:3], at{2, session.SignedIn{Profile: session.ProfileMediateur}}), state: session.Wiping, end: session.EndVisitor, err: session.ErrState},
		"nobody to sign out":                           {events: append(opened[:2:2], at{1, session.SignedOut{}}), state: session.Open, err: session.ErrAgentNeeded},
		"who opens nothing in time is gone":            {events: append(signed[:2:2], at{5 * minute, session.OpenAsked{Mode: session.Train}}), state: session.Ready, err: session.ErrAgentNeeded},
		"a visitor opens all the same":                 {events: append(signed[:2:2], at{5 * minute, session.OpenAsked{}}), state: session.Open, effect: session.Prepare},
		"a touch keeps the agent":                      {events: append(signed[:2:2], at{4 * minute, session.Touched{}}, at{8 * minute, session.OpenAsked{Mode: session.Train}}), state: session.Open, effect: session.Prepare},
		"a touch keeps nobody":                         {events: append(opened[:1:1], at{1, session.Touched{}}), state: session.Ready, err: session.ErrState},
		"an agent extends without ceremony":            {events: append(training[:3:3], at{2, session.ExtendAsked{}}, at{3, session.ExtendAsked{}}, at{4, session.ExtendAsked{}}), state: session.Open},
		"not in a session alone":                       {events: append(training[:3:3], at{1, session.ModeAsked{}}, at{2, session.ExtendAsked{}}, at{3, session.ExtendAsked{}}, at{4, session.ExtendAsked{}}), state: session.Open, err: session.ErrLimit},
		"the end of the session is the agent's":        {events: append(training[:3:3], at{2, session.EndAsked{Reason: session.EndVisitor}}, at{3, session.WipeFinished{Verified: true}}, at{4, session.Dismissed{}}, at{5, session.OpenAsked{Mode: session.Train}}), state: session.Ready, err: session.ErrAgentNeeded},
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

// An agent extends as long as they are there, and no further than a working day.
func TestAnAgentExtendsUpToADay(t *testing.T) {
	m := session.NewMachine(rules())
	m, _, _ = m.Next(0, session.Recovered{Verified: true})
	m, _, _ = m.Next(0, session.SignedIn{Profile: session.ProfileResponsable})
	m, _, _ = m.Next(time.Minute, session.OpenAsked{Mode: session.Accompany})
	const opened = time.Minute
	left, extended := m.Status(opened).Extensions, 0
	for {
		next, _, err := m.Next(opened, session.ExtendAsked{})
		if err != nil {
			if !errors.Is(err, session.ErrLimit) {
				t.Fatal(err)
			}
			break
		}
		m = next
		extended++
		if told := m.Status(opened).Extensions; told != left-extended {
			t.Fatalf("after %d extensions %d are left, not %d", extended, told, left-extended)
		}
	}
	if s := m.Status(opened); extended != 28 || s.TimeLeft != session.AssistedLength || s.Extensions != 0 {
		t.Errorf("%d extensions, and %v left: %+v", extended, s.TimeLeft, s)
	}
	m, _, err := m.Next(opened, session.SignedOut{})
	if s := m.Status(opened); err != nil || s.Mode != session.Alone || s.Agent.Present || s.Extensions != rules().Extensions {
		t.Errorf("once the agent has left: %+v, %v", s, err)
	}
}

func TestStatusTellsTheProfileOnly(t *testing.T) {
	m := session.NewMachine(rules())
	m, _, _ = m.Next(0, session.Recovered{Verified: true})
	if s := m.Status(0); s.Agent != (session.AgentStatus{}) {
		t.Errorf("nobody is there: %+v", s.Agent)
	}
	m, _, _ = m.Next(0, session.SignedIn{Profile: session.ProfileMediateur})
	if at, wakes := m.Wake(time.Minute); !wakes || at != 5*time.Minute {
		t.Errorf("it wakes %v at %v to sign the agent out", wakes, at)
	}
	want := session.AgentStatus{Present: true, Profile: session.ProfileMediateur}
	if s := m.Status(5*time.Minute - 1); s.Agent != want {
		t.Errorf("an agent is there: %+v", s.Agent)
	}
	if s := m.Status(5 * time.Minute); s.Agent != (session.AgentStatus{}) {
		t.Errorf("the agent has gone: %+v", s.Agent)
	}
	m, _, _ = m.Next(5*time.Minute, session.Ticked{})
	if _, wakes := m.Wake(5 * time.Minute); wakes || m.State != session.Ready {
		t.Errorf("it is %v, and wakes %v", m.State, wakes)
	}
}
