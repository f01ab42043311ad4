package station_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"estran/session"
	"estran/session/station"
)

// conditions is what a look at the vital conditions gives, which a test may change.
type conditions struct{ fault atomic.Value }

func (w *world) conditions(f session.Fault) *conditions {
	c := &conditions{}
	c.fault.Store(f)
	w.options.Vital = func(context.Context) (session.Fault, error) {
		fault := c.fault.Load().(session.Fault)
		if fault == session.NoFault {
			return fault, nil
		}
		return fault, errors.New("a condition fails")
	}
	return c
}

// heals has the station look again, and says whether it then began anew, knowing nothing.
func heals(t *testing.T, s *station.Station, renewals chan station.Handover) bool {
	t.Helper()
	looked := make(chan struct{})
	go func() { s.LookAgain(); close(looked) }()
	select {
	case h := <-renewals:
		if h.End != session.EndNone || h.Fault != session.NoFault {
			t.Errorf("handed over %+v", h)
		}
		return true
	case <-looked:
		return false
	}
}

// A computer that is slow when it starts may be late with its first sandbox.
func TestSandboxThatWasSlowAtTheStartHeals(t *testing.T) {
	w, _, renewals := installed(t)
	w.options.Probe = func(context.Context) error { return errors.New("the browser's unit does not come") }
	vital := w.conditions(session.FaultSandbox)
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultSandbox {
		t.Errorf("stopped with %s", st.Fault)
	}
	if heals(t, s, renewals) {
		t.Error("without a sandbox, the station begins anew")
	}
	vital.fault.Store(session.NoFault)
	if !heals(t, s, renewals) {
		t.Error("a sandbox can be made, and the station stays stopped")
	}
}

// IT mends one thing after the other, and may break another meanwhile.
func TestVitalConditionHealsAfterAnotherFailed(t *testing.T) {
	w, _, renewals := installed(t)
	vital := w.conditions(session.FaultStateDir)
	s := w.start(t)
	awaitState(t, s, session.Stopped)
	vital.fault.Store(session.FaultSwap)
	if heals(t, s, renewals) {
		t.Error("with a swap on, the station begins anew")
	}
	vital.fault.Store(session.NoFault)
	if !heals(t, s, renewals) {
		t.Error("all conditions hold, and the station stays stopped")
	}
}

// What no look at the computer can tell mended waits for IT.
func TestFaultThatNoConditionTellsStays(t *testing.T) {
	for _, fault := range []session.Fault{session.FaultWipe, session.FaultInternal, session.FaultMaintenance} {
		w, _, renewals := installed(t)
		w.conditions(session.NoFault)
		w.options.Handover = &station.Handover{Fault: fault}
		s := w.start(t)
		awaitState(t, s, session.Stopped)
		if heals(t, s, renewals) {
			t.Errorf("stopped with %s, the station begins anew", fault)
		}
	}
}

// IT takes the station just when a look finds that it may open again.
func TestLookDoesNotTakeTheStationFromIT(t *testing.T) {
	w, _, renewals := installed(t)
	var s *station.Station
	looks := 0
	w.options.Vital = func(ctx context.Context) (session.Fault, error) {
		if looks++; looks == 1 {
			return session.FaultSwap, errors.New("a swap is on")
		}
		return session.NoFault, s.BeginMaintenance(ctx, false)
	}
	s = w.start(t)
	awaitState(t, s, session.Stopped)
	if heals(t, s, renewals) {
		t.Error("the station began anew under the hands of IT")
	}
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultMaintenance {
		t.Errorf("stopped with %s", st.Fault)
	}
}
