package kiosk

import "fmt"

// learning are the tips and the exercises, in states worth looking at.
func learning() []scene {
	var all []scene
	for n := range 12 {
		all = append(all, scene{fmt.Sprintf("conseil-%02d", n+1), func(h *harness) { h.begin(n) }})
	}
	return append(all,
		scene{"conseils", func(h *harness) { h.tips() }},
		scene{"conseils-groupe", func(h *harness) { h.tips("2") }},
		scene{"conseils-carte", func(h *harness) { h.tips("4", "1") }},
		scene{"message", func(h *harness) { h.try(4) }},
		scene{"message-reponse", func(h *harness) { h.try(4, "1") }},
		scene{"message-fin", func(h *harness) {
			h.try(4, "2", "1", "1", "1", "2", "1", "1", "1", "2", "1", "2", "1", "2", "1", "2", "1")
		}},
		scene{"formulaire", func(h *harness) { h.try(10, "1", "1") }},
		scene{"formulaire-reponse", func(h *harness) { h.try(10, "1", "1", "1", "1", "1") }},
		scene{"formulaire-fin", func(h *harness) { h.try(10, "1", "1", "1", "1", "2", "1", "2", "1", "1", "1", "1", "1", "1", "1") }},
		scene{"mot-de-passe", func(h *harness) { h.try(6) }},
		scene{"mot-de-passe-faible", func(h *harness) { h.try(6); h.write("Motdepasse1!"); h.press("f2") }},
		scene{"mot-de-passe-bientot", func(h *harness) { h.try(6); h.write("kZ7bQ9mV2xT4") }},
		scene{"mot-de-passe-solide", func(h *harness) { h.try(6); h.write("kZ7!bQ9#mV2?") }},
		scene{"mot-de-passe-phrase", func(h *harness) { h.try(6); h.proposed(); h.clickOn("propose") }},
	)
}

// begin opens a session as a visitor does, and goes on to the nth tip.
func (h *harness) begin(n int) {
	h.t.Helper()
	h.status(ready())
	h.m.starting = true
	h.status(open())
	for range n {
		h.press("enter")
	}
}

// tips goes to « Les conseils » of a session, and on.
func (h *harness) tips(keys ...string) {
	h.t.Helper()
	h.status(ready())
	h.status(open())
	h.clickOn("tips")
	h.press(keys...)
}

// try goes to the exercise of a tip, and on.
func (h *harness) try(tip int, keys ...string) {
	h.t.Helper()
	h.status(ready())
	h.status(open())
	group := map[int][]string{4: {"1", "4"}, 6: {"2", "1"}, 10: {"2", "5"}}[tip]
	h.clickOn("tips")
	h.press(group...)
	h.clickOn("try")
	h.press(keys...)
}

// proposed makes the exercise of tip 6 draw the same phrase each time.
func (h *harness) proposed() {
	h.m.top().screen.(*passwordScreen).draws = func(list []string) []rune {
		return []rune("tulipe wagon fourmi citron nuage tapis lampe")
	}
}
