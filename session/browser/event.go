package browser

import (
	"time"

	"estran/session"
)

// Event tells what became of the browser.
type Event struct {
	Kind EventKind
	// Problem is why the browser ended, with Exited; BrowserFine when the visitor or Close closed it.
	Problem session.BrowserProblem
	// Took is the time from Start to the first window, with Shown.
	Took time.Duration
	// Idle is the time since the visitor last touched the browser, with Idle.
	Idle time.Duration
}

// EventKind says what an Event tells.
type EventKind int

// What happens to a browser. Exited comes once, and last.
const (
	Shown     EventKind = iota + 1 // the first window is there
	Hung                           // it no longer answers
	Answering                      // it answers again
	Idle                           // how long the visitor has not touched it; comes every few seconds
	Exited                         // it is gone, and every process of the sandbox with it
)

// String returns the name of the kind.
func (k EventKind) String() string {
	switch k {
	case Shown:
		return "shown"
	case Hung:
		return "hung"
	case Answering:
		return "answering"
	case Idle:
		return "idle"
	case Exited:
		return "exited"
	default:
		return "unknown"
	}
}
