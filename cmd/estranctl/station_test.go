package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
	"estran/session/station"
)

// stationCommand rules a real station on a real bus, one for each script:
//
//	station start          makes it, and waits until it is ready
//	station open|pause     has a visitor there
//	station fault CODE     has a vital condition fail from the next start on; "none" mends it
//	station is STATE CODE  checks how it is; CODE may be left out
func stationCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: station start|open|pause|fault|is")
	}
	if args[0] == "start" {
		s := startStation(ts)
		stations.Store(ts.Getenv("WORK"), s)
		s.await(ts, session.Ready)
		return
	}
	found, there := stations.Load(ts.Getenv("WORK"))
	if !there {
		ts.Fatalf("there is no station")
	}
	s := found.(*renewable)
	ctx := context.Background()
	switch args[0] {
	case "open":
		ts.Check(s.now().Open(ctx, session.OpenOptions{}))
	case "pause":
		ts.Check(s.now().Pause(ctx, "1234"))
	case "fault":
		fault := session.Fault(args[1])
		if args[1] == "none" {
			fault = session.NoFault
		}
		s.vital.Store(&fault)
	case "is":
		got, err := s.now().Status(ctx)
		ts.Check(err)
		if got.State.String() != args[1] || len(args) > 2 && string(got.Fault) != args[2] {
			ts.Fatalf("the station is %s %s", got.State, got.Fault)
		}
	default:
		ts.Fatalf("station %s?", args[0])
	}
}

var stations sync.Map // of *renewable, by the directory of their script

// renewable is a real station whose Renew makes another one, as execve does for estrand.
type renewable struct {
	session.Station // nil: estranctl calls nothing else
	options         station.Options
	vital           atomic.Pointer[session.Fault]

	mu      sync.Mutex // guards what follows
	station *station.Station
	closed  bool
}

func startStation(ts *testscript.TestScript) *renewable {
	b, err := sessiontest.StartBus(sessiontest.AnyoneMay)
	ts.Check(err)
	ts.Defer(b.Stop)
	ts.Setenv("BUS", b.Address)
	dir := ts.Getenv("WORK")
	r := &renewable{options: station.Options{
		Config: session.Defaults(), RunDir: filepath.Join(dir, "run"), StateDir: filepath.Join(dir, "state"),
		Headless: true, Log: slog.New(slog.DiscardHandler),
	}}
	if station.RootOfComputer() {
		r.options.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	r.options.Config.Session.Memory = 64 << 20
	r.options.Vital = func(context.Context) (session.Fault, error) {
		if f := r.vital.Load(); f != nil && *f != session.NoFault {
			return *f, errors.New("a vital condition fails")
		}
		return session.NoFault, nil
	}
	r.options.Renew = func(h station.Handover) error {
		go r.renew(h)
		runtime.Goexit() // as execve(2): whoever called it is gone
		return nil
	}
	for _, d := range []string{r.options.RunDir, r.options.StateDir} {
		ts.Check(os.Mkdir(d, 0o711))
	}
	s, err := station.New(r.options)
	ts.Check(err)
	r.station = s
	server, err := bus.Serve(context.Background(), bus.Service{
		Station: r, Maintainer: r, Callers: bus.Callers{Kiosk: 4242}, Address: b.Address, Version: "0.test",
	})
	ts.Check(err)
	ts.Defer(func() {
		_ = server.Close()
		r.mu.Lock()
		defer r.mu.Unlock()
		r.closed = true
		closeSoon(r.station)
	})
	return r
}

// renew puts a new station in the place of the one there is.
func (r *renewable) renew(h station.Handover) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	closeSoon(r.station)
	o := r.options
	o.Handover = &h
	if s, err := station.New(o); err == nil {
		r.station = s
	}
}

// closeSoon closes a station, which ought not to hang a test.
func closeSoon(s *station.Station) {
	done := make(chan struct{})
	go func() { _ = s.Close(); close(done) }()
	select {
	case <-done:
	case <-time.After(2 * time.Second):
	}
}

func (r *renewable) now() *station.Station {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.station
}

func (r *renewable) await(ts *testscript.TestScript, wanted session.State) {
	var s session.Status
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		s, _ = r.now().Status(context.Background())
		if s.State == wanted {
			return
		}
	}
	ts.Fatalf("the station is %s %s, not %s", s.State, s.Fault, wanted)
}

func (r *renewable) Status(ctx context.Context) (session.Status, error) { return r.now().Status(ctx) }

func (r *renewable) Watch(ctx context.Context) (<-chan session.Status, error) {
	return r.now().Watch(ctx)
}

func (r *renewable) BeginMaintenance(ctx context.Context, force bool) error {
	return r.now().BeginMaintenance(ctx, force)
}

func (r *renewable) FinishMaintenance(ctx context.Context) error {
	return r.now().FinishMaintenance(ctx)
}
