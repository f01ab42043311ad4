// Package assist is what a station needs so that agents can help: their accounts (agents) and the counts of what they did
// (activity), in one place for both kinds of station. The mandate is the kiosk's, and never comes here.
package assist

import (
	"path/filepath"
	"time"

	"estran/session"
	"estran/session/assist/activity"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// Desk is the agents of a station and their counts.
type Desk struct {
	Agents *agents.House
	Counts Counts
}

// Options say where they are.
type Options struct {
	// Accounts is the file of the agents, "" for that of an installed station.
	Accounts string
	// StateDir is the state directory of the station.
	StateDir string
	// Months is how long counts are kept.
	Months int
	// Note writes a line in the daybook; nil notes nothing.
	Note func(daybook.Entry) error
	// Spoilt is told that lines of the counts could not be read; nil tells nobody.
	Spoilt func()
}

// Open gives the desk of a station. It reads nothing yet.
func Open(o Options) Desk {
	tally := activity.Open(filepath.Join(o.StateDir, filepath.Base(activity.Path)), o.Months)
	if o.Spoilt != nil {
		tally.Spoilt = func(string) { o.Spoilt() }
	}
	return Desk{
		Agents: agents.Open(agents.Options{Path: o.Accounts, StateDir: o.StateDir, Note: o.Note}),
		Counts: Counts{tally},
	}
}

// Files are the names that the desk may have in the state directory. Nothing of a visitor is in them.
func Files() []string { return append(activity.Files(), agents.StateNames()...) }

// Counts are those of package activity, as a station knows them.
type Counts struct{ *activity.Tally }

// Add adds an intervention to the counts of a day.
func (c Counts) Add(day time.Time, mode session.Mode, length time.Duration, o session.CountOptions) error {
	return c.Tally.Add(day, activity.Intervention{Mode: mode, Length: length, CountOptions: o})
}
