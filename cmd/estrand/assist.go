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
	book := daybook.Book{Path: filepath.Join(o.StateDir, station.DaybookName)}
	desk := assist.Open(assist.Options{
		StateDir: o.StateDir, Months: o.Config.Activity.Months, Note: book.Write,
		Spoilt: func() { log.Error("lines of the counts of activity cannot be read: they are kept aside") },
	})
	o.Agents, o.Counts = desk.Agents, desk.Counts
}
