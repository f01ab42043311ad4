package main

import (
	"context"
	"log/slog"
	"path/filepath"

	"estran/session"
	"estran/session/daybook"
	"estran/session/station"
)

// note writes in the daybook when the station stops, and when it wiped a session that was cut. What IT asks for is
// written by estranctl, which knows who asks.
func note(ctx context.Context, st *station.Station, stateDir string, log *slog.Logger) {
	changes, err := st.Watch(ctx)
	if err != nil || stateDir == "" {
		return
	}
	book := daybook.Book{Path: filepath.Join(stateDir, station.DaybookName)}
	var before session.Status
	for s := range changes {
		if e, worth := entry(before, s); worth {
			if err := book.Write(e); err != nil {
				log.Error("cannot write the daybook", "error", err)
			}
		}
		before = s
	}
}

// entry is what a change is worth in the daybook.
func entry(before, s session.Status) (daybook.Entry, bool) {
	stopped := s.State == session.Stopped && s.Fault != session.FaultMaintenance
	switch {
	case stopped && (before.State != session.Stopped || before.Fault != s.Fault):
		return daybook.Entry{What: daybook.Stopped, Who: daybook.Station, Code: string(s.Fault)}, true
	case s.State == session.Wiped && s.End == session.EndRecovery && before.State != session.Wiped:
		return daybook.Entry{What: daybook.Recovered, Who: daybook.Station}, true
	default:
		return daybook.Entry{}, false
	}
}
