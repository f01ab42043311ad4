package bus_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"estran/session"
	"estran/session/bus"
	"estran/session/sessiontest"
	"estran/session/station"
)

// world is a real station, a real bus, the service on it, and a client.
type world struct {
	options station.Options
	watched string // where keys appear
	passed  atomic.Int64

	bus     *sessiontest.Bus
	station *station.Station
	service bus.Service
	server  *bus.Server
	client  *bus.Client
}

// newRecorded is a bus, a recorder on it, and a client: everything is real but the station.
func newRecorded(t testing.TB) (*world, *recorder) {
	t.Helper()
	sessiontest.Need(t, "dbus-daemon")
	w, r := &world{}, &recorder{status: session.Status{State: session.Ready}}
	w.options.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	w.startBus(t, sessiontest.AnyoneMay)
	w.serve(t, bus.Service{Station: r, Maintainer: r, Callers: us()})
	w.client = w.dial(t)
	return w, r
}

// us lets the user of the test drive sessions.
func us() bus.Callers { return bus.Callers{Kiosk: uint32(os.Getuid())} }

// newWorld makes the station and the bus, and nothing between them yet.
func newWorld(t testing.TB) *world {
	t.Helper()
	sessiontest.Need(t, "bwrap", "dbus-daemon")
	w := &world{watched: t.TempDir()}
	w.options = station.Options{
		Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(),
		Credential: visitor(), Headless: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Clock: func() time.Duration { return station.Boottime() + time.Duration(w.passed.Load()) },
	}
	// The browser's user goes through the run directory to its own.
	for dir := w.options.RunDir; dir != "/tmp" && dir != "/"; dir = filepath.Dir(dir) {
		must(t, os.Chmod(dir, 0o711))
	}
	w.options.Config.Media.Watch = []session.Path{session.Path(w.watched)}
	w.options.Config.Session.Memory = 256 << 20
	if clamd != nil {
		w.options.Config.Media.Antivirus = session.Path(clamd.Socket)
	}
	w.startBus(t, sessiontest.AnyoneMay)
	return w
}

func (w *world) startBus(t testing.TB, policies string) {
	t.Helper()
	var err error
	w.bus, err = sessiontest.StartBus(policies)
	must(t, err)
	t.Cleanup(w.bus.Stop)
}

// start makes the station, puts it on the bus and connects the client.
func (w *world) start(t testing.TB) *world {
	t.Helper()
	var err error
	w.station, err = station.New(w.options)
	must(t, err)
	t.Cleanup(func() { _ = w.station.Close() })
	w.serve(t, bus.Service{Station: w.station, Maintainer: w.station, Callers: us()})
	w.client = w.dial(t)
	return w
}

func (w *world) serve(t testing.TB, service bus.Service) {
	t.Helper()
	service.Address, service.Log, service.Version = w.bus.Address, w.options.Log, "0.test"
	w.service = service
	server, err := bus.Serve(context.Background(), service)
	must(t, err)
	t.Cleanup(func() {
		if err := server.Close(); err != nil && !errors.Is(err, bus.ErrTaken) {
			t.Error(err)
		}
	})
	w.server = server
}

func (w *world) dial(t testing.TB) *bus.Client {
	t.Helper()
	c, err := bus.Dial(t.Context(), w.bus.Address)
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// visitor is whom the browser runs as: nobody, when we are root of the computer.
func visitor() *syscall.Credential {
	if !station.RootOfComputer() {
		return nil
	}
	return &syscall.Credential{Uid: 65534, Gid: 65534}
}

// key is the folder that stands for a USB key. It comes and goes whole, by a rename.
func (w *world) key(t *testing.T) (plug, pull func()) {
	t.Helper()
	outside, inside := filepath.Join(t.TempDir(), "KEY"), filepath.Join(w.watched, "KEY")
	must(t, os.Mkdir(outside, 0o755))
	must(t, os.WriteFile(filepath.Join(outside, "letter.txt"), []byte("Bonjour,\nvoici ma lettre.\n"), 0o644))
	must(t, os.WriteFile(filepath.Join(outside, "bad.txt"), []byte(badContent), 0o644))
	return func() { must(t, os.Rename(outside, inside)) }, func() { must(t, os.Rename(inside, outside)) }
}

// arrive makes a download of the browser appear among the documents.
func (w *world) arrive(t *testing.T, name, content string) {
	t.Helper()
	dirs, _ := filepath.Glob(filepath.Join(w.options.RunDir, "session", "*", "documents"))
	if len(dirs) != 1 {
		t.Fatalf("%d sessions have documents", len(dirs))
	}
	must(t, os.WriteFile(filepath.Join(dirs[0], name), []byte(content), 0o600))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
