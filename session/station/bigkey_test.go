package station_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
)

// mostMemory is how much more a station may take for a key of 20,000 files, whatever they hold, in bytes.
const mostMemory = 96 << 20

// A key of as many files as the station lists: what is picked of it is copied while the rest is looked at, all of it is
// looked at, and the memory it takes is bounded.
func TestTwentyThousandFiles(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	w := newWorld(t)
	plug, pull := w.key(t)
	const many = 20_000
	plug()
	for i := range many - 2 { // two are there
		dir := filepath.Join(w.watched, "KEY", fmt.Sprint(i%100))
		must(t, os.MkdirAll(dir, 0o755))
		must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("note %05d.txt", i)), fmt.Appendf(nil, "Note %d: %s\n", i, strings.Repeat("rien. ", i%200)), 0o644))
	}
	pull()
	s := w.start(t)
	openSession(t, s)
	more, start := sessiontest.MemoryFromNow(t), time.Now()
	since := func() time.Duration { return time.Since(start).Round(time.Millisecond) }

	plug()
	wait := func(what string, until func(session.MediumStatus) bool) session.MediumStatus {
		t.Helper()
		return sessiontest.AwaitFor(t, s, 5*time.Minute, what, func(s session.Status) bool { return until(s.Medium) }).Medium
	}
	wait("listed", func(m session.MediumStatus) bool { return m.Files == many && m.State == session.MediumChecking })
	t.Logf("listed after %v", since())
	files := filesOf(t, s)
	if len(files) != many {
		t.Errorf("%d files are shown", len(files))
	}
	last := files["0/note 00000.txt"].ID
	must(t, s.CopyIn(t.Context(), []session.FileID{last}, session.CopyOptions{}))
	m := wait("the oldest file is copied", func(m session.MediumStatus) bool { return m.Copied == 1 })
	if m.State == session.MediumReady {
		t.Error("the copy waited for the whole check")
	}
	t.Logf("the oldest file copied after %v, with %d looked at", since(), m.Clean+m.Suspect+m.Unchecked)
	m = wait("all is looked at", func(m session.MediumStatus) bool { return m.State == session.MediumReady })
	if m.Clean != many-1 || m.Suspect != 1 || m.Unchecked != 0 {
		t.Errorf("%d files are clean, %d suspect, %d unchecked", m.Clean, m.Suspect, m.Unchecked)
	}
	took := more()
	t.Logf("all looked at after %v; the station took %d MiB more at most", since(), took>>20)
	if took > mostMemory {
		t.Errorf("the station took %d MiB more, beyond %d", took>>20, mostMemory>>20)
	}
}

// A file of 4 GB is not checked, said so at once, and keeps nothing else from being checked.
func TestAFileOfFourGigabytes(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	w := newWorld(t)
	plug, pull := w.key(t)
	plug()
	film := filepath.Join(w.watched, "KEY", "vacances.mp4")
	must(t, os.WriteFile(film, []byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"), 0o644))
	must(t, os.Truncate(film, 4<<30))
	pull()
	s := w.start(t)
	openSession(t, s)
	plug()
	m := sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady }).Medium
	if m.Clean != 1 || m.Suspect != 1 || m.Unchecked != 1 {
		t.Errorf("%d files are clean, %d suspect, %d unchecked", m.Clean, m.Suspect, m.Unchecked)
	}
	f := filesOf(t, s)["vacances.mp4"]
	if f.Size != 4<<30 || f.Verdict != session.Unchecked || len(f.Reasons) != 1 || f.Reasons[0] != session.ReasonTooBig {
		t.Errorf("the film is %v, %v, %d bytes", f.Verdict, f.Reasons, f.Size)
	}
	// Not even those who accept what is unchecked have a place for it in a session's memory.
	if err := s.CopyIn(t.Context(), []session.FileID{f.ID}, session.CopyOptions{AcceptUnchecked: true}); !errors.Is(err, session.ErrFull) {
		t.Errorf("copying the film: %v", err)
	}
}
