package station_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"estran/session"
	"estran/session/paper/sealed"
	"estran/session/sessiontest"
)

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
	asked := filepath.Join(t.TempDir(), "asked")
	slowLP(t, `echo "$*" >>`+asked+"; tee -a "+taken+` | LP "$@"`)
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
	waiting := 0
	for _, name := range spooled(t, spool) {
		data, err := os.ReadFile(filepath.Join(spool, name))
		must(t, err)
		waiting += strings.Count(string(data), person)
	}
	if waiting == 0 {
		t.Error("no sheet waits in the spool: this test proves nothing")
	}
	if args, err := os.ReadFile(asked); err != nil || strings.Count(string(args), " -o sides=two-sided-long-edge ") != 7 {
		t.Errorf("not all sheets ask for both sides of the paper: %q, %v", args, err)
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

// A sheet for which a real key has no room is refused at once, or when it comes to be copied; nothing of it is on
// the key. One that fits is there.
func TestASheetForAFullKey(t *testing.T) {
	w, _, _ := helped(t)
	w.options.Key = t.TempDir()
	sessiontest.SmallDisk(t, w.options.Key, "512k")
	must(t, os.WriteFile(filepath.Join(w.options.Key, "photo.jpg"), make([]byte, 350<<10), 0o600))
	s := w.start(t)
	openHelping(t, s)
	ready := func(s session.Status) bool { return s.Medium.State == session.MediumReady }
	free := sessiontest.Await(t, s, "checked", ready).Medium.Free
	holds := func(when string, want ...string) {
		t.Helper()
		if names := dirOf(t, w.options.Key); !slices.Equal(names, want) {
			t.Errorf("%s the key holds %v", when, names)
		}
	}
	large, exact := sheetOf(t, strings.Repeat("x", int(free))), sheetOf(t, strings.Repeat("x", int(free)-100))
	wants(t, "a full key", s.SavePaper(t.Context(), session.PaperMandate, large), session.ErrFull)
	holds("after a refusal", "photo.jpg")
	must(t, s.SavePaper(t.Context(), session.PaperMandate, exact))
	sessiontest.Await(t, s, "told", func(s session.Status) bool { return ready(s) && s.Medium.Problem == session.MediumFull })
	holds("after a copy that ran full", "photo.jpg")
	must(t, s.SavePaper(t.Context(), session.PaperMandate, sheetOf(t, "Mandat\n")))
	sessiontest.Await(t, s, "saved", func(s session.Status) bool { return ready(s) && s.Medium.Copied == 1 })
	holds("in the end", "Mandat.pdf", "photo.jpg")
}
