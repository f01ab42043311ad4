package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"estran/session"
	"estran/session/station"
)

// restartEvery is how often the mark of an upgrade is looked for.
const restartEvery = 5 * time.Second

// restartWhenDue ends this process once nobody is there, when an upgrade of the package asked for it: systemd starts
// the new one, under what its new unit says. A session that was open during the upgrade is not disturbed.
func restartWhenDue(ctx context.Context, st *station.Station, runDir string, end func()) {
	if runDir == "" {
		return
	}
	mark := filepath.Join(runDir, station.RestartDue)
	tick := time.NewTicker(restartEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s, err := st.Status(ctx)
		if err != nil || !mayRestart(s) {
			continue
		}
		if os.Remove(mark) == nil {
			end()
			return
		}
	}
}

// mayRestart says that nobody is there: no visitor, no agent who is about to help one, and no IT at work.
func mayRestart(s session.Status) bool {
	return s.State == session.Ready && !s.Agent.Present || s.State == session.Stopped && s.Fault != session.FaultMaintenance
}
