package station_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"estran/session"
	"estran/session/browser"
	"estran/session/paper/sealed"
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

// sheetOf is a sheet in sealed memory.
func sheetOf(t testing.TB, text string) *os.File {
	t.Helper()
	f, err := sealed.Make([]byte("%PDF-1.7\n" + text))
	must(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// A sheet is printed as a document is, six times a kind, and its jobs are gone with the session.
func TestSheetsLeaveTheQueue(t *testing.T) {
	const person = "Marie Dupont"
	spool := startCUPS(t, keeping, "")
	taken := filepath.Join(t.TempDir(), "taken")
	slowLP(t, "tee -a "+taken+` | LP "$@"`)
	tell(t, "cupsdisable")
	w, _, _ := helped(t)
	w.options.Config.Printing.Queue = "Accueil"
	s := w.start(t)
	openHelping(t, s)
	sessiontest.Await(t, s, "with a printer", func(s session.Status) bool { return s.Printer })
	sheet := sheetOf(t, "Mandat de "+person+"\n")
	for range 6 {
		must(t, s.PrintPaper(t.Context(), session.PaperMandate, sheet))
	}
	wants(t, "a seventh", s.PrintPaper(t.Context(), session.PaperMandate, sheet), session.ErrLimit)
	must(t, s.PrintPaper(t.Context(), session.PaperPlain, sheet))
	must(t, s.SignOut(t.Context()))
	wants(t, "without the agent", s.PrintPaper(t.Context(), session.PaperPlain, sheet), session.ErrAgentNeeded)
	printed, err := os.ReadFile(taken)
	if err != nil || strings.Count(string(printed), "Mandat de "+person) != 7 {
		t.Errorf("the queue was given %q, %v", printed, err)
	}
	waiting := false
	for _, name := range spooled(t, spool) {
		data, err := os.ReadFile(filepath.Join(spool, name))
		waiting = waiting || err == nil && strings.Contains(string(data), person)
	}
	if !waiting {
		t.Error("no sheet waits in the spool: this test proves nothing")
	}
	must(t, s.End(t.Context()))
	if st := awaitState(t, s, session.Wiped); st.State != session.Wiped {
		t.Fatal(st)
	}
	if left := spooled(t, spool); len(left) > 0 {
		t.Errorf("the spool still holds %v", left)
	}
	receipt, err := s.Receipt(t.Context())
	if err != nil || !strings.Contains(strings.Join(receipt.Limits, " "), session.LimitPrinter) {
		t.Errorf("the receipt does not name the printer: %v, %v", receipt.Limits, err)
	}
	if n := sheetsHeld(t); n != 1 {
		t.Errorf("%d descriptors are open on sheets, not the caller's alone", n)
	}
}

// sheetsHeld counts the descriptors of this process on sheets in memory.
func sheetsHeld(t *testing.T) (n int) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	for _, e := range entries {
		if to, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && strings.Contains(to, "memfd:sheet") {
			n++
		}
	}
	return n
}

// A sheet that was saved, or that is being saved when the session ends, is held by nobody afterwards.
func TestASheetIsLetGoOf(t *testing.T) {
	sessiontest.Need(t, "clamd")
	w, _, _ := helped(t)
	plug, _ := w.key(t)
	s := w.start(t)
	openHelping(t, s)
	plug()
	sessiontest.Await(t, s, "checked", func(s session.Status) bool { return s.Medium.State == session.MediumReady })
	small, large := sheetOf(t, "one"), sheetOf(t, strings.Repeat("x", session.MaxPaper-100))
	must(t, s.SavePaper(t.Context(), session.PaperDone, small))
	sessiontest.Await(t, s, "saved", func(s session.Status) bool { return s.Medium.Copied == 1 && s.Medium.State == session.MediumReady })
	data, err := os.ReadFile(filepath.Join(w.watched, "KEY", "Ce qui a été fait.pdf"))
	if err != nil || !strings.HasSuffix(string(data), "one") {
		t.Errorf("the key holds %q, %v", data, err)
	}
	if n := sheetsHeld(t); n != 2 {
		t.Errorf("%d descriptors are open on sheets, not the caller's two", n)
	}
	must(t, s.SavePaper(t.Context(), session.PaperDone, large))
	if err := s.SavePaper(t.Context(), session.PaperDone, small); err != nil && !errors.Is(err, session.ErrBusy) {
		t.Errorf("a second at once: %v", err)
	}
	must(t, s.End(t.Context()))
	awaitState(t, s, session.Wiped)
	if n := sheetsHeld(t); n != 2 {
		t.Errorf("the session is over, and %d descriptors are open on sheets, not the caller's two", n)
	}
	for _, e := range dirOf(t, filepath.Join(w.watched, "KEY")) {
		if strings.Contains(e, "estran") {
			t.Errorf("%s is left on the key", e)
		}
	}
}

func dirOf(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A sheet too large, or that could still change, is none.
func TestWhatIsNoSheetIsNotPrinted(t *testing.T) {
	w, _, _ := helped(t)
	s := w.start(t)
	openHelping(t, s)
	onDisk, err := os.Create(filepath.Join(t.TempDir(), "mandat.pdf"))
	must(t, err)
	defer onDisk.Close()
	_, err = io.WriteString(onDisk, "%PDF-1.7\n")
	must(t, err)
	for name, f := range map[string]*os.File{
		"a file of a disk": onDisk, "a sheet too large": sheetOf(t, strings.Repeat("x", session.MaxPaper)), "none": nil,
	} {
		wants(t, name, s.PrintPaper(t.Context(), session.PaperMandate, f), session.ErrForm)
		wants(t, name, s.SavePaper(t.Context(), session.PaperMandate, f), session.ErrForm)
	}
	must(t, s.Pause(t.Context(), "1234"))
	wants(t, "in a pause", s.PrintPaper(t.Context(), session.PaperMandate, sheetOf(t, "x")), session.ErrState)
}

// What is due outlives the process: how an agent helped and about how long, and nothing else.
func TestACountIsDueInTheNextProcess(t *testing.T) {
	w, _, renewals := installed(t)
	counts := &sessiontest.Counts{}
	w.options.Agents, w.options.Counts = &sessiontest.Agents{}, counts
	s := w.start(t)
	openHelping(t, s)
	for range 10 { // somebody is there
		w.passed.Add(int64(4*time.Minute + 50*time.Second))
		must(t, s.Touch(t.Context()))
	}
	must(t, s.End(t.Context()))
	h := handedOver(t, renewals)
	if want := (station.Uncounted{Mode: session.Train, Length: 45 * time.Minute}); h.Uncounted != want {
		t.Fatalf("handed over: %+v", h.Uncounted)
	}
	wants(t, "counting in the process that goes", s.Count(t.Context(), session.CountOptions{}), session.ErrState)

	w.options.RunDir, w.options.StateDir, w.options.Handover = t.TempDir(), t.TempDir(), &h
	next := w.start(t)
	if st := awaitState(t, next, session.Wiped); !st.Agent.Uncounted || st.Agent.Present {
		t.Errorf("the next process tells %+v", st.Agent)
	}
	must(t, next.Count(t.Context(), session.CountOptions{Kind: "individuel"}))
	wants(t, "twice", next.Count(t.Context(), session.CountOptions{}), session.ErrState)
	if all := counts.All(); len(all) != 1 || all[0].Mode != session.Train || all[0].Length != 45*time.Minute {
		t.Errorf("counted: %+v", all)
	}
}

// Once the next visitor is there, nobody counts the one before.
func TestACountIsNotDueForEver(t *testing.T) {
	w, _, counts := helped(t)
	s := w.start(t)
	openHelping(t, s)
	must(t, s.End(t.Context()))
	awaitState(t, s, session.Wiped)
	must(t, s.Dismiss(t.Context()))
	if !statusOf(t, s).Agent.Uncounted {
		t.Error("the receipt is read, and nothing is due")
	}
	openSession(t, s)
	wants(t, "counting the one before", s.Count(t.Context(), session.CountOptions{}), session.ErrState)
	if len(counts.All()) != 0 {
		t.Error("it was counted")
	}
}

// A count that could not be written is due again.
func TestACountThatFailsIsDueAgain(t *testing.T) {
	w, _, counts := helped(t)
	broken := errors.New("the disk is full")
	failing := true
	counts.Fail = func() error {
		if failing {
			return broken
		}
		return nil
	}
	s := w.start(t)
	openHelping(t, s)
	wants(t, "counting", s.Count(t.Context(), session.CountOptions{}), broken)
	if !statusOf(t, s).Agent.Uncounted {
		t.Error("it is not due any more")
	}
	failing = false
	must(t, s.Count(t.Context(), session.CountOptions{}))
	must(t, s.End(t.Context()))
	if st := awaitState(t, s, session.Wiped); st.Agent.Uncounted || len(counts.All()) != 1 {
		t.Errorf("it was counted %d times, and due is %v", len(counts.All()), st.Agent.Uncounted)
	}
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
