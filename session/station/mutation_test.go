//go:build mutation

package station_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"estran/cleanup"
	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// TestEachStepIsMissed leaves the wipe of one step out of a session that left something for it: the check of that very step
// notices, names it, and the station stops. A step whose absence nothing notices would wipe nothing.
func TestEachStepIsMissed(t *testing.T) {
	sessiontest.Need(t, "bwrap", "firefox-esr", "cupsd", "clamd")
	leave := map[string]func(t *testing.T, w *world) session.Station{
		session.StepBrowser: func(t *testing.T, w *world) session.Station { return openBrowser(t, w) },
		session.StepMedium: func(t *testing.T, w *world) session.Station {
			plug, _ := w.key(t)
			s := leaveNothing(t, w)
			plug()
			sessiontest.Await(t, s, "the key is read", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
			return s
		},
		session.StepPrinting: func(t *testing.T, w *world) session.Station {
			startCUPS(t, "", "")
			return printInSession(t, w)
		},
		session.StepDocuments: leaveNothing,
		session.StepRemains: func(t *testing.T, w *world) session.Station {
			s := leaveNothing(t, w)
			if err := os.WriteFile(filepath.Join(w.options.RunDir, "session", "remains"), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
			return s
		},
		session.StepScreen: leaveNothing,
		session.StepSystem: leaveNothing,
		session.StepRecord: leaveNothing,
	}
	for _, id := range session.Steps() {
		t.Run(id, func(t *testing.T) {
			if leave[id] == nil {
				t.Fatal("no test leaves anything for this step")
			}
			w := newWorld(t)
			said := &lines{}
			w.options.Log = slog.New(slog.NewTextHandler(said, nil))
			rulesItsComputer(w)
			s := leave[id](t, w)
			t.Setenv("ESTRAN_WITHOUT", id)
			if err := s.End(t.Context()); err != nil {
				t.Fatal(err)
			}
			st := sessiontest.Await(t, s, "over", over)
			t.Cleanup(func() { unmountAll(t, w.options.RunDir) })
			named := strings.Contains(said.String(), id+": not verified") || strings.Contains(said.String(), id+": the step took too long")
			if st.State != session.Stopped || !named {
				t.Errorf("without the step %s the station is %v (%s), and says:\n%s", id, st.State, st.Fault, said)
			}
		})
	}
}

func leaveNothing(t *testing.T, w *world) session.Station {
	s := w.start(t)
	openSession(t, s)
	return s
}

// rulesItsComputer gives a world a seat and a computer, which tell what was not asked of them.
func rulesItsComputer(w *world) {
	seat := &fakeSeat{}
	w.options.Seat = &recallingSeat{seat}
	w.options.Renew = func(station.Handover) error { return errors.New("this test goes on") }
	w.options.System = func(station.Visited) cleanup.Step {
		asked := false
		return cleanup.Step{
			Wipe: func(context.Context) error { asked = true; return nil },
			Check: func(context.Context) error {
				if !asked {
					return errors.New("the computer remembers")
				}
				return nil
			},
		}
	}
}

// recallingSeat still runs unless it was stopped since the session began.
type recallingSeat struct{ *fakeSeat }

func (s *recallingSeat) Gone(context.Context) error {
	if s.stopped.Swap(0) == 0 {
		return errors.New("the seat runs")
	}
	return nil
}

// unmountAll takes away what a mutated station left mounted.
func unmountAll(t *testing.T, runDir string) {
	dirs, _ := filepath.Glob(filepath.Join(runDir, "session", "*"))
	for _, dir := range dirs {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil && !errors.Is(err, unix.EINVAL) {
			t.Error(err)
		}
	}
}
