package station_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// sessionDir is where the one open session is mounted.
func (w *world) sessionDir(t testing.TB) string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(w.options.RunDir, "session", "*"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("%d sessions are there (%v), want 1", len(dirs), err)
	}
	return dirs[0]
}

func (w *world) record(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.options.StateDir, "station.state"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(data))
}

// leaveOpen is a run that was cut while a session was open.
func (w *world) leaveOpen(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.options.StateDir, "station.state"), []byte("open\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func awaitState(t testing.TB, s session.Station, want session.State) session.Status {
	t.Helper()
	return sessiontest.Await(t, s, want.String(), func(st session.Status) bool {
		if st.State == session.Stopped && want != session.Stopped {
			t.Fatalf("stopped by %q, waiting for %v", st.Fault, want)
		}
		return st.State == want
	})
}

func openSession(t testing.TB, s session.Station) {
	t.Helper()
	awaitState(t, s, session.Ready)
	if err := s.Open(t.Context(), session.OpenOptions{Language: "fr"}); err != nil {
		t.Fatal(err)
	}
	if st := awaitState(t, s, session.Open); st.State != session.Open {
		t.Fatalf("the station is %v", st.State)
	}
}

func TestTheRecordSaysOpenBeforeASessionAndClosedAfterItsWipe(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	awaitState(t, s, session.Ready)
	if got := w.record(t); got != "closed" {
		t.Errorf("before any session the record says %q", got)
	}
	openSession(t, s)
	if got := w.record(t); got != "open" {
		t.Errorf("with a session open the record says %q", got)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
	if got := w.record(t); got != "closed" {
		t.Errorf("after the wipe the record says %q", got)
	}
}

func TestWhatASessionWroteIsGone(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	dir := w.sessionDir(t)
	canary := []byte("canary-of-this-test-7f3a")
	for _, sub := range []string{"home", "documents", "tmp", "shm"} {
		if err := os.WriteFile(filepath.Join(dir, sub, "trace"), canary, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
	for _, root := range []string{w.options.RunDir, w.options.StateDir} {
		err := filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, canary) {
				t.Errorf("%s still holds the canary", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil || bytes.Contains(mounts, []byte(w.options.RunDir)) {
		t.Errorf("the session's memory is still mounted (%v)", err)
	}
}

// Somebody holds a file of the session open: the check must see it, the station must stop, the record must stay open,
// and the next start, once the holder is gone, must wipe.
func TestAMemoryThatCannotBeTakenAwayStopsTheStation(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	held, err := os.Create(filepath.Join(w.sessionDir(t), "home", "held"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	status := awaitState(t, s, session.Stopped)
	if status.Fault != session.FaultWipe {
		t.Errorf("stopped by %q", status.Fault)
	}
	receipt, err := s.Receipt(t.Context())
	if err != nil || receipt.Verified() {
		t.Errorf("the receipt is verified (%v)", err)
	}
	if got := w.record(t); got != "open" {
		t.Errorf("the record says %q", got)
	}
	if err := s.Open(t.Context(), session.OpenOptions{}); err == nil {
		t.Error("a stopped station opened a session")
	}
	if err := s.Close(); err == nil {
		t.Error("Close does not say that the wipe failed")
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	again := w.start(t)
	awaitState(t, again, session.Ready)
	if got := w.record(t); got != "closed" {
		t.Errorf("after the next start the record says %q", got)
	}
	if _, err := os.Stat(filepath.Join(w.options.RunDir, "session")); !os.IsNotExist(err) {
		t.Errorf("the session's directory is still there (%v)", err)
	}
}

// Somebody got hold of the memory where no mount tells of it: the kernel alone knows that it lives on.
func TestMemoryThatSomebodyElseHoldsIsNotGone(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	dir := w.sessionDir(t)
	if err := os.WriteFile(filepath.Join(dir, "shm", "shared"), []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	holder := exec.Command("unshare", "--mount", "sh", "-c", `exec 3<"$0/shm/shared"; umount -l "$0"; echo held; exec sleep 600`, dir)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = holder.Process.Kill(); _ = holder.Wait() })
	if _, err := out.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := sessiontest.Await(t, s, "over", over); st.State != session.Stopped || st.Fault != session.FaultWipe {
		t.Errorf("the station is %v, fault %q", st.State, st.Fault)
	}
}

func over(s session.Status) bool { return s.State == session.Wiped || s.State == session.Stopped }

// A computer that slept past the deadline, and a change before the timer: the session must end all the same.
func TestADeadlineThatPassedUnseenStillEndsTheSession(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	w.passed.Add(int64(24 * time.Hour))
	if err := os.WriteFile(filepath.Join(w.sessionDir(t), "documents", "late.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

func TestNothingOpensWhileTheStationCloses(t *testing.T) {
	for range 6 {
		w := newWorld(t)
		s := w.start(t)
		openSession(t, s)
		closed := make(chan error, 1)
		go func() { closed <- s.Close() }()
		late := time.After(time.Minute)
		for open := true; open; {
			select {
			case err := <-closed:
				open = false
				if err != nil {
					t.Error(err)
				}
			case <-late:
				t.Fatal("Close hangs")
			default:
				_ = s.Dismiss(t.Context())
				_ = s.Open(t.Context(), session.OpenOptions{})
			}
		}
		if got := w.record(t); got != "closed" {
			t.Errorf("the record says %q", got)
		}
	}
}

func TestLeftoversOfACrashAreWipedBeforeAnythingOpens(t *testing.T) {
	w := newWorld(t)
	// What a station that was cut leaves: an open record, a mount point, a file written beside.
	left := filepath.Join(w.options.RunDir, "session", "oldsession")
	for _, err := range []error{
		os.MkdirAll(filepath.Join(left, "home"), 0o700),
		os.WriteFile(filepath.Join(left, "home", "letter"), []byte("canary"), 0o600),
		os.WriteFile(filepath.Join(w.options.StateDir, "station.state"), []byte("open\n"), 0o600),
		os.WriteFile(filepath.Join(w.options.StateDir, "station.state.new"), []byte("op"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s := w.start(t)
	awaitState(t, s, session.Ready)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("the leftovers are still there (%v)", err)
	}
	if got := w.record(t); got != "closed" {
		t.Errorf("the record says %q", got)
	}
}

func TestLeftoversThatCannotBeWipedStopTheStation(t *testing.T) {
	w := newWorld(t)
	strange := filepath.Join(w.options.RunDir, "not-ours")
	if err := os.WriteFile(strange, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := w.start(t)
	if st := awaitState(t, s, session.Stopped); st.Fault != session.FaultRecovery {
		t.Errorf("stopped by %q", st.Fault)
	}
}

// A process in another mount namespace that still sees a session's memory, as a sandbox whose station was killed would.
func TestLeftoversEndsProcessesThatSeeASession(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	sleeper := exec.Command("unshare", "--mount", "sleep", "600")
	if err := sleeper.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- sleeper.Wait() }()
	awaitOwnNamespace(t, sleeper.Process.Pid)
	if err := station.Leftovers(context.Background(), w.options.RunDir); err != nil {
		t.Errorf("Leftovers: %v", err)
	}
	select {
	case <-ended:
	case <-time.After(time.Minute):
		_ = sleeper.Process.Kill()
		t.Error("the process is still there")
	}
}

// awaitOwnNamespace waits until a process has a mount namespace of its own.
func awaitOwnNamespace(t *testing.T, pid int) {
	t.Helper()
	ours, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		if its, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/mnt", pid)); err == nil && its != ours {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the process stays in our namespace")
		}
	}
}

func TestOnlyOneStationHasTheRunDirectory(t *testing.T) {
	dir := t.TempDir()
	first, err := station.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := station.Lock(dir); err == nil || !strings.Contains(err.Error(), "another station") {
		t.Errorf("the second station got %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := station.Lock(dir)
	if err != nil {
		t.Fatalf("after the first went: %v", err)
	}
	_ = second.Close()
}

func TestTheMemoryIsBounded(t *testing.T) {
	w := newWorld(t)
	w.options.Config.Session.Memory, w.options.Config.Session.Inodes = 64<<20, 1000
	s := w.start(t)
	openSession(t, s)
	documents := filepath.Join(w.sessionDir(t), "documents")
	big, err := os.Create(filepath.Join(documents, "big.part"))
	if err != nil {
		t.Fatal(err)
	}
	megabyte := make([]byte, 1<<20)
	written := 0
	for written <= 64 {
		if _, err = big.Write(megabyte); err != nil {
			break
		}
		written++
	}
	_ = big.Close()
	if err == nil {
		t.Fatalf("%d MB went into a memory of 64", written)
	}
	sessiontest.Await(t, s, "full", func(s session.Status) bool { return s.Documents.Full })
	if err := os.Remove(big.Name()); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "has room again", func(s session.Status) bool { return !s.Documents.Full })
	made := 0
	for ; made < 2000; made++ {
		f, err := os.Create(filepath.Join(documents, "f"+strings.Repeat("x", made%7)+string(rune('a'+made%26))+time.Now().Format("150405.000000000")))
		if err != nil {
			break
		}
		_ = f.Close()
	}
	if made >= 1000 {
		t.Errorf("%d files in a memory of 1000 inodes", made)
	}
}

// The sandbox writes among the documents, and may be hostile: no link leads out of them.
func TestDocumentsAreNeverReachedThroughALink(t *testing.T) {
	w := newWorld(t)
	s := w.start(t)
	openSession(t, s)
	documents := filepath.Join(w.sessionDir(t), "documents")
	for _, err := range []error{
		os.Symlink("/etc/passwd", filepath.Join(documents, "passwd.txt")),
		os.Symlink("/etc", filepath.Join(documents, "etc")),
		unix.Mkfifo(filepath.Join(documents, "pipe"), 0o600),
		os.Mkdir(filepath.Join(documents, "dossier"), 0o700),
		os.WriteFile(filepath.Join(documents, "dossier", "letter.txt"), []byte("x"), 0o600),
		os.WriteFile(filepath.Join(documents, "form.pdf"), nil, 0o600),
		os.WriteFile(filepath.Join(documents, "form.Xy12Ab.pdf.part"), []byte("half"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	status := sessiontest.Await(t, s, "counted", func(s session.Status) bool { return s.Documents.Count == 1 && s.Documents.Arriving == 1 })
	if status.Documents.Unsaved != 1 {
		t.Errorf("%d documents are unsaved", status.Documents.Unsaved)
	}
	found, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range found {
		names = append(names, d.Name.Reveal())
	}
	if got := strings.Join(names, " "); got != "dossier/letter.txt form.Xy12Ab.pdf.part" {
		t.Errorf("the documents are %q", got)
	}
}

func TestAStoppedStationTouchesNothing(t *testing.T) {
	for _, fault := range []session.Fault{session.FaultSecond, session.FaultStateDir, session.FaultInternal} {
		w := newWorld(t)
		foreign := filepath.Join(w.options.RunDir, "session", "theirs")
		if err := os.MkdirAll(foreign, 0o700); err != nil {
			t.Fatal(err)
		}
		w.options.Fault = fault
		s := w.start(t)
		if st := awaitState(t, s, session.Stopped); st.Fault != fault {
			t.Errorf("stopped by %q, want %q", st.Fault, fault)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(foreign); err != nil {
			t.Errorf("%s: another station's directory was touched: %v", fault, err)
		}
	}
}

// Whatever was found before, a station that does not know its directories tells the visitor why it is stopped.
func TestAStoppedStationNeedsNoDirectories(t *testing.T) {
	for _, fault := range []session.Fault{session.FaultConfig, session.FaultSeat, session.FaultSandbox} {
		w := newWorld(t)
		w.options.RunDir, w.options.StateDir, w.options.Fault = "", "", fault
		s := w.start(t)
		if st := awaitState(t, s, session.Stopped); st.Fault != fault {
			t.Errorf("stopped by %q, want %q", st.Fault, fault)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := station.New(station.Options{Config: session.Defaults()}); err == nil {
		t.Error("a station was made without directories, and nothing is wrong with it")
	}
}
