package agents_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"estran/session"
	"estran/session/assist/agents"
	"estran/session/daybook"
)

// world is a station whose clocks a test sets.
type world struct {
	*agents.House
	o agents.Options

	mu        sync.Mutex
	wall      time.Time
	boot      string
	sinceBoot time.Duration
	notes     []daybook.Entry
	unwritten error // of the daybook
}

const (
	right = session.Private("bcdfg-hjknp-rstvx")
	wrong = session.Private("bcdfg-hjknp-rstvv")
)

func newWorld(t testing.TB) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{
		wall: time.Date(2026, 11, 26, 10, 17, 42, 0, time.Local), boot: "11111111-aaaa", sinceBoot: time.Hour,
	}
	w.o = agents.Options{
		Path: filepath.Join(dir, "agents.json"), StateDir: filepath.Join(dir, "state"),
		Clock: agents.Clock{
			Wall:      func() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.wall },
			SinceBoot: func() (time.Duration, error) { w.mu.Lock(); defer w.mu.Unlock(); return w.sinceBoot, nil },
			Boot:      func() (string, error) { w.mu.Lock(); defer w.mu.Unlock(); return w.boot, nil },
		},
		Note: func(e daybook.Entry) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			if w.unwritten == nil {
				w.notes = append(w.notes, e)
			}
			return w.unwritten
		},
	}
	if err := os.Mkdir(w.o.StateDir, 0o700); err != nil {
		t.Fatal(err)
	}
	w.restart()
	return w
}

// restart is a new process.
func (w *world) restart() { w.House = agents.Open(w.o) }

// pass lets time pass, on both clocks.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wall, w.sinceBoot = w.wall.Add(d), w.sinceBoot+d
}

// reboot starts the computer anew.
func (w *world) reboot() {
	w.mu.Lock()
	w.boot, w.sinceBoot = w.boot+"b", 0
	w.mu.Unlock()
	w.restart()
}

func (w *world) add(t testing.TB, login string) {
	t.Helper()
	if err := w.Add(t.Context(), login, session.ProfileMediateur, "", right); err != nil {
		t.Fatal(err)
	}
}

// in tries a code and wants this answer.
func (w *world) in(t testing.TB, login string, code session.Private, want error) {
	t.Helper()
	p, err := w.SignIn(t.Context(), session.Private(login), code)
	if !errors.Is(err, want) || want == nil && p != session.ProfileMediateur || want != nil && p != session.NoProfile {
		t.Fatalf("%s: profile %q, error %v, want %v", login, p, err, want)
	}
}

func (w *world) tries() string { return filepath.Join(w.o.StateDir, agents.StateNames()[0]) }

// counted is how many wrong codes the file of counts has for a login.
func (w *world) counted(t testing.TB, login string) int {
	t.Helper()
	data, err := os.ReadFile(w.tries())
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Known map[string]struct{ Count int }
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f.Known[login].Count
}

// told are the events that were noted, with their agents, in order.
func (w *world) told() []string {
	var all []string
	for _, e := range w.notes {
		all = append(all, string(e.What)+" "+e.Agent)
	}
	return all
}

func (w *world) wantTold(t testing.TB, want ...string) {
	t.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		t.Errorf("noted %q, want %q", got, want)
	}
}
