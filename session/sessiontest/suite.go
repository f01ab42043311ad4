package sessiontest

import (
	"context"
	"errors"
	"testing"
	"time"

	"estran/session"
)

// Fixture is a fresh station and the world around it.
type Fixture struct {
	Station session.Station
	// Key is a folder that the station takes for a USB key: plugged in by Plug, pulled out by Pull. It holds
	// « letter.txt », which is clean, and « bad.txt », which is not.
	Plug, Pull func()
	// Pass lets time go by on the station's clock.
	Pass func(time.Duration)
	// Rules are those of the station.
	Rules session.SessionConfig
	// Arrive makes a download of the browser appear among the documents.
	Arrive func(name, content string)
	// Counts is where the station counts. Its agents are Agents.
	Counts *Counts
	// Close closes the station itself, where the Close of Station only lets go of one that a service holds.
	Close func() error
}

// Maker makes a fresh fixture. It closes the station in a cleanup of t.
type Maker func(t *testing.T) Fixture

// Run runs the suite.
func Run(t *testing.T, maker Maker) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Fixture){
		"a visit ends in one receipt":               visitEndsInOneReceipt,
		"a call in the wrong state changes nothing": wrongStateChangesNothing,
		"a watcher sees the newest status":          watcherSeesNewest,
		"an idle session is warned, then wiped":     idleIsWarnedThenWiped,
		"a touch puts the idle limit off":           touchPutsIdleOff,
		"time ends a session, extensions move it":   timeEndsSession,
		"a pause opens with its code only":          pauseOpensWithItsCode,
		"three wrong codes wipe":                    wrongCodesWipe,
		"the receipt goes by itself":                receiptGoesByItself,
		"the receipt is kept until the next one":    receiptIsKeptUntilTheNextVisitor,
		"a key is checked and copied in":            keyIsCheckedAndCopiedIn,
		"documents go to the key":                   documentsGoToTheKey,
		"a key pulled out is told":                  pulledKeyIsTold,
		"a key given back stays closed":             ejectedKeyStaysClosed,
		"a key of before is not opened":             forgottenKeyIsNotOpened,
		"a document can be deleted":                 documentCanBeDeleted,
		"close wipes":                               closeWipes,
		"an agent signs in":                         agentSignsIn,
		"an agent who opens nothing is signed out":  idleAgentIsSignedOut,
		"an agent goes with the session":            agentGoesWithTheSession,
		"modes change with an agent":                modesChange,
		"an agent extends without ceremony":         agentExtends,
		"an intervention is counted once":           interventionIsCountedOnce,
		"sheets go to the key":                      sheetsGoToTheKey,
	} {
		t.Run(name, func(t *testing.T) { test(t, maker(t)) })
	}
}

// Await waits until a Status has what is asked, and gives it.
func Await(t testing.TB, s session.Station, what string, has func(session.Status) bool) session.Status {
	t.Helper()
	return AwaitFor(t, s, time.Minute, what, has)
}

// AwaitFor is Await for what may take longer.
func AwaitFor(t testing.TB, s session.Station, most time.Duration, what string, has func(session.Status) bool) session.Status {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	changes, err := s.Watch(ctx)
	if err != nil {
		t.Fatalf("cannot watch: %v", err)
	}
	var last session.Status
	for last = range changes {
		if has(last) {
			return last
		}
	}
	t.Fatalf("never %s; the last status was %+v", what, last)
	return last
}

func awaitState(t *testing.T, s session.Station, want session.State) session.Status {
	t.Helper()
	return Await(t, s, want.String(), func(st session.Status) bool {
		if st.State == session.Stopped && want != session.Stopped {
			t.Fatalf("stopped with %s, waiting for %v", st.Fault, want)
		}
		return st.State == want
	})
}

// open opens a session on a fresh station.
func open(t *testing.T, f Fixture) {
	t.Helper()
	awaitState(t, f.Station, session.Ready)
	must(t, f.Station.Open(t.Context(), session.OpenOptions{Mode: session.Alone, Language: "fr"}))
	awaitState(t, f.Station, session.Open)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
}
