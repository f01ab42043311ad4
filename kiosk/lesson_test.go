package kiosk

import (
	"fmt"
	"strings"
	"testing"

	"estran/assets"
	"estran/session"
)

// TestLessonPictures holds the lesson in English, and large as a group sees it.
func TestLessonPictures(t *testing.T) {
	for _, s := range lessonScenes() {
		inScene(t, s, 80, 24, assets.English, false, calm).golden(s.name + "-en")
		if strings.HasPrefix(s.name, "lecon") {
			inScene(t, s, 100, 30, assets.French, true, calm).golden(s.name + "-large")
			inScene(t, s, 160, 45, assets.French, true, calm).golden(s.name + "-large-160x45")
		}
	}
}

// TestLessonFits: on a whole terminal nothing of a lesson has to be scrolled, large or not: the agent points at it.
func TestLessonFits(t *testing.T) {
	for _, s := range lessonScenes() {
		h := inScene(t, s, 80, 24, assets.French, false, calm)
		for _, lang := range assets.Languages() {
			for _, large := range []bool{false, true} {
				h.dress(lang, large, calm)
				for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 33}, {160, 45}} {
					h.size(size[0], size[1])
					h.m.View()
					if n := h.m.frame.scrollMax; n > 0 {
						t.Errorf("%s in %s at %v, large=%v: %d rows are out of sight\n%s", s.name, lang, size, large, n, h.plain())
					}
				}
			}
		}
	}
}

func TestALessonGoesThroughTheTwelveTips(t *testing.T) {
	for _, who := range []string{"1", "2"} {
		h := newHarness(t)
		h.lesson()
		h.titled("La leçon")
		h.press(who, "enter")
		for n := range 12 {
			h.titled(fmt.Sprintf("La leçon : conseil %d sur 12", n+1))
			if who == "2" {
				h.press("enter")
			}
			h.press("enter")
		}
		h.titled("La leçon est finie")
		h.reads("✓ 12 conseils vus sur 12. 0 exercice vu sur 4.")
		h.press("esc")
		h.titled("La leçon")
		h.reads("✓ Je navigue")
		h.reads("✓ Je pars")
		h.reads("0 vu sur 4")
		h.press("esc")
		h.titled("Ma session")
	}
}

func TestTheAgentBeginsAnywhereAndGoesBothWays(t *testing.T) {
	h := newHarness(t)
	h.lesson("1")
	h.clickOn("group.signup")
	h.titled("Je m’inscris")
	h.clickOn("part.1")
	h.titled("La leçon : conseil 7 sur 12")
	h.clickOn("previous")
	h.titled("La leçon : conseil 6 sur 12")
	h.clickOn("next")
	h.titled("La leçon : conseil 7 sur 12")
	h.press("esc")
	h.titled("Je m’inscris")
	h.reads("✓ Un mot de passe solide")
	h.press("esc")
	h.titled("La leçon")
	h.reads("1 vu sur 5")
	h.clickOn("begin")
	h.titled("La leçon : conseil 7 sur 12")
	h.press("right", "right", "enter")
	h.titled("La leçon")
}

// To show something the agent goes to Ma session and comes back: the lesson is where it was. It goes with the session.
func TestALessonIsKeptForTheSession(t *testing.T) {
	h := newHarness(t)
	h.lesson("1", "1", "1", "1", "esc", "esc")
	h.titled("Ma session")
	h.lesson()
	h.reads("2 vus sur 5")
	h.press("enter")
	h.titled("La leçon : conseil 3 sur 12")
	h.status(session.Status{State: session.Paused})
	h.lesson()
	h.reads("2 vus sur 5")

	h.status(wiping(0))
	h.status(ready())
	h.lesson()
	h.reads("La leçon est pour qui ?")
	if l := h.m.world.lesson(); len(l.seen) > 0 || l.next > 0 {
		t.Errorf("the next session knows of the lesson: %+v", l)
	}
}

// Beside one person all that the agent needs is there at once, whole, on the smallest whole terminal.
func TestATipIsTaughtWhole(t *testing.T) {
	for _, lang := range assets.Languages() {
		for n, tip := range assets.Tips(lang) {
			h := newHarness(t)
			h.lesson("1")
			h.m.lang = lang
			h.drain(h.m.toTip(n))
			h.m.fresh = false
			cue := assets.LessonIn(lang).Cues[n]
			for _, text := range append([]string{tip.Title, tip.Why, cue.Ask}, append(tip.Advice, cue.Show...)...) {
				h.reads(text)
			}
		}
	}
}

// A group answers first: nothing of the answer shows before the agent asks for it.
func TestAGroupSeesTheQuestionFirst(t *testing.T) {
	for _, lang := range assets.Languages() {
		for n, tip := range assets.Tips(lang) {
			h := newHarness(t)
			h.lesson("2")
			h.m.lang = lang
			h.drain(h.m.toTip(n))
			h.m.fresh = false
			cue := assets.LessonIn(lang).Cues[n]
			for _, text := range append([]string{tip.Title, tip.Why}, append(cue.Answer, tip.Advice...)...) {
				h.seesNot(text)
			}
			h.press("1")
			for _, text := range append([]string{tip.Why}, append(cue.Answer, cue.Show...)...) {
				h.reads(text)
			}
			if !h.m.world.lesson().seen[tipPart(n)] {
				t.Errorf("tip %d was answered, and is not ticked", n+1)
			}
		}
	}
}

// Every question to a group and every tip in short has big letters, from the smallest whole terminal on.
func TestAGroupReadsBigLetters(t *testing.T) {
	for _, lang := range assets.Languages() {
		for n, cue := range assets.LessonIn(lang).Cues {
			for text, most := range map[string]int{cue.Short: 2, cue.AskAll: 3} {
				if lines, ok := bigLines(text, 76); !ok || len(lines) > most {
					t.Errorf("tip %d in %s: %q takes %d lines of big letters, %v", n+1, lang, text, len(lines), ok)
				}
			}
		}
	}
}

func TestBigLinesWrapWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		lines int
		ok    bool
	}{
		{"Oui", 76, 1, true},
		{"Oui ou non", 20, 2, true},
		{"Oui ou non", 4, 0, false}, // a word is wider than the line
		{"Anticonstitutionnellement", 60, 0, false},
		{"Oui ☺", 76, 0, false}, // no big form
		{"☺ oui", 76, 0, false},
	} {
		if lines, ok := bigLines(c.text, c.width); ok != c.ok || ok && len(lines) != c.lines {
			t.Errorf("%q in %d columns: %d lines, %v", c.text, c.width, len(lines), ok)
		}
	}
}

// A group is read to from far away; one person has the text as it was chosen.
func TestAGroupHasTheLargeLook(t *testing.T) {
	for _, large := range []bool{false, true} {
		h := newHarness(t)
		h.seated()
		h.status(open())
		h.m.large = large
		h.lesson("2")
		h.wants(Layout{Large: true})
		h.clickOn("one")
		h.wants(Layout{Large: large})
		h.clickOn("group")
		h.wants(Layout{Large: true})
	}
}

// What turns slides turns the tips for a group, one step a press; on a small terminal its keys scroll.
func TestALessonIsTurnedFromAfar(t *testing.T) {
	h := newHarness(t)
	h.lesson("2", "1")
	for n := range 12 {
		h.titled(fmt.Sprintf("La leçon : conseil %d sur 12", n+1))
		h.press("pgdown")
		h.titled(fmt.Sprintf("La leçon : conseil %d sur 12", n+1))
		h.reads("Pourquoi ?")
		h.press("pgdown")
	}
	h.titled("La leçon est finie")

	h = newHarness(t)
	h.lesson("2", "1", "pgdown", "pgdown", "pgdown", "pgup")
	h.titled("La leçon : conseil 1 sur 12")
	h.seesNot("Pourquoi ?")
	h.press("pgup")
	h.titled("La leçon : conseil 1 sur 12")
	h.size(40, 12)
	h.press("pgdown", "pgdown")
	h.size(80, 24)
	h.seesNot("Pourquoi ?")
}

// The four exercises are listed in the order of their tips; each opens, is ticked, and leads back.
func TestExercisesOfTheLesson(t *testing.T) {
	titles := []string{"Vrai ou faux message ?", "Un mot de passe solide", "Que faut-il remplir ?", "Où se déconnecter ?"}
	h := newHarness(t)
	h.lesson("1")
	h.clickOn("group.")
	for i, title := range titles {
		h.titled("Les exercices")
		h.reads(fmt.Sprintf(" %d  %s", i+1, title))
		h.press(fmt.Sprint(i + 1))
		h.titled(title)
		h.press("esc")
		h.reads("✓ " + title)
	}
	h.press("esc")
	h.reads("✓ Les exercices")

	// And from the tip that they belong to.
	h = newHarness(t)
	h.lesson("1")
	h.clickOn("group.leave")
	h.clickOn("part.1")
	h.clickOn("try")
	h.titled("Où se déconnecter ?")
	h.press("esc")
	h.titled("La leçon : conseil 12 sur 12")
	if !h.m.world.lesson().seen[exercisePart(assets.ExerciseSignOut)] {
		t.Error("the exercise was begun from its tip, and is not ticked")
	}
}

// A lesson tells the station nothing, but that somebody is there.
func TestALessonCallsNothing(t *testing.T) {
	for _, s := range lessonScenes() {
		h := inScene(t, s, 80, 24, assets.French, false, calm)
		for _, c := range h.station.calls {
			if c != string(callTouch) {
				t.Errorf("%s calls %q", s.name, c)
			}
		}
	}
}
