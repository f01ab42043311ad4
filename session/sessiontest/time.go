package sessiontest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"estran/session"
)

func visitEndsInOneReceipt(t *testing.T, f Fixture) {
	ctx := t.Context()
	_, err := f.Station.Receipt(ctx)
	wantError(t, "a receipt before any session", err, session.ErrState)
	open(t, f)
	must(t, f.Station.End(ctx))
	status := awaitState(t, f.Station, session.Wiped)
	receipt, err := f.Station.Receipt(ctx)
	must(t, err)
	if !receipt.Verified() || !hasAllSteps(receipt) || len(receipt.Limits) == 0 {
		t.Errorf("the receipt is %+v", receipt)
	}
	if status.End != session.EndVisitor {
		t.Errorf("the session ended by %q", status.End)
	}
	must(t, f.Station.Dismiss(ctx))
	awaitState(t, f.Station, session.Ready)
}

func receiptIsKeptUntilTheNextVisitor(t *testing.T, f Fixture) {
	ctx := t.Context()
	if before := awaitState(t, f.Station, session.Ready); before.Receipt {
		t.Error("a receipt is told before any session")
	}
	open(t, f)
	must(t, f.Station.End(ctx))
	if wiped := awaitState(t, f.Station, session.Wiped); !wiped.Receipt {
		t.Error("no receipt is told after the wipe")
	}
	first, err := f.Station.Receipt(ctx)
	must(t, err)
	must(t, f.Station.Dismiss(ctx))
	if ready := awaitState(t, f.Station, session.Ready); !ready.Receipt || ready.End != session.EndNone || len(ready.Wipe) > 0 {
		t.Errorf("the next visitor is told %+v", ready)
	}
	again, err := f.Station.Receipt(ctx)
	must(t, err)
	wantError(t, "a receipt on paper, without a printer", f.Station.PrintReceipt(ctx), session.ErrNoPrinter)
	if !reflect.DeepEqual(first, again) {
		t.Errorf("it is another receipt: %+v, then %+v", first, again)
	}
	must(t, f.Station.Open(ctx, session.OpenOptions{}))
	if s := awaitState(t, f.Station, session.Open); s.Receipt {
		t.Error("the next visitor's session still tells of it")
	}
	_, err = f.Station.Receipt(ctx)
	wantError(t, "the receipt of the visitor before", err, session.ErrState)
	wantError(t, "that receipt on paper", f.Station.PrintReceipt(ctx), session.ErrState)
}

// hasAllSteps says that a receipt tells every step, in order. A station that does not rule its computer has no screen to start anew,
// and no system that has to forget.
func hasAllSteps(r session.Receipt) bool {
	var told []string
	for _, s := range r.Steps {
		told = append(told, s.ID)
	}
	all := session.Steps()
	return slices.Equal(told, all) || slices.Equal(told, slices.DeleteFunc(all, func(id string) bool {
		return id == session.StepScreen || id == session.StepSystem
	}))
}

func wrongStateChangesNothing(t *testing.T, f Fixture) {
	ctx := t.Context()
	before := awaitState(t, f.Station, session.Ready)
	for name, call := range map[string]func() error{
		"Touch":         func() error { return f.Station.Touch(ctx) },
		"Extend":        func() error { return f.Station.Extend(ctx) },
		"Pause":         func() error { return f.Station.Pause(ctx, "1234") },
		"Resume":        func() error { return f.Station.Resume(ctx, "1234") },
		"End":           func() error { return f.Station.End(ctx) },
		"Dismiss":       func() error { return f.Station.Dismiss(ctx) },
		"PrintReceipt":  func() error { return f.Station.PrintReceipt(ctx) },
		"Browse":        func() error { return f.Station.Browse(ctx, session.BrowseOptions{}) },
		"CloseBrowser":  func() error { return f.Station.CloseBrowser(ctx) },
		"ResizeBrowser": func() error { return f.Station.ResizeBrowser(ctx) },
		"Medium":        func() error { _, err := f.Station.Medium(ctx); return err },
		"CopyIn":        func() error { return f.Station.CopyIn(ctx, nil, session.CopyOptions{}) },
		"CopyOut":       func() error { return f.Station.CopyOut(ctx, nil, session.CopyOptions{}) },
		"CheckFirst":    func() error { return f.Station.CheckFirst(ctx, nil) },
		"CancelCopy":    func() error { return f.Station.CancelCopy(ctx) },
		"Eject":         func() error { return f.Station.Eject(ctx) },
		"Documents":     func() error { _, err := f.Station.Documents(ctx); return err },
		"Delete":        func() error { return f.Station.Delete(ctx, 1) },
	} {
		wantError(t, name+" without a session", call(), session.ErrState)
	}
	after, err := f.Station.Status(ctx)
	must(t, err)
	if after.State != before.State {
		t.Errorf("the station is %v now", after.State)
	}
	open(t, f)
	wantError(t, "a second Open", f.Station.Open(ctx, session.OpenOptions{}), session.ErrState)
}

func watcherSeesNewest(t *testing.T, f Fixture) {
	open(t, f)
	changes, err := f.Station.Watch(t.Context())
	must(t, err)
	for range 20 {
		must(t, f.Station.Touch(t.Context()))
	}
	newest, err := f.Station.Status(t.Context())
	must(t, err)
	seen := uint64(0)
	for seen < newest.Serial {
		select {
		case s := <-changes:
			if s.Serial <= seen && seen != 0 {
				t.Fatalf("serial %d after %d", s.Serial, seen)
			}
			seen = s.Serial
		case <-time.After(time.Minute):
			t.Fatalf("a slow reader saw serial %d, not %d", seen, newest.Serial)
		}
	}
}

func idleIsWarnedThenWiped(t *testing.T, f Fixture) {
	open(t, f)
	f.Pass(time.Duration(f.Rules.Idle) - time.Duration(f.Rules.IdleWarning) + time.Second)
	if s, err := f.Station.Status(t.Context()); err != nil || !s.Idle {
		t.Errorf("no warning: %+v, %v", s, err)
	}
	f.Pass(time.Duration(f.Rules.IdleWarning))
	// A key pressed now comes too late.
	wantError(t, "a touch too late", f.Station.Touch(t.Context()), session.ErrState)
	if s := awaitState(t, f.Station, session.Wiped); s.End != session.EndIdle {
		t.Errorf("ended by %q", s.End)
	}
}

// almostIdle is as long as nobody may be away, but for what a busy computer takes until a touch is there: its clock goes
// on meanwhile.
func almostIdle(f Fixture) time.Duration { return time.Duration(f.Rules.Idle) * 9 / 10 }

func touchPutsIdleOff(t *testing.T, f Fixture) {
	open(t, f)
	for range 3 {
		f.Pass(almostIdle(f))
		must(t, f.Station.Touch(t.Context()))
	}
	if s, err := f.Station.Status(t.Context()); err != nil || s.State != session.Open || s.Idle {
		t.Errorf("somebody was there all the time: %+v, %v", s, err)
	}
}

func timeEndsSession(t *testing.T, f Fixture) {
	open(t, f)
	ctx := t.Context()
	for range f.Rules.Extensions {
		must(t, f.Station.Extend(ctx))
	}
	wantError(t, "one extension too many", f.Station.Extend(ctx), session.ErrLimit)
	left := time.Duration(f.Rules.Length) + time.Duration(f.Rules.Extensions)*time.Duration(f.Rules.Extension)
	for step := almostIdle(f); left > step; left -= step {
		f.Pass(step)
		must(t, f.Station.Touch(ctx))
	}
	if s, err := f.Station.Status(ctx); err != nil || s.State != session.Open || !s.Ending {
		t.Errorf("%v before its end: %+v, %v", left, s, err)
	}
	f.Pass(left + time.Second)
	wantError(t, "a touch after the end", f.Station.Touch(ctx), session.ErrState)
	if s := awaitState(t, f.Station, session.Wiped); s.End != session.EndTime {
		t.Errorf("ended by %q", s.End)
	}
}

func pauseOpensWithItsCode(t *testing.T, f Fixture) {
	open(t, f)
	ctx := t.Context()
	for _, code := range []session.Private{"", "123", "12345", "12a4", "١٢٣٤"} {
		wantError(t, "a code that is not four figures", f.Station.Pause(ctx, code), session.ErrCode)
	}
	must(t, f.Station.Pause(ctx, "4071"))
	awaitState(t, f.Station, session.Paused)
	_, err := f.Station.Documents(ctx)
	wantError(t, "documents during a pause", err, session.ErrState)
	wantError(t, "a wrong code", f.Station.Resume(ctx, "1704"), session.ErrCode)
	if s, _ := f.Station.Status(ctx); s.PauseTries != f.Rules.PauseTries-1 {
		t.Errorf("%d tries are left", s.PauseTries)
	}
	must(t, f.Station.Resume(ctx, "4071"))
	awaitState(t, f.Station, session.Open)
}

func wrongCodesWipe(t *testing.T, f Fixture) {
	open(t, f)
	must(t, f.Station.Pause(t.Context(), "4071"))
	for range f.Rules.PauseTries {
		wantError(t, "a wrong code", f.Station.Resume(t.Context(), "0000"), session.ErrCode)
	}
	if s := awaitState(t, f.Station, session.Wiped); s.End != session.EndCode {
		t.Errorf("ended by %q", s.End)
	}
}

func receiptGoesByItself(t *testing.T, f Fixture) {
	open(t, f)
	must(t, f.Station.End(t.Context()))
	awaitState(t, f.Station, session.Wiped)
	for range 3 { // whoever reads it has as long as they need
		f.Pass(time.Duration(f.Rules.Receipt) * 2 / 3)
		must(t, f.Station.Touch(t.Context()))
	}
	f.Pass(time.Duration(f.Rules.Receipt) + time.Second)
	_ = f.Station.Touch(t.Context()) // any call looks at the clock
	awaitState(t, f.Station, session.Ready)
}

func closeWipes(t *testing.T, f Fixture) {
	open(t, f)
	if f.Close == nil {
		f.Close = f.Station.Close
	}
	must(t, f.Close())
	_, err := f.Station.Status(t.Context())
	wantError(t, "Status of a closed station", err, session.ErrGone)
	wantError(t, "Open on a closed station", f.Station.Open(t.Context(), session.OpenOptions{}), session.ErrGone)
}
