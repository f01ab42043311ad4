package station_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"estran/session"
	"estran/session/sessiontest"
)

// TestTheJournalHoldsNothingOfAVisitor: whatever goes wrong in a session, its codes, its addresses and the names of its files
// are in no line of the service.
func TestTheJournalHoldsNothingOfAVisitor(t *testing.T) {
	sessiontest.Need(t, "clamd", "bwrap")
	const address = "https://caf.example/marie-dupont?code=7391"
	w := newWorld(t)
	said := &lines{}
	w.options.Log = slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.options.Config.Sites = []session.Site{{Name: "CAF de Marie", URL: address}}
	w.options.Config.Browser.Program = "/bin/false" // a browser that does not start
	plug, pull := w.key(t)
	s := w.start(t)
	openSession(t, s)
	plug()
	sessiontest.Await(t, s, "the key is read", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	if err := s.Browse(t.Context(), session.BrowseOptions{Site: 1}); !errors.Is(err, session.ErrNoBrowser) {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(w.sessionDir(t), "documents"), w.options.RunDir} { // the second is none the station wipes
		if err := os.WriteFile(filepath.Join(dir, "Marie Dupont.pdf"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pull() // while it is in use
	if err := s.Pause(t.Context(), "7391"); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		_ = s.Resume(t.Context(), "8264")
	}
	sessiontest.Await(t, s, "over", over)
	if err := s.Close(); err != nil {
		t.Log(err)
	}
	if !strings.Contains(said.String(), "cannot verify the wipe") {
		t.Errorf("the service says %q, although much went wrong", said)
	}
	for _, word := range []string{"7391", "8264", "marie", "caf.", ".pdf"} {
		if strings.Contains(strings.ToLower(said.String()), word) {
			t.Errorf("%q is in the journal:\n%s", word, said)
		}
	}
}
