package kiosk

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"estran/session"
)

func TestAnAgentSignsInInSeconds(t *testing.T) {
	h := newHarness(t)
	h.status(possible(ready()))
	h.press("m")
	h.titled("Espace médiateur")
	h.write("lea")
	h.press("enter")
	h.write("4Zs!?f")
	h.press("enter")
	h.called(callSignIn, 1)
	if h.station.said.login.Reveal() != "lea" || h.station.said.code.Reveal() != "4Zs!?f" {
		t.Error("the station was told something else than what was typed")
	}
	h.status(attended(ready()))
	h.titled("Espace médiateur")
	h.sees("Comment aidez-vous la personne ?")
	h.press("2")
	h.titled("J’accompagne")
}

// Tab goes from the login to the code, on to the button and round; the arrows too; a click goes where it is.
func TestTheFieldsAreReachedInManyWays(t *testing.T) {
	h := newHarness(t)
	h.signIn()
	s := h.m.top().screen.(*signInScreen)
	at := func(want int) {
		t.Helper()
		if s.at != want {
			t.Fatalf("one types in %d, not %d", s.at, want)
		}
	}
	at(signInLogin)
	h.press("tab")
	at(signInCode)
	h.press("tab")
	at(signInButton)
	h.press("tab")
	at(signInLogin)
	h.press("down")
	at(signInCode)
	h.press("up", "up")
	at(signInLogin)
	h.clickOn("code")
	at(signInCode)
	h.clickOn("login")
	at(signInLogin)
	// The mouse that is moved while one types changes nothing: the code would go into the login.
	h.press("down")
	h.send(tea.MouseMotionMsg{X: 20, Y: 7})
	h.write("x")
	if n := len(s.fields[signInCode].runes); n != 1 {
		t.Errorf("%d characters are in the code, not 1", n)
	}
}

func TestNothingIsAskedWithAnEmptyField(t *testing.T) {
	h := newHarness(t)
	h.signIn()
	h.press("enter", "enter")
	h.sees("Tapez l’identifiant, puis le code.")
	h.write("lea")
	h.press("enter", "enter")
	h.called(callSignIn, 0)
	h.write("x")
	h.press("enter")
	h.called(callSignIn, 1)
}

// Each answer has its words: what happened, and what to do or whom to call.
func TestEachRefusalIsSaidKindly(t *testing.T) {
	for err, want := range map[error]string{
		session.ErrAgentForm:       "ne s’écrit pas ainsi",
		session.ErrAgentWrong:      "ne vont pas ensemble",
		session.ErrAgentBlocked:    "Appelez la personne qui gère les accès",
		session.ErrAgentDisabled:   "Cet accès est arrêté",
		session.ErrAgentExpired:    "Cet accès est arrivé à sa fin",
		session.ErrNoAgents:        "Aucun agent n’est inscrit",
		session.ErrAgentsUntrusted: "Prévenez l’informatique",
		session.ErrBrowserOpen:     "Fermez d’abord la fenêtre d’internet",
		session.ErrGone:            "ne répond pas",
		errors.New("odd"):          "Cela n’a pas marché",
	} {
		h := newHarness(t)
		h.refusedAgent(err, nil)
		h.titled("Espace médiateur")
		h.sees(want)
		h.called(callSignIn, 1)
	}
}

func TestTheTriesThatAreLeftAreSaid(t *testing.T) {
	h := newHarness(t)
	h.refusedAgent(session.ErrAgentWrong, func(a *session.AgentStatus) { a.TriesLeft = 1 })
	h.sees("Il reste 1 essai.")
	h.seesNot("●")
}

func TestTheWaitCountsDown(t *testing.T) {
	h := newHarness(t)
	h.refusedAgent(session.ErrAgentWait, func(a *session.AgentStatus) { a.WaitLeft = 12*time.Second + Grace })
	h.sees("Attendez encore 12 secondes")
	h.advance(3 * time.Second)
	h.sees("Attendez encore 9 secondes")
	h.advance(8 * time.Second)
	h.sees("Attendez encore 1 seconde ")
	h.advance(time.Second)
	h.sees("Vous pouvez essayer encore.")
	h.write("x")
	h.press("enter")
	h.called(callSignIn, 2) // the login is still there
}

func TestTheBrowserThatHasTheKeyboardIsClosedFirst(t *testing.T) {
	h := newHarness(t)
	h.status(possible(withBrowser(windowOpen)))
	h.press("esc")
	h.clickOn("agent")
	h.station.fail[callSignIn] = session.ErrBrowserOpen
	h.write("lea")
	h.press("tab")
	h.write("x")
	h.press("enter")
	h.sees("F2  Fermer internet")
	h.press("f2")
	h.called(callCloseBrowser, 1)
}

// VULNERABILITY  Whoever sits beside reads a login or a code on the screen.
// ATTACK         Anything is typed in the fields, at any size, with any answer of the station.
// THIS TEST      types characters that no text has, and looks for them in each frame.
func TestWhatIsTypedToSignInIsInNoFrame(t *testing.T) {
	secret := []rune("ŊĦŦŁĐŴŶžšŧ")
	rapid.Check(t, func(rt *rapid.T) {
		h := newHarness(t)
		if rapid.Bool().Draw(rt, "called") {
			h.status(possible(open()))
			h.clickOn("agent")
		} else {
			h.signIn()
		}
		s := h.m.top().screen.(*signInScreen)
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"type", "type", "type", "key", "size", "answer", "large"}).Draw(rt, "what") {
			case "type":
				h.write(string(rapid.SampledFrom(secret).Draw(rt, "rune")))
			case "key":
				h.press(rapid.SampledFrom([]string{"tab", "enter", "up", "down", "backspace", "f1"}).Draw(rt, "key"))
			case "size":
				h.size(rapid.IntRange(1, 170).Draw(rt, "w"), rapid.IntRange(1, 50).Draw(rt, "h"))
			case "answer":
				h.station.fail[callSignIn] = rapid.SampledFrom([]error{
					session.ErrAgentWrong, session.ErrAgentForm, session.ErrAgentWait, session.ErrAgentBlocked, session.ErrBrowserOpen,
				}).Draw(rt, "error")
			case "large":
				h.m.large = !h.m.large
			}
			if frame := h.m.View().Content; strings.ContainsAny(frame, string(secret)) {
				rt.Fatalf("what was typed is on the terminal:\n%s", h.plain())
			}
		}
		h.status(ready()) // whatever was up is gone
		h.m.drop(0)
		for i := range s.fields {
			for _, r := range s.fields[i].runes[:cap(s.fields[i].runes)] {
				if r != 0 {
					rt.Fatal("what was typed is still in memory after the screen has gone")
				}
			}
		}
	})
}

// The code is overwritten once the station has it, whatever it answers.
func TestTheCodeGoesWhenItIsSent(t *testing.T) {
	h := newHarness(t)
	h.refusedAgent(session.ErrAgentWait, nil)
	s := h.m.top().screen.(*signInScreen)
	for _, r := range s.fields[signInCode].runes[:cap(s.fields[signInCode].runes)] {
		if r != 0 {
			t.Fatal("the code is still there")
		}
	}
}

func TestAWayThatNeedsAnAgentLeadsToIt(t *testing.T) {
	for key, want := range map[string]string{"2": "Je forme", "3": "J’accompagne", "4": "Je fais"} {
		h := newHarness(t)
		h.status(possible(ready()))
		h.press("1")
		h.accept()
		h.press(key)
		h.titled("Espace médiateur")
		h.write("lea")
		h.press("tab")
		h.write("x")
		h.press("enter")
		h.status(attended(ready()))
		h.titled(want)
		h.press("esc")
		h.titled("Comment voulez-vous faire ?")
		h.press(key) // now at once
		h.titled(want)
	}
}

func TestSigningInWithTheVisitorsSessionOpen(t *testing.T) {
	for _, way := range []func(h *harness){
		func(h *harness) { h.press("8") },
		func(h *harness) { h.press("?", "0") },
	} {
		h := newHarness(t)
		h.status(possible(open()))
		way(h)
		h.sees("Appelez un agent")
		h.write("lea")
		h.press("tab")
		h.write("x")
		h.press("enter")
		h.status(inMode(session.Alone))
		h.sees("Comment aidez-vous la personne ?")
		h.called(callOpen, 0)
	}
}

// Who looks after the computer helps nobody.
func TestMaintenanceCanDoNothingForAVisitor(t *testing.T) {
	for _, profile := range []session.Profile{session.ProfileMaintenance, session.NoProfile, "odd"} {
		for _, state := range []session.Status{ready(), open()} {
			h := newHarness(t)
			s := attended(state)
			s.Agent.Profile = profile
			h.status(s)
			h.press("m")
			h.sees("Ici, vous n’aidez pas une personne.")
			h.press("2", "3")
			h.sees("Ici, vous n’aidez pas une personne.")
			h.called(callActivity, 0)
			h.clickOn("close")
			h.called(callSignOut, 1)
		}
	}
}

// An agent who reads the lists before a session is there: the station hears so.
func TestAnAgentWhoPreparesIsThere(t *testing.T) {
	h := newHarness(t)
	h.status(ready())
	h.advance(time.Minute)
	h.press("down")
	h.called(callTouch, 0)
	h.status(attended(ready()))
	h.advance(time.Minute)
	h.press("m")
	h.called(callTouch, 1)
}
