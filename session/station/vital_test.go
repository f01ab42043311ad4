package station_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

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

// The service was killed while somebody was there, and the settings cannot be read any more: it wipes all that it knows
// of, and says no more than that. What the settings name is wiped once they are mended.
func TestSettingsThatCannotBeReadWipeThenStopThenHeal(t *testing.T) {
	w, seat, renewals := installed(t)
	left := filepath.Join(w.options.RunDir, "session", "oldsession")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	w.leaveOpen(t)
	w.options.Fault = session.FaultConfig
	vital := w.conditions(session.FaultConfig)
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultConfig {
		t.Errorf("stopped with %s", st.Fault)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) || seat.stopped.Load() != 1 {
		t.Errorf("a directory of the session is left (%v), the seat was stopped %d times", err, seat.stopped.Load())
	}
	if got := w.record(t); got != "open" {
		t.Errorf("the record says %q: nobody would empty the print queue", got)
	}
	if heals(t, s, renewals) {
		t.Error("with settings that cannot be read, the station begins anew")
	}
	vital.fault.Store(session.NoFault)
	if !heals(t, s, renewals) {
		t.Error("the settings can be read, and the station stays stopped")
	}
	_ = s.Close()

	w.options.Fault = session.NoFault
	next := w.start(t)
	if st := awaitState(t, next, session.Wiped); st.End != session.EndRecovery {
		t.Errorf("ended by %q", st.End)
	}
	if got := w.record(t); got != "closed" {
		t.Errorf("the record says %q", got)
	}
}

// A wipe that failed is told rather than settings that cannot be read: IT looks for traces first.
func TestLeftoversComeBeforeSettings(t *testing.T) {
	w, seat, _ := installed(t)
	seat.stays = errors.New("the kiosk still runs")
	w.options.Fault = session.FaultConfig
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultRecovery {
		t.Errorf("stopped with %s", st.Fault)
	}
}

// A directory was not the station's alone, and the conditions do not look at both.
func TestDirectoriesThatWereNotOursHeal(t *testing.T) {
	w, _, renewals := installed(t)
	w.options.Config.Station.RunDir = session.Path(w.options.RunDir)
	w.options.Config.Station.StateDir = session.Path(w.options.StateDir)
	w.options.Fault = session.FaultStateDir
	vital := w.conditions(session.NoFault)
	s := w.start(t)
	awaitState(t, s, session.Stopped)
	chmod := func(mode os.FileMode) {
		t.Helper()
		if err := os.Chmod(w.options.RunDir, mode); err != nil {
			t.Fatal(err)
		}
	}
	chmod(0o777)
	if heals(t, s, renewals) {
		t.Error("with a directory that anybody may write, the station begins anew")
	}
	chmod(0o711)
	vital.fault.Store(session.FaultStateDir)
	if heals(t, s, renewals) {
		t.Error("while a condition fails, the station begins anew")
	}
	vital.fault.Store(session.NoFault)
	lock, err := station.Lock(w.options.RunDir)
	if err != nil {
		t.Fatal(err)
	}
	if heals(t, s, renewals) {
		t.Error("while another station runs, the station begins anew")
	}
	_ = lock.Close()
	if !heals(t, s, renewals) {
		t.Error("the directories are the station's, and it stays stopped")
	}
}

func TestStoppedStationLooksByItself(t *testing.T) {
	for _, fault := range []session.Fault{session.FaultConfig, session.FaultStateDir, session.FaultSeat} {
		t.Run(string(fault), func(t *testing.T) {
			w, _, renewals := installed(t)
			w.options.Config.Station.RunDir = session.Path(w.options.RunDir)
			w.options.Config.Station.StateDir = session.Path(w.options.StateDir)
			w.options.Fault = fault
			w.conditions(session.NoFault)
			station.LookEvery(t, 20*time.Millisecond)
			w.start(t)
			handedOver(t, renewals)
		})
	}
}
