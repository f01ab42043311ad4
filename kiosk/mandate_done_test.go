package kiosk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
	"estran/session/assist/mandate"
)

func TestWhatWasDoneIsTold(t *testing.T) {
	h := newHarness(t)
	papers := h.filled()
	h.signed()
	h.done()
	h.titled("Ce qui a été fait")
	h.sees("☐ Déclarer, mettre à jour : CAF")
	h.press("1")
	h.sees("☑ Déclarer, mettre à jour : CAF")
	h.press("9")
	h.write("Réponse dans deux semaines.")
	h.press("enter", "enter")
	h.sees("→ Réponse dans deux semaines.")
	sheet := h.m.act.sheet(&h.m.world)
	if !cmp.Equal(sheet.Ticked, []bool{true}) || sheet.Structure != "CCAS de Villexemple" ||
		!cmp.Equal(sheet.Notes, []session.Private{"Réponse dans deux semaines."}) {
		t.Errorf("the sheet says %v, %d notes", sheet.Ticked, len(sheet.Notes))
	}
	h.press("7")
	h.sees("1 feuille part à l’imprimante.")
	if n := len(papers.sheets); n == 0 || papers.kinds[n-1] != session.PaperDone || !strings.HasPrefix(papers.sheets[n-1], "%PDF-") {
		t.Errorf("the sheets were %v", papers.kinds)
	}
	h.press("8")
	h.called(callSavePaper, 1)
	h.press("esc")
	h.titled("Ma session")
	h.done()
	h.sees("☑ Déclarer, mettre à jour : CAF") // going out and in again loses nothing
}

// A kiosk that was started anew knows no mandate: the kinds are there to tick.
func TestWhatWasDoneWithoutAMandate(t *testing.T) {
	h := newHarness(t)
	h.done("1", "1")
	if got := len(h.m.act.all); got != len(mandate.FormalityKinds()) {
		t.Errorf("there are %d lines", got)
	}
	for i, d := range h.m.act.all {
		if d.done {
			t.Errorf("line %d was ticked twice and is ticked", i)
		}
	}
	h.press("0")
	h.titled("Ma session")
}

func TestNotesHaveTheirRoom(t *testing.T) {
	h := newHarness(t)
	h.done("9")
	h.write(strings.Repeat("mot ", 40))
	h.sees("La ligne est pleine : 120 caractères au plus.")
	h.press("enter", "esc")
	h.press("enter")
	h.write("deux")
	h.press("enter")
	h.write("trois")
	h.press("enter")
	h.titled("Ce qui a été fait")
	if got := len(h.m.act.sheet(&h.m.world).Notes); got != maxNotes {
		t.Errorf("there are %d notes", got)
	}
}

// What was done is overwritten with the session, whichever way it ends.
func TestDeedsAreOverwritten(t *testing.T) {
	for name, end := range map[string]func(h *harness){
		"wipe":         func(h *harness) { h.status(wiping(0)) },
		"ready":        func(h *harness) { h.status(ready()) },
		"stop":         func(h *harness) { h.status(session.Status{State: session.Stopped, Fault: session.FaultWipe}) },
		"broken kiosk": func(h *harness) { h.m.breakDown() },
	} {
		h := newHarness(t)
		h.filled()
		h.signed()
		h.done("9")
		h.write("Un mot")
		d := h.m.act
		fields := append([]*field{d.all[0].detail}, d.notes...)
		end(h)
		if h.m.act != nil {
			t.Errorf("%s: what was done is still known", name)
		}
		for i, f := range fields {
			for _, r := range f.runes[:cap(f.runes)] {
				if r != 0 {
					t.Errorf("%s: field %d still holds text", name, i)
					break
				}
			}
		}
	}
}

// A pause keeps it: the same visitor comes back.
func TestDeedsOutlastAPause(t *testing.T) {
	h := newHarness(t)
	h.done("1")
	h.status(session.Status{State: session.Paused, PauseTries: 3})
	h.status(open())
	if h.m.act == nil || !h.m.act.all[0].done {
		t.Error("what was done was forgotten in a pause")
	}
}

// A number ticks and leaves the focus where it was: Enter then goes on, and never unticks.
func TestEnterAfterATickGoesOn(t *testing.T) {
	h := newHarness(t)
	h.filled()
	h.signed()
	h.done("1")
	h.press("enter")
	if !h.m.act.all[0].done {
		t.Errorf("Enter took the tick away:\n%s", h.plain())
	}
	h.called(callPrintPaper, 1)
}

// Without a printer, Enter copies the list to the key of the person, and then goes on; an empty list is not worth it.
func TestTheListGoesToTheKeyWithoutAPrinter(t *testing.T) {
	h := newHarness(t)
	h.filled()
	h.signed()
	s := h.m.status
	s.Printer = false
	h.status(s)
	h.done("enter")
	h.called(callSavePaper, 0)
	h.done("1", "enter")
	h.called(callSavePaper, 1)
}
