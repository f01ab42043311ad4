package station_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"estran/session"
)

// disk puts the state directory on a disk of its own, with room for one file. The remount it gives changes that.
func (w *world) disk(t *testing.T, record string) (remount func(flags uintptr, options string)) {
	t.Helper()
	dir := w.options.StateDir
	if err := unix.Mount("disk", dir, "tmpfs", 0, "size=4k,mode=0700"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	if err := os.WriteFile(filepath.Join(dir, "station.state"), []byte(record), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(flags uintptr, options string) {
		t.Helper()
		if err := unix.Mount("disk", dir, "tmpfs", unix.MS_REMOUNT|flags, options); err != nil {
			t.Fatal(err)
		}
	}
}

const (
	full = "size=4k"
	room = "size=1m"
)

func TestDiskThatTakesNothingAtTheStart(t *testing.T) {
	for name, c := range map[string]struct {
		record string
		flags  uintptr
		state  session.State
	}{
		"read-only, no session was open": {"closed\n", unix.MS_RDONLY, session.Ready},
		"full, no session was open":      {"closed\n", 0, session.Ready},
		"read-only, a session was open":  {"open\n", unix.MS_RDONLY, session.Stopped},
		"full, a session was open":       {"open\n", 0, session.Stopped},
	} {
		t.Run(name, func(t *testing.T) {
			w, _, renewals := installed(t)
			remount := w.disk(t, c.record)
			remount(c.flags, full)
			vital := w.conditions(session.NoFault)
			s := w.start(t)
			if st := awaitState(t, s, c.state); c.state == session.Stopped && st.Fault != session.FaultStateDir {
				t.Errorf("stopped with %s", st.Fault)
			}
			if c.state == session.Ready {
				return
			}
			vital.fault.Store(session.FaultStateDir)
			if heals(t, s, renewals) {
				t.Error("without room, the station begins anew")
			}
			remount(0, room)
			vital.fault.Store(session.NoFault)
			if !heals(t, s, renewals) {
				t.Error("there is room, and the station stays stopped")
			}
			_ = s.Close()
			next := w.start(t)
			if st := awaitState(t, next, session.Wiped); st.End != session.EndRecovery || w.record(t) != "closed" {
				t.Errorf("ended by %q, the record says %q", st.End, w.record(t))
			}
		})
	}
}

func TestDiskThatTakesNothingAtTheEnd(t *testing.T) {
	for name, flags := range map[string]uintptr{"read-only": unix.MS_RDONLY, "full": 0} {
		t.Run(name, func(t *testing.T) {
			w, _, renewals := installed(t)
			remount := w.disk(t, "closed\n")
			remount(0, room)
			s := opened(t, w)
			remount(flags, full)
			if err := s.End(t.Context()); err != nil {
				t.Fatal(err)
			}
			h := handedOver(t, renewals)
			if h.Fault != session.FaultStateDir || h.Receipt.Verified() || w.record(t) != "open" {
				t.Errorf("handed over %+v, and the record says %q", h, w.record(t))
			}
			vital := w.conditions(session.FaultStateDir)
			w.options.Handover = &h
			next := w.start(t)
			if st := awaitState(t, next, session.Stopped); st.Fault != session.FaultStateDir {
				t.Errorf("stopped with %s", st.Fault)
			}
			remount(0, room)
			vital.fault.Store(session.NoFault)
			if !heals(t, next, renewals) {
				t.Error("there is room, and the station stays stopped")
			}
		})
	}
}

// A session that cannot be noted does not open, and it is the disk that is said to be wrong.
func TestDiskThatTakesNothingWhenASessionOpens(t *testing.T) {
	w, _, renewals := installed(t)
	remount := w.disk(t, "closed\n")
	s := w.start(t)
	awaitState(t, s, session.Ready)
	remount(unix.MS_RDONLY, full)
	if err := s.Open(t.Context(), session.OpenOptions{}); err != nil {
		t.Fatal(err)
	}
	if h := handedOver(t, renewals); h.Fault != session.FaultStateDir || h.End != session.EndFault {
		t.Errorf("handed over %+v", h)
	}
}

// IT asked for the station, which is theirs: what is wrong with the disk is told once they have finished.
func TestDiskThatTakesNothingKeepsNobodyFromMaintenance(t *testing.T) {
	w, _, renewals := installed(t)
	remount := w.disk(t, "closed\n")
	remount(0, room)
	s := opened(t, w)
	remount(unix.MS_RDONLY, room)
	if err := s.BeginMaintenance(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	h := handedOver(t, renewals)
	if h.Fault != session.FaultMaintenance {
		t.Errorf("handed over %+v", h)
	}
	w.options.Handover = &h
	if st := awaitState(t, w.start(t), session.Stopped); st.Fault != session.FaultMaintenance {
		t.Errorf("stopped with %s", st.Fault)
	}
}
