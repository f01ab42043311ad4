package kiosk

import (
	"testing"
	"time"

	"estran/session"
)

func TestTheReceiptCanBeReadAgain(t *testing.T) {
	h := newHarness(t)
	h.wiped()
	h.press("enter")
	h.called(callDismiss, 1)
	h.status(readyWithReceipt())
	h.titled("Bienvenue")
	h.sees("Le dernier reçu")
	h.press("r")
	h.titled("Le dernier reçu")
	h.sees("Vos documents sont effacés.")
	h.press("esc")
	h.titled("Bienvenue")
	h.clickOn(idReceipt)
	h.titled("Le dernier reçu")
	h.advance(lapseAfter + time.Second)
	h.titled("Bienvenue")
	h.called(callDismiss, 1)
}

// How the session ended concerns its visitor alone.
func TestTheReceiptReadAgainTellsNotHowTheSessionEnded(t *testing.T) {
	h := newHarness(t)
	h.lastReceipt()
	for _, end := range []session.EndReason{session.EndIdle, session.EndCode, session.EndTime} {
		h.m.status.End = end
		h.m.fresh = false
		h.seesNot(h.m.t("ended." + string(end)))
	}
	h.seesNot(h.m.t("wiped.take"))
}

func TestWithoutAReceiptNoneIsOffered(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.seesNot("Le dernier reçu")
	h.press("r")
	h.titled("Bienvenue")
	h.status(open())
	h.press("r")
	h.titled("Ma session")
}

// The next visitor's session takes the receipt of the one before away, whoever reads it.
func TestTheReceiptGoesWithTheNextVisitor(t *testing.T) {
	h := newHarness(t)
	h.lastReceipt()
	h.status(open())
	h.titled("Ma session")
	h.status(ready())
	h.seesNot("Le dernier reçu")
}

// A receipt that did not come says so, and claims nothing.
func TestAReceiptThatDoesNotComeClaimsNothing(t *testing.T) {
	h := newHarness(t)
	h.station.fail["receipt"] = session.ErrState
	h.status(readyWithReceipt())
	h.press("r")
	h.titled("Le dernier reçu")
	h.seesNot("rien trouvé")
}

func TestTheReceiptIsPrinted(t *testing.T) {
	h := newHarness(t)
	h.wiped()
	h.seesNot("Imprimer")
	s := wiped()
	s.Printer = true
	h.status(s)
	h.sees("Imprimer")
	h.clickOn("print")
	h.called(callPrintReceipt, 1)
	h.called(callTouch, 1) // to see that it is printed
	h.called(callDismiss, 0)
	h.sees("Le reçu part à l’imprimante.")
	h.station.fail[callPrintReceipt] = session.ErrLimit
	h.press("1")
	h.sees("déjà imprimé")
	h.station.fail[callPrintReceipt] = session.ErrNoPrinter
	h.press("1")
	h.sees(h.m.t("error.no-printer"))
}

func TestTheLastReceiptIsPrinted(t *testing.T) {
	h := newHarness(t)
	h.station.receipt = receipt()
	s := readyWithReceipt()
	s.Printer = true
	h.status(s)
	h.press("r", "1")
	h.called(callPrintReceipt, 1)
	h.called(callTouch, 0)
	h.titled("Le dernier reçu")
	h.sees("Le reçu part à l’imprimante.")
}
