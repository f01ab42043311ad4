package station_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/cleanup"
	"estran/session"
	"estran/session/browser"
	"estran/session/sessiontest"
	"estran/session/station"
)

// fakeSeat forces what a real seat does on a bad day; the acceptance machine has the real one.
type fakeSeat struct {
	stays   error
	stopped atomic.Int32
}

func (s *fakeSeat) Display(context.Context, string, *syscall.Credential) (browser.Display, io.Closer, error) {
	return browser.Display{}, nil, errors.New("the compositor is gone")
}
func (s *fakeSeat) Stop(context.Context) error { s.stopped.Add(1); return nil }
func (s *fakeSeat) Gone(context.Context) error { return s.stays }

// installed is a world with a seat, whose renewals are kept.
func installed(t *testing.T) (*world, *fakeSeat, chan station.Handover) {
	t.Helper()
	sessiontest.Need(t, "bwrap")
	w, seat, renewals := newWorld(t), &fakeSeat{}, make(chan station.Handover, 8)
	w.options.Seat = seat
	w.options.System = func(station.Visited) cleanup.Step {
		nothing := func(context.Context) error { return nil }
		return cleanup.Step{Wipe: nothing, Check: nothing}
	}
	w.options.Renew = func(h station.Handover) error {
		renewals <- h
		<-t.Context().Done() // a process that is replaced does not come back
		return errors.New("the test is over")
	}
	return w, seat, renewals
}

// handedOver is what a station leaves to the process after it.
func handedOver(t *testing.T, renewals chan station.Handover) station.Handover {
	t.Helper()
	select {
	case h := <-renewals:
		return h
	case <-time.After(time.Minute):
		t.Fatal("nothing is handed over")
		return station.Handover{}
	}
}

// opened starts a station and opens a session in English.
func opened(t *testing.T, w *world) *station.Station {
	t.Helper()
	s := w.start(t)
	awaitState(t, s, session.Ready)
	if err := s.Open(t.Context(), session.OpenOptions{Language: "en", Large: true}); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSessionIsHandedOverToAProcessThatKnewNobody(t *testing.T) {
	w, seat, renewals := installed(t)
	w.options.Renew = func(h station.Handover) error {
		renewals <- h
		return errors.New("this test goes on")
	}
	s := opened(t, w)
	before := seat.stopped.Load()
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := <-renewals
	if seat.stopped.Load() != before+1 {
		t.Error("the seat was not stopped before the receipt")
	}
	var told []string
	for _, step := range h.Receipt.Steps {
		told = append(told, step.ID)
	}
	if diff := cmp.Diff(session.Steps(), told); diff != "" || !h.Receipt.Verified() {
		t.Errorf("the receipt lacks a step: %s\n%+v", diff, h.Receipt)
	}
	// That it cannot be handed over stops the station: the process still knows the visitor.
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultWipe {
		t.Errorf("stopped with %s", st.Fault)
	}
	_ = s.Close()

	w.options.Handover = &h
	next := w.start(t)
	st := awaitState(t, next, session.Wiped)
	if st.End != session.EndVisitor || st.Language != "en" || !st.Large || st.Contrast {
		t.Errorf("the next process shows %+v", st)
	}
	if r, err := next.Receipt(t.Context()); err != nil || !cmp.Equal(r, h.Receipt) {
		t.Errorf("the next process has the receipt %+v, %v", r, err)
	}
	if err := next.Dismiss(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := awaitState(t, next, session.Ready); st.Language != "" || st.Large {
		t.Errorf("the next visitor inherits %+v", st)
	}
	if r, err := next.Receipt(t.Context()); err != nil || !cmp.Equal(r, h.Receipt) {
		t.Errorf("read again, it is %+v, %v", r, err)
	}
}

// The service starts anew without a visitor too: for IT, and once what stopped it is mended.
func TestReceiptOutlivesAServiceThatNobodyUses(t *testing.T) {
	w, _, renewals := installed(t)
	receipt := session.Receipt{
		Steps: []session.StepStatus{{ID: session.StepBrowser, State: session.StepVerified}}, Limits: []string{session.LimitNetwork},
	}
	w.options.Handover = &station.Handover{Receipt: receipt}
	s := w.start(t)
	if st := awaitState(t, s, session.Ready); !st.Receipt || st.Language != "" || st.End != session.EndNone {
		t.Fatalf("the next process shows %+v", st)
	}
	if err := s.BeginMaintenance(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if st := awaitState(t, s, session.Stopped); st.Receipt {
		t.Error("a station that is stopped offers the receipt")
	}
	if err := s.FinishMaintenance(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h := handedOver(t, renewals); h.End != session.EndNone || !cmp.Equal(h.Receipt, receipt) {
		t.Errorf("handed over: %+v", h)
	}
}

// A receipt whose words do not hold is no receipt to read again.
func TestReceiptThatIsNotVerifiedIsNotKept(t *testing.T) {
	w, _, _ := installed(t)
	w.options.Handover = &station.Handover{Receipt: session.Receipt{Steps: []session.StepStatus{{ID: session.StepBrowser, State: session.StepFailed}}}}
	s := w.start(t)
	if st := awaitState(t, s, session.Ready); st.Receipt {
		t.Error("it is offered")
	}
	if _, err := s.Receipt(t.Context()); !errors.Is(err, session.ErrState) {
		t.Errorf("got %v", err)
	}
}

func TestSeatThatStaysStopsTheStation(t *testing.T) {
	w, seat, renewals := installed(t)
	s := opened(t, w)
	seat.stays = errors.New("a process of the seat still runs")
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultWipe {
		t.Errorf("stopped with %s", st.Fault)
	}
	if len(renewals) > 0 {
		t.Error("a session that was not wiped was handed over")
	}
	record, err := os.ReadFile(filepath.Join(w.options.StateDir, "station.state"))
	if err != nil || string(record) != "open\n" {
		t.Errorf("the state file says %q, %v: the next start would not wipe", record, err)
	}
}

func TestSessionThatWasCutIsToldAtTheNextStart(t *testing.T) {
	w, seat, _ := installed(t)
	w.leaveOpen(t)
	s := w.start(t)
	st := awaitState(t, s, session.Wiped)
	if st.End != session.EndRecovery || seat.stopped.Load() != 1 {
		t.Errorf("ended by %q, the seat was stopped %d times", st.End, seat.stopped.Load())
	}
	if r, err := s.Receipt(t.Context()); err != nil || !r.Verified() {
		t.Errorf("the receipt is %+v, %v", r, err)
	}
}

func TestVitalConditionStopsAndOpensAgain(t *testing.T) {
	w, _, renewals := installed(t)
	var fault atomic.Value
	fault.Store(session.FaultSwap)
	w.options.Vital = func(context.Context) (session.Fault, error) {
		f := fault.Load().(session.Fault)
		if f == session.NoFault {
			return f, nil
		}
		return f, errors.New("a condition fails")
	}
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultSwap {
		t.Errorf("stopped with %s", st.Fault)
	}
	fault.Store(session.NoFault)
	go s.LookAgain()
	if h := <-renewals; h.End != session.EndNone || h.Fault != session.NoFault {
		t.Errorf("mended, the station hands over %+v", h)
	}
}

func TestVitalConditionIsLookedAtWhileNobodyIsThere(t *testing.T) {
	w, _, renewals := installed(t)
	var fault atomic.Value
	fault.Store(session.NoFault)
	w.options.Vital = func(context.Context) (session.Fault, error) { return fault.Load().(session.Fault), nil }
	s := opened(t, w)
	fault.Store(session.FaultConsole)
	s.LookAgain()
	if st := awaitState(t, s, session.Open); st.Fault != session.NoFault {
		t.Errorf("a visitor was put out for %s", st.Fault)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := <-renewals
	w.options.Handover = &h
	fault.Store(session.NoFault)
	next := w.start(t)
	awaitState(t, next, session.Wiped)
	_ = next.Dismiss(t.Context())
	awaitState(t, next, session.Ready)
	fault.Store(session.FaultConsole)
	next.LookAgain()
	if st := awaitState(t, next, session.Stopped); st.Fault != session.FaultConsole {
		t.Errorf("stopped with %s", st.Fault)
	}
}

func TestMaintenance(t *testing.T) {
	w, _, renewals := installed(t)
	s := opened(t, w)
	ctx := t.Context()
	if err := s.FinishMaintenance(ctx); !errors.Is(err, session.ErrState) {
		t.Errorf("finishing what was not begun: %v", err)
	}
	if err := s.BeginMaintenance(ctx, false); !errors.Is(err, session.ErrState) {
		t.Errorf("maintenance in a session: %v", err)
	}
	if err := s.BeginMaintenance(ctx, true); err != nil {
		t.Fatal(err)
	}
	h := <-renewals
	if h.Fault != session.FaultMaintenance || !h.Receipt.Verified() {
		t.Errorf("handed over %+v", h)
	}
	w.options.Handover = &h
	next := w.start(t)
	if st := awaitState(t, next, session.Stopped); st.Fault != session.FaultMaintenance {
		t.Errorf("stopped with %s", st.Fault)
	}
	if err := next.FinishMaintenance(ctx); err != nil {
		t.Fatal(err)
	}
	if h := <-renewals; h.Fault != session.NoFault || h.End != session.EndNone {
		t.Errorf("handed over %+v", h)
	}
}

// TestDaybookIsNoRemains: what IT wrote must not keep a session from being wiped.
func TestDaybookIsNoRemains(t *testing.T) {
	w, _, renewals := installed(t)
	for _, name := range []string{station.DaybookName, station.LockName} {
		if err := os.WriteFile(filepath.Join(w.options.StateDir, name), []byte("{}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := opened(t, w)
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h := <-renewals; !h.Receipt.Verified() {
		t.Errorf("the receipt is %+v", h.Receipt)
	}
}

// TestTheComputerForgetsAfterTheSeat: what the kiosk said to the services is forgotten too, so it is ended before; and what
// a cut session left there is unknown to this process, which takes it that there was a key.
func TestTheComputerForgetsAfterTheSeat(t *testing.T) {
	for _, c := range []struct{ cut, fails bool }{{false, false}, {true, false}, {false, true}, {true, true}} {
		w, seat, renewals := installed(t)
		var asked []bool
		w.options.System = func(v station.Visited) cleanup.Step {
			asked = append(asked, v.Scanned)
			return cleanup.Step{
				Wipe: func(context.Context) error {
					if seat.stopped.Load() == 0 {
						t.Error("the kiosk still runs")
					}
					return nil
				},
				Check: func(context.Context) error {
					if c.fails {
						return errors.New("the kernel remembers")
					}
					return nil
				},
			}
		}
		if c.cut {
			w.leaveOpen(t)
		}
		var s *station.Station
		if c.cut {
			s = w.start(t)
		} else {
			s = opened(t, w)
			if err := s.End(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		switch {
		case c.fails:
			awaitState(t, s, session.Stopped)
		case c.cut:
			awaitState(t, s, session.Wiped)
		default:
			handedOver(t, renewals)
		}
		if len(asked) != 1 || asked[0] != c.cut {
			t.Errorf("cut %v: the computer was asked to forget %v", c.cut, asked)
		}
	}
}
