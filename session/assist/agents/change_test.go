package agents_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/ownfile"
)

func TestChanges(t *testing.T) {
	w := newWorld(t)
	w.add(t, "paul")
	w.add(t, "marie")
	ctx := t.Context()
	if err := w.Add(ctx, "marie", session.ProfileMediateur, "", right); !errors.Is(err, agents.ErrExists) {
		t.Errorf("the error is %v", err)
	}
	for login, c := range map[string]struct {
		p       session.Profile
		expires agents.Day
	}{"Marie": {session.ProfileMediateur, ""}, "ok": {"root", ""}, "yes": {session.ProfileMediateur, "2026-13-01"}, "past": {session.ProfileMediateur, "2026-11-25"}} {
		if err := w.Add(ctx, login, c.p, c.expires, right); err == nil {
			t.Errorf("%s was added", login)
		}
	}
	const other = session.Private("vvvvx-vvvxx-vvxxx")
	for name, f := range map[string]func(string) error{
		"rotate":  func(l string) error { return w.Rotate(ctx, l, other) },
		"disable": func(l string) error { return w.Disable(ctx, l) },
		"enable":  func(l string) error { return w.Enable(ctx, l) },
		"remove":  func(l string) error { return w.Remove(ctx, l) },
		"review":  func(l string) error { return w.Review(ctx, l, nil) },
		"unblock": func(l string) error { return w.Unblock(ctx, l) },
	} {
		if err := f("nobody"); !errors.Is(err, agents.ErrUnknown) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}

	// A new code forgets the wrong ones, and the old one is wrong.
	w.in(t, "marie", wrong, session.ErrAgentWrong)
	if err := w.Rotate(ctx, "marie", other); err != nil {
		t.Fatal(err)
	}
	w.in(t, "marie", right, session.ErrAgentWrong)
	w.pass(time.Second)
	w.in(t, "marie", other, nil)
	w.in(t, "paul", right, nil)

	// Who is removed and added again begins anew.
	w.in(t, "paul", wrong, session.ErrAgentWrong)
	if err := w.Remove(ctx, "paul"); err != nil {
		t.Fatal(err)
	}
	w.in(t, "paul", right, session.ErrAgentWrong)
	w.add(t, "paul")
	w.in(t, "paul", right, nil)
}

func TestReport(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if r, err := w.Report(); err != nil || len(r.Agents) != 0 || r.Tries != nil || r.ClockBehind {
		t.Errorf("nobody: %+v, %v", r, err)
	}
	w.add(t, "marie")
	soon := agents.Day("2026-12-10")
	if err := errors.Join(w.Add(ctx, "paul", session.ProfileResponsable, soon, ""), w.Disable(ctx, "paul")); err != nil {
		t.Fatal(err)
	}
	w.in(t, "marie", wrong, session.ErrAgentWrong)
	r, err := w.Report()
	if err != nil || len(r.Agents) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	marie, paul := r.Agents[0], r.Agents[1]
	if !marie.HasCode || marie.Code != "" || marie.Tries != 1 || marie.Left != time.Second || marie.Due || marie.LastDay() != "2027-11-26" {
		t.Errorf("marie: %+v", marie)
	}
	if paul.HasCode || !paul.Disabled || paul.Due || paul.Expired || paul.LastDay() != soon {
		t.Errorf("paul: %+v", paul)
	}
	for range 9 {
		w.pass(16 * time.Minute)
		_, _ = w.SignIn(ctx, "marie", wrong)
	}
	w.wall = w.wall.AddDate(0, 0, 20)
	if r, _ = w.Report(); !r.Agents[0].Blocked || !r.Agents[1].Expired || !r.Agents[1].Due || r.Agents[0].Due {
		t.Errorf("%+v", r)
	}
	w.wall = w.wall.AddDate(0, 11, -10)
	if r, _ = w.Report(); !r.Agents[0].Due || r.Agents[0].Expired {
		t.Errorf("%+v", r)
	}
	w.wall = w.wall.AddDate(-2, 0, 0)
	if r, _ = w.Report(); !r.ClockBehind {
		t.Errorf("%+v", r)
	}
}

// Several of IT at once, while agents sign in: no change is lost, and no moment shows half a file.
func TestManyAtOnce(t *testing.T) {
	w := newWorld(t)
	w.add(t, "marie")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			h := agents.Open(w.o)
			if err := h.Add(t.Context(), fmt.Sprintf("agent%d", i), session.ProfileMediateur, "", ""); err != nil {
				t.Error(err)
			}
			if any, err := h.Anybody(); !any || err != nil {
				t.Errorf("half a file was seen: %v, %v", any, err)
			}
			if _, err := h.SignIn(t.Context(), "marie", right); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if r, err := w.Report(); err != nil || len(r.Agents) != 9 {
		t.Errorf("%d agents: %v", len(r.Agents), err)
	}
	entries, err := os.ReadDir(w.o.StateDir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left in the state directory: %v, %v", entries, err)
	}
	for _, e := range entries {
		if !slices.Contains(agents.StateNames(), e.Name()) {
			t.Errorf("%s is no file of ours", e.Name())
		}
	}
}

// A change that fails, whichever of the two files takes nothing, leaves the code that IT was told still holds.
func TestAChangeThatFailsLeavesTheCode(t *testing.T) {
	for what, full := range map[string]func(w *world) string{
		"the counts":   func(w *world) string { return w.tries() },
		"the accounts": func(w *world) string { return w.o.Path },
	} {
		w := newWorld(t)
		w.add(t, "marie")
		w.in(t, "marie", wrong, session.ErrAgentWrong)
		inTheWay := full(w) + ownfile.Next
		if err := os.MkdirAll(inTheWay+"/full", 0o700); err != nil {
			t.Fatal(err)
		}
		if err := w.Rotate(t.Context(), "marie", "vvvvx-vvvxx-vvxxx"); err == nil {
			t.Errorf("%s: a new code was given", what)
		}
		if err := os.RemoveAll(inTheWay); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Second)
		w.in(t, "marie", right, nil)
	}
}
