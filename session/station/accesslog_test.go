package station_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/accesslog"
	"estran/session/sessiontest"
	"estran/session/station"
)

// logged turns the access log on, or off, and says where it is.
func (w *world) logged(on bool) (path string) {
	w.options.Config.AccessLog.Enabled = on
	return filepath.Join(w.options.StateDir, station.AccessLogName)
}

func readLog(t *testing.T, path string) []accesslog.Entry {
	t.Helper()
	r, err := accesslog.Read(path)
	if err != nil || len(r.Damaged) > 0 {
		t.Fatalf("the log has the damaged lines %v: %v", r.Damaged, err)
	}
	return r.Entries
}

// oneLine is the line of the one session there was, which ended so.
func oneLine(t *testing.T, path string, since time.Time, how session.EndReason) {
	t.Helper()
	all := readLog(t, path)
	if len(all) != 1 || all[0].Ended != how {
		t.Fatalf("the log has %+v, want one line that ends by %q", all, how)
	}
	since = since.Truncate(time.Second)
	if e := all[0]; e.Start.Before(since) || e.End.Before(e.Start) || e.End.After(time.Now()) {
		t.Errorf("it was from %s to %s", e.Start, e.End)
	}
	if found, err := accesslog.Addresses(); err == nil && !slices.Equal(found, all[0].Addresses) {
		t.Errorf("its addresses are %v, not %v", all[0].Addresses, found)
	}
}

func TestEverySessionLeavesItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		end func(*testing.T, *world, *station.Station)
		how session.EndReason
	}{
		"the visitor has done": {func(t *testing.T, _ *world, s *station.Station) { _ = s.End(t.Context()) }, session.EndVisitor},
		"nobody is there": {func(_ *testing.T, w *world, _ *station.Station) {
			w.passed.Add(int64(w.options.Config.Session.Idle))
		}, session.EndIdle},
		"a long pause": {func(t *testing.T, w *world, s *station.Station) {
			if err := s.Pause(t.Context(), "1234"); err != nil {
				t.Error(err)
			}
			w.passed.Add(int64(w.options.Config.Session.Pause))
		}, session.EndPause},
		"the computer is switched off": {func(_ *testing.T, _ *world, s *station.Station) { _ = s.Close() }, session.EndShutdown},
		"IT takes the computer":        {func(t *testing.T, _ *world, s *station.Station) { _ = s.BeginMaintenance(t.Context(), true) }, session.EndFault},
	} {
		t.Run(name, func(t *testing.T) {
			w, before := newWorld(t), time.Now()
			path := w.logged(true)
			s := w.start(t)
			openSession(t, s)
			if all := readLog(t, path); len(all) != 1 || all[0].Ended != session.EndNone {
				t.Errorf("while it is open, the log has %+v", all)
			}
			c.end(t, w, s)
			if c.how != session.EndShutdown {
				_ = s.Touch(t.Context()) // a key pressed too late: the deadline is seen
				sessiontest.Await(t, s, "over", over)
			}
			oneLine(t, path, before, c.how)
		})
	}
}

// What the power cut is completed by the next start, before anybody else comes.
func TestASessionThatWasCutIsCompleted(t *testing.T) {
	w, before := newWorld(t), time.Now()
	path := w.logged(true)
	s := w.start(t)
	openSession(t, s)
	cut, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if err := os.WriteFile(path, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	w.leaveOpen(t)
	awaitState(t, w.start(t), session.Ready)
	oneLine(t, path, before, session.EndRecovery)
}

// A process that could not note the end hands over how it was.
func TestTheNextProcessNotesTheEndThatThisOneCouldNot(t *testing.T) {
	w, _, renewals := installed(t)
	before, path := time.Now(), w.logged(true)
	s := opened(t, w)
	open, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := handedOver(t, renewals)
	if err := os.WriteFile(path, open, 0o600); err != nil {
		t.Fatal(err)
	}
	w.options.Handover = &h
	awaitState(t, w.start(t), session.Wiped)
	oneLine(t, path, before, session.EndVisitor)
	if !slices.Contains(h.Receipt.Limits, session.LimitAccessLog) {
		t.Errorf("the receipt does not tell of the log: %v", h.Receipt.Limits)
	}
}

func TestWithTheLogOffNothingIsWritten(t *testing.T) {
	w := newWorld(t)
	if w.options.Config.AccessLog.Enabled {
		t.Error("the log is on by default")
	}
	s := w.start(t)
	openSession(t, s)
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
	if r, err := s.Receipt(t.Context()); err != nil || slices.Contains(r.Limits, session.LimitAccessLog) {
		t.Errorf("the receipt tells of a log: %v, %v", r.Limits, err)
	}
	entries, err := os.ReadDir(w.options.StateDir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the state directory holds %v: %v", entries, err)
	}
}

// aged writes lines of five months ago and of one, and of a session that was cut yesterday.
func aged(t *testing.T, path string) {
	t.Helper()
	l := accesslog.Log{Path: path}
	for _, age := range []int{5, 1} {
		start := time.Now().AddDate(0, -age, 0)
		if err := errors.Join(l.Begin(start, nil), l.Finish(start.Add(time.Minute), session.EndVisitor, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Begin(time.Now().AddDate(0, 0, -1), nil); err != nil {
		t.Fatal(err)
	}
}

// awaitPurge waits until times were taken away.
func awaitPurge(t *testing.T, path string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if data, _ := os.ReadFile(path); strings.Contains(string(data), `"day"`) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("what is too old stays")
		}
	}
}

// What is too old goes at the start and while nobody comes, with the log on or off; but not under settings that could
// not be read, which may keep it for longer.
func TestWhatIsTooOldGoes(t *testing.T) {
	station.PurgeEvery(t, 10*time.Millisecond)
	for name, c := range map[string]struct {
		on    bool
		fault session.Fault
		goes  bool
	}{
		"on": {true, session.NoFault, true}, "off": {false, session.NoFault, true},
		"stopped": {true, session.FaultSandbox, true}, "unknown settings": {false, session.FaultConfig, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			path := w.logged(c.on)
			aged(t, path)
			before, _ := os.ReadFile(path)
			w.options.Fault = c.fault
			s := w.start(t)
			sessiontest.Await(t, s, "started", func(st session.Status) bool { return st.State != session.Starting })
			if !c.goes {
				if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
					t.Errorf("the log was touched: %s, %v", after, err)
				}
				return
			}
			// At once, then again and again while nobody comes.
			for _, when := range []string{"at once", "later"} {
				awaitPurge(t, path)
				all := readLog(t, path)
				if len(all) != 3 || all[0].Day == "" || all[1].Day != "" || when == "at once" && all[2].Ended != session.EndRecovery {
					t.Errorf("%s, the log has %+v", when, all)
				}
				again := filepath.Join(t.TempDir(), "again")
				if err := errors.Join(os.WriteFile(again, before, 0o600), os.Rename(again, path)); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A session that cannot be noted does not open; one that is open is wiped whatever becomes of its line.
func TestALogThatCannotBeWritten(t *testing.T) {
	t.Run("when the station starts", func(t *testing.T) {
		w := newWorld(t)
		if err := os.WriteFile(w.logged(true), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if st := awaitState(t, w.start(t), session.Stopped); st.Fault != session.FaultStateDir {
			t.Errorf("stopped with %s", st.Fault)
		}
	})
	t.Run("and it is off", func(t *testing.T) {
		w := newWorld(t)
		if err := os.WriteFile(w.logged(false), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		openSession(t, w.start(t))
	})
	t.Run("when a session opens", func(t *testing.T) {
		w, _, renewals := installed(t)
		path := w.logged(true)
		s := w.start(t)
		awaitState(t, s, session.Ready)
		if err := os.Symlink("/dev/null", path); err != nil {
			t.Fatal(err)
		}
		if err := s.Open(t.Context(), session.OpenOptions{}); err != nil {
			t.Fatal(err)
		}
		if h := handedOver(t, renewals); h.Fault != session.FaultStateDir || !h.Receipt.Verified() {
			t.Errorf("handed over %+v", h)
		}
	})
	t.Run("when it ends", func(t *testing.T) {
		w := newWorld(t)
		path := w.logged(true)
		remount := w.disk(t, "closed\n")
		remount(0, room)
		s := w.start(t)
		openSession(t, s)
		// The word "closed" has room, the log has not.
		if err := os.WriteFile(filepath.Join(w.options.StateDir, "lock"), make([]byte, 1<<20-3*int(unix.Getpagesize())), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := s.End(t.Context()); err != nil {
			t.Fatal(err)
		}
		awaitState(t, s, session.Wiped)
		if w.record(t) != "closed" {
			t.Errorf("the record says %q", w.record(t))
		}
		if all := readLog(t, path); len(all) != 1 {
			t.Errorf("the log has %+v", all)
		}
	})
}

// Whatever a visitor does, a line is its five fields, and nothing else is in the log.
func TestNothingOfAVisitorIsInTheLog(t *testing.T) {
	sessiontest.Need(t, "clamd")
	w := newWorld(t)
	path := w.logged(true)
	plug, _ := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	if err := os.WriteFile(filepath.Join(w.sessionDir(t), "documents", "Marie Dupont www.caf.fr.pdf"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "busy", func(st session.Status) bool {
		return st.Documents.Count == 1 && st.Medium.State == session.MediumReady
	})
	_ = s.Browse(t.Context(), session.BrowseOptions{Site: 1})
	if err := errors.Join(s.Pause(t.Context(), "4711"), s.Resume(t.Context(), "4711")); err != nil && !errors.Is(err, session.ErrBrowserOpen) {
		t.Fatal(err)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
	data, err := os.ReadFile(path)
	line := regexp.MustCompile(`^\{"station":"[A-Za-z0-9_.-]+","addresses":\[("[0-9a-f.:]+",?)*\],"start":"[0-9TZ:-]{20}","end":"[0-9TZ:-]{20}","ended":"visitor"\}\n$`)
	if err != nil || !line.Match(data) {
		t.Errorf("the log is %s, %v", data, err)
	}
}
