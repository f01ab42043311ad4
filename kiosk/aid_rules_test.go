package kiosk

import (
	"testing"

	"estran/session"
)

// A session that an agent opens has its rules too, once: they were not read on the way from Bienvenue.
func TestTheRulesAreAcceptedBeforeAnAgentOpensASession(t *testing.T) {
	for key, want := range map[string]session.Mode{"1": session.Train, "2": session.Accompany, "3": session.Accompany} {
		h := newHarness(t)
		h.before(key)
		h.press("0", "0")
		h.advance(Grace)
		h.press("1")
		h.titled("Les règles")
		h.called(callOpen, 0)
		h.accept()
		h.called(callOpen, 1)
		if got := h.station.opened.Mode; got != want {
			t.Errorf("the session is opened in the mode %d, not %d", got, want)
		}
	}
}

func TestTheRulesAreNotReadTwice(t *testing.T) {
	h := newHarness(t)
	h.status(attended(ready()))
	h.press("1")
	h.accept()
	h.press("3", "0", "0")
	h.titled("Votre accord")
	h.advance(Grace)
	h.press("1")
	h.called(callOpen, 1)
}

// Whoever does not accept them is back at the question, and nothing is opened.
func TestTheRulesOfAnAgentsSessionCanBeRefused(t *testing.T) {
	h := newHarness(t)
	h.before("3")
	h.press("0", "0")
	h.advance(Grace)
	h.press("1")
	h.titled("Les règles")
	h.press("esc")
	h.titled("Votre accord")
	h.press("esc")
	h.titled("Votre accord") // the hand that went back is no answer
	h.advance(Grace)
	h.press("esc")
	h.titled("C’est noté")
	h.called(callOpen, 0)
	if h.m.aid.act {
		t.Error("the mandate would come in the next session")
	}
}

// « J'apprends » begins with the lesson; Ma session is under it.
func TestJApprendsBeginsWithTheLesson(t *testing.T) {
	h := newHarness(t)
	h.before("1")
	h.agree()
	h.status(inMode(session.Train))
	h.titled("La leçon")
	h.press("esc")
	h.titled("Ma session")
}

// The help of an agent's screen does not send the agent to an agent.
func TestHelpKnowsWhoReadsIt(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("?")
	h.titled("Aide")
	h.seesNot("levez la main")
	h = newHarness(t)
	h.status(ready())
	h.press("?")
	h.sees("levez la main")
}

// The list of what was done is what the person takes home: Enter goes there first, then on.
func TestWhatWasDoneComesBeforeTheEnd(t *testing.T) {
	h := newHarness(t)
	h.status(inMode(session.Act))
	h.press("f", "enter")
	h.titled("Ce qui a été fait")
	h.press("0", "enter")
	h.titled("Compter cette aide")
}

// What is said when all is nearly erased is not about the next site.
func TestTheLastReminderIsAboutTheEnd(t *testing.T) {
	for _, m := range []session.Mode{session.Train, session.Accompany, session.Act} {
		h := newHarness(t)
		h.status(inMode(m))
		h.m.aid.after, h.m.aid.passed = true, true
		h.press("f")
		h.titled("J’ai fini")
		for range 10 {
			h.seesNot("Site suivant")
			h.advance(reminderStays)
		}
	}
}

// Explaining to a person takes longer than a visitor may leave Bienvenue alone: while an agent is signed in the station
// watches whether somebody is there, and says so by closing the space.
func TestAnAgentWhoExplainsIsNotSentAway(t *testing.T) {
	h := newHarness(t)
	h.before("2")
	h.press("1")
	h.advance(2 * lapseAfter)
	h.titled("J’accompagne")
	h.press("0", "0")
	h.advance(2 * lapseAfter)
	h.titled("Votre accord")
	h.status(possible(ready()))
	h.titled("Bienvenue")
}
