package kiosk

import (
	"errors"
	"io"
	"testing"

	"estran/session"
)

func TestSheetsThatDoNotGo(t *testing.T) {
	full := checked()
	full.Problem, full.Failed = session.MediumFull, 1
	locked := checked()
	locked.Writable = false
	copyingOut := checked()
	copyingOut.State = session.MediumCopyingOut
	for _, c := range []struct {
		name string
		play func(h *harness)
		sees string
	}{
		{"no printer", func(h *harness) { h.status(assistedStatus(false, checked())); h.press("1") }, "Pas d’imprimante ici."},
		{"it went away", func(h *harness) { h.station.fail[callPrintPaper] = session.ErrNoPrinter; h.press("1") }, "Pas d’imprimante ici."},
		{"gone", func(h *harness) { h.station.fail[callPrintPaper] = session.ErrGone; h.press("2") }, "L’ordinateur ne répond pas."},
		{"no key", func(h *harness) { h.status(assistedStatus(true, session.MediumStatus{})); h.press("3") }, "Branchez une clé USB"},
		{"locked key", func(h *harness) { h.status(assistedStatus(true, locked)); h.press("3") }, "Cette clé se lit, mais ne s’écrit pas."},
		{"busy key", func(h *harness) { h.status(assistedStatus(true, checking())); h.press("3") }, "La clé travaille encore."},
		{"no room", func(h *harness) { h.station.fail[callSavePaper] = session.ErrFull; h.press("3") }, "La clé est pleine."},
		{"often", func(h *harness) { h.station.fail[callPrintPaper] = session.ErrLimit; h.press("1") }, "déjà imprimée plusieurs fois"},
		{"full", func(h *harness) {
			h.press("3")
			h.status(assistedStatus(true, copyingOut))
			h.status(assistedStatus(true, full))
		}, "La clé est pleine."},
		{"saved", func(h *harness) {
			h.press("3")
			h.status(assistedStatus(true, copyingOut))
			m := checked()
			m.Copied = 1
			h.status(assistedStatus(true, m))
		}, "La feuille est sur la clé."},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHarness(t)
			h.filled()
			c.play(h)
			h.sees(c.sees)
			h.asks(stepPreview)
			if h.m.broken {
				t.Error("the kiosk broke")
			}
		})
	}
}

// The agent does not act when the station says no, and the mandate is still there.
func TestTheStationRefusesToAct(t *testing.T) {
	h := newHarness(t)
	h.filled()
	h.station.fail[callSetMode] = session.ErrBrowserOpen
	h.press("4", "1")
	h.sees("Fermez d’abord la fenêtre d’internet.")
	for range 3 {
		if _, back := h.m.top().screen.(*wizardScreen); !back {
			h.press("esc")
		}
	}
	h.asks(stepPreview)
	h.station.fail[callSetMode] = nil
	h.signed()
	h.called(callSetMode, 2)
	h.titled("Ma session")
}

// A printer without paper is told on each screen that prints, for as long as it is so.
func TestPrinterWithoutPaper(t *testing.T) {
	const told = "L’imprimante n’a plus de papier."
	h := newHarness(t)
	h.filled()
	h.press("1")
	s := h.m.status
	s.PrinterProblem = session.PrinterPaper
	h.status(s)
	h.sees(told)
	h.press("4")
	h.sees(told)
	h.press("esc")
	s.PrinterProblem = session.PrinterFine
	h.status(s)
	h.seesNot(told)
	s.PrinterProblem = session.PrinterPaper
	h.status(s)
	h.done()
	h.sees(told)
}

// A sheet that cannot be made says what to do.
func TestTheSheetIsTooFull(t *testing.T) {
	h := newHarness(t)
	papers := h.filled()
	cmd := h.m.callPrintPaper(session.PaperMandate, 2, func(io.Writer) error { return errors.New("too long") })
	h.m.fresh = false
	h.drain(cmd)
	h.sees("La feuille est trop pleine.")
	if len(papers.sheets) > 0 {
		t.Error("a part of it went to the printer")
	}
}

// One of two copies went: that is said.
func TestOneOfTwoCopies(t *testing.T) {
	h := newHarness(t)
	h.filled()
	n := 0
	cmd := h.m.callPrintPaper(session.PaperMandate, 2, func(to io.Writer) error {
		if n++; n == 2 {
			return errors.New("gone")
		}
		_, err := to.Write([]byte("%PDF-1.7"))
		return err
	})
	h.m.fresh = false
	h.drain(cmd)
	h.called(callPrintPaper, 1)
	h.sees("1 feuille seulement part à l’imprimante.")
}
