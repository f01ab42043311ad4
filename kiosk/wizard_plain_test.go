package kiosk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// What goes to the printer is told whole: how many sheets, and what for.
func TestTheActionsOfTheSheetAreToldWhole(t *testing.T) {
	h := newHarness(t)
	h.filled()
	for _, label := range []string{"Imprimer deux exemplaires", "Version simple", "Copier sur la clé", "C’est signé"} {
		h.sees(label)
	}
}

// An agent is the one who is asked where there is no printer: the key is the way out.
func TestWithoutAPrinterTheKeyIsSaid(t *testing.T) {
	h := newHarness(t)
	h.filled()
	h.status(assistedStatus(false, checked()))
	h.press("1")
	h.sees("Pas d’imprimante ici. Copiez la feuille sur la clé.")
	h.seesNot("Demandez à un agent")
	h.done("7")
	h.sees("Pas d’imprimante ici. Copiez la feuille sur la clé.")
}

// Without a printer the sheet in plain words goes to the key too; that one is not what is signed.
func TestThePlainSheetGoesToTheKeyWithoutAPrinter(t *testing.T) {
	h := newHarness(t)
	papers := h.filled()
	h.status(assistedStatus(false, checked()))
	saved := checked()
	save := func(key string) {
		t.Helper()
		h.press(key)
		out := saved
		out.State = session.MediumCopyingOut
		h.status(assistedStatus(false, out))
		saved.Copied = 1
		h.status(assistedStatus(false, saved))
		h.sees("La feuille est sur la clé.")
	}
	save("2")
	if got := papers.kinds; !cmp.Equal(got, []session.PaperKind{session.PaperPlain}) {
		t.Fatalf("these sheets go to the key: %v", got)
	}
	h.press("4")
	h.sees("Aucune feuille n’est encore imprimée ni copiée.")
	h.press("esc")
	save("3")
	h.press("4")
	h.seesNot("Aucune feuille")
}

func TestThePlainSheetIsNotWhatIsSigned(t *testing.T) {
	h := newHarness(t)
	h.filled()
	h.press("2")
	h.sees("1 feuille part à l’imprimante.")
	h.press("4")
	h.sees("Aucune feuille n’est encore imprimée ni copiée.")
}

// Without a printer, Enter copies the sheet that is signed, and not the plain one.
func TestWithoutAPrinterEnterCopiesWhatIsSigned(t *testing.T) {
	h := newHarness(t)
	papers := h.filled()
	h.status(assistedStatus(false, checked()))
	h.press("enter")
	if got := papers.kinds; !cmp.Equal(got, []session.PaperKind{session.PaperMandate}) {
		t.Errorf("these sheets go to the key: %v", got)
	}
}
