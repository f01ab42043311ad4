package kiosk

import (
	tea "charm.land/bubbletea/v2"
)

// whoStep asks who is who, one line after the other. What the configuration says is filled in, and can be changed; what
// is left empty is written by hand, but for the two names.
type whoStep struct{ n int }

// field is the one that is being typed.
func (t *whoStep) field(d *draft) *field {
	return []*field{d.person, d.agent, d.function, d.structure, d.place}[t.n]
}

var whoIDs = [...]string{"person", "agent", "function", "structure", "place"}

func (t *whoStep) id() string { return whoIDs[t.n] }

func (t *whoStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.who." + t.id()) }

func (t *whoStep) draw(s *wizardScreen, p *page) {
	p.typing(typing{
		above: func(p *page) { s.trail(p, t.ask(s, p.world)) },
		badge: p.t("wizard.progress", s.at+1, len(s.steps)), ask: t.ask(s, p.world), field: t.field(s.draft),
		hint: p.t("wizard.who." + t.id() + "_hint"), placeholder: p.t("wizard.placeholder"), enter: p.t("wizard.next"),
	})
}

func (t *whoStep) key(s *wizardScreen, w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, w.typeOn(t.field(s.draft), k)
}

func (t *whoStep) pick(*wizardScreen, *world, string) tea.Cmd { return nil } // Enter goes on

// turn goes to the next line or the one before.
func (t *whoStep) turn(by int) bool {
	if t.n+by < 0 || t.n+by >= len(whoIDs) {
		return false
	}
	t.n += by
	return true
}

// goTo goes to the line that a problem is about.
func (t *whoStep) goTo(field string) {
	for n, id := range whoIDs {
		if id == field {
			t.n = n
		}
	}
}

func (t *whoStep) missing(s *wizardScreen, w *world) string {
	if id := t.id(); (id == "person" || id == "agent") && t.field(s.draft).empty() {
		return w.t("wizard.who." + id + "_missing")
	}
	return ""
}
