package kiosk

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"estran/assets"
	"estran/session"
)

// reads fails unless the text is on the terminal, whatever its spaces are.
func (h *harness) reads(text string) {
	h.t.Helper()
	plain := strings.NewReplacer(assets.NoBreakSpace, " ")
	if !strings.Contains(plain.Replace(h.plain()), plain.Replace(text)) {
		h.t.Errorf("%q is not on the terminal:\n%s", text, h.plain())
	}
}

func TestMessagesAreSorted(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(m assets.Message) string
		sees   []string
	}{
		{
			"all right", func(m assets.Message) string { return map[bool]string{true: "2", false: "1"}[m.False] },
			[]string{"Vous avez reconnu 8 messages sur 8.", "Bravo, vous savez les reconnaître."},
		},
		{
			"all wrong", func(m assets.Message) string { return map[bool]string{true: "1", false: "2"}[m.False] },
			[]string{"Vous avez reconnu 0 message sur 8.", "Ces messages sont bien faits."},
		},
		{"all false", func(assets.Message) string { return "2" }, []string{"Vous avez reconnu 5 messages sur 8."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHarness(t)
			h.try(4)
			for _, m := range assets.Messages("fr") {
				h.reads(m.Subject)
				for _, clue := range m.Clues {
					if strings.Contains(h.plain(), clue) {
						t.Errorf("the clue %q is there before the answer", clue)
					}
				}
				answer := c.answer(m)
				h.press(answer)
				for _, clue := range m.Clues {
					h.reads(clue)
				}
				if right := (answer == "2") == m.False; right {
					h.reads("✓ Oui, bien vu.")
				} else {
					h.reads("! Celui-ci")
				}
				h.press("enter")
			}
			for _, text := range append(c.sees, "Un doute ? Allez vous-même") {
				h.reads(text)
			}
			h.press("1")
			h.reads("1 sur 8")
		})
	}
}

func TestFormIsFilledIn(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(f assets.Field) string
		sees   []string
	}{
		{"just what is needed", func(f assets.Field) string {
			if f.Tick {
				return "1"
			}
			return map[bool]string{true: "1", false: "2"}[f.Required]
		}, []string{"Vous avez donné 3 informations sur 6.", "✓ Bravo"}},
		{"everything", func(f assets.Field) string {
			if f.Tick {
				return "2"
			}
			return "1"
		}, []string{"Vous avez donné 6 informations sur 6.", "! Vous pouviez garder", "[x]"}},
		{"nothing", func(f assets.Field) string {
			if f.Tick {
				return "1"
			}
			return "2"
		}, []string{"Vous avez donné 0 information sur 6.", "! Une case avec une étoile", "[ ]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHarness(t)
			h.try(10)
			for _, f := range assets.SignUpForm("fr").Fields {
				if strings.Contains(h.plain(), f.Why) {
					t.Errorf("the reason %q is there before the answer", f.Why)
				}
				h.press(c.answer(f))
				h.reads(f.Why)
				h.press("enter")
			}
			for _, text := range c.sees {
				h.reads(text)
			}
			h.press("1")
			h.reads("Que faites-vous de cette case")
		})
	}
}

// An exercise takes no answer twice, and none that it did not offer.
func TestExercisesTakeOnlyWhatTheyOffer(t *testing.T) {
	w := &newHarness(t).m.world
	message := newMessageScreen().(*messageScreen)
	for _, id := range []string{"again", "next", "anything", "false", "true", "false", "again"} {
		message.pick(w, id)
	}
	if message.n != 0 || len(message.answers) != 1 || !message.answers[0] {
		t.Errorf("the messages stand at %d with the answers %v", message.n, message.answers)
	}
	form := newFormScreen().(*formScreen)
	for _, id := range []string{"again", "next", "anything", "leave", "fill", "again"} {
		form.pick(w, id)
	}
	if form.n != 0 || len(form.filled) != 1 || form.filled[0] {
		t.Errorf("the form stands at %d with %v", form.n, form.filled)
	}
}

// Exercises are games: the station hears nothing of them but that somebody is there.
func TestExercisesCallNothing(t *testing.T) {
	for _, s := range learning() {
		h := inScene(t, s, 80, 24, "fr", false, calm)
		for _, c := range h.station.calls {
			if c != string(callTouch) {
				t.Errorf("%s calls %q", s.name, c)
			}
		}
	}
}

// passwordTyped opens the exercise of tip 6 and types, and gives the screen with all the room that its text ever had.
func passwordTyped(h *harness, text string) (*passwordScreen, []rune) {
	h.t.Helper()
	h.try(6)
	h.write(text)
	s := h.m.top().screen.(*passwordScreen)
	return s, s.typed.runes[:cap(s.typed.runes)]
}

func TestPasswordIsHiddenUntilShown(t *testing.T) {
	h := newHarness(t)
	passwordTyped(h, "kZ7!bQ9#")
	h.reads("●●●●●●●●")
	if strings.Contains(h.plain(), "kZ7") {
		t.Errorf("what is typed shows:\n%s", h.plain())
	}
	h.press("f2")
	h.reads("kZ7!bQ9#")
	h.press("f2")
	if strings.Contains(h.plain(), "kZ7") {
		t.Errorf("what is typed still shows:\n%s", h.plain())
	}
}

// Every way out overwrites what was typed, and what was typed and taken back.
func TestPasswordIsOverwritten(t *testing.T) {
	for name, leave := range map[string]func(h *harness){
		"Esc":           func(h *harness) { h.press("esc") },
		"pause":         func(h *harness) { h.status(session.Status{State: session.Paused}) },
		"wipe":          func(h *harness) { h.status(wiping(0)) },
		"stop":          func(h *harness) { h.status(session.Status{State: session.Stopped, Fault: session.FaultWipe}) },
		"home":          func(h *harness) { h.drain(h.m.home()) },
		"broken kiosk":  func(h *harness) { h.m.breakDown() },
		"phrase on top": func(h *harness) { h.clickOn("propose"); h.press("esc") },
	} {
		h := newHarness(t)
		s, room := passwordTyped(h, "kZ7!bQ9#mV2?")
		h.press("backspace", "backspace")
		leave(h)
		for i, r := range room {
			if r != 0 {
				t.Errorf("%s: character %d is still %q", name, i, r)
				break
			}
		}
		if s.measure.characters != 0 || len(s.typed.runes) != 0 {
			t.Errorf("%s: the measure still says %+v", name, s.measure)
		}
	}
}

// All that can be typed is typed: figures and letters choose nothing here.
func TestPasswordTakesEveryCharacter(t *testing.T) {
	h := newHarness(t)
	const text = "1?fF &é\"'(-è_ç à)€ü/"
	s, _ := passwordTyped(h, text)
	if got := string(s.typed.runes); got != text {
		t.Errorf("typed %q, kept %q", text, got)
	}
	h.press("backspace")
	if got, want := string(s.typed.runes), strings.TrimSuffix(text, "/"); got != want {
		t.Errorf("after Backspace %q, want %q", got, want)
	}
	h.press("f1")
	h.reads("Ceci est un jeu")
	h.press("esc")
	if got, want := string(s.typed.runes), strings.TrimSuffix(text, "/"); got != want {
		t.Errorf("after the help %q, want %q", got, want)
	}
	h.send(tea.KeyPressMsg{Code: 'x', Text: "\x1b\x00"})
	if strings.ContainsAny(string(s.typed.runes), "\x1b\x00") {
		t.Error("a control character was typed")
	}
}

func TestPasswordHasRoomFor80(t *testing.T) {
	h := newHarness(t)
	s, room := passwordTyped(h, strings.Repeat("ab", 60))
	if len(s.typed.runes) != typedMax || &s.typed.runes[0] != &room[0] {
		t.Errorf("%d characters are kept, or they moved", len(s.typed.runes))
	}
	h.reads("C’est déjà très long.")
}

func TestPhraseIsProposed(t *testing.T) {
	h := newHarness(t)
	s, _ := passwordTyped(h, "abc")
	h.clickOn("propose")
	first := string(s.typed.runes)
	h.reads(first)
	h.reads("✓ Solide")
	h.reads("✓ Voici 7 mots tirés au hasard.")
	h.clickOn("propose")
	if second := string(s.typed.runes); second == first {
		t.Errorf("the phrase %q was drawn twice", second)
	}
	h.write("x")
	if got := string(s.typed.runes); got != "x" {
		t.Errorf("after a phrase, typing gives %q", got)
	}
	h.clickOn("propose")
	h.press("backspace")
	if got := string(s.typed.runes); got != "" {
		t.Errorf("after a phrase, Backspace leaves %q", got)
	}
}

// The measure says why, in words, and what to do is never to change a password that is merely old.
func TestPasswordSaysWhy(t *testing.T) {
	h := newHarness(t)
	passwordTyped(h, "Motdepasse1!")
	h.reads("✗ Facile à deviner")
	h.reads("Beaucoup de gens prennent celui-ci.")
	h.reads("Ajoutez encore 9 caractères.")
	h.reads("Changez-le si quelqu’un le connaît.")
	h.reads("Rien n’est gardé, rien n’est envoyé.")
}
