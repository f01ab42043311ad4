package kiosk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// The step below is always one key away, down to doing it alone.
func TestTheStepBelowIsOneKeyAway(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.sees("Et si elle essayait ?")
	h.press("9")
	h.titled("J’accompagne")
	h.press("9")
	h.titled("Je forme")
	h.press("9")
	h.called(callSignOut, 1)
	h.titled("Les règles")
}

func TestTheStepBelowFromTheModesGoesBackThere(t *testing.T) {
	h := newHarness(t)
	h.status(attended(ready()))
	h.press("1")
	h.accept()
	h.press("2", "9")
	h.called(callSignOut, 1)
	h.titled("Comment voulez-vous faire ?")
}

// In « je fais » Enter takes the step below: what is the last resort is chosen by its own key.
func TestEnterNeverLeadsToJeFais(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.press("enter")
	h.titled("J’accompagne")
}

func TestJeFaisCanBeSwitchedOff(t *testing.T) {
	for _, rule := range []session.ActRule{"off", "", "odd"} {
		h := newHarness(t)
		h.m.options.Config.Assist.Act = rule
		h.space(session.Activity{})
		h.press("3")
		h.titled("Espace médiateur")
		h.sees("Votre structure ne propose pas cette façon.")
		h.status(inMode(session.Accompany))
		h.press("m", "3")
		h.titled("Espace médiateur")

		h = newHarness(t)
		h.m.options.Config.Assist.Act = rule
		h.status(possible(ready()))
		h.press("1")
		h.accept()
		h.press("4")
		h.titled("Comment voulez-vous faire ?")
		h.called(callSignIn, 0)
	}
}

func TestChangingTheSituationInASession(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	h.press("m", "1")
	h.titled("Je forme")
	h.agree()
	h.called(callSetMode, 1)
	h.called(callOpen, 0)
	if h.station.said.mode != session.Train {
		t.Errorf("the mode %d was asked for", h.station.said.mode)
	}
	h.status(inMode(session.Train))
	h.titled("Ma session")
	h.sees("La session continue ainsi : Je forme.")

	h.clickOn("aid")
	h.titled("Je forme")
	h.press("9") // alone
	h.called(callSetMode, 2)
	if h.station.said.mode != session.Alone {
		t.Errorf("the mode %d was asked for", h.station.said.mode)
	}
	h.status(inMode(session.Alone))
	h.titled("Ma session")
	h.sees("La personne continue seule.")
}

// The browser of one set of limits is closed before there is another.
func TestTheBrowserIsClosedBeforeJeFais(t *testing.T) {
	h := newHarness(t)
	s := inMode(session.Accompany)
	s.Browser = windowOpen
	h.status(s)
	h.press("esc")
	h.drain(h.m.beginAct([]session.Private{"caf.fr", "ameli.fr"}, true))
	h.m.fresh = false
	h.called(callCloseBrowser, 1)
	h.called(callSetMode, 0)
	h.sees("Internet se ferme d’abord.")
	s.Browser.State = session.BrowserClosing
	h.status(s)
	h.called(callSetMode, 0)
	s.Browser.State = session.BrowserClosed
	h.status(s)
	h.called(callSetMode, 1)
	if diff := cmp.Diff([]session.Private{"caf.fr", "ameli.fr"}, h.station.said.act.Sites); diff != "" || !h.station.said.act.Mandate {
		t.Errorf("the station was not told of the mandate:\n%s", diff)
	}
	s.Mode = session.Act
	h.status(s)
	h.titled("Ma session")
	h.sees("Mandat : caf.fr, ameli.fr")
}

func TestJeFaisThatIsRefusedCanBeTriedAgain(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callSetMode] = session.ErrMandate
	h.acting("caf.fr")
	h.sees("Il faut d’abord un mandat signé.")
	h.press("?", "esc")
	h.called(callSetMode, 1)
	delete(h.station.fail, callSetMode)
	h.press("1")
	h.called(callSetMode, 2)
	h.status(inMode(session.Act))
	h.titled("Ma session")
}

func TestABrowserThatOpensMeanwhileIsClosedToo(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callSetMode] = session.ErrBrowserOpen
	h.acting("caf.fr")
	h.sees("Fermez d’abord la fenêtre d’internet.")
	s := inMode(session.Accompany)
	s.Browser = windowOpen
	h.status(s)
	delete(h.station.fail, callSetMode)
	h.clickOn("again")
	h.called(callCloseBrowser, 1)
	h.status(inMode(session.Accompany))
	h.called(callSetMode, 2)
}

func TestWithoutAMandateWhereTheStructureAllowsIt(t *testing.T) {
	h := newHarness(t)
	h.m.options.Config.Assist.Act = "optional"
	h.status(inMode(session.Accompany))
	h.press("m", "3")
	h.agree()
	h.titled("Avec un mandat ?")
	h.press("2")
	h.called(callSetMode, 1)
	if a := h.station.said.act; a.Mandate || len(a.Sites) > 0 || h.station.said.mode != session.Act {
		t.Errorf("the station was told %+v", a)
	}
	h.status(inMode(session.Act))
	h.seesNot("Mandat")
}
