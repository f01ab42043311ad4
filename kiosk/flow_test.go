package kiosk

import (
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

func TestAVisitBeginsAlone(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.titled("Bienvenue")
	h.press("1")
	h.titled("Les règles")
	h.accept()
	h.titled("Comment voulez-vous faire ?")
	h.press("1")
	h.called(callOpen, 1)
	h.status(open())
	h.titled("Conseil 1 sur 12")
}

func TestAnotherWayAsksForAnAgentKindly(t *testing.T) {
	for _, key := range []string{"2", "3", "4"} {
		h := newHarness(t)
		h.status(ready())
		h.press("1")
		h.accept()
		h.press(key)
		h.titled("Demandez à un agent")
		h.called(callOpen, 0)
		h.press("esc")
		h.titled("Comment voulez-vous faire ?")
	}
}

func TestAKioskThatStartsAnewShowsTheRightScreen(t *testing.T) {
	for want, s := range map[string]session.Status{
		"Bienvenue":         ready(),
		"Ma session":        open(),
		"Pause":             {State: session.Paused, PauseTries: 3, PauseLeft: time.Minute},
		"Effacement":        wiping(2),
		"Tout est effacé":   wiped(),
		"Ordinateur arrêté": {State: session.Stopped, Fault: session.FaultSandbox},
	} {
		h := newHarness(t)
		h.status(s)
		h.titled(want)
	}
}

func TestEnterNeverWipes(t *testing.T) {
	for _, unsaved := range []bool{true, false} {
		h := newHarness(t)
		if unsaved {
			h.withDocuments()
		} else {
			h.status(open())
		}
		h.press("f")
		h.titled("J’ai fini")
		h.press("enter")
		h.called(callEnd, 0)
		h.titled("Ma session")
	}
}

func TestWipingNeedsItsOwnChoice(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.clickOn(idFinish)
	h.clickOn("wipe")
	h.called(callEnd, 1)
	h.status(wiping(0))
	h.titled("Effacement")
}

func TestWhatWouldBeLostIsNamed(t *testing.T) {
	h := newHarness(t)
	h.withDocuments()
	h.press("f")
	h.sees("2 documents ne sont pas sur votre clé")
	h.sees("avis d'imposition 2025.pdf")
	h.press("2")
	h.called(callCopyOut, 1)
	if got := h.station.copiedOut; len(got) != 2 {
		t.Errorf("%d documents go to the key, not the 2 that are on none", len(got))
	}
}

func TestTheReceiptComesWhenTheTideIsIn(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.station.receipt = session.Receipt{Steps: steps(len(session.Steps())), Limits: session.Limits()}
	h.suddenly(wiping(0))
	h.suddenly(wiped())
	h.titled("Effacement")
	h.advance(3 * time.Second)
	h.titled("Tout est effacé")
	h.sees("Vos documents sont effacés.")
	h.advance(Grace)
	h.press("space")
	h.called(callDismiss, 1)
}

func TestTheReceiptIgnoresKeysAtFirst(t *testing.T) {
	h := newHarness(t)
	h.suddenly(wiped())
	h.press("enter", "1", "space")
	h.called(callDismiss, 0)
	h.advance(Grace)
	h.press("enter")
	h.called(callDismiss, 1)
}

func TestTheReceiptCountsDownAndGoesByItself(t *testing.T) {
	h := newHarness(t)
	h.status(wiped())
	h.advance(10 * time.Second)
	h.sees("20 secondes")
	h.status(ready())
	h.titled("Bienvenue")
}

func TestEtesVousLa(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	s := open()
	s.Idle, s.IdleLeft = true, time.Minute
	h.suddenly(s)
	h.titled("Êtes-vous là ?")
	touches := h.station.count(callTouch)

	h.press("a", "enter") // meant for the screen before
	h.called(callTouch, touches)
	h.advance(20 * time.Second)
	h.sees("40 secondes")
	h.press("a")
	h.called(callTouch, touches+1)
	h.status(open())
	h.titled("Ma session")
}

func TestEtesVousLaIsAnsweredByAClickAnywhere(t *testing.T) {
	h := newHarness(t)
	s := open()
	s.Idle, s.IdleLeft = true, time.Minute
	h.status(s)
	h.send(tea.MouseClickMsg{X: 3, Y: 12, Button: tea.MouseLeft})
	h.called(callTouch, 1)
}

func TestMoreTimeIsOfferedOnce(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	s := open()
	s.TimeLeft, s.Ending = 5*time.Minute, true
	h.status(s)
	h.titled("Bientôt fini")
	h.press("1")
	h.called(callExtend, 1)
	h.titled("Ma session")
	h.status(s)
	h.titled("Ma session")
	h.status(open())
	h.status(s)
	h.titled("Bientôt fini")
}

func TestPauseAsksForTheCodeTwice(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.press("6", "1", "2", "3", "4")
	h.called(callPause, 0)
	h.press("1", "2", "3", "5")
	h.called(callPause, 0)
	h.sees("ne sont pas les mêmes")
	h.press("1", "2", "3", "4")
	h.write("&é\"'") // the same figures on a French keyboard, without Shift
	h.called(callPause, 1)
	if got := h.station.code.Reveal(); got != "1234" {
		t.Errorf("the code that was sent is not the one that was typed twice")
	}
}

func TestAWrongCodeSaysHowManyTriesAreLeft(t *testing.T) {
	h := newHarness(t)
	s := session.Status{State: session.Paused, PauseLeft: 5 * time.Minute, PauseTries: 3}
	h.status(s)
	h.station.fail[callResume] = session.ErrCode
	h.press("9", "9")
	h.clickOn(idErase)
	h.press("9", "9", "9")
	h.called(callResume, 1)
	s.PauseTries = 2
	h.status(s)
	h.sees("2 essais")
}

func TestWhatIsTypedIsGoneWithItsScreen(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.press("6", "1", "2", "esc", "6")
	h.sees("○")
	if p := h.m.top().screen.(*pauseScreen); len(p.code.figures) != 0 {
		t.Error("figures typed before are still there")
	}
}

func TestTheTipComesBeforeTheBrowserAndNotTwice(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	seen := map[string]bool{}
	for range 10 {
		h.press("1")
		if _, tip := h.m.top().screen.(*momentScreen); !tip {
			break
		}
		if seen[h.plain()] {
			t.Fatalf("the same tip came back twice:\n%s", h.plain())
		}
		seen[h.plain()] = true
		h.press("enter", "esc")
	}
	if len(seen) == 0 {
		t.Fatal("no tip came back before the browser")
	}
	if _, open := h.m.top().screen.(*internetScreen); !open {
		t.Fatalf("the browser was not opened:\n%s", h.plain())
	}
}

func TestABrowserThatFellIsSaidInWordsAndOpenedAgain(t *testing.T) {
	h := newHarness(t)
	h.internet(session.BrowserStatus{State: session.BrowserOpen})
	calls := h.station.count(callBrowse)
	h.status(withBrowser(session.BrowserStatus{Problem: session.BrowserCrashed}))
	h.sees("Internet s’est fermé tout seul.")
	h.press("1")
	h.called(callBrowse, calls+1)
}

func TestClosingTheBrowserComesBackToMaSession(t *testing.T) {
	h := newHarness(t)
	h.internet(session.BrowserStatus{State: session.BrowserOpen})
	h.titled("Internet")
	h.press("1")
	h.called(callCloseBrowser, 1)
	h.status(open())
	h.titled("Ma session")
	h.sees("Internet est fermé.")
}

func TestFilesAreChosenAndCopied(t *testing.T) {
	h := newHarness(t)
	h.medium(checked())
	h.press("1")
	h.sees("1 fichier choisi")
	h.press("4") // suspect: it says why and stays
	h.titled("Pourquoi ce résultat ?")
	h.sees("Ce fichier peut faire du mal.")
	h.sees("Son nom a deux fins, pour se déguiser.")
	h.press("enter")
	h.sees("1 fichier choisi")
	h.press("up", "space") // on to the third
	h.sees("2 fichiers choisis")
	h.press("0")
	h.called(callCopyIn, 1)
	if len(h.station.copied) != 2 || h.station.options.AcceptUnchecked {
		t.Errorf("copied %v with %+v", h.station.copied, h.station.options)
	}
}

func TestWhatWasNotCheckedIsAskedFor(t *testing.T) {
	h := newHarness(t)
	h.medium(checked())
	h.toFile(5, "space")
	h.press("0")
	h.titled("Fichier non vérifié")
	h.press("enter")
	h.called(callCopyIn, 0)
	h.titled("Ma clé USB")
	h.press("0", "2")
	h.called(callCopyIn, 1)
	if !h.station.options.AcceptUnchecked {
		t.Error("the visitor said yes, and the station was not told")
	}
}

func TestAStructureMayRefuseWhatWasNotChecked(t *testing.T) {
	h := newHarness(t)
	h.m.options.Config.Media.Unchecked = "refuse"
	h.medium(checked())
	h.toFile(5, "enter")
	h.titled("Pourquoi ce résultat ?")
	h.press("esc")
	if s := h.m.top().screen.(*mediumScreen); s.chosen() != 0 {
		t.Error("a file that was not checked is chosen")
	}
}

func TestAKeyThatIsPulledTakesItsNamesAlong(t *testing.T) {
	h := newHarness(t)
	h.medium(checked())
	h.sees("attestation CAF.pdf")
	s := open()
	s.Medium = session.MediumStatus{State: session.MediumPulled, Problem: session.MediumGone}
	h.status(s)
	if got := h.m.top().screen.(*mediumScreen); len(got.files) != 0 || len(got.place) != 0 {
		t.Error("the names of a key that is gone are still there")
	}
	h.sees("La clé est partie avant la fin.")
}

func TestADocumentIsDeletedOnlyWhenAskedTwice(t *testing.T) {
	h := newHarness(t)
	h.withDocuments()
	h.press("4", "2", "3", "enter")
	h.called(callDelete, 0)
	h.press("3", "2")
	h.called(callDelete, 1)
	h.titled("Mes documents")
}

func TestWhatAPrinterCannotDoIsSaid(t *testing.T) {
	h := newHarness(t)
	h.withDocuments()
	h.station.fail[callPrint] = session.ErrNoPrinter
	h.press("4", "1", "2")
	h.sees("Il n’y a pas d’imprimante ici.")
}

func TestEveryErrorIsASentence(t *testing.T) {
	h := newHarness(t)
	for _, e := range errorKeys {
		if h.m.errorText(e.err) == h.m.t("error.unknown") {
			t.Errorf("%v has no sentence of its own", e.err)
		}
	}
	secret := errors.New("open /home/léa/impôts.pdf: permission denied")
	if got := h.m.errorText(secret); got != h.m.t("error.unknown") {
		t.Errorf("an unknown error is shown as %q", got)
	}
}

func TestTheNextVisitorFindsNothingOfTheOneBefore(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.press("2", "3", "4") // larger, contrast, English
	h.withDocuments()
	h.press("4")
	h.status(wiped())
	h.status(ready())
	h.sees("Agrandir")
	if h.m.large || h.m.look != calm || h.m.lang != "fr" || len(h.m.stack) != 1 || h.m.begun.tips != nil {
		t.Errorf("something of the visitor before is left: %+v", h.m.world)
	}
}

func TestLeavingIsOnlyForWhoMay(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.press("q", "ctrl+c", "ctrl+z", "ctrl+\\", "ctrl+d", "esc")
	if h.m.leaving {
		t.Fatal("a key left a station that is open to the public")
	}
	h.m.options.CanLeave = true
	h.status(open())
	h.press("q", "ctrl+c")
	if h.m.leaving {
		t.Fatal("a key left an open session")
	}
	h.status(ready())
	h.clickOn(idLeave)
	if !h.m.leaving || h.m.end != nil {
		t.Fatal("whoever started the trial cannot leave it")
	}
}

func TestTheLanguageIsOneKeyAway(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.press("4")
	h.titled("Welcome")
	h.press("4")
	h.titled("Bienvenue")
}
