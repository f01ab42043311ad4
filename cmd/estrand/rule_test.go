package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// The statuses that the tests need.
var (
	starting    = session.Status{State: session.Starting}
	ready       = session.Status{State: session.Ready}
	open        = session.Status{State: session.Open}
	paused      = session.Status{State: session.Paused}
	wiping      = session.Status{State: session.Wiping}
	wiped       = session.Status{State: session.Wiped}
	notWiped    = session.Status{State: session.Stopped, Fault: session.FaultWipe}
	swapped     = session.Status{State: session.Stopped, Fault: session.FaultSwap}
	maintenance = session.Status{State: session.Stopped, Fault: session.FaultMaintenance}
)

func TestWhenTheSeatIsDue(t *testing.T) {
	for name, c := range map[string]struct {
		before, after session.Status
		want          bool
	}{
		"nobody knows yet":                  {starting, starting, false},
		"the station has started":           {starting, ready, true},
		"a receipt is there at the start":   {starting, wiped, true},
		"it has started, and opens nothing": {starting, swapped, true},
		"a visitor comes":                   {ready, open, false},
		"a visitor pauses":                  {open, paused, false},
		"a visitor comes back":              {paused, open, false},
		"the wipe begins, and rules alone":  {open, wiping, true},
		"the wipe is not verified":          {wiping, notWiped, true},
		"that, and the wipe was not seen":   {open, notWiped, true},
		"it is still stopped":               {notWiped, notWiped, false},
		"it stops":                          {ready, swapped, true},
		"IT comes":                          {ready, maintenance, true},
		"IT comes to see why":               {notWiped, maintenance, true},
		"IT is still there":                 {maintenance, maintenance, false},
		"the receipt is read":               {wiped, ready, false},
	} {
		if got := due(c.before, c.after); got != c.want {
			t.Errorf("%s: due is %v", name, got)
		}
	}
}

func TestTheSeatFollowsTheStation(t *testing.T) {
	for name, c := range map[string]struct {
		now   func(w *seatWorld)
		runs  string
		asked []string
	}{
		"a visitor may come": {
			now:   func(w *seatWorld) { w.tell(ready) },
			runs:  seatUnit,
			asked: []string{"stop " + promptUnit, "start " + seatUnit},
		},
		"a session asks for nothing more": {
			now: func(w *seatWorld) {
				for _, s := range []session.Status{ready, open, paused, open} {
					w.tell(s)
				}
			},
			runs:  seatUnit,
			asked: []string{"stop " + promptUnit, "start " + seatUnit},
		},
		"IT comes": {
			now:  func(w *seatWorld) { w.tell(ready); w.tell(maintenance) },
			runs: promptUnit,
			asked: []string{
				"stop " + promptUnit, "start " + seatUnit, "stop " + seatUnit, "start " + promptUnit,
			},
		},
		"a wipe that is not verified ended the kiosk, which has to say so": {
			now: func(w *seatWorld) {
				w.tell(ready)
				w.tell(open)
				w.tell(wiping)
				w.units.ends(seatUnit)
				w.tell(notWiped)
			},
			runs: seatUnit,
			asked: []string{
				"stop " + promptUnit, "start " + seatUnit, "stop " + promptUnit, "start " + seatUnit,
			},
		},
		"so it has when the wipe was not seen": {
			now: func(w *seatWorld) {
				w.tell(ready)
				w.tell(open)
				w.units.ends(seatUnit)
				w.tell(notWiped)
			},
			runs: seatUnit,
			asked: []string{
				"stop " + promptUnit, "start " + seatUnit, "stop " + promptUnit, "start " + seatUnit,
			},
		},
		"systemd fails twice": {
			now: func(w *seatWorld) {
				w.units.fails(2)
				w.tell(ready)
				time.Sleep(time.Minute)
			},
			runs: seatUnit,
			asked: []string{
				"stop " + promptUnit, "stop " + promptUnit, "stop " + promptUnit, "start " + seatUnit,
			},
		},
		"systemd fails, and the wipe wants no kiosk": {
			now: func(w *seatWorld) {
				w.units.fails(1)
				w.tell(ready)
				w.tell(wiping)
				time.Sleep(time.Hour)
			},
			asked: []string{"stop " + promptUnit},
		},
		"IT comes while systemd hangs": {
			now: func(w *seatWorld) {
				w.units.hangs(1)
				w.tell(ready)
				w.tell(maintenance)
			},
			runs:  promptUnit,
			asked: []string{"stop " + promptUnit, "stop " + seatUnit, "start " + promptUnit},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newSeatWorld(t)
				c.now(w)
				runs, asked := w.units.seen()
				if runs != c.runs {
					t.Errorf("%q is on the seat, not %q", runs, c.runs)
				}
				if diff := cmp.Diff(c.asked, asked); diff != "" {
					t.Errorf("systemd was asked something else:\n%s", diff)
				}
				w.over()
			})
		})
	}
}

// seatWorld is a station whose status the test tells, and a systemd whose luck it knows.
type seatWorld struct {
	t       *testing.T
	changes chan session.Status
	units   *fakeUnits
	over    func()
}

func newSeatWorld(t *testing.T) *seatWorld {
	w := &seatWorld{t: t, changes: make(chan session.Status), units: &fakeUnits{}}
	ctx, cancel := context.WithCancel(t.Context())
	w.over = func() { cancel(); close(w.changes); synctest.Wait() }
	go rule(ctx, w, w.units, slog.New(slog.NewTextHandler(t.Output(), nil)))
	return w
}

func (w *seatWorld) Watch(context.Context) (<-chan session.Status, error) { return w.changes, nil }

// tell tells a status, and waits until nothing more comes of it at once.
func (w *seatWorld) tell(s session.Status) {
	begun := time.Now()
	w.changes <- s
	if took := time.Since(begun); took > 0 {
		w.t.Errorf("the rule took %v to hear that the station is %s", took, s.State)
	}
	synctest.Wait()
}

// fakeUnits is systemd.
type fakeUnits struct {
	mu      sync.Mutex // guards what follows
	running string
	asked   []string
	failing int // so many questions are refused
	hanging int // so many are not answered before that
}

func (f *fakeUnits) Start(ctx context.Context, name string) error {
	return f.job(ctx, "start "+name, func() { f.running = name })
}

func (f *fakeUnits) Stop(ctx context.Context, name string) error {
	return f.job(ctx, "stop "+name, func() {
		if f.running == name {
			f.running = ""
		}
	})
}

func (f *fakeUnits) job(ctx context.Context, what string, done func()) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, what)
	switch {
	case f.hanging > 0:
		f.hanging--
		f.mu.Unlock()
		<-ctx.Done()
		f.mu.Lock()
		return ctx.Err()
	case f.failing > 0:
		f.failing--
		return errors.New("no")
	}
	done()
	return nil
}

func (f *fakeUnits) fails(times int) { f.failing = times }
func (f *fakeUnits) hangs(times int) { f.hanging = times }

// ends is what a wipe does to the seat.
func (f *fakeUnits) ends(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.running == name {
		f.running = ""
	}
}

func (f *fakeUnits) seen() (running string, asked []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.running, slices.Clone(f.asked)
}
