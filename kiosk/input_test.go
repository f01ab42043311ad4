package kiosk

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestFiguresAreReadFromAnyKeyboard(t *testing.T) {
	for keyboard, row := range map[string]string{
		"QWERTY, and AZERTY with Shift": "1234567890",
		"AZERTY":                        "&é\"'(-è_çà",
		"AZERTY with Caps Lock":         "&É\"'(-È_ÇÀ",
		"Belgian":                       "&é\"'(§è!çà",
	} {
		want := 1
		for _, r := range row {
			got, ok := digit(tea.KeyPressMsg{Code: r, Text: string(r)})
			if !ok || got != want%10 {
				t.Errorf("%s: %q is read as %d, not %d", keyboard, r, got, want%10)
			}
			want++
		}
	}
	if got, ok := digit(tea.KeyPressMsg{Code: tea.KeyKp7}); !ok || got != 7 {
		t.Errorf("the 7 of the numeric pad is read as %d", got)
	}
	if _, ok := digit(tea.KeyPressMsg{Code: 'a', Text: "a"}); ok {
		t.Error("a letter is read as a figure")
	}
}

// Whoever goes away before a session leaves nothing to the next one, and reading the rules slowly is no going away.
func TestBienvenueIsAsAtFirstWhenNobodyIsThere(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.press("4", "2")
	h.titled("Welcome")
	h.press("1")
	h.advance(lapseAfter - time.Second)
	h.send(tea.MouseMotionMsg{X: 3, Y: 3})
	h.advance(lapseAfter - time.Second)
	h.titled("The rules")
	h.advance(2 * time.Second)
	h.titled("Bienvenue")
	if h.m.large {
		t.Error("the large text of the visitor before is still there")
	}
}

// A key that is held down, or hit twice, does not go through what it opens.
func TestWhatComesByItselfIsDeafAtFirst(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	s := open()
	s.TimeLeft, s.Ending = 5*time.Minute, true
	h.suddenly(s)
	h.titled("Bientôt fini")
	h.press("enter", "1", "esc")
	h.send(tea.MouseClickMsg{X: 10, Y: 18, Button: tea.MouseLeft})
	h.called(callExtend, 0)
	h.titled("Bientôt fini")
	h.advance(Grace - time.Millisecond)
	h.press("1")
	h.called(callExtend, 0)
	h.advance(time.Millisecond)
	h.press("1")
	h.called(callExtend, 1)
}

// The station hears of a busy visitor now and then, not at each key.
func TestTouchIsNotSentForEachKey(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	for range 100 {
		h.press("tab")
		h.advance(50 * time.Millisecond)
	}
	if got := h.station.count(callTouch); got < 1 || got > 2 {
		t.Errorf("%d touches in five seconds", got)
	}
}

func TestArrowsWalkTheTilesAndTabGoesRound(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	at := func(want string) {
		t.Helper()
		h.m.View()
		if got := h.m.focused().id; got != want {
			t.Fatalf("the focus is on %q, not %q", got, want)
		}
	}
	at("internet")
	h.press("right")
	at("sites")
	h.press("down")
	at("documents")
	h.press("left")
	at("medium")
	h.press("down", "down")
	at("finish")
	h.press("down")
	if id := h.m.focused().id; id != idFinish && id != idHelp {
		t.Fatalf("under the tiles is the bottom line, not %q", id)
	}
	h.m.top().focus = ""
	for range h.m.zones() {
		h.press("tab")
	}
	at("internet")
}

func TestTheFocusFollowsTheMouse(t *testing.T) {
	h := newHarness(t)
	h.status(open())
	h.m.View()
	for _, z := range h.m.zones() {
		h.send(tea.MouseMotionMsg{X: z.seen.x + 1, Y: z.seen.y + 1})
		h.m.View()
		if got := h.m.focused().id; got != z.id {
			t.Errorf("the mouse is on %q and the focus on %q", z.id, got)
		}
	}
}

// Twenty thousand files: the list goes to its end, and draws only what shows.
func TestALongListGoesToItsEnd(t *testing.T) {
	h := newHarness(t)
	h.station.files = manyFiles(20_000)
	s := open()
	s.Medium = checked()
	h.status(s)
	h.press("3", "end")
	h.sees("fichier numéro 19999.pdf")
	if n := len(h.m.zones()); n > 30 {
		t.Errorf("%d choices for what shows", n)
	}
	h.press("space")
	h.sees("1 fichier choisi")
	h.press("down") // on to the actions
	h.press("home")
	h.press("up", "pgdown")
	h.sees("fichier numéro")
}

// Resizing in a storm neither breaks nor loses where one is.
func TestAStormOfSizes(t *testing.T) {
	for _, s := range scenes() {
		h := inScene(t, s, 80, 24, "fr", false, calm)
		want := h.plain()
		for i := range 40 {
			h.size(1+(i*37)%170, 1+(i*17)%50)
		}
		h.size(80, 24)
		if got := h.plain(); got != want {
			t.Errorf("%s is not as it was:\n%s\n%s", s.name, want, got)
		}
	}
}
