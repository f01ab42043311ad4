package station_test

import (
	"errors"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// What is due outlives the process: how an agent helped and about how long, and nothing else.
func TestACountIsDueInTheNextProcess(t *testing.T) {
	w, _, renewals := installed(t)
	counts := &sessiontest.Counts{}
	w.options.Agents, w.options.Counts = &sessiontest.Agents{}, counts
	s := w.start(t)
	openHelping(t, s)
	for range 10 { // somebody is there
		w.passed.Add(int64(4*time.Minute + 50*time.Second))
		must(t, s.Touch(t.Context()))
	}
	must(t, s.End(t.Context()))
	h := handedOver(t, renewals)
	if want := (station.Uncounted{Mode: session.Train, Length: 45 * time.Minute}); h.Uncounted != want {
		t.Fatalf("handed over: %+v", h.Uncounted)
	}
	wants(t, "counting in the process that goes", s.Count(t.Context(), session.CountOptions{}), session.ErrState)

	w.options.RunDir, w.options.StateDir, w.options.Handover = t.TempDir(), t.TempDir(), &h
	next := w.start(t)
	if st := awaitState(t, next, session.Wiped); !st.Agent.Uncounted || st.Agent.Present {
		t.Errorf("the next process tells %+v", st.Agent)
	}
	must(t, next.Count(t.Context(), session.CountOptions{Kind: "individuel"}))
	wants(t, "twice", next.Count(t.Context(), session.CountOptions{}), session.ErrState)
	if all := counts.All(); len(all) != 1 || all[0].Mode != session.Train || all[0].Length != 45*time.Minute {
		t.Errorf("counted: %+v", all)
	}
}

// Once the next visitor is there, nobody counts the one before.
func TestACountIsNotDueForEver(t *testing.T) {
	w, _, counts := helped(t)
	s := w.start(t)
	openHelping(t, s)
	must(t, s.End(t.Context()))
	awaitState(t, s, session.Wiped)
	must(t, s.Dismiss(t.Context()))
	if !statusOf(t, s).Agent.Uncounted {
		t.Error("the receipt is read, and nothing is due")
	}
	openSession(t, s)
	wants(t, "counting the one before", s.Count(t.Context(), session.CountOptions{}), session.ErrState)
	if len(counts.All()) != 0 {
		t.Error("it was counted")
	}
}

// A count that could not be written is due again.
func TestACountThatFailsIsDueAgain(t *testing.T) {
	w, _, counts := helped(t)
	broken := errors.New("the disk is full")
	failing := true
	counts.Fail = func() error {
		if failing {
			return broken
		}
		return nil
	}
	s := w.start(t)
	openHelping(t, s)
	wants(t, "counting", s.Count(t.Context(), session.CountOptions{}), broken)
	if !statusOf(t, s).Agent.Uncounted {
		t.Error("it is not due any more")
	}
	failing = false
	must(t, s.Count(t.Context(), session.CountOptions{}))
	must(t, s.End(t.Context()))
	if st := awaitState(t, s, session.Wiped); st.Agent.Uncounted || len(counts.All()) != 1 {
		t.Errorf("it was counted %d times, and due is %v", len(counts.All()), st.Agent.Uncounted)
	}
}
