package station_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/creack/pty"

	"estran/session"
	"estran/session/browser"
	"estran/session/sessiontest"
	"estran/session/station"
)

// openHelping opens a session in which an agent trains somebody.
func openHelping(t *testing.T, s *station.Station) {
	t.Helper()
	awaitState(t, s, session.Ready)
	must(t, s.SignIn(t.Context(), login, code))
	must(t, s.Open(t.Context(), session.OpenOptions{Mode: session.Train, Language: "fr"}))
	awaitState(t, s, session.Open)
}

// act changes to Act under a mandate for these sites.
func act(t *testing.T, s *station.Station, sites ...session.Private) error {
	t.Helper()
	return s.SetMode(t.Context(), session.Act, session.ActOptions{Mandate: true, Sites: sites})
}

// The browser gets the sites of the mandate, and Act is entered and left with it closed.
func TestActLimitsTheBrowser(t *testing.T) {
	w, _, _ := helped(t)
	s, starts := w.slowly(t, "firefox-esr")
	must(t, s.SignIn(t.Context(), login, code))
	free := begin(t, s, starts, session.BrowseOptions{})
	if len(free.config.Limit) != 0 {
		t.Error("a browser is limited without a mandate")
	}
	wants(t, "acting while it starts", act(t, s, "caf.fr"), session.ErrBrowserOpen)
	free.started <- nil
	free.process.events <- browser.Event{Kind: browser.Shown}
	awaitBrowser(t, s, session.BrowserOpen)
	wants(t, "acting while it is open", act(t, s, "caf.fr"), session.ErrBrowserOpen)
	must(t, s.SetMode(t.Context(), session.Accompany, session.ActOptions{})) // the others do not mind
	must(t, s.CloseBrowser(t.Context()))
	awaitBrowser(t, s, session.BrowserClosed)

	must(t, act(t, s, "CAF.fr", "ameli.fr"))
	limited := begin(t, s, starts, session.BrowseOptions{})
	if l := limited.config.Limit; len(l) != 2 || l[0].Reveal() != "caf.fr" || l[1].Reveal() != "ameli.fr" {
		t.Errorf("the browser is held to %d sites", len(l))
	}
	limited.started <- nil
	limited.process.events <- browser.Event{Kind: browser.Shown}
	if b := awaitBrowser(t, s, session.BrowserOpen); !b.Limited {
		t.Error("it is not told to be limited")
	}
	wants(t, "other sites", act(t, s, "impots.gouv.fr"), session.ErrBrowserOpen)
	wants(t, "alone again", s.SetMode(t.Context(), session.Alone, session.ActOptions{}), session.ErrBrowserOpen)
	wants(t, "leaving", s.SignOut(t.Context()), session.ErrBrowserOpen)
	must(t, s.CloseBrowser(t.Context()))
	awaitBrowser(t, s, session.BrowserClosed)
	must(t, s.SignOut(t.Context()))

	after := begin(t, s, starts, session.BrowseOptions{})
	if len(after.config.Limit) != 0 || statusOf(t, s).Browser.Limited {
		t.Error("the mandate outlives its mode")
	}
	after.started <- nil
}

// Without a mandate, where the structure allows that, nothing limits the browser, and w3m does.
func TestActingWithoutAMandate(t *testing.T) {
	w, _, _ := helped(t)
	w.options.Config.Assist.Act = "optional"
	s, starts := w.slowly(t, "firefox-esr")
	must(t, s.SignIn(t.Context(), login, code))
	must(t, s.SetMode(t.Context(), session.Act, session.ActOptions{}))
	b := begin(t, s, starts, session.BrowseOptions{})
	if st := statusOf(t, s); len(b.config.Limit) != 0 || st.Browser.Limited || st.Mode != session.Act {
		t.Errorf("%d sites, limited %v, mode %d", len(b.config.Limit), st.Browser.Limited, st.Mode)
	}
	b.started <- nil
}

// The text browser cannot be held to some sites: it does not open.
func TestATextBrowserIsNotLimited(t *testing.T) {
	w, _, _ := helped(t)
	s, starts := w.slowly(t, "w3m")
	must(t, s.SignIn(t.Context(), login, code))
	terminal := func() *os.File {
		master, slave, err := pty.Open()
		must(t, err)
		t.Cleanup(func() { _ = master.Close() })
		return slave
	}
	must(t, act(t, s, "caf.fr"))
	wants(t, "browsing", s.Browse(t.Context(), session.BrowseOptions{Terminal: terminal()}), session.ErrNoBrowser)
	if b := statusOf(t, s).Browser; b.Problem != session.BrowserNoLimit || len(starts) != 0 {
		t.Errorf("it met %q, and %d browsers start", b.Problem, len(starts))
	}
	must(t, s.SignOut(t.Context()))
	b := begin(t, s, starts, session.BrowseOptions{Terminal: terminal()})
	b.started <- nil
	must(t, s.SignIn(t.Context(), login, code)) // its screen is the kiosk's own
}

// The counts and the tries of the agents are files of others, which no wipe takes for remains.
func TestFilesOfOthersAreNoRemains(t *testing.T) {
	for name, others := range map[string][]string{"known": {"activity", "tries"}, "unknown": {"activity"}} {
		w, _, _ := helped(t)
		w.options.Others = others
		s := w.start(t)
		awaitState(t, s, session.Ready)
		for _, file := range []string{"activity", "tries"} {
			must(t, os.WriteFile(filepath.Join(w.options.StateDir, file), []byte("x"), 0o600))
		}
		openSession(t, s)
		must(t, s.End(t.Context()))
		st := sessiontest.Await(t, s, "over", over)
		if (st.State == session.Wiped) != (name == "known") {
			t.Errorf("%s: the station is %v, %s", name, st.State, st.Fault)
		}
	}
}
