package kiosk

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

// Many services are entered through FranceConnect: without its site, a mandate for the CAF ends on its first page.
func TestFranceConnectIsOneTick(t *testing.T) {
	h := newHarness(t)
	papers := h.wizard(keysFormalities...)
	h.sees("☐ FranceConnect")
	h.press("2")
	h.sees("☑ FranceConnect")
	h.press("enter", "enter", "enter", "enter")
	h.names()
	h.asks(stepPreview)
	h.sees("franceconnect.gouv.fr")
	h.press("enter", "enter", "1")
	if want := []session.Private{"caf.fr", "franceconnect.gouv.fr"}; !cmp.Equal(papers.act.Sites, want) {
		t.Errorf("the browser is held to %d sites: %v", len(papers.act.Sites), papers.act.Mandate)
	}
}

func TestFranceConnectIsThereOnce(t *testing.T) {
	h := newHarness(t)
	h.wizard(keysFormalities...)
	h.clickOn("add")
	h.write("https://app.franceconnect.gouv.fr/login")
	h.press("enter")
	h.sees("☑ FranceConnect")
	h.seesNot("app.franceconnect.gouv.fr")
	h.clickOn("connect")
	if got := h.draft().hosts(&h.m.world); len(got) != 1 {
		t.Errorf("%d sites are left, not 1", len(got))
	}
}

// The name of every official site can be read where a service is chosen.
func TestNamesOfServicesAreWhole(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {100, 30}, {160, 45}} {
		h := newHarness(t)
		h.size(size.w, size.h)
		h.wizard(append(keysProtection[:6:6], "3")...)
		for _, site := range h.m.options.Config.Sites {
			for _, word := range strings.Fields(site.Name) {
				h.sees(word)
			}
		}
		h.sees("Autre service")
	}
}

// The status may come before the answer: the bandeau recalls the sites all the same.
func TestTheSitesOfTheMandateAreKnownWhenTheStatusComesFirst(t *testing.T) {
	h := newHarness(t)
	h.acted("caf.fr", "ameli.fr")
	h.titled("Ma session")
	h.sees("Mandat : caf.fr, ameli.fr")
}

// In « je fais » the official sites are those of the mandate: the others would not open.
func TestOfficialSitesAreThoseOfTheMandate(t *testing.T) {
	h := newHarness(t)
	h.acted("caf.fr", "mairie.example")
	h.press("2")
	h.titled("Sites officiels")
	h.sees("CAF")
	h.seesNot("Ameli")
	h.sees("Les sites du mandat")
	h.press("1", "enter")
	if got := h.station.browse.Site; h.m.options.Config.Sites[got-1].Name != "CAF" {
		t.Errorf("the site %d is opened", got)
	}
	h = newHarness(t)
	h.acted("mairie.example")
	h.press("2")
	h.sees("Aucun site officiel n’est dans le mandat.")
}

// A browser that cannot be held to the sites is no dead end, and nothing sends the agent to an agent.
func TestWithoutALimitThereIsAnotherWay(t *testing.T) {
	h := newHarness(t)
	h.acted("caf.fr")
	h.station.fail[callBrowse] = session.ErrNoBrowser
	h.press("1", "enter")
	s := acting()
	s.Browser.Problem = session.BrowserNoLimit
	h.status(s)
	h.titled("Internet")
	h.seesNot("Demandez à un agent")
	h.seesNot("Ouvrir de nouveau")
	h.clickOn("ways")
	h.titled("Espace médiateur")
}

// acted is a session in which the agent acts on these sites; its status came before the answer of the station.
func (h *harness) acted(sites ...session.Private) {
	h.t.Helper()
	h.status(inMode(session.Accompany))
	cmd := h.m.beginAct(sites, true)
	h.status(inMode(session.Act))
	h.drain(cmd)
	h.m.fresh = false
}

// FranceConnect leads to the account of another service: the two of most people are one tick each, and not before.
func TestTheAccountBehindFranceConnectIsOneTick(t *testing.T) {
	h := newHarness(t)
	papers := h.wizard(keysFormalities...)
	h.seesNot("impots.gouv.fr")
	h.press("2")
	h.sees("☐ impots.gouv.fr")
	h.sees("☐ ameli.fr")
	h.press("3")
	h.sees("☑ impots.gouv.fr")
	h.clickOn("add")
	h.write("www.ameli.fr")
	h.press("enter")
	h.sees("☑ ameli.fr")
	h.press("4") // as it is there already, it is the same tick
	h.sees("☐ ameli.fr")
	h.press("enter", "enter", "enter", "enter")
	h.names()
	h.press("enter", "enter", "1")
	if want := []session.Private{"caf.fr", "franceconnect.gouv.fr", "impots.gouv.fr"}; !cmp.Equal(papers.act.Sites, want) {
		t.Errorf("the browser is held to %d sites", len(papers.act.Sites))
	}
}

// Without FranceConnect its accounts are no sites of the mandate.
func TestWithoutFranceConnectItsAccountsAreNone(t *testing.T) {
	h := newHarness(t)
	h.wizard(keysFormalities...)
	h.press("2", "3", "2")
	if got := h.draft().hosts(&h.m.world); !cmp.Equal(got, []session.Private{"caf.fr"}) {
		t.Errorf("%d sites are left", len(got))
	}
}
