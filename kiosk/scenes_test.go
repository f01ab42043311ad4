package kiosk

import (
	"testing"
	"time"

	"estran/session"
)

// scene is a screen in a state worth looking at.
type scene struct {
	name string
	play func(h *harness)
}

// scenes are every screen: each is drawn at each size, language, text size and contrast, and has a golden picture.
func scenes() []scene {
	return []scene{
		{"bienvenue", func(h *harness) { h.status(ready()) }},
		{"regles", func(h *harness) { h.status(ready()); h.press("1") }},
		{"modes", func(h *harness) { h.status(ready()); h.press("1", "1") }},
		{"session", func(h *harness) { h.status(open()) }},
		{"effacement", func(h *harness) { h.status(wiping(3)) }},
		{"efface", func(h *harness) {
			h.station.receipt = session.Receipt{Steps: steps(6), Limits: session.Limits()}
			h.status(wiped())
		}},
		{"arrete", func(h *harness) {
			h.status(session.Status{State: session.Stopped, Fault: session.FaultWipe})
		}},
		{"aide", func(h *harness) { h.status(open()); h.press("?") }},
	}
}

func steps(verified int) []session.StepStatus {
	var all []session.StepStatus
	for i, id := range session.Steps() {
		s := session.StepStatus{ID: id, State: session.StepWaiting}
		switch {
		case i < verified:
			s.State = session.StepVerified
		case i == verified:
			s.State = session.StepRunning
		}
		all = append(all, s)
	}
	return all
}

func wiping(verified int) session.Status {
	return session.Status{State: session.Wiping, End: session.EndVisitor, Wipe: steps(verified)}
}

func wiped() session.Status {
	return session.Status{State: session.Wiped, End: session.EndVisitor, Wipe: steps(6), ReceiptLeft: 30 * time.Second}
}

func inScene(t testing.TB, s scene, width, height int, lang string, large bool, look contrast) *harness {
	t.Helper()
	h := newHarness(t)
	h.size(width, height)
	h.dress(lang, large, look)
	s.play(h)
	h.dress(lang, large, look)
	return h
}

// dress sets what the visitor can choose on Bienvenue.
func (h *harness) dress(lang string, large bool, look contrast) {
	h.m.lang, h.m.large, h.m.look = lang, large, look
	h.m.theme = newTheme(look, h.m.profile)
	h.m.fresh = false
}
