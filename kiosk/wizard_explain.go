package kiosk

import (
	tea "charm.land/bubbletea/v2"

	"estran/session/assist/mandate"
)

// explainStep is the first question: the four things that make a consent valid, read aloud by the agent and ticked one by
// one (CNIL kit for social workers, January 2019).
type explainStep struct{}

func (explainStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.explain.ask") }

func (explainStep) draw(s *wizardScreen, p *page) {
	p.actions(onward(p.world))
	s.question(p)
	if p.room-p.y > 3*len(mandate.Explanations()) {
		p.say(inkSoft, p.t("wizard.explain.hint"))
	}
	var cs []choice
	for _, e := range mandate.Explanations() {
		cs = append(cs, choice{id: string(e), label: ticked(s.draft.explained[e], p.t("wizard.explain."+string(e)))})
	}
	p.answers(cs...)
}

func (explainStep) pick(s *wizardScreen, _ *world, id string) tea.Cmd {
	for _, e := range mandate.Explanations() {
		if string(e) != id {
			continue
		}
		if s.draft.explained[e] {
			delete(s.draft.explained, e)
		} else {
			s.draft.explained[e] = true
		}
	}
	return nil
}

func (explainStep) missing(s *wizardScreen, w *world) string {
	if n := len(mandate.Explanations()) - len(s.draft.explained); n > 0 {
		return w.n("wizard.explain.missing", n)
	}
	return ""
}
