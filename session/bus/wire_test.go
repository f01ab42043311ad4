package bus_test

import (
	"bufio"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/paper/sealed"
)

// Everything that a caller says reaches the station as it was said.
func TestArgumentsArrive(t *testing.T) {
	w, r := newRecorded(t)
	ctx, c := t.Context(), w.client
	open := session.OpenOptions{Mode: session.Act, Language: "en", Large: true, Contrast: true}
	must(t, c.Open(ctx, open))
	must(t, c.Open(ctx, session.OpenOptions{}))
	must(t, c.Extend(ctx))
	must(t, c.Pause(ctx, "0071"))
	must(t, c.Resume(ctx, "1234"))
	must(t, c.Resume(ctx, "\xff\x00")) // what the bus cannot carry is a wrong code, and counts
	must(t, c.Browse(ctx, session.BrowseOptions{Site: 3}))
	must(t, c.ResizeBrowser(ctx))
	must(t, c.CloseBrowser(ctx))
	must(t, c.CopyIn(ctx, []session.FileID{7, 1<<32 - 1}, session.CopyOptions{AcceptUnchecked: true}))
	must(t, c.CopyIn(ctx, nil, session.CopyOptions{}))
	must(t, c.CopyOut(ctx, []session.DocumentID{1<<64 - 1}, session.CopyOptions{AcceptUnchecked: true}))
	must(t, c.CheckFirst(ctx, []session.FileID{3, 2}))
	must(t, c.CancelCopy(ctx))
	must(t, c.Eject(ctx))
	must(t, c.Delete(ctx, 1<<63))
	must(t, c.Print(ctx, 5))
	must(t, c.End(ctx))
	must(t, c.PrintReceipt(ctx))
	must(t, c.Dismiss(ctx))
	must(t, c.SignIn(ctx, "mdupont", "sable-mouette-4821"))
	must(t, c.SignIn(ctx, "é", session.Private(strings.Repeat("x", 300)))) // that it is too long is for the station to say
	must(t, c.SignOut(ctx))
	must(t, c.SetMode(ctx, session.Act, session.ActOptions{Mandate: true, Sites: []session.Private{"caf.fr", "ameli.fr"}}))
	must(t, c.SetMode(ctx, session.Alone, session.ActOptions{}))
	sheet, err := sealed.Make([]byte("%PDF-1.7"))
	must(t, err)
	defer sheet.Close()
	must(t, c.PrintPaper(ctx, session.PaperMandate, sheet))
	must(t, c.SavePaper(ctx, session.PaperDone, sheet))
	if _, err := sheet.Stat(); err != nil {
		t.Errorf("the caller's sheet was closed: %v", err)
	}
	counted := session.CountOptions{Kind: "individuel", Themes: []string{"aide_aux_demarches_administratives", "email"}, Age: "soixante_dix_plus", Status: session.NotSaid}
	must(t, c.Count(ctx, counted))
	must(t, c.Count(ctx, session.CountOptions{}))
	must(t, c.BeginMaintenance(ctx, true))
	must(t, c.BeginMaintenance(ctx, false))
	must(t, c.FinishMaintenance(ctx))
	want := []any{
		"Open", open, "Open",
		session.OpenOptions{},
		"Extend", "Pause", "0071", "Resume", "1234", "Resume", "",
		"Browse", 3, false, "ResizeBrowser", "CloseBrowser",
		"CopyIn",
		[]session.FileID{7, 1<<32 - 1},
		session.CopyOptions{AcceptUnchecked: true},
		"CopyIn",
		[]session.FileID{},
		session.CopyOptions{},
		"CopyOut",
		[]session.DocumentID{1<<64 - 1},
		session.CopyOptions{AcceptUnchecked: true},
		"CheckFirst",
		[]session.FileID{3, 2},
		"CancelCopy", "Eject", "Delete", session.DocumentID(1 << 63), "Print", session.DocumentID(5),
		"End", "PrintReceipt", "Dismiss",
		"SignIn", "mdupont", "sable-mouette-4821", "SignIn", "é", strings.Repeat("x", 300), "SignOut",
		"SetMode", session.Act, true,
		[]string{"caf.fr", "ameli.fr"},
		"SetMode", session.Alone, false,
		[]string{},
		"PrintPaper", session.PaperMandate, "%PDF-1.7", nil, "SavePaper", session.PaperDone, "%PDF-1.7", nil,
		"Count", counted, "Count",
		session.CountOptions{Themes: []string{}},
		"Begin", true, "Begin", false, "Finish",
	}
	if diff := cmp.Diff(want, r.calls()); diff != "" {
		t.Errorf("the station was asked something else (-want +got):\n%s", diff)
	}
}

// The answers come back as the station gave them.
func TestAnswersArrive(t *testing.T) {
	w, r := newRecorded(t)
	want := &recorder{}
	want.receipt = session.Receipt{
		Steps:  []session.StepStatus{{ID: session.StepBrowser, State: session.StepVerified}, {ID: session.StepRecord, State: session.StepFailed}},
		Limits: session.Limits(),
	}
	want.medium = []session.MediumFile{
		{ID: 1, Name: "été/lettre.odt", Size: 1 << 40, Checked: true, Verdict: session.Clean},
		{ID: 2, Name: "bad.exe", Checked: true, Verdict: session.Suspect, Reasons: session.Reasons()},
		{ID: 3},
	}
	want.documents = []session.Document{{ID: 9, Name: "a.pdf", Size: 3, Saved: true}, {ID: 10, Name: "b", Arriving: true}}
	want.activity = session.Activity{Total: 12, Few: true, Cells: []session.ActivityCell{
		{Code: "aide_aux_demarches_administratives", Count: 7}, {Code: "other", Count: 5},
	}}
	r.answer(func() {
		r.receipt, r.medium, r.documents, r.activity = want.receipt, want.medium, want.documents, want.activity
	})

	receipt, err := w.client.Receipt(t.Context())
	must(t, err)
	files, err := w.client.Medium(t.Context())
	must(t, err)
	documents, err := w.client.Documents(t.Context())
	must(t, err)
	activity, err := w.client.Activity(t.Context())
	must(t, err)
	if diff := cmp.Diff(want.activity, activity); diff != "" {
		t.Errorf("other counts:\n%s", diff)
	}
	reveal := cmp.Transformer("reveal", session.Private.Reveal)
	if diff := cmp.Diff(want.receipt, receipt); diff != "" {
		t.Errorf("another receipt:\n%s", diff)
	}
	if diff := cmp.Diff(want.medium, files, reveal); diff != "" {
		t.Errorf("other files:\n%s", diff)
	}
	if diff := cmp.Diff(want.documents, documents, reveal); diff != "" {
		t.Errorf("other documents:\n%s", diff)
	}
}

// Names are what somebody wrote on a key: bytes, and as long as they like.
func TestAnyNameComesThrough(t *testing.T) {
	w, r := newRecorded(t)
	long := strings.Repeat("é", 2000)
	medium := make([]session.MediumFile, 20_000)
	for i := range medium {
		medium[i] = session.MediumFile{ID: session.FileID(i + 1), Name: session.Private(long)}
	}
	medium[0].Name = "caf\xe9\x00.txt"
	r.answer(func() { r.medium = medium })
	files, err := w.client.Medium(t.Context())
	must(t, err)
	if len(files) != 20_000 || files[0].Name.Reveal() != "caf\uFFFD\uFFFD.txt" {
		t.Fatalf("%d files, the first of which is %q", len(files), files[0].Name.Reveal())
	}
	cut := files[1].Name.Reveal()
	if len(cut) < 500 || len(cut) >= len(long) || !strings.HasPrefix(cut, "éé") || !strings.HasSuffix(cut, "é…") {
		t.Errorf("a long name among many became %d bytes: %q", len(cut), cut)
	}
	if _, err := w.client.Status(t.Context()); err != nil {
		t.Errorf("after that: %v", err)
	}
}

// A terminal goes across as a descriptor: what the station writes there is read here.
func TestATerminalArrives(t *testing.T) {
	w, r := newRecorded(t)
	master, slave, err := pty.Open()
	must(t, err)
	defer master.Close()
	must(t, master.SetReadDeadline(time.Now().Add(time.Minute)))
	must(t, w.client.Browse(t.Context(), session.BrowseOptions{Terminal: slave}))
	line, err := bufio.NewReader(master).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "hello from the browser") {
		t.Errorf("read %q, %v", line, err)
	}
	if _, err := slave.Stat(); err == nil {
		t.Error("the caller's end is still open")
	}
	if diff := cmp.Diff([]any{"Browse", 0, true}, r.calls()); diff != "" {
		t.Error(diff)
	}
}

// What the contract refuses does not travel at all.
func TestWhatDoesNotTravel(t *testing.T) {
	w, r := newRecorded(t)
	ctx, c := t.Context(), w.client
	for name, err := range map[string]error{
		"no mode":         c.SetMode(ctx, 4, session.ActOptions{}),
		"a negative mode": c.SetMode(ctx, -1, session.ActOptions{}),
		"many sites":      c.SetMode(ctx, session.Act, session.ActOptions{Sites: make([]session.Private, session.MaxActSites+1)}),
		"no sheet":        c.PrintPaper(ctx, session.PaperMandate, nil),
		"no kind":         c.SavePaper(ctx, "../etc", os.Stdin),
		"no code":         c.Count(ctx, session.CountOptions{Age: "Marie Dupont"}),
		"no theme":        c.Count(ctx, session.CountOptions{Themes: []string{"caf.fr/dupont"}}),
		"many themes":     c.Count(ctx, session.CountOptions{Themes: make([]string, 99)}),
	} {
		if !errors.Is(err, session.ErrForm) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if asked := r.calls(); len(asked) > 0 {
		t.Errorf("the station was asked %v", asked)
	}
}
