package station_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

// fill puts files on the key while it is not plugged in.
func (w *world) fill(t testing.TB, plug, pull func(), files map[string][]byte) {
	t.Helper()
	plug()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(w.watched, "KEY", name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pull()
}

func filesOf(t testing.TB, s *station.Station) map[string]session.MediumFile {
	t.Helper()
	files, err := s.Medium(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]session.MediumFile{}
	for _, f := range files {
		byName[f.Name.Reveal()] = f
	}
	return byName
}

// slowKey is a key of 60 texts, on a station whose antivirus takes its time.
func slowKey(t *testing.T) (*station.Station, func()) {
	t.Helper()
	sessiontest.Need(t, "bwrap")
	w := newWorld(t)
	w.options.Config.Media.Antivirus = slowClamd(t, 100*time.Millisecond)
	plug, pull := w.key(t)
	files := map[string][]byte{}
	for i := range 60 {
		files[fmt.Sprintf("note %02d.txt", i)] = fmt.Appendf(nil, "note %d\n", i)
	}
	w.fill(t, plug, pull, files)
	s := w.start(t)
	openSession(t, s)
	return s, plug
}

func TestAFileIsCopiedWhileOthersAreChecked(t *testing.T) {
	s, plug := slowKey(t)
	plug()
	sessiontest.Await(t, s, "a few are checked", func(s session.Status) bool { return s.Medium.State == session.MediumChecking && s.Medium.Clean >= 2 })
	var checked []session.FileID
	for _, f := range filesOf(t, s) {
		if f.Checked && f.Verdict == session.Clean {
			checked = append(checked, f.ID)
		}
	}
	if err := s.CopyIn(t.Context(), checked[:1], session.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	during := sessiontest.Await(t, s, "copied", func(s session.Status) bool {
		return s.Medium.State != session.MediumCopyingIn && s.Medium.Copied == 1 && s.Documents.Count == 1
	})
	if m := during.Medium; m.State != session.MediumChecking || m.Clean+m.Suspect >= m.Files {
		t.Errorf("once it is copied the key is in state %v, with %d of %d files checked", m.State, m.Clean, m.Files)
	}
	end := sessiontest.Await(t, s, "all is checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady }).Medium
	if end.Clean != 62 || end.Files != 62 {
		t.Errorf("of %d files %d are clean, %d suspect, %d unchecked", end.Files, end.Clean, end.Suspect, end.Unchecked)
	}
	if end.BytesDone != end.BytesTotal || end.Left != 0 {
		t.Errorf("at the end %d of %d bytes are done, and it takes %v yet", end.BytesDone, end.BytesTotal, end.Left)
	}
}

// A file that nobody looked at yet can be picked: the copy looks at it.
func TestWhatWaitsCanBeCopied(t *testing.T) {
	s, plug := slowKey(t)
	plug()
	sessiontest.Await(t, s, "the check has begun", func(s session.Status) bool { return s.Medium.State == session.MediumChecking })
	f := filesOf(t, s)["note 59.txt"]
	if f.Checked {
		t.Fatal("the last file was looked at first: this test looks at the wrong one")
	}
	if err := s.CopyIn(t.Context(), []session.FileID{f.ID}, session.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	status := sessiontest.Await(t, s, "copied", func(s session.Status) bool { return s.Medium.Copied == 1 })
	if status.Medium.State == session.MediumReady {
		t.Error("the copy waited for the whole check")
	}
	if f := filesOf(t, s)["note 59.txt"]; !f.Checked || f.Verdict != session.Clean {
		t.Errorf("after the copy the file is %v, checked: %v", f.Verdict, f.Checked)
	}
}

func TestWhatIsPickedIsCheckedFirst(t *testing.T) {
	s, plug := slowKey(t)
	plug()
	sessiontest.Await(t, s, "the check has begun", func(s session.Status) bool { return s.Medium.State == session.MediumChecking })
	files := filesOf(t, s)
	last, before := files["note 59.txt"].ID, files["note 58.txt"].ID
	if err := s.CheckFirst(t.Context(), []session.FileID{last, before}); err != nil {
		t.Fatal(err)
	}
	var done int
	for checked := false; !checked; time.Sleep(5 * time.Millisecond) {
		checked, done = true, 0
		for _, f := range filesOf(t, s) {
			if f.Checked {
				done++
			} else if f.ID == last || f.ID == before {
				checked = false
			}
		}
	}
	if done > 20 {
		t.Errorf("%d files were looked at before those that were picked", done-2)
	}
	if err := s.CheckFirst(t.Context(), []session.FileID{last, 9999}); err != session.ErrNotFound { //nolint:errorlint // as it is
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestTheWipeDoesNotWaitForACheck(t *testing.T) {
	s, plug := slowKey(t)
	plug()
	sessiontest.Await(t, s, "the check has begun", func(s session.Status) bool { return s.Medium.State == session.MediumChecking })
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "wiped", func(s session.Status) bool { return s.State == session.Wiped })
}

// A document is looked at on its way to the key, too.
func TestDocumentsAreCheckedOnTheirWayOut(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	w := newWorld(t)
	plug, _ := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	closed := "-----BEGIN PGP MESSAGE-----\n"
	for name, content := range map[string]string{"bon.txt": "Bonjour", "virus.txt": badContent, "lettre.asc": closed} {
		w.arrive(t, name, content)
	}
	sessiontest.Await(t, s, "arrived", func(s session.Status) bool { return s.Documents.Unsaved == 3 })
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []session.DocumentID
	for _, d := range documents {
		ids = append(ids, d.ID)
	}
	out := func(o session.CopyOptions) session.MediumStatus {
		if err := s.CopyOut(t.Context(), ids, o); err != nil {
			t.Fatal(err)
		}
		return sessiontest.Await(t, s, "copied", func(s session.Status) bool {
			return s.Medium.State == session.MediumReady && s.Medium.Copied+s.Medium.Failed == 3
		}).Medium
	}
	if m := out(session.CopyOptions{}); m.Copied != 1 || m.Failed != 2 || m.Held != 1 || m.Problem != session.MediumRefused {
		t.Errorf("copied %d, failed %d, held %d, %q", m.Copied, m.Failed, m.Held, m.Problem)
	}
	if m := out(session.CopyOptions{AcceptUnchecked: true}); m.Copied != 2 || m.Failed != 1 || m.Held != 0 {
		t.Errorf("once accepted: copied %d, failed %d, held %d", m.Copied, m.Failed, m.Held)
	}
	on := keyHolds(t, w)
	if !slices.Contains(on, "lettre.asc") || slices.Contains(on, "virus.txt") {
		t.Errorf("the key holds %v", on)
	}
}

// A person's own document is not lost to a stopped antivirus, whatever the structure says of files that come in.
func TestDocumentsLeaveWithoutAnAntivirusOnceAccepted(t *testing.T) {
	w := newWorld(t)
	w.options.Config.Media.Antivirus = session.Path(filepath.Join(t.TempDir(), "no-clamd"))
	w.options.Config.Media.Unchecked = "refuse"
	plug, _ := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	w.arrive(t, "attestation.txt", "Bonjour")
	sessiontest.Await(t, s, "arrived", func(s session.Status) bool { return s.Documents.Unsaved == 1 })
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CopyOut(t.Context(), []session.DocumentID{documents[0].ID}, session.CopyOptions{AcceptUnchecked: true}); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "saved", func(s session.Status) bool { return s.Documents.Unsaved == 0 && s.Medium.Copied == 1 })
}

// arrive puts a document into the session, as a download does.
func (w *world) arrive(t testing.TB, name, content string) {
	t.Helper()
	dirs, _ := filepath.Glob(filepath.Join(w.options.RunDir, "session", "*", "documents"))
	if len(dirs) != 1 {
		t.Fatalf("%d sessions have documents", len(dirs))
	}
	if err := os.WriteFile(filepath.Join(dirs[0], name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func keyHolds(t testing.TB, w *world) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(w.watched, "KEY"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// The key is pulled out at any moment of listing, checking, copying in and out, 50 times in one session.
func TestAKeyPulledAtAnyMoment(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	w := newWorld(t)
	plug, pull := w.key(t)
	big := make([]byte, 20<<20)
	files := map[string][]byte{"film.bin": big}
	for i := range 50 {
		files[fmt.Sprintf("note %d.txt", i)] = fmt.Appendf(nil, "note %d\n", i)
	}
	w.fill(t, plug, pull, files)
	s := w.start(t)
	openSession(t, s)
	w.arrive(t, "mien.txt", "Bonjour")
	sessiontest.Await(t, s, "arrived", func(s session.Status) bool { return s.Documents.Unsaved == 1 })
	states := map[session.MediumState]int{}
	for range 50 {
		plug()
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		if on, err := s.Medium(t.Context()); err == nil && len(on) > 0 {
			_ = s.CopyIn(t.Context(), []session.FileID{on[rand.IntN(len(on))].ID}, session.CopyOptions{AcceptUnchecked: true})
		} else if documents, err := s.Documents(t.Context()); err == nil {
			_ = s.CopyOut(t.Context(), []session.DocumentID{documents[0].ID}, session.CopyOptions{})
		}
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		if status, err := s.Status(t.Context()); err == nil {
			states[status.Medium.State]++
		}
		pull()
		sessiontest.Await(t, s, "without a key", func(s session.Status) bool { return !s.Medium.Present() })
	}
	t.Logf("pulled in these states: %v", states)
	documents, err := s.Documents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		if name := d.Name.Reveal(); d.Size == 0 || name == "film.bin" && d.Size != int64(len(big)) {
			t.Errorf("%q has %d bytes", name, d.Size)
		}
	}
	plug()
	for name, content := range files {
		got, err := os.ReadFile(filepath.Join(w.watched, "KEY", name))
		if err != nil || len(got) != len(content) {
			t.Errorf("%q of the key has %d bytes, not %d: %v", name, len(got), len(content), err)
		}
	}
}
