package kiosk

import (
	"strings"
	"testing"

	"estran/assets"
)

// The way out is found by keys, by arrows, with the mouse, and on the bandeau.
func TestSigningOut(t *testing.T) {
	all := []string{
		"✓ Vous avez décoché", "✓ Vous avez cherché dans le menu", "✓ Vous avez reconnu le bon écran", "La croix ferme la fenêtre",
	}
	for name, play := range map[string]func(h *harness){
		"keys":   func(h *harness) { h.press("1", "2", "2", "4", "2") },
		"arrows": func(h *harness) { h.press("enter", "enter", "up", "enter", "right", "enter", "down", "enter") },
		"mouse": func(h *harness) {
			for _, id := range []string{"remember", "enter", "account", "link.3", "last.1"} {
				h.clickOn(id)
			}
		},
		"bandeau": func(h *harness) {
			h.size(80, 3)
			h.press("1", "2", "2")
			h.press("tab", "enter", "tab", "enter")
			h.size(80, 24)
		},
		"narrow": func(h *harness) { h.size(40, 15); h.press("1", "2", "2", "4", "2"); h.size(80, 24) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			h.signOut()
			h.titled("Où se déconnecter ?")
			play(h)
			for _, text := range all {
				h.reads(text)
			}
			h.press("1")
			h.reads("Une case est cochée")
			h.reads("[x] Se souvenir de moi")
		})
	}
}

// The cross closes the window only: the exercise says so, shows what the next person sees, and goes on.
func TestTheCrossDoesNotSignOut(t *testing.T) {
	h := newHarness(t)
	h.signOut("1", "2", "1")
	h.reads("! La fenêtre est fermée, mais le compte reste ouvert.")
	h.reads("Souvent, la personne suivante voit encore ceci :")
	h.reads("Bonjour Léa.")
	h.press("enter")
	h.reads("Léa a fini.")
	h.press("2", "4", "2")
	h.reads("! Déconnectez-vous d’abord, fermez ensuite.")
	h.reads("✓ Vous avez décoché")
}

// A box that stays ticked, and a screen that says nothing, are told when they are chosen and at the end.
func TestSigningOutTellsKindly(t *testing.T) {
	h := newHarness(t)
	h.signOut("2")
	h.reads("! La case cochée garde le compte ouvert.")
	h.press("3")
	h.reads("! Cette page montre vos livres. Cherchez encore.")
	h.press("2", "3")
	h.reads("! Ici, on change son adresse. Cherchez encore.")
	h.press("4")
	h.reads("✓ Oui")
	h.press("1")
	h.reads("! Le nom de Léa est encore en haut.")
	h.press("3")
	h.reads("! Cet écran ne dit rien")
	h.press("2")
	for _, text := range []string{"! La prochaine fois, décochez", "✓ Vous avez cherché dans le menu", "! Un doute ?"} {
		h.reads(text)
	}
}

// Nothing is given away before it is found, and Enter alone does not fall into the trap of the cross.
func TestTheWayOutIsHidden(t *testing.T) {
	for _, lang := range assets.Languages() {
		h := newHarness(t)
		h.status(open())
		h.m.lang = lang
		h.signOut("1", "2")
		for _, l := range assets.SignOutSite(lang).Menu {
			h.seesNot(l.Label)
		}
		h.press("enter")
		if s := h.m.top().screen.(*signOutScreen); s.stage != signOutInside || s.closed {
			t.Errorf("Enter closed the window: %+v", s)
		}
	}
}

// The exercise takes only what is on the page.
func TestSigningOutTakesOnlyWhatItOffers(t *testing.T) {
	w := &newHarness(t).m.world
	s := newSignOutScreen().(*signOutScreen)
	for _, id := range []string{"again", "cross", "account", "link.3", "last.1", "reopen", "anything"} {
		s.pick(w, id)
	}
	if s.stage != signOutEnter || s.menu || s.closed {
		t.Errorf("before entering: %+v", s)
	}
	s.pick(w, "enter")
	for _, id := range []string{"link.3", "link.2", "last.1", "again", "reopen", "remember"} {
		s.pick(w, id)
	}
	if s.stage != signOutInside || s.menu {
		t.Errorf("behind a menu that is closed: %+v", s)
	}
}

// The address belongs to nobody, and shows whole where the page is drawn.
func TestTheSiteIsInvented(t *testing.T) {
	for _, lang := range assets.Languages() {
		h := newHarness(t)
		h.status(open())
		h.m.lang = lang
		h.signOut("1", "2")
		if at := assets.SignOutSite(lang).Address; !strings.HasSuffix(at, ".example") || !strings.Contains(h.plain(), at) {
			t.Errorf("the address %s is not on the page:\n%s", at, h.plain())
		}
	}
}
