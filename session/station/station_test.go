package station_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// world is a station and what surrounds it.
type world struct {
	options station.Options
	watched string // where keys appear
	passed  atomic.Int64
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{watched: t.TempDir()}
	w.options = station.Options{
		Config: session.Defaults(), RunDir: t.TempDir(), StateDir: t.TempDir(),
		Credential: visitor(), Headless: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Clock: func() time.Duration { return station.Boottime() + time.Duration(w.passed.Load()) },
	}
	// The browser's user goes through the run directory to its own.
	for dir := w.options.RunDir; dir != "/tmp" && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o711); err != nil {
			t.Fatal(err)
		}
	}
	w.options.Config.Media.Watch = []session.Path{session.Path(w.watched)}
	w.options.Config.Session.Memory = 256 << 20
	if clamd != nil {
		w.options.Config.Media.Antivirus = session.Path(clamd.Socket)
	}
	return w
}

// visitor is whom the browser runs as: nobody, when we are root of the computer.
func visitor() *syscall.Credential {
	if !station.RootOfComputer() {
		return nil
	}
	return &syscall.Credential{Uid: 65534, Gid: 65534}
}

func (w *world) start(t testing.TB) *station.Station {
	t.Helper()
	s, err := station.New(w.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// key is the folder that stands for a USB key. It comes and goes whole, by a rename.
func (w *world) key(t *testing.T) (plug, pull func()) {
	t.Helper()
	outside, inside := filepath.Join(t.TempDir(), "KEY"), filepath.Join(w.watched, "KEY")
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(os.Mkdir(outside, 0o755))
	check(os.WriteFile(filepath.Join(outside, "letter.txt"), []byte("Bonjour,\nvoici ma lettre.\n"), 0o644))
	check(os.WriteFile(filepath.Join(outside, "bad.txt"), []byte(badContent), 0o644))
	return func() { check(os.Rename(outside, inside)) }, func() { check(os.Rename(inside, outside)) }
}

func TestContract(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	sessiontest.Run(t, func(t *testing.T) sessiontest.Fixture {
		w := newWorld(t)
		plug, pull := w.key(t)
		counts := &sessiontest.Counts{}
		w.options.Agents, w.options.Counts = &sessiontest.Agents{}, counts
		return sessiontest.Fixture{
			Counts:  counts,
			Station: w.start(t), Plug: plug, Pull: pull, Rules: w.options.Config.Session,
			Pass: func(d time.Duration) { w.passed.Add(int64(d)) },
			Arrive: func(name, content string) {
				dirs, _ := filepath.Glob(filepath.Join(w.options.RunDir, "session", "*", "documents"))
				if len(dirs) != 1 {
					t.Fatalf("%d sessions have documents", len(dirs))
				}
				if err := os.WriteFile(filepath.Join(dirs[0], name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}
