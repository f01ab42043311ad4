package main

import (
	"testing"

	"estran/session"
)

func TestWhenAnUpgradeMayRestart(t *testing.T) {
	agent := session.AgentStatus{Possible: true, Present: true, Profile: session.ProfileMediateur}
	for name, c := range map[string]struct {
		status session.Status
		want   bool
	}{
		"nobody is there":    {session.Status{State: session.Ready, Agent: session.AgentStatus{Possible: true}}, true},
		"an agent signed in": {session.Status{State: session.Ready, Agent: agent}, false},
		"a session":          {session.Status{State: session.Open}, false},
		"a session with one": {session.Status{State: session.Open, Agent: agent}, false},
		"the receipt":        {session.Status{State: session.Wiped}, false},
		"it stopped":         {session.Status{State: session.Stopped, Fault: session.FaultWipe}, true},
		"IT is at work":      {session.Status{State: session.Stopped, Fault: session.FaultMaintenance}, false},
	} {
		if got := mayRestart(c.status); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
