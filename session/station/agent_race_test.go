package station_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"estran/session"
)

// Whatever is asked at once, from several sides: a mode that needs an agent has one, nobody who helps outlives a session,
// and an agent who was there once makes no time for whoever is alone.
func TestNothingAtOnceHelpsWithoutAnAgent(t *testing.T) {
	w, _, _ := helped(t)
	s := w.start(t)
	ctx := t.Context()
	changes, err := s.Watch(ctx)
	must(t, err)
	var helpedOnce atomic.Int64
	go func() {
		for st := range changes {
			live := st.State == session.Ready || st.State == session.Open
			if live && st.Mode != session.Alone && !st.Agent.Profile.Helps() {
				t.Errorf("%v in mode %d with nobody who helps", st.State, st.Mode)
			}
			if !live && st.State != session.Paused && st.Agent.Present {
				t.Errorf("%v, and an agent is there", st.State)
			}
			if live && st.Mode != session.Alone {
				helpedOnce.Add(1)
			}
		}
	}()
	calls := []func(){
		func() { _ = s.SignIn(ctx, login, code) },
		func() { _ = s.SignIn(ctx, login, code) },
		func() { _ = s.SignOut(ctx) },
		func() { _ = s.Open(ctx, session.OpenOptions{Mode: session.Train}) },
		func() { _ = s.Open(ctx, session.OpenOptions{}) },
		func() { _ = s.SetMode(ctx, session.Accompany, session.ActOptions{}) },
		func() { _ = act(t, s, "caf.fr") },
		func() { _ = s.SetMode(ctx, session.Alone, session.ActOptions{}) },
		func() { _ = s.Pause(ctx, "1234") },
		func() { _ = s.Resume(ctx, "1234") },
		func() { _ = s.Extend(ctx) },
		func() { _ = s.Count(ctx, session.CountOptions{}) },
	}
	for range 6 {
		awaitState(t, s, session.Ready)
		var all sync.WaitGroup
		until := time.Now().Add(300 * time.Millisecond)
		for _, call := range calls {
			all.Go(func() {
				for time.Now().Before(until) {
					call()
				}
			})
		}
		all.Wait()
		if statusOf(t, s).State == session.Ready {
			continue
		}
		must(t, s.End(ctx))
		awaitState(t, s, session.Wiped)
		must(t, s.Dismiss(ctx))
		st := statusOf(t, s)
		if st.Agent.Present {
			t.Error("the agent is there in the next session")
		}
		wants(t, "helping in the next", s.Open(ctx, session.OpenOptions{Mode: session.Train}), session.ErrAgentNeeded)
	}
	if helpedOnce.Load() == 0 {
		t.Error("nobody ever helped: this test proves nothing")
	}
}

// An agent whose time is over between two looks at the clock either opens a session or leaves all as it was: the receipt of
// the last one, and the count that is due.
func TestAnAgentWhoGoesJustThenOpensAllOrNothing(t *testing.T) {
	w, _, _ := helped(t)
	clock := w.options.Clock
	var looks atomic.Int64 // after which minutes go by
	w.options.Clock = func() time.Duration {
		now := clock()
		if looks.Add(-1) >= 0 {
			w.passed.Add(int64(3 * time.Minute))
		}
		return now
	}
	s := w.start(t)
	openHelping(t, s)
	must(t, s.End(t.Context()))
	awaitState(t, s, session.Wiped)
	must(t, s.Dismiss(t.Context()))
	must(t, s.SignIn(t.Context(), login, code))
	looks.Store(2)
	err := s.Open(t.Context(), session.OpenOptions{Mode: session.Train})
	st := statusOf(t, s)
	_, gone := s.Receipt(t.Context())
	switch {
	case err == nil && (st.State != session.Open || st.Mode != session.Train || !st.Agent.Present):
		t.Errorf("a session was opened, and it is %v, mode %d", st.State, st.Mode)
	case err != nil && (st.State != session.Ready || gone != nil):
		t.Errorf("no session was opened (%v), and it is %v; the receipt: %v", err, st.State, gone)
	}
}
