package kiosk

import (
	"bytes"
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	"estran/session/paper/sealed"
)

// Sheets that the kiosk makes are written into memory, sealed, and given to the station: no file of a disk ever holds a
// name.

// errUnmade: the sheet itself could not be made; it says more than paper can hold.
var errUnmade = errors.New("the sheet cannot be made")

// withPaper makes a sheet and gives it to use, which does not keep it.
func withPaper(write func(io.Writer) error, use func(*os.File) error) error {
	var pdf bytes.Buffer
	defer func() { clear(pdf.Bytes()) }()
	if err := write(&pdf); err != nil {
		return errors.Join(errUnmade, err)
	}
	f, err := sealed.Make(pdf.Bytes())
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return use(f)
}

// handing is what a screen that hands sheets out holds.
type handing struct {
	busy  bool              // a sheet is on its way
	sent  session.PaperKind // the one that went to the printer or the key last
	given bool              // one that matters was printed or saved
}

// went notes how a sheet went. The one in plain words is not what is signed.
func (h *handing) went(well bool) { h.given = h.given || well && h.sent != session.PaperPlain }

func (h *handing) print(w *world, kind session.PaperKind, copies int, sheet func(io.Writer) error) tea.Cmd {
	if !w.status.Printer {
		w.say(inkWarn, w.t("paper.no_printer"))
		return nil
	}
	h.busy, h.sent = true, kind
	return w.callPrintPaper(kind, copies, sheet)
}

func (h *handing) save(w *world, kind session.PaperKind, sheet func(io.Writer) error) tea.Cmd {
	if !w.canSavePaper() {
		return nil
	}
	h.busy, h.sent = true, kind
	return w.callSavePaper(kind, sheet)
}

// hear says how a sheet went.
func (h *handing) hear(w *world, msg tea.Msg) tea.Cmd {
	if a, ok := msg.(paperMsg); ok {
		h.busy = false
		h.went(w.tellPaper(a))
	}
	return nil
}

// canSavePaper says what is missing for a sheet to go to the key.
func (w *world) canSavePaper() bool {
	switch {
	case !w.status.Medium.Present():
		w.say(inkWarn, w.t("paper.need_key"))
		return false
	case w.status.Medium.Busy():
		w.say(inkWarn, w.t("error.busy"))
		return false
	case !w.status.Medium.Writable:
		w.say(inkWarn, w.t("medium.read_only"))
		return false
	}
	return true
}

// tellPaper says how the printing or the saving of a sheet went, and whether a sheet is on its way to somebody.
func (w *world) tellPaper(a paperMsg) bool {
	switch {
	case a.err != nil && a.copies > 0:
		w.say(inkWarn, w.n("paper.printed_some", a.copies)+" "+w.paperProblem(a.err))
	case a.err != nil:
		w.say(inkWarn, w.paperProblem(a.err))
	case a.call == callPrintPaper:
		w.say(inkGood, w.n("paper.printed", a.copies)+" "+w.t("paper.look"))
	case w.status.Medium.State == session.MediumCopyingOut:
		w.say(inkText, w.t("paper.saving"))
	}
	return a.copies > 0 && a.call == callPrintPaper
}

// paperProblem says what kept a sheet back: some errors mean something else here than elsewhere.
func (w *world) paperProblem(err error) string {
	switch {
	case errors.Is(err, errUnmade):
		return w.t("paper.unmade")
	case errors.Is(err, session.ErrLimit):
		return w.t("paper.limit")
	case errors.Is(err, session.ErrNoPrinter):
		return w.t("paper.no_printer")
	case errors.Is(err, session.ErrFull):
		return w.problemText(session.MediumFull)
	}
	return w.errorText(err)
}

// printerWaits says for as long as it is so that the printer has no paper: what was sent to it waits there.
func (p *page) printerWaits() {
	if p.status.PrinterProblem == session.PrinterPaper {
		p.told(inkWarn, p.t("paper.out"))
	}
}

// tellSaved says how a copy to the key went, when one has just ended on the screen that asked; whether it went well. What
// was said of the printer goes when that is no longer so.
func (w *world) tellSaved(before session.Status, on screen) bool {
	if before.PrinterProblem != w.status.PrinterProblem {
		w.notice = notice{} // it said that the sheets are on their way
	}
	m := w.status.Medium
	if before.Medium.State != session.MediumCopyingOut || m.State == session.MediumCopyingOut || w.front().screen != on {
		return false
	}
	switch {
	case m.Problem != session.MediumFine:
		w.say(inkWarn, w.problemText(m.Problem))
	case m.Copied > 0:
		w.say(inkGood, w.t("paper.saved"))
		return true
	}
	return false
}
