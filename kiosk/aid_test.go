package kiosk

import (
	"testing"
	"time"

	"estran/session"
)

// agree goes through what comes before a situation, and lets the visitor say yes.
func (h *harness) agree() {
	h.t.Helper()
	h.press("0", "0")
	h.titled("Votre accord")
	h.advance(Grace)
	h.press("1")
	h.accept()
}

func TestASessionWithAnAgentBegins(t *testing.T) {
	for key, want := range map[string]session.Mode{"1": session.Train, "2": session.Accompany} {
		h := newHarness(t)
		h.before(key)
		h.called(callOpen, 0)
		h.agree()
		h.called(callOpen, 1)
		if got := h.station.opened.Mode; got != want {
			t.Errorf("the session is opened in the mode %d, not %d", got, want)
		}
		h.status(inMode(want))
		if want == session.Train {
			h.press("esc")
		}
		h.titled("Ma session")
		h.sees("L’aide de l’agent")
	}
}

func TestJeFaisBeginsAsAccompanyAndThenTheMandate(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.agree()
	if got := h.station.opened.Mode; got != session.Accompany {
		t.Errorf("the session is opened in the mode %d", got)
	}
	h.status(inMode(session.Accompany))
	if _, ok := h.m.top().screen.(agentOnly); !ok || len(h.m.stack) != 2 {
		t.Fatalf("the mandate does not come next:\n%s", h.plain())
	}
	h.called(callSetMode, 0)
	// Once only: a pause brings Ma session back, not the mandate.
	h.status(session.Status{State: session.Paused, PauseTries: 3, PauseLeft: time.Minute})
	h.status(inMode(session.Accompany))
	h.titled("Ma session")
}

func TestASessionThatDoesNotOpenForgetsTheMandate(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callOpen] = session.ErrAgentNeeded
	h.before("3")
	h.agree()
	h.sees("Un agent doit d’abord ouvrir son espace.")
	if h.m.aid.act {
		t.Error("the mandate would come in the next session")
	}
}

// What is not ticked is said once, and keeps nobody.
func TestWhatIsNotTickedIsSaidOnce(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1", "2")
	h.press("0")
	h.titled("J’accompagne")
	h.sees("Il reste 2 points.")
	h.press("0")
	h.titled("Votre accord")
	h.press("esc")
	h.titled("Votre accord") // still deaf
	h.advance(Grace)
	h.press("esc")
	h.titled("C’est noté")

	h = newHarness(t)
	h.before("2")
	h.press("1", "2", "3", "4", "enter")
	h.titled("Votre accord")
}

func TestTicksAreTickedInManyWaysAndKeptWithTheSession(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	ticks := func(want int) {
		t.Helper()
		n := 0
		for _, on := range h.m.aid.ticked {
			n += boolInt(on)
		}
		if n != want {
			t.Fatalf("%d points are ticked, not %d:\n%s", n, want, h.plain())
		}
	}
	h.press("1")
	ticks(1)
	h.clickOn(rowID(1))
	ticks(2)
	h.press("down", "enter")
	ticks(3)
	h.press("space")
	ticks(2)
	h.agree()
	h.status(inMode(session.Accompany))
	ticks(2)
	h.status(wiping(0))
	h.status(wiped())
	h.status(ready())
	ticks(0)
}

// Backing out to Bienvenue leaves nothing ticked for the next visitor.
func TestBienvenueForgetsTicks(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1", "esc", "esc")
	h.titled("Bienvenue")
	if len(h.m.aid.ticked) > 0 {
		t.Error("ticks of an earlier help are still there")
	}
}

// « Non » is what Enter takes: it changes nothing, and nobody is blamed.
func TestTheVisitorMaySayNo(t *testing.T) {
	for _, key := range []string{"1", "2", "3"} {
		h := newHarness(t)
		h.before(key)
		h.press("0", "0")
		h.titled("Votre accord")
		h.press("1", "enter") // what was held down is not an answer
		h.titled("Votre accord")
		h.advance(Grace)
		h.press("enter")
		h.titled("C’est noté")
		h.called(callOpen, 0)
		h.press("1")
		h.sees("Comment aidez-vous la personne ?")
	}
}

func TestAVisitorWhoSaidNoMayDoItAlone(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("0", "0")
	h.advance(Grace)
	h.press("2", "2")
	h.called(callSignOut, 1)
	h.titled("Les règles")
	h.status(possible(ready()))
	h.titled("Les règles")
}

func TestClosingTheSpace(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	h.press("m", "0")
	h.called(callSignOut, 1)
	h.status(possible(open()))
	h.titled("Ma session")
	h.sees("Votre session continue.")
	h.seesNot("Agent présent")

	h = newHarness(t)
	h.status(attended(ready()))
	h.press("x")
	h.called(callSignOut, 1)
}

func TestClosingTheSpaceInJeFaisClosesItsBrowserFirst(t *testing.T) {
	h := newHarness(t)
	s := inMode(session.Act)
	s.Browser = windowOpen
	h.status(s)
	h.press("esc", "m", "0")
	h.called(callCloseBrowser, 1)
	h.called(callSignOut, 0)
	h.status(inMode(session.Act))
	h.called(callSignOut, 1)
	h.status(possible(open()))
	h.titled("Ma session")
}

// A screen that is for agents goes when nobody is signed in any more: after a while, the station says so by itself.
func TestTheScreensOfAnAgentGoWithTheAgent(t *testing.T) {
	for _, keys := range [][]string{{"m"}, {"m", "2"}, {"m", "2", "0", "0"}} {
		h := newHarness(t)
		h.status(attended(ready()))
		h.press(keys...)
		h.status(possible(ready()))
		h.titled("Bienvenue")
		h.sees("L’espace médiateur est fermé.")
	}
	h := newHarness(t)
	h.status(inMode(session.Train))
	h.press("4")
	h.status(possible(open()))
	h.titled("Mes documents") // that is the visitor's
}

// A kiosk that starts in mid-session has lost ticks, and nothing else.
func TestAKioskThatStartsWhileAnAgentHelps(t *testing.T) {
	for _, c := range []struct {
		mode     session.Mode
		sees, no string
	}{
		{session.Alone, "8  Espace médiateur", "T  Plus de temps"},
		{session.Train, "8  La leçon", "Mandat"},
		{session.Accompany, "8  L’aide de l’agent", "La leçon"},
		{session.Act, "8  L’aide de l’agent", "Mandat"},
		{session.Mode(77), "8  Espace médiateur", "T  Plus de temps"},
	} {
		h := newHarness(t)
		h.status(inMode(c.mode))
		h.titled("Ma session")
		h.sees("✓ Agent présent")
		h.sees(c.sees)
		h.seesNot(c.no)
		if c.mode == session.Train || c.mode == session.Accompany || c.mode == session.Act {
			h.clickOn("aid")
			h.titled(h.m.t("situation." + string(situationOf(c.mode)) + ".title"))
			h.sees("Pendant : 0 sur 4")
		}
	}
	h := newHarness(t)
	s := inMode(session.Act)
	s.Browser.Limited = true
	h.status(s)
	h.sees("Seulement les sites du mandat")
}

// An assisted mode that the station tells without an agent gives nobody an agent's rights.
func TestAModeAloneGivesNoRight(t *testing.T) {
	h := newHarness(t)
	s := open()
	s.Mode = session.Act
	h.status(s)
	h.seesNot("Plus de temps")
	h.seesNot("L’aide de l’agent")
	h.press("m", "t")
	h.titled("Ma session")
	h.called(callExtend, 0)
}

func TestTheSitesOfAMandateGoWithTheSession(t *testing.T) {
	h := newHarness(t)
	h.acting("caf.fr")
	h.status(inMode(session.Act))
	h.sees("Mandat : caf.fr")
	h.status(wiping(0))
	if len(h.m.aid.sites) > 0 {
		t.Error("the sites are still in memory")
	}
}

// On a screen where letters are typed, no letter says that it does something else.
func TestNoLetterIsAChoiceWhereOneTypes(t *testing.T) {
	h := newHarness(t)
	h.status(possible(open()))
	h.press("8")
	for _, z := range h.m.zones() {
		if len(z.key) == 1 {
			t.Errorf("the key %q is said to mean %s", z.key, z.id)
		}
	}
	h.sees("F1 Aide")
}
