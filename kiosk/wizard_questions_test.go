package kiosk

import (
	"testing"

	"estran/session/assist/mandate"
)

func TestProtectionStopsTheMandate(t *testing.T) {
	for key, sees := range map[string][]string{
		"2": {"La personne garde ses droits.", "Le tribunal judiciaire"},
		"3": {"Le curateur. Son nom est dans le jugement.", "Le tribunal judiciaire"},
		"4": {"Le tuteur. Son nom est dans le jugement.", "Le tribunal judiciaire"},
		"5": {"Le référent du CCAS", "L’UDAF"},
	} {
		h := newHarness(t)
		h.wizard(append(keysExplain[:5:5], key)...)
		h.sees("Le mandat s’arrête ici")
		for _, text := range sees {
			h.sees(text)
		}
		h.press("esc")
		h.asks(stepProtection)
		h.press("enter") // the answer that was given, and nothing else
		h.sees("Le mandat s’arrête ici")
		h.press("enter")
		h.titled("Ma session")
		h.called(callSetMode, 0)
	}
}

// Enter answers nothing that was not asked.
func TestProtectionWantsAnAnswer(t *testing.T) {
	h := newHarness(t)
	h.wizard(keysExplain...)
	h.press("enter", "enter", "enter")
	h.asks(stepProtection)
	if h.draft().protection != mandate.ProtectionUnasked {
		t.Error("Enter said that there is no measure")
	}
}

func TestDatesOfTheMandate(t *testing.T) {
	for _, c := range []struct{ typed, sees string }{
		{"21112026", "Le dernier jour est passé"},
		{"23112027", "Un mandat dure un an au plus."},
		{"31022027", "Cette date n’existe pas."},
		{"3112", "Cette date n’existe pas."},
		{"", "Cette date n’existe pas."},
	} {
		h := newHarness(t)
		h.wizard(append(keysKeep[:13:13], "6")...)
		h.write(c.typed)
		h.press("enter")
		if _, there := h.m.top().screen.(*dateScreen); !there {
			t.Errorf("%q was taken", c.typed)
		}
		h.sees(c.sees)
		h.press("esc")
		if h.asks(stepDuration); h.draft().span != spanDay {
			t.Errorf("%q changed how long the mandate holds", c.typed)
		}
	}
	for typed, want := range map[string]string{"22112026": "22/11/2026", "22/11/2027": "22/11/2027", "1/2/2027": "01/02/2027"} {
		h := newHarness(t)
		h.wizard(append(keysKeep[:13:13], "6")...)
		h.write(typed)
		h.press("enter")
		h.asks(stepWho)
		if got := mandateOf(h).Until.Format("02/01/2006"); got != want {
			t.Errorf("%q is %s", typed, got)
		}
	}
}

func TestSitesOfTheMandate(t *testing.T) {
	for typed, sees := range map[string]string{
		"caf":                                "ouvre trop de sites",
		"n'importe quoi":                     "Ce n’est pas le nom d’un site.",
		"192.168.1.1":                        "C’est une adresse en chiffres.",
		"imprimante.local":                   "celui d’un ordinateur du lieu",
		"gouv.fr":                            "ouvre trop de sites",
		"moi@laposte.net":                    "Ce n’est pas le nom d’un site.",
		"HTTPS://WWW.Impots.gouv.fr/portail": "☑ impots.gouv.fr",
		"  «laposte.net» ":                   "☑ laposte.net",
		"":                                   "Sur quels sites",
	} {
		h := newHarness(t)
		h.wizard(keysFormalities...)
		h.clickOn("add")
		h.write(typed)
		h.press("enter")
		h.sees(sees)
	}
}

func TestSitesAreProposedAndRefused(t *testing.T) {
	h := newHarness(t)
	h.wizard(append(keysProtection[:6:6], "3", "3", "4", "enter", "enter")...)
	h.sees("☑ caf.fr")
	h.sees("☑ ameli.fr")
	h.press("2", "esc", "enter")
	h.sees("☐ ameli.fr")
	h.clickOn("add")
	h.write("www.ameli.fr")
	h.press("enter")
	h.sees("☑ ameli.fr")
	if got := len(mandateOf(h).Sites); got != 2 {
		t.Errorf("there are %d sites", got)
	}
}

func TestServicesAreCorrectedAndRemoved(t *testing.T) {
	h := newHarness(t)
	h.wizard(append(keysProtection[:6:6], "2", "1", "1", "2")...)
	h.clickOn("other")
	h.write("Mairy")
	h.press("enter")
	h.clickOn("typed:0")
	h.press("backspace")
	h.write("ie")
	h.press("enter")
	h.sees("☑ Mairie")
	h.press("0")
	h.sees("Impôts, Mairie")
	h.press("2")
	h.clickOn("typed:0")
	for range "Mairie" {
		h.press("backspace")
	}
	h.press("enter")
	h.seesNot("Mairie")
	h.press("2", "0")
	h.press("0")
	h.sees("Choisissez au moins une démarche.")
	h.press("0")
	h.asks(stepSites)
}

func TestTheSheetHasRoomForTwelve(t *testing.T) {
	h := newHarness(t)
	h.wizard(append(keysProtection[:6:6], "3", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "0", "4", "1", "2", "3")...)
	h.sees("12 démarches au plus")
	if got := len(h.draft().services); got != mandate.MaxFormalities {
		t.Errorf("there are %d", got)
	}
}

// Each problem leads to its question, and the answer back to the sheet.
func TestProblemsLeadToTheirQuestion(t *testing.T) {
	h := newHarness(t)
	h.wizard("1", "2", "3")
	h.hurry()
	h.sees("Il manque 5 choses.")
	h.called(callPrintPaper, 0)
	h.press("4") // formalities
	h.asks(stepFormalities)
	h.press("1", "0")
	h.asks(stepPreview)
	h.sees("Il manque 4 choses.")
	h.press("4") // sites
	h.asks(stepSites)
	h.clickOn("add")
	h.write("laposte.net")
	h.press("enter", "0")
	h.press("3") // explanations
	h.asks(stepExplain)
	h.press("4", "0")
	h.press("1") // the person
	h.sees("Prénom et nom de la personne")
	h.write("Camille")
	h.press("enter", "1")
	h.sees("Prénom et nom de l’agent")
	h.press("esc")
	h.asks(stepPreview)
	h.press("1")
	h.write("Dominique")
	h.press("enter")
	h.sees("Relisez ensemble.")
}
