package conditions

import (
	"context"
	"fmt"

	"estran/session"
)

// State is what a look at a condition gave. The zero value is Unknown.
type State int

// The states of a condition.
const (
	Unknown State = iota // it cannot be told
	OK
	Warning // the promise holds, something around it does not
	Failed
)

// String returns unknown, ok, warning or failed.
func (s State) String() string {
	switch s {
	case OK:
		return "ok"
	case Warning:
		return "warning"
	case Failed:
		return "failed"
	default:
		return "unknown"
	}
}

// Result is one condition as it was found.
type Result struct {
	ID string
	// Title is the condition in a few words, Found what is so today, Why why it matters, Mend what to do, "" when there
	// is nothing to do. All are French.
	Title, Found, Why, Mend string
	State                   State
	// Fault is what the station shows when this condition fails; NoFault when it opens all the same.
	Fault session.Fault
}

// Vital says that the station does not open without it.
func (r Result) Vital() bool { return r.Fault != session.NoFault }

// Fails says that the condition does not hold: it failed, or it is vital and cannot be told.
func (r Result) Fails() bool { return r.State == Failed || r.Vital() && r.State == Unknown }

// Overall is the worst of all: Failed, else Warning where something warns or cannot be told, else OK. No results at all
// are Unknown.
func Overall(results []Result) State {
	if len(results) == 0 {
		return Unknown
	}
	overall := OK
	for _, r := range results {
		switch {
		case r.Fails():
			return Failed
		case r.State != OK:
			overall = Warning
		}
	}
	return overall
}

// condition is one line of the table.
type condition struct {
	id, title, why string
	fault          session.Fault
	probe          func(context.Context, *exam) finding
}

// finding is what a probe tells; the zero value is Unknown.
type finding struct {
	state       State
	found, mend string
}

func fine(format string, args ...any) finding {
	return finding{state: OK, found: fmt.Sprintf(format, args...)}
}

func warn(mend, format string, args ...any) finding {
	return finding{Warning, fmt.Sprintf(format, args...), mend}
}

func fail(mend, format string, args ...any) finding {
	return finding{Failed, fmt.Sprintf(format, args...), mend}
}

func unknown(mend, format string, args ...any) finding {
	return finding{Unknown, fmt.Sprintf(format, args...), mend}
}
