package station_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"estran/session"
	"estran/session/sessiontest"
	"estran/session/station"
)

func TestWithoutAnAntivirusNothingIsClean(t *testing.T) {
	w := newWorld(t)
	w.options.Config.Media.Antivirus = session.Path(filepath.Join(t.TempDir(), "no-clamd"))
	plug, _ := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	status := sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	if status.Medium.Clean != 0 || status.Medium.Unchecked != 2 || status.Antivirus.Problem != session.ReasonNoAntivirus {
		t.Errorf("clean %d, unchecked %d, antivirus %q", status.Medium.Clean, status.Medium.Unchecked, status.Antivirus.Problem)
	}
	files, err := s.Medium(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []session.FileID
	for _, f := range files {
		if f.Verdict != session.Unchecked || !slices.Contains(f.Reasons, session.ReasonNoAntivirus) {
			t.Errorf("a file is %v because of %v", f.Verdict, f.Reasons)
		}
		ids = append(ids, f.ID)
	}
	if err := s.CopyIn(t.Context(), ids, session.CopyOptions{}); !errors.Is(err, session.ErrUnchecked) {
		t.Errorf("copied without asking: %v", err)
	}
	if err := s.CopyIn(t.Context(), ids, session.CopyOptions{AcceptUnchecked: true}); err != nil {
		t.Fatal(err)
	}
	sessiontest.Await(t, s, "copied", func(s session.Status) bool { return s.Documents.Count == 2 })
}

func TestAStructureMayRefuseUncheckedFiles(t *testing.T) {
	w := newWorld(t)
	w.options.Config.Media.Antivirus = session.Path(filepath.Join(t.TempDir(), "no-clamd"))
	w.options.Config.Media.Unchecked = "refuse"
	plug, _ := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	if err := s.CopyIn(t.Context(), []session.FileID{1}, session.CopyOptions{AcceptUnchecked: true}); !errors.Is(err, session.ErrUnchecked) {
		t.Errorf("got %v", err)
	}
}

func TestAKeyPulledWhileCopyingLeavesNothingHalfway(t *testing.T) {
	sessiontest.Need(t, "clamd")
	for round := range 8 {
		w := newWorld(t)
		plug, pull := w.key(t)
		plug()
		big := filepath.Join(w.watched, "KEY", "film.bin")
		if err := os.WriteFile(big, make([]byte, 60<<20), 0o600); err != nil {
			t.Fatal(err)
		}
		pull()
		s := w.start(t)
		openSession(t, s)
		plug()
		sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
		files, err := s.Medium(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(files, func(f session.MediumFile) bool { return f.Name.Reveal() == "film.bin" })
		if err := s.CopyIn(t.Context(), []session.FileID{files[i].ID}, session.CopyOptions{AcceptUnchecked: true}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(round) * 8 * time.Millisecond)
		pull()
		status := sessiontest.Await(t, s, "without a key", func(s session.Status) bool { return !s.Medium.Present() })
		time.Sleep(100 * time.Millisecond)
		documents, err := s.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		whole := len(documents) == 1 && documents[0].Size == 60<<20
		if len(documents) != 0 && !whole {
			t.Errorf("round %d: %d documents, half copied", round, len(documents))
		}
		if len(documents) == 0 && status.Medium.State != session.MediumPulled {
			t.Errorf("round %d: the copy was cut, and the state is %v", round, status.Medium.State)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A download larger than the session's memory: the visitor is told, the browser lives, and the wipe is whole.
func TestADownloadThatFillsTheMemoryIsSaid(t *testing.T) {
	sessiontest.Need(t, "firefox-esr", "bwrap")
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/film" {
			w.Header().Set("Content-Type", "text/html")
			_, _ = fmt.Fprint(w, `<script>setTimeout(() => location = "/film", 300)</script>`)
			return
		}
		w.Header().Set("Content-Disposition", `attachment; filename="film.bin"`)
		for chunk := make([]byte, 1<<20); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	t.Cleanup(endless.Close)
	w := newWorld(t)
	w.options.Config.Session.Memory = 300 << 20
	w.options.Config.Sites = []session.Site{{Name: "Film", URL: endless.URL + "/"}}
	s := w.start(t)
	openSession(t, s)
	if err := s.Browse(t.Context(), session.BrowseOptions{Site: 1}); err != nil {
		t.Fatal(err)
	}
	status := sessiontest.Await(t, s, "full", func(s session.Status) bool { return s.Documents.Full })
	if status.Browser.Problem != session.BrowserFine {
		t.Errorf("the browser met %q", status.Browser.Problem)
	}
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	awaitState(t, s, session.Wiped)
}

// Somebody, or a time server, sets the clock back while a session is open. Half a minute tells as much as an hour, and
// leaves what the tests of other packages write at the same time young enough for them.
func TestSettingTheClockBackMovesNoDeadline(t *testing.T) {
	if os.Getenv("CI") == "" {
		t.Skip("sets the clock of this computer back for a moment: only in CI")
	}
	if !station.RootOfComputer() {
		sessiontest.Missing(t, "only root may set the clock")
	}
	w := newWorld(t)
	w.options.Clock = nil
	s := w.start(t)
	openSession(t, s)
	before, err := s.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	set := func(at time.Time) error {
		tv := unix.NsecToTimeval(at.UnixNano())
		return unix.Settimeofday(&tv)
	}
	const back = 30 * time.Second
	if err := set(now.Add(-back)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	after, statusErr := s.Status(t.Context())
	if err := set(time.Now().Add(back)); err != nil {
		t.Fatal(err)
	}
	if statusErr != nil {
		t.Fatal(statusErr)
	}
	moved := before.TimeLeft - after.TimeLeft
	if moved < 0 || moved > back/2 || before.IdleLeft < after.IdleLeft {
		t.Errorf("the time left moved by %v", moved)
	}
}

// The antivirus holds a file of the session for as long as it looks at it, and must not keep the session from being
// wiped.
func TestASessionThatEndsDuringAScanIsWiped(t *testing.T) {
	sessiontest.Need(t, "clamd")
	w := newWorld(t)
	w.options.Config.Session.Memory = 512 << 20
	plug, _ := w.key(t)
	plug()
	for i := range 4 {
		content := make([]byte, 60<<20) // nothing but zeroes keeps clamd busy for seconds
		if err := os.WriteFile(filepath.Join(w.watched, "KEY", fmt.Sprintf("film%d.bin", i)), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.options.Key = filepath.Join(w.watched, "KEY")
	w.options.Config.Media.Watch = nil
	s := w.start(t)
	openSession(t, s)
	sessiontest.Await(t, s, "at a big file", func(s session.Status) bool { return s.Medium.State == session.MediumChecking && s.Medium.Current != 0 })
	time.Sleep(300 * time.Millisecond)
	if err := s.End(t.Context()); err != nil {
		t.Fatal(err)
	}
	if st := sessiontest.Await(t, s, "over", func(s session.Status) bool { return s.State == session.Wiped || s.State == session.Stopped }); st.State != session.Wiped {
		t.Errorf("the station is %v, fault %s", st.State, st.Fault)
	}
}
