package kiosk

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"estran/session"
)

func TestTheEndOfAHelp(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Accompany))
	h.press("f")
	h.titled("J’accompagne")
	h.sees("Après : 0 sur 4")
	h.press("enter")
	h.titled("Compter cette aide")
	h.press("1")           // whom
	h.press("1", "b", "1") // about what, with a key of the other page and one taken back
	h.press("enter")
	h.called(callCount, 0)
	h.press("6", "4")
	h.called(callCount, 1)
	want := session.CountOptions{
		Kind: "individuel", Themes: []string{"parentalite"}, Age: "soixante_soixante_neuf", Status: "retraite",
	}
	if diff := cmp.Diff(want, h.station.said.counted); diff != "" {
		t.Errorf("something else was counted (-want +got):\n%s", diff)
	}
	h.titled("J’ai fini")
	h.sees("C’est compté. Merci.")
	h.press("esc")
	h.press("f") // not once more
	h.titled("J’ai fini")
	h.called(callEnd, 0)
}

// Every code can be tapped, in each question, and is what the station is told.
func TestEveryCodeHasItsTap(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 45}, {80, 3}} {
		for i, code := range session.ActivityThemes() {
			h := newHarness(t)
			h.size(size.w, size.h)
			h.taps("1", countKeys[i], "enter", "8", "5")
			h.called(callCount, 1)
			want := session.CountOptions{
				Kind: "individuel", Themes: []string{code}, Age: session.NotSaid, Status: session.NotSaid,
			}
			if diff := cmp.Diff(want, h.station.said.counted); diff != "" {
				t.Errorf("%s at %dx%d (-want +got):\n%s", code, size.w, size.h, diff)
			}
		}
	}
	for i, code := range session.ActivityAges() {
		h := newHarness(t)
		h.taps("2", "enter", countKeys[i], "1")
		if h.station.said.counted.Age != code || h.station.said.counted.Kind != "collectif" {
			t.Errorf("%s was counted as %+v", code, h.station.said.counted)
		}
	}
}

func TestTheThemesOfTheOtherPage(t *testing.T) {
	h := newHarness(t)
	h.taps("1")
	h.seesNot("Culture numérique")
	h.press("0")
	h.sees("Culture numérique")
	h.clickOn("culture_numerique")
	h.clickOn("parentalite")
	h.press("0")
	h.sees("Démarches en ligne")
	if got := h.m.top().screen.(*countScreen).o.Themes; len(got) != 2 {
		t.Errorf("the themes are %q", got)
	}
	h.press("e") // not said stands alone
	if got := h.m.top().screen.(*countScreen).o.Themes; len(got) != 1 || got[0] != session.NotSaid {
		t.Errorf("the themes are %q", got)
	}
	h.press("1")
	if got := h.m.top().screen.(*countScreen).o.Themes; len(got) != 1 || got[0] == session.NotSaid {
		t.Errorf("the themes are %q", got)
	}
}

func TestTheTapsCanBePassed(t *testing.T) {
	for _, key := range []string{"p", "f"} {
		h := newHarness(t)
		h.taps("1")
		h.press(key)
		h.titled("J’ai fini")
		h.called(callCount, 0)
		h.press("esc", "f")
		h.titled("J’ai fini")
	}
	h := newHarness(t)
	h.taps("1", "1", "enter")
	h.sees("3 sur 4")
	h.press("esc")
	h.sees("2 sur 4")
	h.press("esc", "esc")
	h.titled("Ma session")
	h.called(callCount, 0)
}

func TestACountThatFailsCanBeTriedAgain(t *testing.T) {
	h := newHarness(t)
	h.station.fail[callCount] = errors.New("odd")
	h.taps("1", "1", "enter", "1", "1")
	h.titled("Compter cette aide")
	h.sees("Cela n’a pas marché.")
	delete(h.station.fail, callCount)
	h.press("1")
	h.called(callCount, 2)
	h.titled("J’ai fini")

	h = newHarness(t)
	h.station.fail[callCount] = session.ErrState
	h.taps("1", "1", "enter", "1", "1")
	h.titled("J’ai fini")
	h.sees("Cette aide est déjà comptée.")
}

// A help that was not counted can be after the wipe, and from the space until the next session.
func TestAHelpIsCountedAfterTheWipe(t *testing.T) {
	h := newHarness(t)
	h.station.receipt = receipt()
	s := wiped()
	s.Agent.Uncounted = true
	h.status(s)
	h.clickOn("count")
	h.press("1", "1", "enter", "1", "1")
	h.called(callCount, 1)
	s.Agent.Uncounted = false
	h.status(s)
	h.titled("Tout est effacé")
	if hasZone(h, "count") {
		t.Error("it can be counted twice")
	}

	h = newHarness(t)
	r := attended(ready())
	r.Agent.Uncounted = true
	h.status(r)
	h.press("m", "9", "1", "1", "enter", "1", "1")
	h.called(callCount, 1)
	h.sees("C’est compté.")
}

// Alone, « J'ai fini » is as it always was, also with an agent near.
func TestNobodyCountsAVisitorAlone(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Alone))
	h.press("f")
	h.titled("J’ai fini")
}

// After « je fais » the sheet of what was done is one key away, before the taps.
func TestTheSheetOfWhatWasDoneComesFirst(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Act))
	h.press("f")
	h.sees("8  Ce qui a été fait")
	h.press("8")
	if h.title() == "Je fais" {
		t.Fatal("the sheet does not come")
	}
	h.press("esc")
	h.titled("Je fais")
	h.press("0")
	h.titled("Compter cette aide")
}

// Another situation has an end of its own.
func TestEachSituationHasItsEnd(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Train))
	h.press("f", "0", "p", "esc")
	h.titled("Ma session")
	h.press("m", "2")
	h.agree()
	h.status(inMode(session.Accompany))
	h.press("f")
	h.titled("J’accompagne")
	h.sees("Après : 0 sur 4")
}

// In large text too every answer can be reached, by its key and by the mouse.
func TestEveryAnswerCanBeReachedInLargeText(t *testing.T) {
	for _, keys := range [][]string{nil, {"1"}, {"1", "1", "enter"}, {"1", "1", "enter", "5"}} {
		h := newHarness(t)
		h.m.large = true
		h.taps(keys...)
		s := h.m.top().screen.(*countScreen)
		seen := map[string]bool{}
		for range 10 {
			for _, z := range h.m.zones() {
				seen[z.id] = true
			}
			if hasZone(h, "more") {
				h.clickOn("more")
			}
		}
		for _, code := range s.codes() {
			if !seen[code] {
				t.Errorf("%q is nowhere:\n%s", code, h.plain())
			}
		}
	}
	h := newHarness(t)
	h.m.large = true
	h.taps("1", "1", "enter", "6")
	h.sees("4 sur 4")
}
