package main

import (
	"log/slog"
	"path/filepath"

	"estran/session"
	"estran/session/assist"
	"estran/session/daybook"
	"estran/session/station"
)

// assisting gives a station its agents and its counts. Nobody signs in where it is not known whose directories these are,
// or what the settings say.
func assisting(o *station.Options, log *slog.Logger) {
	o.Others = assist.Files() // whatever happens: else they are taken for remains, and the fault for another
	if o.Fault != session.NoFault || o.StateDir == "" {
		return
	}
	desk := assist.Open(assist.Options{
		StateDir: o.StateDir, Months: o.Config.Activity.Months, Note: noting(o.StateDir, log),
		Spoilt: func() { log.Error("lines of the counts of activity cannot be read: they are kept aside") },
	})
	o.Agents, o.Counts = desk.Agents, desk.Counts
}

// noting writes in the daybook what the agents do. Whoever signs in is answered all the same: that a line is missing is for
// the journal to tell. The error holds no login.
func noting(stateDir string, log *slog.Logger) func(daybook.Entry) error {
	book := daybook.Book{Path: filepath.Join(stateDir, station.DaybookName)}
	return func(e daybook.Entry) error {
		err := book.Write(e)
		if err != nil {
			log.Error("an agent is missing in the daybook", "error", err)
		}
		return err
	}
}
