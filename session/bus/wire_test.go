package bus_test

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"estran/session"
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
		"End", "PrintReceipt", "Dismiss", "Begin", true, "Begin", false, "Finish",
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
	r.answer(func() { r.receipt, r.medium, r.documents = want.receipt, want.medium, want.documents })

	receipt, err := w.client.Receipt(t.Context())
	must(t, err)
	files, err := w.client.Medium(t.Context())
	must(t, err)
	documents, err := w.client.Documents(t.Context())
	must(t, err)
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
