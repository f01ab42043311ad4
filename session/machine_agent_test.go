package session_test

import (
	"testing"
	"time"

	"estran/session"
)

// However a session ends, the agent's part ends with it: nobody is there in the wipe, on the receipt, and in the next session.
// Until then a pause is no end: who helps is there when the visitor comes back.
func TestEveryEndIsTheAgents(t *testing.T) {
	const minute = time.Minute
	pause := at{2, session.PauseAsked{}}
	wrong := session.CodeTried{}
	for name, c := range map[string]struct {
		then []at
		end  session.EndReason
	}{
		"the visitor":      {[]at{{2, session.EndAsked{Reason: session.EndVisitor}}}, session.EndVisitor},
		"a shutdown":       {[]at{{2, session.EndAsked{Reason: session.EndShutdown}}}, session.EndShutdown},
		"nobody is there":  {[]at{{5*minute + 1, session.Ticked{}}}, session.EndIdle},
		"a key too late":   {[]at{{5*minute + 1, session.Touched{}}}, session.EndIdle},
		"a late sign-out":  {[]at{{5*minute + 1, session.SignedOut{}}}, session.EndIdle},
		"a late mode":      {[]at{{5*minute + 1, session.ModeAsked{Mode: session.Act}}}, session.EndIdle},
		"a late extension": {[]at{{5*minute + 1, session.ExtendAsked{}}}, session.EndIdle},
		"the time":         {touchEvery(nil, minute, 61*minute), session.EndTime},
		"a long pause":     {[]at{pause, {6 * minute, session.Ticked{}}}, session.EndPause},
		"an end in a pause": {
			[]at{pause, {3, session.EndAsked{Reason: session.EndVisitor}}}, session.EndVisitor,
		},
		"wrong codes":        {[]at{pause, {3, wrong}, {4, wrong}, {5, wrong}}, session.EndCode},
		"a fault":            {[]at{{2, session.Failed{Fault: session.FaultMemory}}}, session.EndFault},
		"a fault in a pause": {[]at{pause, {3, session.Failed{Fault: session.FaultMemory}}}, session.EndFault},
	} {
		m := session.NewMachine(rules())
		for _, e := range append([]at{
			{0, session.Recovered{Verified: true}},
			{0, session.SignedIn{Profile: session.ProfileMediateur}},
			{1, session.OpenAsked{Mode: session.Train}},
		}, c.then...) {
			m, _, _ = m.Next(e.when, e.event)
			if s := m.Status(e.when); m.End != session.EndNone && s.Agent.Present || s.State == session.Open && !s.Agent.Present {
				t.Errorf("%s: %v after %T, and an agent is there: %v", name, s.State, e.event, s.Agent.Present)
			}
		}
		if m.State != session.Wiping || m.End != c.end {
			t.Errorf("%s: it is %v, %q", name, m.State, m.End)
		}
		for _, e := range []at{{2 * time.Hour, session.WipeFinished{Verified: true}}, {2*time.Hour + 1, session.Dismissed{}}} {
			m, _, _ = m.Next(e.when, e.event)
			if m.Status(e.when).Agent != (session.AgentStatus{}) {
				t.Errorf("%s: an agent is there in %v", name, m.State)
			}
		}
	}
}

func TestAPauseKeepsTheAgent(t *testing.T) {
	m := session.NewMachine(rules())
	for _, e := range []at{
		{0, session.Recovered{Verified: true}},
		{0, session.SignedIn{Profile: session.ProfileMediateur}},
		{1, session.OpenAsked{Mode: session.Accompany}},
		{2, session.PauseAsked{}},
		{3, session.SignedOut{}},
		{4, session.ModeAsked{}},
		{5, session.ExtendAsked{}},
		{6, session.CodeTried{Right: true}},
	} {
		m, _, _ = m.Next(e.when, e.event)
	}
	if s := m.Status(7); s.State != session.Open || s.Mode != session.Accompany || !s.Agent.Present || s.TimeLeft > time.Duration(rules().Length) {
		t.Errorf("after the pause: %+v", s)
	}
}
