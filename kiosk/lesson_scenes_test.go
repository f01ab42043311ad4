package kiosk

import (
	"estran/assets"
	"estran/session"
)

// lessonScenes are « La leçon » and the exercise of tip 12, in states worth looking at.
func lessonScenes() []scene {
	return []scene{
		{"lecon", func(h *harness) { h.lesson() }},
		{"lecon-plan", func(h *harness) { h.lesson("1") }},
		{"lecon-plan-vu", func(h *harness) { h.lesson("2", "1"); h.teachTo(7); h.press("esc") }},
		{"lecon-partie", func(h *harness) { h.lesson("1", "1", "1", "1", "esc", "4") }},
		{"lecon-exercices", func(h *harness) { h.lesson("1", "7", "1", "esc") }},
		{"lecon-conseil", func(h *harness) { h.lesson("1", "4", "2") }},
		{"lecon-conseil-exercice", func(h *harness) { h.lesson("1", "4", "4") }},
		{"lecon-conseil-dernier", func(h *harness) { h.lesson("1", "6", "2") }},
		{"lecon-question", func(h *harness) { h.lesson("2", "1", "1", "1") }},
		{"lecon-reponse", func(h *harness) { h.lesson("2", "1", "1", "1", "1") }},
		{"lecon-reponse-exercice", func(h *harness) { h.lesson("2", "6", "2", "1") }},
		{"lecon-finie", func(h *harness) { h.lesson("1", "1"); h.teachTo(12) }},
		{"lecon-feuille", func(h *harness) { h.lesson("1", "2") }},
		{"lecon-feuille-prete", func(h *harness) { h.lesson("1", "2"); h.status(atHand()) }},
		{"lecon-feuille-imprimee", func(h *harness) {
			h.lesson("1", "2")
			h.status(atHand())
			h.send(paperMsg{to(h.m.top().serial), callPrintPaper, 1, nil})
		}},
		{"lecon-feuille-limite", func(h *harness) {
			h.lesson("1", "2")
			h.status(atHand())
			h.send(paperMsg{to(h.m.top().serial), callPrintPaper, 0, session.ErrLimit})
		}},
		{"lecon-feuille-sans-papier", func(h *harness) {
			h.lesson("1", "2")
			s := atHand()
			s.PrinterProblem = session.PrinterPaper
			h.status(s)
		}},
		{"deconnexion", func(h *harness) { h.signOut() }},
		{"deconnexion-case", func(h *harness) { h.signOut("1") }},
		{"deconnexion-page", func(h *harness) { h.signOut("1", "2") }},
		{"deconnexion-cherche", func(h *harness) { h.signOut("1", "2", "3") }},
		{"deconnexion-menu", func(h *harness) { h.signOut("1", "2", "2") }},
		{"deconnexion-croix", func(h *harness) { h.signOut("1", "2", "1") }},
		{"deconnexion-ecrans", func(h *harness) { h.signOut("1", "2", "2", "4") }},
		{"deconnexion-ecrans-encore", func(h *harness) { h.signOut("1", "2", "2", "4", "1") }},
		{"deconnexion-fin", func(h *harness) { h.signOut("2", "1", "1", "2", "4", "3", "2") }},
		{"deconnexion-fin-bravo", func(h *harness) { h.signOut("1", "2", "2", "4", "2") }},
	}
}

// lesson opens « La leçon » as its tile does, and goes on.
func (h *harness) lesson(keys ...string) {
	h.t.Helper()
	h.status(open())
	h.drain(h.m.push(newLessonScreen()))
	h.m.fresh = false
	h.press(keys...)
}

// teachTo goes on with Enter until so many tips were seen.
func (h *harness) teachTo(tips int) {
	for range 60 {
		l := h.m.world.lesson()
		seen := 0
		for _, g := range lessonGroups[:3] {
			seen += l.count(lessonParts(g))
		}
		if _, tip := h.m.top().screen.(*lessonTipScreen); seen == tips && (!tip || l.forGroup()) {
			return
		}
		h.press("enter")
	}
	h.t.Fatalf("%d tips were never seen:\n%s", tips, h.plain())
}

// signOut opens the exercise of tip 12, and goes on.
func (h *harness) signOut(keys ...string) {
	h.t.Helper()
	h.status(open())
	h.drain(h.m.push(newExercise(assets.ExerciseSignOut)))
	h.m.fresh = false
	h.press(keys...)
}

// atHand is a session with a printer and a key that can be written.
func atHand() session.Status {
	s := open()
	s.Printer, s.Medium = true, checked()
	return s
}
